// A window of an unsorted query, read in key order from the nearest mark: the first window of a large
// database takes milliseconds, and a caller that goes on window by window reads each record once.
#pragma once

#include <optional>

#include "engine/local/database.h"
#include "engine/local/deadline.h"
#include "engine/local/snapshot_call.h"

namespace blazedb::local {

/// nullopt when that would not be cheap: the window is far behind every mark, or matches are rare. Then read
/// the whole result once. Errors: InvalidArgument, Cancelled, DeadlineExceeded, Io, Conflict.
Result<std::optional<api::RecordWindow>> streamWindow(Database& database, const SnapshotView& view,
                                                      const Deadline& deadline, const model::Query& query,
                                                      const api::Window& window);

} // namespace blazedb::local
