// Lets one thread hold another's long work, and let it go on.
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace blazedb {

/// Any thread. Work that can be held calls wait() wherever it would look at its stop token; it keeps its files open and
/// its place meanwhile.
class PauseGate {
public:
    void pause();
    void resume();
    [[nodiscard]] bool isPaused() const;

    /// Returns at once while the gate is open; otherwise when it is opened or `stop` is requested.
    void wait(const std::stop_token& stop);

private:
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    bool m_isPaused = false;
};

} // namespace blazedb
