// A window of a result whose ids are known: reads exactly its records, at any depth.
#pragma once

#include "engine/local/database.h"
#include "engine/local/deadline.h"
#include "engine/local/snapshot_call.h"

namespace blazedb::local {

/// Errors: Conflict when a record of the result can no longer be read (the result is not to be used any
/// more); Cancelled, DeadlineExceeded, Io.
Result<api::RecordWindow> keyedWindow(Database& database, const SnapshotView& view, const Deadline& deadline,
                                      const query::ResultKeys& result, const model::Query& query,
                                      const api::Window& window);

} // namespace blazedb::local
