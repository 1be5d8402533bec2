// What the user chose, with defaults and bounds.
#pragma once

#include <QList>
#include <QObject>
#include <QPair>
#include <QStringList>

#include "views/session/state_store.h"
#include "views/widgets/theme.h"

namespace blazedb::app {

/// GUI thread only. Borrows the store.
class Settings final : public QObject {
    Q_OBJECT

public:
    static constexpr int kAutoLockMinutesMax = 24 * 60;
    static constexpr int kSearchDepthMax = 64;

    explicit Settings(views::StateStore& store, QObject* parent = nullptr);

    [[nodiscard]] views::ThemeChoice theme() const;
    void setTheme(views::ThemeChoice choice);
    /// Idle minutes after which open databases are locked; 0: never.
    [[nodiscard]] int autoLockMinutes() const;
    void setAutoLockMinutes(int minutes);
    [[nodiscard]] bool restoresSession() const;
    void setRestoresSession(bool isOn);
    [[nodiscard]] bool remembersPlaces() const;
    void setRemembersPlaces(bool isOn);

    /// Folders a search for databases looks into; by default data, documents and desktop of the user
    /// and ~/.local/share/blazedb. Absolute; empty: none.
    [[nodiscard]] QStringList searchFolders() const;
    void setSearchFolders(const QStringList& folders);
    /// How many folders deep; 0: only the folders themselves.
    [[nodiscard]] int searchDepth() const;
    void setSearchDepth(int depth);
    /// Names of folders that are not looked into.
    [[nodiscard]] QStringList searchExclusions() const;
    void setSearchExclusions(const QStringList& names);
    void resetSearch(); ///< Folders, depth and exclusions as they are by default.

    /// What was chosen, by its name in the settings file; what is as it is by default is left out.
    [[nodiscard]] QList<QPair<QString, QString>> choices() const;

Q_SIGNALS:
    void changed();

private:
    void set(const QString& key, const QVariant& value);
    views::StateStore& m_store;
};

} // namespace blazedb::app
