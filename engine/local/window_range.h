// Where a window lies among all matches of a query, and what remains of a number of matches after offset and
// limit. Pure; any thread.
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/api/records.h"

namespace blazedb::local {

/// Positions among all matches: from `begin` up to, not including, `end`.
struct MatchRange {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

inline std::uint64_t addSaturated(std::uint64_t left, std::uint64_t right)
{
    return left > UINT64_MAX - right ? UINT64_MAX : left + right;
}

/// One past the last match the limit lets through.
inline std::uint64_t endOfLimit(const model::Query& query)
{
    return query.limit ? addSaturated(query.offset, *query.limit) : UINT64_MAX;
}

inline MatchRange matchRange(const model::Query& query, const api::Window& window)
{
    const std::uint64_t begin = addSaturated(query.offset, window.first);
    const std::uint64_t end = std::min(addSaturated(begin, window.count), endOfLimit(query));
    return {begin, std::max(begin, end)};
}

inline std::uint64_t afterOffsetAndLimit(const model::Query& query, std::uint64_t matching)
{
    const std::uint64_t end = std::min(matching, endOfLimit(query));
    return end > query.offset ? end - query.offset : 0;
}

} // namespace blazedb::local
