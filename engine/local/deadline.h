// The end of a caller's patience: its stop token and its timeout, counted from the moment the call came in.
#pragma once

#include <chrono>
#include <optional>

#include "engine/api/call_context.h"
#include "engine/base/clock.h"
#include "engine/query/run_watch.h"

namespace blazedb::local {

/// Hands progress on at most 20 times a second. Borrows context and clock. Thread-safety: none; one owner.
class ProgressTeller {
public:
    ProgressTeller(const api::CallContext& context, const Clock& clock);
    void tell(const api::Progress& progress);

private:
    const api::CallContext& m_context;
    const Clock& m_clock;
    std::chrono::steady_clock::time_point m_next{};
};

/// Borrows context and clock for the length of the call. Any thread.
class Deadline {
public:
    Deadline(const api::CallContext& context, const Clock& clock);

    /// Errors: Cancelled, DeadlineExceeded.
    Result<void> check() const;
    [[nodiscard]] bool hasPassed() const;
    /// Time left; nullopt when there is no limit.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> remaining() const;
    [[nodiscard]] const std::stop_token& stop() const { return m_context.stop; }

    /// The same limits for a run over records; progress is told at most 20 times a second.
    [[nodiscard]] query::RunLimits forRun(std::optional<std::uint64_t> rowsExpected) const;

private:
    const api::CallContext& m_context;
    const Clock& m_clock;
    std::optional<std::chrono::steady_clock::time_point> m_end;
};

} // namespace blazedb::local
