// Walks all rows of a query, window by window, on one snapshot.
#pragma once

#include <functional>
#include <vector>

#include "engine/api/records.h"

namespace blazedb::local {

/// Calls `use` with every row, values whole. Answers what was skipped, each once. Errors: those of Records::query and of
/// `use`; Conflict when the database changed meanwhile.
Result<std::vector<model::Finding>> forEachRecord(api::Records& records, const api::CallContext& context, const model::Query& query,
                                                  const std::function<Result<void>(const api::RecordRow&)>& use);

} // namespace blazedb::local
