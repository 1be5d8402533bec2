#include "views/session/stall_watchdog.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace blazedb::views {
namespace {

using namespace std::chrono_literals;

constexpr auto kBeatInterval = 10ms;

std::int64_t steadyNs()
{
    return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

} // namespace

StallWatchdog::StallWatchdog(OnStall onStall, std::chrono::milliseconds limit, QObject* parent)
    : QObject(parent)
    , m_onStall(std::move(onStall))
    , m_limit(limit)
    , m_lastBeatNs(steadyNs())
{
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &StallWatchdog::beat);
    m_timer.start(kBeatInterval);
    if (m_onStall) m_watcher = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

StallWatchdog::~StallWatchdog() = default;

void StallWatchdog::reset()
{
    m_lastBeatNs = steadyNs();
    m_gapMsMax = 0;
    m_stalls = 0;
}

void StallWatchdog::beat()
{
    const std::int64_t now = steadyNs();
    const auto between = std::chrono::nanoseconds(now - m_lastBeatNs.exchange(now));
    // The beat itself is due after its interval; what goes beyond is the gap.
    const std::int64_t gapMs = std::max<std::int64_t>(0, std::chrono::floor<std::chrono::milliseconds>(between - kBeatInterval).count());
    m_gapMsMax = std::max(m_gapMsMax.load(), gapMs);
    if (gapMs <= m_limit.count()) return;
    ++m_stalls;
    Q_EMIT stalled(gapMs);
}

void StallWatchdog::watch(const std::stop_token& stop) const
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    std::int64_t reportedBeat = 0;
    while (!stop.stop_requested()) {
        wake.wait_for(lock, stop, kBeatInterval, [] { return false; });
        const std::int64_t beat = m_lastBeatNs.load();
        const auto since = std::chrono::nanoseconds(steadyNs() - beat) - kBeatInterval;
        if (since <= m_limit || beat == reportedBeat) continue;
        reportedBeat = beat;
        m_onStall(std::chrono::floor<std::chrono::milliseconds>(since));
    }
}

} // namespace blazedb::views
