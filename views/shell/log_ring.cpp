#include "views/shell/log_ring.h"

#include <algorithm>

namespace blazedb::views {

void LogRing::append(const LogLine& line)
{
    const auto lines = m_lines.lock();
    lines->kept.push_back(line);
    ++lines->end;
    if (lines->kept.size() > kLinesMax) lines->kept.pop_front();
}

LogRing::Batch LogRing::since(std::uint64_t position)
{
    const auto lines = m_lines.lock();
    const std::uint64_t first = lines->end - lines->kept.size();
    const std::uint64_t from = std::clamp(position, first, lines->end);
    Batch batch;
    batch.next = lines->end;
    batch.dropped = position < first ? first - position : 0;
    batch.lines.assign(lines->kept.begin() + static_cast<std::ptrdiff_t>(from - first), lines->kept.end());
    return batch;
}

} // namespace blazedb::views
