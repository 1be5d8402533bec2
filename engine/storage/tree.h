// Ordered trees of byte rows, reading side. A tree is a root; what is reachable from it never changes, so readers need no lock.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/storage/node_cache.h"
#include "engine/storage/value_run.h"

namespace blazedb::storage {

/// A tree at one moment. The root is in memory, or in the file, or both.
struct TreeState {
    std::uint32_t id = 0; ///< Never used again, not even after the tree is dropped.
    std::string name;
    PageRef page;         ///< Page 0: only in memory, or an empty tree.
    NodeRef node;
    std::uint8_t level = 0;
    std::uint64_t rows = 0;
};

/// A row's value where it lies. Holds what it borrows.
class FoundValue {
public:
    FoundValue() = default;
    FoundValue(NodeRef node, NodeView::LeafValue value);

    /// Inline values only; empty for a large one.
    [[nodiscard]] ByteView bytes() const { return m_run ? ByteView{} : m_bytes; }
    [[nodiscard]] const std::optional<RunRef>& run() const { return m_run; }
    [[nodiscard]] std::uint64_t size() const { return m_run ? m_run->bytes : m_bytes.size(); }

private:
    NodeRef m_node;
    ByteView m_bytes;
    std::optional<RunRef> m_run;
};

/// Finds nodes for readers and writers. Any thread.
class TreeNodes {
public:
    /// Borrows both; the store that owns them outlives it.
    TreeNodes(NodeCache& cache, const PageFile& pages)
        : m_cache(cache)
        , m_pages(pages)
    {
    }
    /// Null for an empty tree. Errors: Corruption, Io.
    Result<NodeRef> root(const TreeState& tree) const;
    Result<NodeRef> child(const Node& parent, std::size_t index) const;
    /// The value's bytes; a large one is read whole. Errors: Corruption, Io.
    Result<Bytes> copyValue(const FoundValue& value) const;
    [[nodiscard]] NodeCache& cache() const { return m_cache; }
    [[nodiscard]] const PageFile& pages() const { return m_pages; }

private:
    NodeCache& m_cache;
    const PageFile& m_pages;
};

/// Nullopt: no such row. Errors: Corruption, Io.
Result<std::optional<FoundValue>> findInTree(const TreeNodes& nodes, const TreeState& tree, ByteView key);

/// Rows whose key is less than `key`, without visiting them. Errors: Corruption, Io.
Result<std::uint64_t> rankInTree(const TreeNodes& nodes, const TreeState& tree, ByteView key);

/// Walks over a tree in both directions. Keeps what it walks on. Thread-safety: none; one owner.
class TreeCursor {
public:
    /// Borrows `nodes`; takes a share of the tree's root.
    TreeCursor(const TreeNodes& nodes, TreeState tree);

    // Each answers whether the cursor stands on a row. Errors: Corruption, Io; the cursor is then on none.
    Result<bool> first();
    Result<bool> last();
    Result<bool> seek(ByteView key); ///< First row whose key is not less.
    Result<bool> seekRank(std::uint64_t rank); ///< The row that `rank` rows precede.
    Result<bool> next();
    Result<bool> previous();

    [[nodiscard]] bool isOnRow() const { return m_isOnRow; }
    /// Borrowed until the cursor moves.
    [[nodiscard]] ByteView key() const { return m_path.back().node->view().key(m_path.back().index); }
    [[nodiscard]] NodeView::LeafValue rawValue() const { return m_path.back().node->view().value(m_path.back().index); }
    [[nodiscard]] FoundValue value() const { return {m_path.back().node, rawValue()}; }

private:
    struct Step {
        NodeRef node;
        std::size_t index = 0;
    };
    enum class Edge { First, Last };
    Result<bool> descend(NodeRef node, Edge edge);
    Result<bool> settle(Result<bool> outcome);
    Result<bool> start(Edge edge);

    const TreeNodes& m_nodes;
    TreeState m_tree;
    std::vector<Step> m_path; ///< Root first; kept within its capacity when moving.
    bool m_isOnRow = false;
};

} // namespace blazedb::storage
