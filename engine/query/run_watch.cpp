#include "engine/query/run_watch.h"

#include <utility>

namespace blazedb::query {

RunWatch::RunWatch(RunLimits limits)
    : m_limits(std::move(limits))
{}

Result<void> RunWatch::look()
{
    if (m_limits.stop.stop_requested()) return Error{ErrorCode::Cancelled, "cancelled"};
    if (m_limits.isOverdue && m_limits.isOverdue())
        return Error{ErrorCode::DeadlineExceeded,
                     "the time for this call ran out after reading " + std::to_string(m_rows) + " records"};
    if (m_limits.onProgress) m_limits.onProgress(m_rows);
    return {};
}

} // namespace blazedb::query
