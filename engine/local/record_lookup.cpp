#include "engine/local/record_lookup.h"

namespace blazedb::local {

using metrics::CounterSet;

Result<RecordCache::SharedRow> lookUpRecord(Database& database, const SnapshotView& view,
                                            const model::Uuid& id, const RecordShape& shape)
{
    // A choice of fields is cheap to decode and rarely asked for twice; the cache holds records with all
    // their fields.
    const bool isCacheable = shape.fields.empty();
    const RecordCache::Key key{view.snapshot->rowVersion(id.bytes), id, shape.valueBytesMax};
    if (isCacheable) {
        if (auto found = database.recordCache().find(key)) {
            CounterSet::add(database.counters().cacheHits);
            return found;
        }
        CounterSet::add(database.counters().cacheMisses);
    }
    auto read = view.records->read(id.bytes);
    // The native store knows rows, not records.
    if (!read && read.error().code == ErrorCode::NotFound && database.trees() != nullptr) read.error().message = "there is no record " + id.toString();
    if (!read) return std::move(read).error();
    const storage::Row stored = *std::move(read);
    CounterSet::add(database.counters().recordsRead);
    BLAZE_TRY_VALUE(auto decoded, decodeRow(*view.reading.form, id, stored.bytes, stored.marks, shape));
    auto row = std::make_shared<const api::RecordRow>(std::move(decoded));
    if (isCacheable) database.recordCache().insert(key, row);
    return row;
}

} // namespace blazedb::local
