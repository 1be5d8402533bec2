#include "engine/storage/tree_writer.h"

#include <algorithm>

#include "engine/base/assert.h"

namespace blazedb::storage {

namespace {

std::uint64_t rowsBelow(const Node& node)
{
    const NodeView view = node.view();
    if (view.isLeaf()) return view.count();
    std::uint64_t rows = 0;
    for (std::size_t i = 0; i < view.count(); ++i) rows += view.childRows(i);
    return rows;
}

/// The shortest key that is greater than `left` and not greater than `right`.
ByteView shortestBetween(ByteView left, ByteView right)
{
    std::size_t shared = 0;
    while (shared < left.size() && left[shared] == right[shared]) ++shared;
    return right.first(std::min(shared + 1, right.size()));
}

struct SplitPlan {
    std::size_t leftCells = 0; ///< Cells of the node that stay.
    bool newGoesLeft = false;
};

/// Where to cut a node that gets one more cell of `newBytes` before `index`, so that the larger half is as small as can be:
/// then both fit, whatever their sizes (half of a full node and a largest cell, and half of that cell).
SplitPlan planSplit(NodeView node, std::size_t index, std::size_t newBytes)
{
    const std::size_t count = node.count();
    const std::size_t total = node.usedBytes() + newBytes;
    std::size_t left = 0;
    std::size_t bestMax = total;
    SplitPlan best;
    for (std::size_t cells = 1; cells <= count; ++cells) { // of the count + 1 there will be
        const std::size_t last = cells - 1;
        if (last == index) left += newBytes;
        else left += kSlotBytes + node.cellSize(last < index ? last : last - 1);
        const std::size_t larger = std::max(left, total - left);
        if (larger >= bestMax) continue;
        bestMax = larger;
        best = {.leftCells = index < cells ? cells - 1 : cells, .newGoesLeft = index < cells};
    }
    return best;
}

} // namespace

TreeWriter::TreeWriter(const TreeNodes& nodes, NodeCounters& counters, std::uint64_t stamp, TreeState& tree, ReplacedParts& replaced)
    : m_nodes(nodes)
    , m_counters(counters)
    , m_stamp(stamp)
    , m_tree(tree)
    , m_replaced(replaced)
{
}

Result<NodeRef> TreeWriter::own(NodeRef node)
{
    if (node->stamp() == m_stamp && !node->isPlaced()) return node;
    NodeRef copy = Node::copyOf(*node, m_counters, m_stamp);
    m_replaced.nodeReplaced(node);
    return copy;
}

Result<NodeRef> TreeWriter::ownRoot()
{
    BLAZE_TRY_VALUE(NodeRef root, m_nodes.root(m_tree));
    if (!root) root = Node::fresh(m_counters, m_stamp, BodyKind::Leaf, 0);
    BLAZE_TRY_VALUE(root, own(std::move(root)));
    m_tree.node = root;
    m_tree.page = {};
    return root;
}

Result<NodeRef> TreeWriter::ownChild(Node& parent, std::size_t index)
{
    BLAZE_TRY_VALUE(const NodeRef child, m_nodes.child(parent, index));
    BLAZE_TRY_VALUE(NodeRef owned, own(child));
    if (owned != child) parent.adoptChild(index, owned);
    return owned;
}

Result<NodeRef> TreeWriter::descend(ByteView key, bool& isLastLeaf)
{
    m_path.clear();
    isLastLeaf = true;
    BLAZE_TRY_VALUE(NodeRef node, ownRoot());
    while (!node->view().isLeaf()) {
        const std::size_t index = node->view().childFor(key);
        isLastLeaf = isLastLeaf && index + 1 == node->view().count();
        m_path.push_back({std::move(node), index});
        BLAZE_TRY_VALUE(node, ownChild(*m_path.back().node, index));
    }
    return node;
}

void TreeWriter::addRows(std::int64_t delta)
{
    m_tree.rows += static_cast<std::uint64_t>(delta);
    for (Step& step : m_path)
        step.node->edit().setChildRows(step.index, step.node->view().childRows(step.index) + static_cast<std::uint64_t>(delta));
}

Result<bool> TreeWriter::put(ByteView key, ByteView value, bool isRun)
{
    bool isLastLeaf = false;
    BLAZE_TRY_VALUE(const NodeRef leaf, descend(key, isLastLeaf));
    const auto place = leaf->view().lowerBound(key);
    m_rest.clear();
    appendLeafRest(m_rest, value, isRun);
    if (place.isExact) {
        const auto before = leaf->view().value(place.index);
        if (before.isRun) BLAZE_TRY(m_replaced.runReplaced(loadRun(before.bytes.data())));
        leaf->edit().remove(place.index);
    } else {
        addRows(1);
    }
    if (leaf->edit().insert(place.index, key, m_rest)) return !place.isExact;
    const bool isAppend = isLastLeaf && place.index == leaf->view().count();
    const std::size_t size = kSlotBytes + key.size() + m_rest.size();
    const SplitPlan plan = isAppend ? SplitPlan{leaf->view().count(), false} : planSplit(leaf->view(), place.index, size);
    const NodeRef right = Node::fresh(m_counters, m_stamp, BodyKind::Leaf, 0);
    leaf->moveTailTo(plan.leftCells, *right);
    Node& target = plan.newGoesLeft ? *leaf : *right;
    BLAZE_ASSERT(target.edit().insert(plan.newGoesLeft ? place.index : place.index - plan.leftCells, key, m_rest));
    const NodeView leftView = leaf->view();
    insertAbove(*leaf, shortestBetween(leftView.key(leftView.count() - 1), right->view().key(0)), right, m_path.size());
    return !place.isExact;
}

void TreeWriter::insertAbove(Node& left, ByteView separator, const NodeRef& right, std::size_t depth)
{
    if (depth == 0) {
        const NodeRef root = Node::fresh(m_counters, m_stamp, BodyKind::Inner, static_cast<std::uint8_t>(left.view().level() + 1));
        BLAZE_ASSERT(root->insertChild(0, {}, NodeRef(&left), rowsBelow(left)));
        BLAZE_ASSERT(root->insertChild(1, separator, right, rowsBelow(*right)));
        setRoot(root);
        return;
    }
    Node& parent = *m_path[depth - 1].node;
    const std::size_t index = m_path[depth - 1].index + 1;
    parent.edit().setChildRows(index - 1, rowsBelow(left));
    const std::uint64_t rows = rowsBelow(*right);
    if (parent.insertChild(index, separator, right, rows)) return;

    const bool isAppend = index == parent.view().count();
    const SplitPlan plan = isAppend ? SplitPlan{parent.view().count(), false}
                                    : planSplit(parent.view(), index, kSlotBytes + separator.size() + kChildBytes);
    const NodeRef sibling = Node::fresh(m_counters, m_stamp, BodyKind::Inner, parent.view().level());
    parent.moveTailTo(plan.leftCells, *sibling);
    Node& target = plan.newGoesLeft ? parent : *sibling;
    BLAZE_ASSERT(target.insertChild(plan.newGoesLeft ? index : index - plan.leftCells, separator, right, rows));
    // An inner node's first key counts as less than all in it, and is what tells it from its left neighbour above.
    insertAbove(parent, sibling->view().key(0), sibling, depth - 1);
}

Result<bool> TreeWriter::erase(ByteView key)
{
    {
        // Nothing is copied for a row that is not there.
        BLAZE_TRY_VALUE(const auto found, findInTree(m_nodes, m_tree, key));
        if (!found) return false;
        if (found->run()) BLAZE_TRY(m_replaced.runReplaced(*found->run()));
    }
    bool isLastLeaf = false;
    BLAZE_TRY_VALUE(NodeRef leaf, descend(key, isLastLeaf));
    const auto place = leaf->view().lowerBound(key);
    BLAZE_ASSERT(place.isExact);
    leaf->edit().remove(place.index);
    addRows(-1);
    BLAZE_TRY(shrink(std::move(leaf)));
    return true;
}

Result<void> TreeWriter::shrink(NodeRef node)
{
    for (std::size_t depth = m_path.size(); depth > 0; --depth) {
        const NodeRef parent = m_path[depth - 1].node;
        const std::size_t index = m_path[depth - 1].index;
        if (node->view().count() == 0) {
            parent->removeChild(index);
        } else {
            if (node->view().usedBytes() >= kNodeRoomBytes / 4 || parent->view().count() == 1) return {};
            BLAZE_TRY_VALUE(const bool isMerged, mergeAt(*parent, index > 0 ? index - 1 : index));
            if (!isMerged) return {};
        }
        node = parent;
    }
    if (node->view().count() == 0) {
        m_tree.node = {};
        m_tree.page = {};
        m_tree.level = 0;
        return {};
    }
    while (!node->view().isLeaf() && node->view().count() == 1) {
        BLAZE_TRY_VALUE(NodeRef only, m_nodes.child(*node, 0));
        m_replaced.nodeReplaced(node);
        setRoot(only);
        node = std::move(only);
    }
    return {};
}

Result<bool> TreeWriter::mergeAt(Node& parent, std::size_t leftIndex)
{
    BLAZE_TRY_VALUE(const NodeRef right, m_nodes.child(parent, leftIndex + 1));
    BLAZE_TRY_VALUE(const NodeRef before, m_nodes.child(parent, leftIndex));
    const Bytes separator(parent.view().key(leftIndex + 1).begin(), parent.view().key(leftIndex + 1).end());
    std::size_t bytes = before->view().usedBytes() + right->view().usedBytes();
    if (!right->view().isLeaf()) bytes += separator.size();
    // Room is left, so that the next insert does not split again at once.
    if (bytes > kNodeRoomBytes * 3 / 4) return false;
    BLAZE_TRY_VALUE(const NodeRef left, ownChild(parent, leftIndex));
    left->appendAll(*right, separator);
    m_replaced.nodeReplaced(right);
    parent.removeChild(leftIndex + 1);
    parent.edit().setChildRows(leftIndex, rowsBelow(*left));
    return true;
}

void TreeWriter::setRoot(NodeRef root)
{
    m_tree.level = root->view().level();
    m_tree.page = root->isPlaced() ? root->ref() : PageRef{};
    m_tree.node = std::move(root);
}

Result<void> TreeWriter::clear()
{
    BLAZE_TRY_VALUE(const NodeRef root, m_nodes.root(m_tree));
    if (root) BLAZE_TRY(releaseBelow(root));
    m_tree.node = {};
    m_tree.page = {};
    m_tree.level = 0;
    m_tree.rows = 0;
    return {};
}

Result<void> TreeWriter::releaseBelow(const NodeRef& node)
{
    const NodeView view = node->view();
    for (std::size_t i = 0; i < view.count(); ++i) {
        if (!view.isLeaf()) {
            BLAZE_TRY_VALUE(const NodeRef child, m_nodes.child(*node, i));
            BLAZE_TRY(releaseBelow(child));
        } else if (view.value(i).isRun) {
            BLAZE_TRY(m_replaced.runReplaced(loadRun(view.value(i).bytes.data())));
        }
    }
    m_replaced.nodeReplaced(node);
    return {};
}

Result<void> TreeWriter::moveNodes(PageNumber from, std::size_t& budget)
{
    BLAZE_TRY_VALUE(NodeRef root, m_nodes.root(m_tree));
    if (!root) return {};
    BLAZE_TRY_VALUE(NodeRef copy, moved(root, from, budget));
    if (copy != root) setRoot(std::move(copy));
    return {};
}

Result<NodeRef> TreeWriter::moved(NodeRef node, PageNumber from, std::size_t& budget)
{
    if (budget > 0 && node->isPlaced() && node->ref().page >= from) {
        --budget;
        BLAZE_TRY_VALUE(node, own(std::move(node)));
    }
    const std::uint8_t level = node->view().level();
    for (std::size_t i = 0; level > 0 && budget > 0 && i < node->view().count(); ++i) {
        // A leaf that stays is not even read.
        const bool staysUnread = level == 1 && node->childInMemory(i) == nullptr && loadRef(node->view().child(i)).page < from;
        if (staysUnread) continue;
        BLAZE_TRY_VALUE(const NodeRef child, m_nodes.child(*node, i));
        BLAZE_TRY_VALUE(const NodeRef copy, moved(child, from, budget));
        if (copy == child) continue;
        BLAZE_TRY_VALUE(node, own(std::move(node)));
        node->adoptChild(i, copy);
    }
    return node;
}

} // namespace blazedb::storage
