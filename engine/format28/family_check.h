// Proves that a view is sound, or names what is not.
#pragma once

#include <functional>
#include <stop_token>

#include "engine/format28/family_snapshot.h"
#include "engine/format28/family_store.h"

namespace blazedb::format28 {

/// The remark or damage that a record's problem is.
model::Finding toFinding(const model::Uuid& id, const RecordProblem& problem);

struct CheckRequest {
    bool isFull = false;
    std::stop_token stop;
    std::function<void(std::uint64_t done, std::uint64_t total)> onProgress; ///< Records.
};

/// Errors: Cancelled, Conflict, Io. `layoutJson` is the catalogue's trusted content, for the index contents; may be empty.
Result<CheckReport> checkView(const ViewParts& view, const std::string& layoutJson, const CheckRequest& request);

} // namespace blazedb::format28
