// Brings the commits of the log's authentic part into a batch, and tells where that part ends. Source: FORMAT.md, "Log".
#pragma once

#include "engine/storage/commit_log.h"
#include "engine/storage/write_batch.h"

namespace blazedb::storage {

/// Replays commit by commit to the end. A commit whose large values are not whole was cut short by a crash, and is the end too - unless a later entry proves that
/// it was durable. Afterwards `reader.end()` is behind the last commit that counts. Errors: Corruption (see LogReader::next, and a value of a commit that was
/// durable), Conflict (for observers), Io.
Result<void> replayCommits(const PageFile& pages, LogReader& reader, WriteBatch& batch);

} // namespace blazedb::storage
