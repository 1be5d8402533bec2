// Hands the whole result of a query to a sink in bounded memory (api::Records::scan for an open file).
//
// A family that an app writes into holds no snapshots: a record that is changed in place is handed on as it is when its turn
// comes. When the files move on so far that a page no longer fits the state the scan began with, it goes on behind the last row
// in the newest state, and says so in a remark.
#pragma once

#include "engine/local/database.h"
#include "engine/local/deadline.h"
#include "engine/local/snapshot_call.h"
#include "engine/query/executor.h"

namespace blazedb::local {

/// What is scanned for and to whom. Borrows all of it for the length of the call.
struct ScanCall {
    Database& database;
    const api::CallContext& context;
    const Deadline& deadline;
    const model::Query& query;
    const api::ScanOptions& options;
    const api::RowSink& sink;
};

/// The matches by id, straight from the pages. Errors: those of the store and the sink; Unavailable when the database changed
/// faster than it could be read.
Result<api::ScanSummary> scanById(const ScanCall& call);

/// Matches whose order is known. A record that was deleted meanwhile is left out, and that is said.
Result<api::ScanSummary> scanInOrder(const ScanCall& call, SnapshotView view, const query::ResultKeys& result);

} // namespace blazedb::local
