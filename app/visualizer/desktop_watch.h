// What the desktop tells of the person in front of it: the computer goes to sleep, the screen is locked.
#pragma once

#include <QObject>
#include <QString>

namespace blazedb::app {

/// GUI thread only. Whether something can be heard may become known only after a while; availabilityChanged() says so.
class DesktopWatch : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Why sleep is not announced here; translated, empty when it is.
    [[nodiscard]] virtual QString sleepProblem() const = 0;
    /// Why the lock of the screen is not announced here; translated, empty when it is.
    [[nodiscard]] virtual QString screenLockProblem() const = 0;

Q_SIGNALS:
    void aboutToSleep(); ///< The computer waits until the slots have returned, where the system allows to ask for that.
    void screenLocked();
    void availabilityChanged();
};

} // namespace blazedb::app
