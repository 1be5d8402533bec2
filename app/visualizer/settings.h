// What the user chose, with defaults and bounds.
#pragma once

#include <QList>
#include <QObject>
#include <QPair>

#include "views/session/state_store.h"
#include "views/widgets/theme.h"

namespace blazedb::app {

/// GUI thread only. Borrows the store.
class Settings final : public QObject {
    Q_OBJECT

public:
    static constexpr int kAutoLockMinutesMax = 24 * 60;

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

    /// What was chosen, by its name in the settings file; what is as it is by default is left out.
    [[nodiscard]] QList<QPair<QString, QString>> choices() const;

Q_SIGNALS:
    void changed();

private:
    void set(const QString& key, const QVariant& value);
    views::StateStore& m_store;
};

} // namespace blazedb::app
