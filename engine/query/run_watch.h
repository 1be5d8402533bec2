// Counts the rows a run has read and ends it when its caller has had enough.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

#include "engine/base/result.h"

namespace blazedb::query {

/// What may end a run early, and who hears how far it is.
struct RunLimits {
    std::stop_token stop;
    std::function<bool()> isOverdue; ///< Empty: no time limit.
    std::function<void(std::uint64_t rowsDone)>
        onProgress; ///< May be empty; the callee decides how often it speaks.
};

/// Thread-safety: none; one owner.
class RunWatch {
public:
    /// A few hundred rows take well under 100 ms, the time a cancelled run may still take.
    static constexpr std::uint64_t kRowsBetweenLooks = 256;

    explicit RunWatch(RunLimits limits);

    /// Call once a row: every kRowsBetweenLooks rows this is look().
    Result<void> step()
    {
        if (++m_rows % kRowsBetweenLooks != 0) return {};
        return look();
    }
    /// Reports progress. Errors: Cancelled, DeadlineExceeded.
    Result<void> look();

    [[nodiscard]] std::uint64_t rows() const { return m_rows; }

private:
    RunLimits m_limits;
    std::uint64_t m_rows = 0;
};

} // namespace blazedb::query
