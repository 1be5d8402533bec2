// What a snapshot shows, in a form that compares with what a writer wrote.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/model/record.h"
#include "engine/storage/row_store.h"

namespace blazedb::tests {

/// Encoded records by id: equal records have equal bytes.
using FamilyState = std::map<model::Uuid, Bytes>;

FamilyState encodedState(const std::map<model::Uuid, std::vector<model::Field>>& records);

struct ShownState {
    FamilyState records;
    std::vector<std::string> problems; ///< Records that are named and cannot be read, deleted ones aside.
};
/// Reads every row. Errors: those of the scan.
Result<ShownState> shownState(const storage::RowSnapshot& snapshot);

/// The first difference in words; empty when there is none.
std::string stateDifference(const FamilyState& shown, const FamilyState& expected);

} // namespace blazedb::tests
