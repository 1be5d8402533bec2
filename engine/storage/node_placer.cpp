#include "engine/storage/node_placer.h"

namespace blazedb::storage {

Result<PageRef> NodePlacer::place(const NodeRef& root)
{
    if (root->isPlaced()) return root->ref();
    return placeNode(root);
}

Result<PageRef> NodePlacer::placeNode(const NodeRef& node)
{
    if (const auto done = m_refs.find(node.get()); done != m_refs.end()) return m_placed[done->second].ref;
    NodeRef clean = node;
    if (!node->view().isLeaf()) {
        // Readers see the node itself, so the references go into a copy.
        clean = Node::copyOf(*node, m_core.counters, 0);
        for (std::size_t i = 0; i < clean->view().count(); ++i) {
            Node* child = clean->childInMemory(i);
            if (child == nullptr) continue;
            BLAZE_TRY_VALUE(const PageRef ref, placeNode(NodeRef(child)));
            clean->setChildPage(i, ref);
        }
    }
    BLAZE_TRY_VALUE(const PageNumber page, m_core.allocatePage());
    m_taken.push_back(page);
    const bool goesOn = !m_buffer.empty() && page == m_bufferStart + m_buffer.size() / kPageBytes;
    if (!goesOn || m_buffer.size() >= kPagesPerWrite * kPageBytes) BLAZE_TRY(flush());
    if (m_buffer.empty()) m_bufferStart = page;
    m_buffer.resize(m_buffer.size() + kPageBytes);
    const Tag tag = m_core.pages.seal(*m_core.epoch, page, clean->body(), std::span(m_buffer).last(kPageBytes));
    m_refs.emplace(node.get(), m_placed.size());
    m_placed.push_back({node, std::move(clean), {page, tag}});
    return m_placed.back().ref;
}

Result<void> NodePlacer::flush()
{
    if (m_buffer.empty()) return {};
    BLAZE_TRY(m_core.pages.write(m_bufferStart, m_buffer));
    m_buffer.clear();
    return {};
}

void NodePlacer::activate()
{
    for (Placed& placed : m_placed) {
        placed.node->place(placed.ref);
        if (placed.clean != placed.node) placed.clean->place(placed.ref);
    }
}

void NodePlacer::cachePlaced()
{
    for (const Placed& placed : m_placed) m_core.cache.put(placed.clean);
}

NodeRef NodePlacer::cleanNode(const Node& placed) const
{
    const auto found = m_refs.find(&placed);
    return found == m_refs.end() ? NodeRef{} : m_placed[found->second].clean;
}

} // namespace blazedb::storage
