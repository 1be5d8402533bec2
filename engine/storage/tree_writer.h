// Ordered trees of byte rows, writing side: copies the nodes on the way to a row once a batch, and changes the copies.
#pragma once

#include <vector>

#include "engine/storage/tree.h"

namespace blazedb::storage {

/// What a batch took out of the trees: to be freed once nobody can reach it.
class ReplacedParts {
public:
    virtual ~ReplacedParts() = default;
    /// A node that is not the batch's own is no longer reachable from the batch's roots.
    virtual void nodeReplaced(const NodeRef& node) = 0;
    /// The value of a row that was overwritten or erased.
    virtual Result<void> runReplaced(const RunRef& run) = 0;
};

/// Where a node is cut to take in one more cell.
struct SplitPlan {
    std::size_t leftCells = 0; ///< Cells of the node that stay.
    bool newGoesLeft = false;
};

/// Changes one tree for one batch. Thread-safety: none; the batch that owns it serialises. After an error the tree must be given up.
class TreeWriter {
public:
    /// Borrows all for its life. `stamp` tells the batch's nodes from all others.
    TreeWriter(const TreeNodes& nodes, NodeCounters& counters, std::uint64_t stamp, TreeState& tree, ReplacedParts& replaced);

    /// Inserts or overwrites. `value` is the value, or the 32 bytes of its RunRef. True: the row is new.
    /// The caller checked the limits of key and value. Errors: Corruption, Io.
    Result<bool> put(ByteView key, ByteView value, bool isRun);
    /// True: there was such a row. Errors: Corruption, Io.
    Result<bool> erase(ByteView key);
    /// Takes out every row. Errors: Corruption, Io.
    Result<void> clear();
    /// Copies nodes that lie at `from` or later, so that they get other pages; lowers `budget` by each, and stops at 0.
    /// Errors: Corruption, Io.
    Result<void> moveNodes(PageNumber from, std::size_t& budget);

private:
    struct Step {
        NodeRef node;
        std::size_t index = 0;
    };
    Result<NodeRef> ownRoot();
    Result<NodeRef> ownChild(Node& parent, std::size_t index);
    Result<NodeRef> own(NodeRef node);
    Result<NodeRef> descend(ByteView key, bool& isLastLeaf);
    void insertAbove(Node& left, ByteView separator, const NodeRef& right, std::size_t depth);
    /// Finds a row that does not fit into the leaf at the end of m_path a place before `cell`: shares cells out among the leaf and one or two
    /// neighbours, or makes one more leaf of all of them. False: nothing was changed, the leaf has to be split by itself.
    Result<bool> shareWithNeighbours(std::size_t cell, ByteView key, ByteView rest);
    void splitLeaf(Node& leaf, const SplitPlan& plan, std::size_t cell, ByteView key, ByteView rest);
    void addRows(std::int64_t delta);
    Result<void> shrink(NodeRef leaf);
    Result<bool> mergeAt(Node& parent, std::size_t leftIndex);
    void setRoot(NodeRef root);
    Result<void> releaseBelow(const NodeRef& node);
    Result<NodeRef> moved(NodeRef node, PageNumber from, std::size_t& budget);

    const TreeNodes& m_nodes;
    NodeCounters& m_counters;
    std::uint64_t m_stamp;
    TreeState& m_tree;
    ReplacedParts& m_replaced;
    std::vector<Step> m_path; ///< Inner nodes from the root to the leaf of the current call; all the batch's own.
    Bytes m_rest;
};

} // namespace blazedb::storage
