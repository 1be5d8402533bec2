#include "engine/local/record_walk.h"

#include <set>
#include <string>

namespace blazedb::local {

namespace {
constexpr std::uint64_t kRowsAWindow = 256;
} // namespace

Result<std::vector<model::Finding>> forEachRecord(api::Records& records, const api::CallContext& context, const model::Query& query,
                                                  const std::function<Result<void>(const api::RecordRow&)>& use)
{
    std::vector<model::Finding> skipped;
    std::set<std::string> told;
    std::optional<std::uint64_t> sequence;
    api::CallContext quiet = context;
    quiet.onProgress = nullptr;
    for (std::uint64_t first = 0;; first += kRowsAWindow) {
        BLAZE_TRY_VALUE(const api::RecordWindow window, records.query(quiet, query, {first, kRowsAWindow, api::kWholeValues}));
        if (sequence && *sequence != window.sequence)
            return Error{ErrorCode::Conflict, "the database changed while it was read: run the command again"};
        sequence = window.sequence;
        for (const model::Finding& finding : window.skipped)
            if (told.insert(finding.message).second) skipped.push_back(finding);
        for (const api::RecordRow& row : window.rows) BLAZE_TRY(use(row));
        if (context.onProgress) {
            const bool isKnown = window.total.certainty != model::Count::Certainty::Unknown;
            context.onProgress({first + window.rows.size(), isKnown ? std::optional(window.total.value) : std::nullopt, "records"});
        }
        if (window.rows.size() < kRowsAWindow) return skipped;
    }
}

} // namespace blazedb::local
