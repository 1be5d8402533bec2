#include "engine/storage/node_cache.h"

#include <algorithm>
#include <bit>

namespace blazedb::storage {

NodeCache::NodeCache(const PageFile& pages, NodeCounters& counters, std::size_t bytes)
    : m_pages(pages)
    , m_counters(counters)
    , m_nodesPerShard(std::max<std::size_t>(1, bytes / sizeof(Node) / kShards))
{
    for (Shard& shard : m_shards) shard.table.resize(std::bit_ceil(2 * m_nodesPerShard));
}

std::size_t NodeCache::Shard::homeOf(PageNumber page) const
{
    // Fibonacci hashing; the high bits are the well mixed ones.
    return static_cast<std::size_t>(page * 0x9e3779b97f4a7c15ULL >> 32U) & (table.size() - 1);
}

std::size_t NodeCache::Shard::find(PageNumber page) const
{
    std::size_t at = homeOf(page);
    while (table[at].node && table[at].page != page) at = (at + 1) & (table.size() - 1);
    return at;
}

NodeRef NodeCache::Shard::remove(std::size_t at)
{
    const std::size_t mask = table.size() - 1;
    NodeRef removed = std::exchange(table[at].node, NodeRef());
    --count;
    for (std::size_t next = (at + 1) & mask; table[next].node; next = (next + 1) & mask) {
        // It may move back unless its home lies behind the gap.
        if (((next - homeOf(table[next].page)) & mask) < ((next - at) & mask)) continue;
        table[at] = std::exchange(table[next], Slot());
        at = next;
    }
    return removed;
}

Result<NodeRef> NodeCache::get(const PageRef& ref, std::uint8_t level)
{
    Shard& shard = m_shards[ref.page % kShards];
    {
        const std::lock_guard lock(shard.mutex);
        Slot& slot = shard.table[shard.find(ref.page)];
        // A page that was freed and used again has another tag.
        if (slot.node && slot.node->ref().tag == ref.tag && slot.node->view().level() == level) {
            slot.wasRead = true;
            ++shard.hits;
            return slot.node;
        }
        ++shard.misses;
    }
    NodeRef node = Node::placed(m_counters, ref);
    BLAZE_TRY(m_pages.read(ref, node->body()));
    if (auto sound = validateNode(node->body(), level); !sound) return std::move(sound).error().in("page " + std::to_string(ref.page));
    NodeRef evicted; // goes after the lock
    {
        const std::lock_guard lock(shard.mutex);
        insert(shard, node, evicted);
    }
    return node;
}

void NodeCache::put(const NodeRef& node)
{
    Shard& shard = m_shards[node->ref().page % kShards];
    NodeRef evicted;
    const std::lock_guard lock(shard.mutex);
    insert(shard, node, evicted);
}

void NodeCache::insert(Shard& shard, const NodeRef& node, NodeRef& evicted)
{
    const PageNumber page = node->ref().page;
    if (Slot& slot = shard.table[shard.find(page)]; slot.node) {
        evicted = std::exchange(slot.node, node);
        return;
    }
    if (shard.count == m_nodesPerShard) {
        while (!shard.table[shard.hand].node || std::exchange(shard.table[shard.hand].wasRead, false)) shard.hand = (shard.hand + 1) & (shard.table.size() - 1);
        evicted = shard.remove(shard.hand);
    }
    shard.table[shard.find(page)] = {node, page, false};
    ++shard.count;
}

NodeCache::Figures NodeCache::figures() const
{
    Figures figures;
    for (const Shard& shard : m_shards) {
        const std::lock_guard lock(shard.mutex);
        figures.hits += shard.hits;
        figures.misses += shard.misses;
        figures.nodes += shard.count;
    }
    return figures;
}

} // namespace blazedb::storage
