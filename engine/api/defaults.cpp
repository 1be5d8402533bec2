// What a facet answers for functions a source does not override.
#include <optional>
#include <set>
#include <string>

#include "engine/api/records.h"
#include "engine/api/unavailable.h"
#include "engine/api/upkeep.h"

namespace blazedb::api {

namespace {
constexpr std::uint64_t kRowsAWindow = 256;
} // namespace

/// Window by window, for sources whose state does not move between them.
Result<ScanSummary> Records::scan(const CallContext& context, const model::Query& asked, const ScanOptions& options, const RowSink& sink)
{
    ScanSummary summary;
    std::set<std::string> told;
    CallContext quiet = context;
    quiet.onProgress = nullptr;
    for (bool isFirst = true;; isFirst = false) {
        BLAZE_TRY_VALUE(const RecordWindow window, query(quiet, asked, {summary.rows, kRowsAWindow, options.valueBytesMax}));
        if (!isFirst && summary.sequence != window.sequence) return Error{ErrorCode::Unavailable, "the database changed while it was read; try again"};
        summary.sequence = window.sequence;
        for (const model::Finding& finding : window.skipped)
            if (told.insert(finding.message).second) summary.skipped.push_back(finding);
        for (const RecordRow& row : window.rows)
            BLAZE_TRY(sink(row));
        summary.rows += window.rows.size();
        const bool isKnown = window.total.certainty != model::Count::Certainty::Unknown;
        if (context.onProgress) context.onProgress({summary.rows, isKnown ? std::optional(window.total.value) : std::nullopt, "records"});
        if (window.rows.size() < kRowsAWindow) return summary;
    }
}

Result<model::FieldProfile> Records::profile(const CallContext&, const model::Query&, const std::string&, std::size_t)
{
    return unavailable("the statistics of a field");
}

Result<CommitReceipt> Records::apply(const CallContext&, const model::Batch&)
{
    return unavailable("changing records");
}

Result<std::unique_ptr<Transaction>> Records::begin(const CallContext&, Isolation)
{
    return unavailable("a transaction");
}

Result<void> Upkeep::vacuum(const CallContext&)
{
    return unavailable("vacuum");
}

} // namespace blazedb::api
