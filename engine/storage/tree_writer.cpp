#include "engine/storage/tree_writer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

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

/// Two or three neighbouring leaves as they were, with one more cell among theirs: the cells in order, to be dealt out anew.
class LeafGroup {
public:
    static constexpr std::size_t kMaxLeaves = 3;

    /// Copies the leaves; borrows key and rest. The new cell comes before cell `cell` of leaf `leaf`.
    LeafGroup(std::span<const NodeRef> leaves, std::size_t leaf, std::size_t cell, ByteView key, ByteView rest)
    {
        std::size_t cells = 1;
        for (const NodeRef& node : leaves) cells += node->view().count();
        m_cells.reserve(cells);
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            std::memcpy(m_bodies[i].data(), leaves[i]->view().body(), kPageBodyBytes);
            const NodeView body(m_bodies[i].data());
            const std::size_t count = body.count();
            for (std::size_t c = 0; c <= count; ++c) {
                if (i == leaf && c == cell) add({key, rest});
                if (c < count) add({body.key(c), {body.cell(c) + body.keyBytes(c), body.cellSize(c) - body.keyBytes(c)}});
            }
        }
    }

    [[nodiscard]] std::size_t count() const { return m_cells.size(); }
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }
    [[nodiscard]] ByteView key(std::size_t index) const { return m_cells[index].key; }

    /// First cell of each part when the cells are cut into parts of about the same size, then one past the last cell.
    /// Nullopt: some part would not fit into a leaf.
    [[nodiscard]] std::optional<std::vector<std::size_t>> cut(std::size_t parts) const
    {
        std::vector<std::size_t> starts{0};
        std::size_t inPart = 0;
        std::size_t before = 0;
        for (std::size_t i = 0; i < m_cells.size(); ++i) {
            const std::size_t size = m_cells[i].bytes();
            // A cell goes to the part in which its middle lies.
            if (starts.size() < parts && inPart > 0 && before + size / 2 >= m_bytes * starts.size() / parts) {
                starts.push_back(i);
                inPart = 0;
            }
            inPart += size;
            before += size;
            if (inPart > kNodeRoomBytes) return std::nullopt;
        }
        if (starts.size() < parts) return std::nullopt;
        starts.push_back(m_cells.size());
        return starts;
    }

    /// Fills a leaf anew with cells `from` to `to` (not included).
    void fill(NodeEditor leaf, std::size_t from, std::size_t to) const
    {
        leaf.clear(BodyKind::Leaf, 0);
        for (std::size_t i = from; i < to; ++i) BLAZE_ASSERT(leaf.insert(i - from, m_cells[i].key, m_cells[i].rest));
    }

private:
    struct Cell {
        ByteView key;
        ByteView rest;
        [[nodiscard]] std::size_t bytes() const { return kSlotBytes + key.size() + rest.size(); }
    };
    void add(const Cell& cell)
    {
        m_cells.push_back(cell);
        m_bytes += cell.bytes();
    }

    std::array<std::array<std::byte, kPageBodyBytes>, kMaxLeaves> m_bodies;
    std::vector<Cell> m_cells;
    std::size_t m_bytes = 0;
};

/// How full leaves may be together for their cells to be shared out among them: fuller ones would have to share again after a few rows.
constexpr std::size_t maxSharedBytes(std::size_t leaves)
{
    return leaves * kNodeRoomBytes * 15 / 16;
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
    if (isLastLeaf && place.index == leaf->view().count()) {
        // Rows in ascending order leave full leaves behind.
        splitLeaf(*leaf, {leaf->view().count(), false}, place.index, key, m_rest);
        return !place.isExact;
    }
    BLAZE_TRY_VALUE(const bool isShared, shareWithNeighbours(place.index, key, m_rest));
    if (!isShared) splitLeaf(*leaf, planSplit(leaf->view(), place.index, kSlotBytes + key.size() + m_rest.size()), place.index, key, m_rest);
    return !place.isExact;
}

void TreeWriter::splitLeaf(Node& leaf, const SplitPlan& plan, std::size_t cell, ByteView key, ByteView rest)
{
    const NodeRef right = Node::fresh(m_counters, m_stamp, BodyKind::Leaf, 0);
    leaf.moveTailTo(plan.leftCells, *right);
    Node& target = plan.newGoesLeft ? leaf : *right;
    BLAZE_ASSERT(target.edit().insert(plan.newGoesLeft ? cell : cell - plan.leftCells, key, rest));
    const NodeView leftView = leaf.view();
    insertAbove(leaf, shortestBetween(leftView.key(leftView.count() - 1), right->view().key(0)), right, m_path.size());
}

Result<bool> TreeWriter::shareWithNeighbours(std::size_t cell, ByteView key, ByteView rest)
{
    if (m_path.empty()) return false;
    Step& step = m_path.back();
    Node& parent = *step.node;
    // The leaf and those beside it that have the same parent; of three only the emptier pair, if that is enough.
    std::size_t first = step.index > 0 ? step.index - 1 : 0;
    const std::size_t last = std::min(step.index + 1, parent.view().count() - 1);
    if (first == last) return false;
    std::vector<NodeRef> leaves;
    for (std::size_t i = first; i <= last; ++i) {
        BLAZE_TRY_VALUE(NodeRef leaf, m_nodes.child(parent, i));
        leaves.push_back(std::move(leaf));
    }
    const std::size_t newBytes = kSlotBytes + key.size() + rest.size();
    if (leaves.size() == LeafGroup::kMaxLeaves) {
        const bool isLeftEmptier = leaves[0]->view().usedBytes() <= leaves[2]->view().usedBytes();
        const std::size_t pairBytes = leaves[1]->view().usedBytes() + leaves[isLeftEmptier ? 0 : 2]->view().usedBytes() + newBytes;
        if (pairBytes <= maxSharedBytes(2)) {
            leaves.erase(isLeftEmptier ? leaves.end() - 1 : leaves.begin());
            if (!isLeftEmptier) ++first;
        }
    }
    const LeafGroup group(leaves, step.index - first, cell, key, rest);
    auto parts = group.bytes() <= maxSharedBytes(leaves.size()) ? group.cut(leaves.size()) : std::nullopt;
    if (!parts) parts = group.cut(leaves.size() + 1);
    if (!parts) return false;
    const auto separator = [&](std::size_t part) { return shortestBetween(group.key((*parts)[part] - 1), group.key((*parts)[part])); };

    std::size_t parentBytes = parent.view().usedBytes();
    for (std::size_t i = 1; i < leaves.size(); ++i) parentBytes = parentBytes - parent.view().keyBytes(first + i) + separator(i).size();
    if (parentBytes > kNodeRoomBytes) return false;
    for (std::size_t i = 1; i < leaves.size(); ++i) parent.replaceKey(first + i, separator(i));
    NodeRef right;
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        BLAZE_TRY_VALUE(right, ownChild(parent, first + i));
        group.fill(right->edit(), (*parts)[i], (*parts)[i + 1]);
        parent.edit().setChildRows(first + i, (*parts)[i + 1] - (*parts)[i]);
    }
    if (parts->size() == leaves.size() + 1) return true;
    const NodeRef added = Node::fresh(m_counters, m_stamp, BodyKind::Leaf, 0);
    group.fill(added->edit(), (*parts)[leaves.size()], group.count());
    step.index = first + leaves.size() - 1; // the new leaf comes after the last of them
    insertAbove(*right, separator(leaves.size()), added, m_path.size());
    return true;
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
