// Where the records of a call are in a store that has more than one tree of them, and what an index spares. A store with one tree of
// BlazeBinary records needs none of this.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/api/records.h"
#include "engine/local/snapshot_call.h"

namespace blazedb::local {

/// For snapshots of one store. Any thread. Errors: Corruption, Unsupported, Io.
class RecordTrees {
public:
    virtual ~RecordTrees() = default;
    /// Says how the rows of `view.records` are read.
    virtual void describe(SnapshotView& view) const = 0;
    /// Leaves in the view what the query needs: the rows of its collection, or only those that an index finds for its filter, which is still
    /// to be asked of each.
    virtual Result<void> narrow(SnapshotView& view, const model::Query& query) const = 0;
    /// Leaves in the view the rows among which the record is, if it is in any.
    virtual Result<void> find(SnapshotView& view, const model::Uuid& id) const = 0;
    /// Collections that have rows of their own, `default` aside.
    [[nodiscard]] virtual std::vector<std::string> collections(const SnapshotView& view) const = 0;
    /// A part of a text or of bytes, without reading the rest; nullopt for another kind of value, and for a record or field that is not there.
    [[nodiscard]] virtual Result<std::optional<api::ValuePart>> readPart(const SnapshotView& view, const api::ValueRef& value,
                                                                         api::ByteRange range) const = 0;
};

} // namespace blazedb::local
