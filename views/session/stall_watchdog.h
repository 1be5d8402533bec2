// Notices when the GUI thread did not answer for too long: the proof of "the window always answers".
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <thread>

#include <QObject>
#include <QTimer>

namespace blazedb::views {

/// Measures gaps of the event loop of the thread it lives in. That thread beats every few milliseconds; a watching thread of
/// its own sees a gap while it lasts, so that a debugger or a log catches it in the act. GUI thread only, but for gapMsMax().
class StallWatchdog final : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds kLimit{100};
    /// Called once per gap over the limit, on the watching thread while the gap lasts.
    using OnStall = std::function<void(std::chrono::milliseconds soFar)>;

    explicit StallWatchdog(OnStall onStall = {}, std::chrono::milliseconds limit = kLimit, QObject* parent = nullptr);
    ~StallWatchdog() override;

    void reset(); ///< Forgets the gaps so far; a test calls it when its preparation is over.
    [[nodiscard]] std::int64_t gapMsMax() const { return m_gapMsMax.load(); } ///< Longest gap since reset().
    [[nodiscard]] int stalls() const { return m_stalls.load(); }              ///< Gaps over the limit since reset().

Q_SIGNALS:
    void stalled(qint64 gapMs); ///< After a gap over the limit has ended.

private:
    void beat();
    void watch(const std::stop_token& stop) const;

    const OnStall m_onStall;
    const std::chrono::milliseconds m_limit;
    QTimer m_timer;
    std::atomic<std::int64_t> m_lastBeatNs;
    std::atomic<std::int64_t> m_gapMsMax{0};
    std::atomic<int> m_stalls{0};
    std::jthread m_watcher; ///< Last, so that it ends first.
};

} // namespace blazedb::views
