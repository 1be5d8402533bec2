// A clock that stands still until a test moves it.
#pragma once

#include <atomic>
#include <chrono>

#include "engine/base/clock.h"

namespace blazedb::tests {

/// Any thread.
class FakeClock final : public Clock {
public:
    void advance(std::chrono::milliseconds by) { m_elapsedMs += by.count(); }
    /// Every reading of the steady clock moves it on by so much: time passes with work.
    void advanceWithEachReading(std::chrono::milliseconds by) { m_perReadingMs = by.count(); }

    [[nodiscard]] std::chrono::system_clock::time_point now() const override
    {
        return std::chrono::system_clock::time_point(std::chrono::milliseconds(m_elapsedMs.load()));
    }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return std::chrono::steady_clock::time_point(
            std::chrono::milliseconds(m_elapsedMs += m_perReadingMs));
    }

private:
    mutable std::atomic<std::int64_t> m_elapsedMs{0};
    std::atomic<std::int64_t> m_perReadingMs{0};
};

} // namespace blazedb::tests
