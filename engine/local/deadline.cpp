#include "engine/local/deadline.h"

#include <utility>

namespace blazedb::local {

namespace {
constexpr std::chrono::milliseconds kBetweenReports{50};
}

ProgressTeller::ProgressTeller(const api::CallContext& context, const Clock& clock)
    : m_context(context)
    , m_clock(clock)
{}

void ProgressTeller::tell(const api::Progress& progress)
{
    const auto now = m_clock.steadyNow();
    if (!m_context.onProgress || now < m_next) return;
    m_next = now + kBetweenReports;
    m_context.onProgress(progress);
}

Deadline::Deadline(const api::CallContext& context, const Clock& clock)
    : m_context(context)
    , m_clock(clock)
{
    if (context.timeout.count() > 0) m_end = clock.steadyNow() + context.timeout;
}

Result<void> Deadline::check() const
{
    if (m_context.stop.stop_requested()) return api::cancelled();
    if (hasPassed()) return Error{ErrorCode::DeadlineExceeded, "the time for this call ran out"};
    return {};
}

bool Deadline::hasPassed() const
{
    return m_end && m_clock.steadyNow() >= *m_end;
}

std::optional<std::chrono::nanoseconds> Deadline::remaining() const
{
    if (!m_end) return std::nullopt;
    return std::max<std::chrono::nanoseconds>(*m_end - m_clock.steadyNow(), std::chrono::nanoseconds::zero());
}

query::RunLimits Deadline::forRun(std::optional<std::uint64_t> rowsExpected) const
{
    query::RunLimits limits;
    limits.stop = m_context.stop;
    if (m_end) limits.isOverdue = [this] { return hasPassed(); };
    if (m_context.onProgress) {
        limits.onProgress = [teller = ProgressTeller(m_context, m_clock), rowsExpected](std::uint64_t rowsDone) mutable {
            teller.tell({rowsDone, rowsExpected, "records"});
        };
    }
    return limits;
}

} // namespace blazedb::local
