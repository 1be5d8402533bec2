#include "tests/support/family_state.h"

#include <algorithm>

#include "engine/base/assert.h"
#include "engine/codec/blaze_binary.h"

namespace blazedb::tests {

FamilyState encodedState(const std::map<model::Uuid, std::vector<model::Field>>& records)
{
    FamilyState state;
    for (const auto& [id, fields] : records) {
        std::vector<model::Field> all = fields;
        all.push_back({std::string(model::fieldname::kId), model::Value(id)});
        auto bytes = codec::encodeRecord(all);
        BLAZE_ASSERT(bytes.has_value());
        state.emplace(id, *std::move(bytes));
    }
    return state;
}

Result<ShownState> shownState(const storage::RowSnapshot& snapshot)
{
    ShownState shown;
    BLAZE_TRY_VALUE(const auto cursor, snapshot.tree(storage::kRecordTree)->scan(storage::ScanOrder::Key, {}, {}));
    for (storage::RowView row;;) {
        BLAZE_TRY_VALUE(const bool isThere, cursor->next(row));
        if (!isThere) return shown;
        if (row.problem == nullptr) shown.records.emplace(model::Uuid{row.key}, Bytes(row.bytes.begin(), row.bytes.end()));
        else if (!row.isGone) shown.problems.push_back(row.problem->message);
    }
}

std::string stateDifference(const FamilyState& shown, const FamilyState& expected)
{
    for (const auto& [id, bytes] : expected) {
        const auto found = shown.find(id);
        if (found == shown.end()) return id.toString() + " is missing";
        if (found->second != bytes) return id.toString() + " has other content";
    }
    for (const auto& [id, bytes] : shown)
        if (!expected.contains(id)) return id.toString() + " is too many";
    return {};
}

} // namespace blazedb::tests
