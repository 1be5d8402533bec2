// A consistent view of a native file at one commit. Reads need no lock beyond the cache's; writers are never kept waiting, but the
// pages it may need are not used again while it lives.
#pragma once

#include <vector>

#include "engine/storage/row_store.h"
#include "engine/storage/store_core.h"

namespace blazedb::storage {

/// One tree of a snapshot, with keys of any length. Any thread. Lives as long as its snapshot.
class NativeTree final : public RowTree {
public:
    NativeTree(const StoreCore& core, const TreeState& tree)
        : m_core(&core)
        , m_tree(&tree)
    {
    }

    [[nodiscard]] std::uint32_t id() const { return m_tree->id; }
    [[nodiscard]] const std::string& name() const { return m_tree->name; }
    /// Nullopt: no such row. An inline value may outlive the snapshot, a large one is read while it lives. Errors: Corruption, Io.
    [[nodiscard]] Result<std::optional<FoundValue>> find(ByteView key) const { return findInTree(m_core->nodes, *m_tree, key); }
    [[nodiscard]] Result<Bytes> copyValue(const FoundValue& value) const { return m_core->nodes.copyValue(value); }
    /// A part of a value, as readRun.
    Result<std::size_t> readPart(const FoundValue& value, std::uint64_t offset, std::span<std::byte> into) const;
    [[nodiscard]] TreeCursor cursor() const { return {m_core->nodes, *m_tree}; }
    /// Rows before `key`. Errors: Corruption, Io.
    [[nodiscard]] Result<std::uint64_t> rank(ByteView key) const { return rankInTree(m_core->nodes, *m_tree, key); }

    // As RowTree: rows under 16-byte keys. Both orders are by key.
    [[nodiscard]] std::uint64_t rowCount() const override { return m_tree->rows; }
    Result<std::unique_ptr<RowCursor>> scan(ScanOrder order, std::optional<RowKey> from, std::stop_token stop) const override;
    [[nodiscard]] Result<Row> read(const RowKey& key) const override;

private:
    const StoreCore* m_core;
    const TreeState* m_tree;
};

class NativeSnapshot final : public RowSnapshot {
public:
    /// Of the newest published commit.
    explicit NativeSnapshot(std::shared_ptr<StoreCore> core);
    ~NativeSnapshot() override;
    NativeSnapshot(const NativeSnapshot&) = delete;
    NativeSnapshot& operator=(const NativeSnapshot&) = delete;

    [[nodiscard]] std::uint64_t sequence() const override { return m_roots->sequence; }
    [[nodiscard]] const NativeTree* tree(std::string_view name) const override;
    [[nodiscard]] const std::vector<NativeTree>& trees() const { return m_trees; }

private:
    std::shared_ptr<StoreCore> m_core;
    SharedRoots m_roots;
    std::vector<NativeTree> m_trees;
};

} // namespace blazedb::storage
