// Tree nodes in memory. A node that is reachable from a published root never changes; a commit works on copies. A child that has no page
// yet is named in its parent's body by page 0 and its address, and the parent shares in its ownership.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

#include "engine/storage/node_layout.h"

namespace blazedb::storage {

class Node;

/// Shares in the ownership of a node. One reference: one owner; the node itself: any thread.
class NodeRef {
public:
    NodeRef() = default;
    explicit NodeRef(Node* node); ///< Takes a share.
    NodeRef(const NodeRef& other);
    NodeRef(NodeRef&& other) noexcept
        : m_node(std::exchange(other.m_node, nullptr))
    {
    }
    NodeRef& operator=(NodeRef other) noexcept
    {
        std::swap(m_node, other.m_node);
        return *this;
    }
    ~NodeRef();

    [[nodiscard]] Node* get() const { return m_node; }
    Node* operator->() const { return m_node; }
    Node& operator*() const { return *m_node; }
    explicit operator bool() const { return m_node != nullptr; }
    friend bool operator==(const NodeRef&, const NodeRef&) = default;

private:
    Node* m_node = nullptr;
};

/// How many node bodies are in memory, and how many of them have no page yet. Any thread.
struct NodeCounters {
    std::atomic<std::uint64_t> inMemory{0};
    std::atomic<std::uint64_t> unplaced{0};
};

class Node {
public:
    /// A node read from `ref`.
    static NodeRef placed(NodeCounters& counters, const PageRef& ref);
    /// A node of the batch `stamp`, which alone may change it.
    static NodeRef fresh(NodeCounters& counters, std::uint64_t stamp, BodyKind kind, std::uint8_t level);
    /// A copy for the batch `stamp`: children that have got pages meanwhile are named by them.
    static NodeRef copyOf(const Node& source, NodeCounters& counters, std::uint64_t stamp);

    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    [[nodiscard]] NodeView view() const { return NodeView(m_body); }
    [[nodiscard]] std::span<std::byte> body() { return m_body; }
    [[nodiscard]] NodeEditor edit() { return NodeEditor(m_body); }
    [[nodiscard]] std::uint64_t stamp() const { return m_stamp; }

    /// Null: the child has a page.
    [[nodiscard]] Node* childInMemory(std::size_t index) const;
    /// Cell to change a child: the old one loses this parent's share.
    void adoptChild(std::size_t index, const NodeRef& child);
    void setChildPage(std::size_t index, const PageRef& ref);
    /// Takes the cell out, with this parent's share.
    void removeChild(std::size_t index);
    /// Appends a cell; false: no room.
    bool insertChild(std::size_t index, ByteView key, const NodeRef& child, std::uint64_t rows);
    /// Another key for a child; false: no room (nothing changed).
    bool replaceKey(std::size_t index, ByteView key);
    void moveTailTo(std::size_t from, Node& right);
    /// Appends all of `right`'s cells, its first under `firstKey`. The caller checked the room. Shares are taken, not moved.
    void appendAll(const Node& right, ByteView firstKey);

    // A checkpoint gives a node its page while others may still read the parent that names it by address. ref() holds once isPlaced().
    [[nodiscard]] bool isPlaced() const { return m_isPlaced.load(std::memory_order_acquire); }
    [[nodiscard]] const PageRef& ref() const { return m_ref; }
    void place(const PageRef& ref);

private:
    friend NodeRef;
    explicit Node(NodeCounters& counters);
    ~Node();
    void addShare() const { m_shares.fetch_add(1, std::memory_order_relaxed); }
    void dropShare() const;

    mutable std::atomic<std::uint32_t> m_shares{0};
    std::atomic<bool> m_isPlaced{false};
    bool m_mayHoldChildren = false; ///< Some cell may name a child by address.
    std::uint64_t m_stamp = 0;
    NodeCounters& m_counters;
    PageRef m_ref;
    alignas(8) std::byte m_body[kPageBodyBytes];
};

inline NodeRef::NodeRef(Node* node)
    : m_node(node)
{
    if (m_node != nullptr) m_node->addShare();
}
inline NodeRef::NodeRef(const NodeRef& other)
    : NodeRef(other.m_node)
{
}
inline NodeRef::~NodeRef()
{
    if (m_node != nullptr) m_node->dropShare();
}

} // namespace blazedb::storage
