// Gives nodes that are only in memory a place in the file: children before parents, neighbours in one write.
#pragma once

#include <unordered_map>
#include <vector>

#include "engine/storage/store_core.h"

namespace blazedb::storage {

/// One round of writing. Thread-safety: none; one owner. Readers and the commit lane go on meanwhile: nothing they see
/// changes before activate().
class NodePlacer {
public:
    explicit NodePlacer(StoreCore& core)
        : m_core(core)
    {
    }

    /// Writes every node below the root that has no page, and the root, and gives the root's page (as it is when it has one).
    /// Call flush() after the last. Errors: ResourceExhausted, Io; give the pages of taken() back then.
    Result<PageRef> place(const NodeRef& root);
    Result<void> flush();

    /// The nodes learn their pages. The caller keeps others from copying them: it holds stateMutex, or they are its own.
    void activate();
    /// After activate(): the nodes go into the cache, without addresses in them.
    void cachePlaced();
    /// The node at the page that place() gave, as the cache will have it.
    [[nodiscard]] NodeRef cleanNode(const Node& placed) const;
    [[nodiscard]] const std::vector<PageNumber>& taken() const { return m_taken; }
    /// Whether this round wrote the node.
    [[nodiscard]] bool wrote(const Node* node) const { return m_refs.contains(node); }

private:
    static constexpr std::size_t kPagesPerWrite = 64;
    Result<PageRef> placeNode(const NodeRef& node);

    struct Placed {
        NodeRef node;
        NodeRef clean; ///< The node itself for a leaf; a copy that names its children by page for an inner node.
        PageRef ref;
    };
    StoreCore& m_core;
    std::vector<Placed> m_placed;
    std::unordered_map<const Node*, std::size_t> m_refs; ///< Index in m_placed.
    std::vector<PageNumber> m_taken;
    Bytes m_buffer; ///< Sealed pages in a row, from m_bufferStart on.
    PageNumber m_bufferStart = 0;
};

} // namespace blazedb::storage
