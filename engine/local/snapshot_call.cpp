#include "engine/local/snapshot_call.h"

namespace blazedb::local {

Result<SnapshotView> takeSnapshot(Database& database)
{
    SnapshotView view;
    BLAZE_TRY_VALUE(view.snapshot, database.store().snapshot());
    view.records = view.snapshot->tree(storage::kRecordTree);
    if (view.records == nullptr) return Error{ErrorCode::Corruption, "the database has no tree of records"};
    return view;
}

} // namespace blazedb::local
