// The documents of a native file as rows and trees of records: what the facets of a LocalSource read. A query on a collection reads that
// collection's rows, or those that an index finds; the name of none is a kind of the records in `default` (DM-18).
#pragma once

#include <functional>
#include <memory>

#include "engine/documents/document_store.h"
#include "engine/local/record_trees.h"
#include "engine/storage/row_store.h"

namespace blazedb::local {

/// Any thread. Its tree of records is the collection `default`, empty while there is none.
class NativeRows final : public storage::RowStore {
public:
    /// Gives the newest state. Any thread.
    using Newest = std::function<Result<std::shared_ptr<const documents::DocumentView>>()>;

    /// Borrows it.
    explicit NativeRows(documents::DocumentStore& documents)
        : m_newest([&documents] { return documents.view(); })
    {}
    explicit NativeRows(Newest newest)
        : m_newest(std::move(newest))
    {}
    Result<std::shared_ptr<const storage::RowSnapshot>> snapshot() override;

private:
    Newest m_newest;
};

/// For snapshots of NativeRows, and no others. Any thread.
class NativeRecordTrees final : public RecordTrees {
public:
    void describe(SnapshotView& view) const override;
    Result<void> narrow(SnapshotView& view, const model::Query& query) const override;
    Result<void> find(SnapshotView& view, const model::Uuid& id) const override;
    [[nodiscard]] std::vector<std::string> collections(const SnapshotView& view) const override;
    [[nodiscard]] Result<std::optional<api::ValuePart>> readPart(const SnapshotView& view, const api::ValueRef& value,
                                                                 api::ByteRange range) const override;
};

} // namespace blazedb::local
