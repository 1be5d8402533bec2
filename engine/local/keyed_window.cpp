#include "engine/local/keyed_window.h"

#include <algorithm>
#include <utility>

#include "engine/local/record_lookup.h"
#include "engine/local/window_range.h"

namespace blazedb::local {

namespace {

/// A record was readable when the result was made; that it no longer is means that the files moved on.
Error asConflict(Error error)
{
    switch (error.code) {
    case ErrorCode::NotFound:
    case ErrorCode::Corruption:
    case ErrorCode::Unsupported:
        error.code = ErrorCode::Conflict;
        return error;
    default:
        return error;
    }
}

} // namespace

Result<api::RecordWindow> keyedWindow(Database& database, const SnapshotView& view, const Deadline& deadline,
                                      const query::ResultKeys& result, const model::Query& query,
                                      const api::Window& window)
{
    const MatchRange range = matchRange(query, window);
    const RecordShape shape{window.valueBytesMax, query.fields};
    api::RecordWindow answer;
    answer.first = window.first;
    answer.sequence = view.sequence();
    answer.total = {afterOffsetAndLimit(query, result.ids.size()), model::Count::Certainty::Exact};
    answer.skipped = result.skipped;
    const std::uint64_t end = std::min<std::uint64_t>(range.end, result.ids.size());
    for (std::uint64_t position = range.begin; position < end; ++position) {
        BLAZE_TRY(deadline.check());
        auto row = lookUpRecord(database, view, result.ids[position], shape);
        if (!row) return asConflict(std::move(row).error());
        answer.rows.push_back(**row);
    }
    return answer;
}

} // namespace blazedb::local
