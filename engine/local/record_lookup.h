// One record by its id, through the cache.
#pragma once

#include <memory>

#include "engine/local/database.h"
#include "engine/local/record_decoding.h"
#include "engine/local/snapshot_call.h"

namespace blazedb::local {

/// Errors: NotFound, Corruption, Unsupported, Conflict, Io.
Result<RecordCache::SharedRow> lookUpRecord(Database& database, const SnapshotView& view,
                                            const model::Uuid& id, const RecordShape& shape);

} // namespace blazedb::local
