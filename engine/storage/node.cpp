#include "engine/storage/node.h"

#include <array>
#include <cstring>

#include "engine/base/assert.h"

namespace blazedb::storage {

namespace {

/// The address of a child, in the place of a reference: page 0, then the address.
PageRef addressRef(Node* child)
{
    PageRef ref;
    std::memcpy(ref.tag.data(), &child, sizeof child);
    return ref;
}

} // namespace

Node::Node(NodeCounters& counters)
    : m_counters(counters)
{
    m_counters.inMemory.fetch_add(1, std::memory_order_relaxed);
}

Node::~Node()
{
    if (m_mayHoldChildren) {
        const std::size_t count = view().count();
        for (std::size_t i = 0; i < count; ++i)
            if (const Node* child = childInMemory(i)) child->dropShare();
    }
    m_counters.inMemory.fetch_sub(1, std::memory_order_relaxed);
    if (!isPlaced()) m_counters.unplaced.fetch_sub(1, std::memory_order_relaxed);
}

void Node::dropShare() const
{
    if (m_shares.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
}

NodeRef Node::placed(NodeCounters& counters, const PageRef& ref)
{
    auto* node = new Node(counters); // NodeRef takes it
    node->m_ref = ref;
    node->m_isPlaced.store(true, std::memory_order_release);
    return NodeRef(node);
}

NodeRef Node::fresh(NodeCounters& counters, std::uint64_t stamp, BodyKind kind, std::uint8_t level)
{
    auto* node = new Node(counters);
    counters.unplaced.fetch_add(1, std::memory_order_relaxed);
    node->m_stamp = stamp;
    node->edit().clear(kind, level);
    return NodeRef(node);
}

NodeRef Node::copyOf(const Node& source, NodeCounters& counters, std::uint64_t stamp)
{
    auto* node = new Node(counters);
    counters.unplaced.fetch_add(1, std::memory_order_relaxed);
    node->m_stamp = stamp;
    std::memcpy(node->m_body, source.m_body, kPageBodyBytes);
    if (!source.m_mayHoldChildren) return NodeRef(node);
    const std::size_t count = node->view().count();
    for (std::size_t i = 0; i < count; ++i) {
        const Node* child = node->childInMemory(i);
        if (child == nullptr) continue;
        if (child->isPlaced()) {
            node->edit().setChild(i, child->ref());
        } else {
            child->addShare();
            node->m_mayHoldChildren = true;
        }
    }
    return NodeRef(node);
}

Node* Node::childInMemory(std::size_t index) const
{
    const std::byte* at = view().child(index);
    if (loadLe<std::uint32_t>(at) != 0) return nullptr;
    Node* child = nullptr;
    std::memcpy(&child, at + 4, sizeof child);
    return child;
}

void Node::adoptChild(std::size_t index, const NodeRef& child)
{
    const Node* before = childInMemory(index);
    child->addShare();
    edit().setChild(index, addressRef(child.get()));
    m_mayHoldChildren = true;
    if (before != nullptr) before->dropShare();
}

void Node::setChildPage(std::size_t index, const PageRef& ref)
{
    const Node* before = childInMemory(index);
    edit().setChild(index, ref);
    if (before != nullptr) before->dropShare();
}

void Node::removeChild(std::size_t index)
{
    const Node* before = childInMemory(index);
    edit().remove(index);
    if (before != nullptr) before->dropShare();
}

bool Node::insertChild(std::size_t index, ByteView key, const NodeRef& child, std::uint64_t rows)
{
    std::array<std::byte, kChildBytes> rest{};
    storeRef(rest.data(), addressRef(child.get()));
    if (!edit().insert(index, key, rest)) return false;
    edit().setChildRows(index, rows);
    child->addShare();
    m_mayHoldChildren = true;
    return true;
}

bool Node::replaceKey(std::size_t index, ByteView key)
{
    if (view().usedBytes() - view().keyBytes(index) + key.size() > kNodeRoomBytes) return false;
    std::array<std::byte, kChildBytes> rest{};
    std::memcpy(rest.data(), view().child(index), rest.size());
    // The child keeps its place as bytes, and this parent its share in it.
    edit().remove(index);
    BLAZE_ASSERT(edit().insert(index, key, rest));
    return true;
}

void Node::moveTailTo(std::size_t from, Node& right)
{
    // Cells move as bytes, and their shares with them.
    edit().moveTail(from, right.edit());
    right.m_mayHoldChildren = m_mayHoldChildren;
}

void Node::appendAll(const Node& right, ByteView firstKey)
{
    const NodeView from = right.view();
    for (std::size_t i = 0; i < from.count(); ++i) {
        const ByteView key = i == 0 && !from.isLeaf() ? firstKey : from.key(i);
        const ByteView rest(from.cell(i) + from.keyBytes(i), from.cellSize(i) - from.keyBytes(i));
        const std::size_t at = view().count();
        BLAZE_ASSERT(edit().insert(at, key, rest));
        if (from.isLeaf()) continue;
        if (const Node* child = childInMemory(at)) {
            child->addShare();
            m_mayHoldChildren = true;
        }
    }
}

void Node::place(const PageRef& ref)
{
    m_ref = ref;
    m_isPlaced.store(true, std::memory_order_release);
    m_counters.unplaced.fetch_sub(1, std::memory_order_relaxed);
}

} // namespace blazedb::storage
