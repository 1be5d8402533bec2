// Brings the result of a query up to date after a few records changed, instead of reading all records again.
#pragma once

#include <optional>

#include "engine/local/database.h"
#include "engine/local/deadline.h"
#include "engine/local/snapshot_call.h"
#include "engine/query/executor.h"

namespace blazedb::local {

/// More changed records than this: reading everything is simpler and hardly slower.
inline constexpr std::size_t kRecordsUpdatedMax = 2'000;

/// `older` is the result of `query` at the state `sequence`. Takes out the records that changed since and puts in those that match
/// now, each at its place in the order. nullopt when it is not known what changed, or too much did.
/// Errors: InvalidArgument, Cancelled, DeadlineExceeded, Io, Conflict.
Result<std::optional<query::ResultKeys>> updatedResult(Database& database, const SnapshotView& view, const Deadline& deadline,
                                                       const model::Query& query, std::uint64_t sequence,
                                                       const query::ResultKeys& older);

} // namespace blazedb::local
