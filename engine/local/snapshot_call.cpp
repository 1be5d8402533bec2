#include "engine/local/snapshot_call.h"

#include "engine/local/record_trees.h"

namespace blazedb::local {

Result<SnapshotView> takeSnapshot(Database& database)
{
    SnapshotView view;
    BLAZE_TRY_VALUE(view.snapshot, database.store().snapshot());
    view.records = view.snapshot->tree(storage::kRecordTree);
    if (view.records == nullptr) return Error{ErrorCode::Corruption, "the database has no tree of records"};
    if (const RecordTrees* trees = database.trees()) trees->describe(view);
    return view;
}

Result<SnapshotView> forQuery(Database& database, SnapshotView view, const model::Query& query)
{
    if (const RecordTrees* trees = database.trees()) BLAZE_TRY(trees->narrow(view, query));
    return view;
}

Result<SnapshotView> forRecord(Database& database, SnapshotView view, const model::Uuid& id)
{
    if (const RecordTrees* trees = database.trees()) BLAZE_TRY(trees->find(view, id));
    return view;
}

} // namespace blazedb::local
