// A desktop that says what a test tells it to.
#pragma once

#include "app/visualizer/desktop_watch.h"

namespace blazedb::tests {

/// GUI thread only.
class FakeDesktop final : public app::DesktopWatch {
public:
    using DesktopWatch::DesktopWatch;

    [[nodiscard]] QString sleepProblem() const override { return m_sleepProblem; }
    [[nodiscard]] QString screenLockProblem() const override { return m_screenLockProblem; }

    void setProblems(const QString& sleep, const QString& screenLock)
    {
        m_sleepProblem = sleep;
        m_screenLockProblem = screenLock;
        Q_EMIT availabilityChanged();
    }
    void sleep() { Q_EMIT aboutToSleep(); }
    void lockScreen() { Q_EMIT screenLocked(); }

private:
    QString m_sleepProblem;
    QString m_screenLockProblem;
};

} // namespace blazedb::tests
