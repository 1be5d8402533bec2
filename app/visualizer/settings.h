// What the user chose, with defaults and bounds (setting_table.h).
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPair>
#include <QStringList>

#include "app/visualizer/setting_table.h"
#include "engine/base/result.h"
#include "views/session/state_store.h"
#include "views/widgets/theme.h"

namespace blazedb::app {

/// GUI thread only. Borrows the store. A stored value that is none counts as not chosen.
class Settings final : public QObject {
    Q_OBJECT

public:
    static constexpr int kAutoLockMinutesMax = 24 * 60;
    static constexpr int kSearchDepthMax = 64;
    static constexpr qsizetype kFileBytesMax = 1 << 20; ///< An exported file that is longer is none of ours.

    explicit Settings(views::StateStore& store, QObject* parent = nullptr);

    /// Of a setting of the table, in its type: what was chosen, else the default.
    [[nodiscard]] QVariant value(const QString& key) const;
    [[nodiscard]] bool isDefault(const QString& key) const;
    /// False, and nothing changes, when it is no value of that setting.
    bool setValue(const QString& key, const QVariant& value);
    void reset(const QStringList& keys); ///< Tells once.

    [[nodiscard]] views::ThemeChoice theme() const;
    void setTheme(views::ThemeChoice choice);
    /// Idle minutes after which open databases are locked; 0: never.
    [[nodiscard]] int autoLockMinutes() const;
    void setAutoLockMinutes(int minutes); ///< Brought within 0 and kAutoLockMinutesMax.
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

    /// The user's keys as views/commands/key_file.h writes them; empty when none were chosen.
    [[nodiscard]] QByteArray keysText() const;
    void setKeysText(const QByteArray& text);

    /// All settings of the table as a file:
    /// {"format": "blazedb-visualizer-settings", "version": 1, "settings": {"window/theme": "dark", …}}
    [[nodiscard]] QByteArray exported() const;
    /// All of such a file or nothing; what it does not name stays as it is. Refused with the reason, translated: no JSON,
    /// another format, a newer version, a setting that does not exist here, a value that is none. Errors: InvalidArgument.
    Result<void> import(const QByteArray& text);

    /// What was chosen, by its name in the settings file; what is as it is by default is left out, and so are lists of folders
    /// and names, which tell of their owner.
    [[nodiscard]] QList<QPair<QString, QString>> choices() const;

Q_SIGNALS:
    void changed();

private:
    void store(const SettingSpec& spec, const QVariant& value);
    views::StateStore& m_store;
};

} // namespace blazedb::app
