#include "engine/storage/tree.h"

namespace blazedb::storage {

FoundValue::FoundValue(NodeRef node, NodeView::LeafValue value)
    : m_node(std::move(node))
    , m_bytes(value.bytes)
{
    if (value.isRun) m_run = loadRun(value.bytes.data());
}

Result<NodeRef> TreeNodes::root(const TreeState& tree) const
{
    if (tree.node || tree.page.page == 0) return tree.node;
    return m_cache.get(tree.page, tree.level);
}

Result<NodeRef> TreeNodes::child(const Node& parent, std::size_t index) const
{
    if (Node* inMemory = parent.childInMemory(index)) return NodeRef(inMemory);
    return m_cache.get(loadRef(parent.view().child(index)), static_cast<std::uint8_t>(parent.view().level() - 1));
}

Result<Bytes> TreeNodes::copyValue(const FoundValue& value) const
{
    if (!value.run()) return Bytes(value.bytes().begin(), value.bytes().end());
    Bytes bytes(static_cast<std::size_t>(value.run()->bytes));
    BLAZE_TRY(readRun(m_pages, *value.run(), 0, bytes));
    return bytes;
}

Result<std::optional<FoundValue>> findInTree(const TreeNodes& nodes, const TreeState& tree, ByteView key)
{
    BLAZE_TRY_VALUE(NodeRef node, nodes.root(tree));
    if (!node) return std::optional<FoundValue>{};
    while (!node->view().isLeaf()) {
        BLAZE_TRY_VALUE(node, nodes.child(*node, node->view().childFor(key)));
    }
    const auto place = node->view().lowerBound(key);
    if (!place.isExact) return std::optional<FoundValue>{};
    const auto value = node->view().value(place.index);
    return std::optional<FoundValue>(std::in_place, std::move(node), value);
}

Result<std::uint64_t> rankInTree(const TreeNodes& nodes, const TreeState& tree, ByteView key)
{
    BLAZE_TRY_VALUE(NodeRef node, nodes.root(tree));
    if (!node) return std::uint64_t{0};
    std::uint64_t before = 0;
    while (!node->view().isLeaf()) {
        const std::size_t index = node->view().childFor(key);
        for (std::size_t i = 0; i < index; ++i) before += node->view().childRows(i);
        BLAZE_TRY_VALUE(node, nodes.child(*node, index));
    }
    return before + node->view().lowerBound(key).index;
}

TreeCursor::TreeCursor(const TreeNodes& nodes, TreeState tree)
    : m_nodes(nodes)
    , m_tree(std::move(tree))
{
}

Result<bool> TreeCursor::settle(Result<bool> outcome)
{
    m_isOnRow = outcome && *outcome;
    if (!m_isOnRow) m_path.clear();
    return outcome;
}

Result<bool> TreeCursor::descend(NodeRef node, Edge edge)
{
    while (true) {
        const NodeView view = node->view();
        const std::size_t count = view.count();
        if (count == 0) return false; // only an empty root
        const std::size_t index = edge == Edge::First ? 0 : count - 1;
        const bool isLeaf = view.isLeaf();
        m_path.push_back({std::move(node), index});
        if (isLeaf) return true;
        BLAZE_TRY_VALUE(node, m_nodes.child(*m_path.back().node, index));
    }
}

Result<bool> TreeCursor::start(Edge edge)
{
    m_path.clear();
    BLAZE_TRY_VALUE(NodeRef root, m_nodes.root(m_tree));
    if (!root) return false;
    return descend(std::move(root), edge);
}

Result<bool> TreeCursor::first()
{
    return settle(start(Edge::First));
}

Result<bool> TreeCursor::last()
{
    return settle(start(Edge::Last));
}

Result<bool> TreeCursor::seek(ByteView key)
{
    m_isOnRow = false;
    m_path.clear();
    BLAZE_TRY_VALUE(NodeRef node, m_nodes.root(m_tree));
    if (!node) return false;
    while (!node->view().isLeaf()) {
        const std::size_t index = node->view().childFor(key);
        m_path.push_back({std::move(node), index});
        BLAZE_TRY_VALUE(node, m_nodes.child(*m_path.back().node, index));
    }
    const std::size_t index = node->view().lowerBound(key).index;
    const bool isInLeaf = index < node->view().count();
    m_path.push_back({std::move(node), index});
    m_isOnRow = isInLeaf;
    if (isInLeaf) return true;
    return next();
}

Result<bool> TreeCursor::seekRank(std::uint64_t rank)
{
    m_isOnRow = false;
    m_path.clear();
    BLAZE_TRY_VALUE(NodeRef node, m_nodes.root(m_tree));
    if (!node || rank >= m_tree.rows) return false;
    while (!node->view().isLeaf()) {
        const std::size_t last = node->view().count() - 1;
        std::size_t index = 0;
        while (index < last && rank >= node->view().childRows(index)) rank -= node->view().childRows(index++);
        m_path.push_back({std::move(node), index});
        BLAZE_TRY_VALUE(node, m_nodes.child(*m_path.back().node, index));
    }
    if (rank >= node->view().count()) return settle(Error{ErrorCode::Corruption, "tree " + m_tree.name + ": its counts of rows do not fit"});
    m_path.push_back({std::move(node), static_cast<std::size_t>(rank)});
    m_isOnRow = true;
    return true;
}

Result<bool> TreeCursor::next()
{
    if (m_path.empty()) return false;
    Step& leaf = m_path.back();
    if (leaf.index + 1 < leaf.node->view().count()) {
        ++leaf.index;
        m_isOnRow = true;
        return true;
    }
    m_path.pop_back();
    while (!m_path.empty()) {
        Step& step = m_path.back();
        if (step.index + 1 < step.node->view().count()) {
            ++step.index;
            auto below = m_nodes.child(*step.node, step.index);
            if (!below) return settle(std::move(below).error());
            return settle(descend(*std::move(below), Edge::First));
        }
        m_path.pop_back();
    }
    return settle(false);
}

Result<bool> TreeCursor::previous()
{
    if (m_path.empty()) return false;
    if (m_path.back().index > 0) {
        --m_path.back().index;
        return true;
    }
    m_path.pop_back();
    while (!m_path.empty()) {
        Step& step = m_path.back();
        if (step.index > 0) {
            --step.index;
            auto below = m_nodes.child(*step.node, step.index);
            if (!below) return settle(std::move(below).error());
            return settle(descend(*std::move(below), Edge::Last));
        }
        m_path.pop_back();
    }
    return settle(false);
}

} // namespace blazedb::storage
