// The desktop over D-Bus: logind tells of sleep and of its Lock, the screen saver of the desktop of the locked screen.
#pragma once

#include <QDBusUnixFileDescriptor>

#include "app/visualizer/desktop_watch.h"

namespace blazedb::views {
class JobRunner;
}

namespace blazedb::app {

/// GUI thread only. What may block is done by a job.
///
/// Sleep: org.freedesktop.login1.Manager.PrepareForSleep on the system bus. Where logind allows it a delay lock is held, so
/// that the databases are locked before the memory goes to disk. Screen: ActiveChanged of org.freedesktop.ScreenSaver and
/// org.gnome.ScreenSaver on the session bus, and Lock of the session's own object of logind.
class DbusDesktopWatch final : public DesktopWatch {
    Q_OBJECT

public:
    /// Deaf until listen().
    explicit DbusDesktopWatch(QObject* parent = nullptr);

    /// Looks for the buses and subscribes. `jobs` must end before this object does.
    void listen(views::JobRunner& jobs);

    [[nodiscard]] QString sleepProblem() const override { return m_sleepProblem; }
    [[nodiscard]] QString screenLockProblem() const override { return m_screenLockProblem; }

private Q_SLOTS:
    void noteSleep(bool isBeginning);
    void noteScreenSaver(bool isActive);
    void noteSessionLock();

private:
    struct Heard {
        QString sleepProblem;
        QString screenLockProblem;
        QDBusUnixFileDescriptor delay;
    };
    Heard subscribe(); ///< On a worker; blocks.
    void askForDelay();

    views::JobRunner* m_jobs = nullptr;
    QString m_sleepProblem;
    QString m_screenLockProblem;
    QDBusUnixFileDescriptor m_delay; ///< While it is held the computer waits with going to sleep.
};

} // namespace blazedb::app
