// Watches a window test from preparation to end: no gap of the event loop, no source called on the GUI thread.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string>

#include <QTest>
#include <QTimer>

#include "tests/support/blocking_guard.h"
#include "views/session/stall_watchdog.h"

namespace blazedb::tests {

/// Time this thread was ready to run while the machine ran something else, since its start. 0 where the system does not tell.
inline std::chrono::nanoseconds waitedForProcessor()
{
    unsigned long long ran = 0;
    unsigned long long waited = 0;
    if (std::FILE* file = std::fopen("/proc/thread-self/schedstat", "r")) {
        if (std::fscanf(file, "%llu %llu", &ran, &waited) != 2) waited = 0;
        std::fclose(file);
    }
    return std::chrono::nanoseconds(waited);
}

/// Catches what waits: a lock, a disk, a source. That no step takes 100 ms is measured by the window's benchmark, where nothing
/// else runs; a shared machine may slow one step several times, and sanitizers and unoptimised code do.
inline constexpr std::chrono::milliseconds kStallLimit{
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    300
#else
    500
#endif
};

/// GUI thread only. Fails the running test when it goes. A gap counts without the time a loaded machine took for others.
class GuiGuard final {
public:
    explicit GuiGuard(const BlockingCalls* calls = nullptr)
        : m_calls(calls)
    {
        QObject::connect(&m_watchdog, &views::StallWatchdog::stalled, &m_tick, [this](qint64 gapMs) { note(gapMs); });
        QObject::connect(&m_tick, &QTimer::timeout, &m_tick, [this] { remember(); });
        m_tick.start(10);
        reset();
    }

    ~GuiGuard()
    {
        if (m_longestMs > kStallLimit.count())
            QTest::qFail(("the window did not answer for " + std::to_string(m_longestMs) + " ms").c_str(), __FILE__, __LINE__);
        if (m_calls && m_calls->onGuiThread() > 0)
            QTest::qFail((std::string("the source was called on the GUI thread: ") + m_calls->last()).c_str(), __FILE__, __LINE__);
    }
    GuiGuard(const GuiGuard&) = delete;
    GuiGuard& operator=(const GuiGuard&) = delete;

    /// After preparations, or when the test itself held the thread: forgets the gap that is going on.
    void reset()
    {
        m_watchdog.reset();
        m_samples.fill({Clock::now(), waitedForProcessor()});
    }
    [[nodiscard]] qint64 longestMs() const { return m_longestMs; }

private:
    using Clock = std::chrono::steady_clock;
    struct Sample {
        Clock::time_point at;
        std::chrono::nanoseconds waited;
    };

    void remember()
    {
        std::rotate(m_samples.begin(), m_samples.begin() + 1, m_samples.end());
        m_samples.back() = {Clock::now(), waitedForProcessor()};
    }

    void note(qint64 gapMs)
    {
        const auto begin = Clock::now() - std::chrono::milliseconds(gapMs);
        const auto before = std::find_if(m_samples.rbegin(), m_samples.rend(), [&](const Sample& s) { return s.at <= begin; });
        const Sample& from = before == m_samples.rend() ? m_samples.front() : *before;
        const auto others = std::chrono::duration_cast<std::chrono::milliseconds>(waitedForProcessor() - from.waited);
        m_longestMs = std::max<qint64>(m_longestMs, gapMs - others.count());
    }

    const BlockingCalls* m_calls;
    views::StallWatchdog m_watchdog;
    QTimer m_tick;
    std::array<Sample, 16> m_samples{};
    qint64 m_longestMs = 0;
};

} // namespace blazedb::tests
