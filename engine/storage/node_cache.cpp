#include "engine/storage/node_cache.h"

#include <algorithm>

namespace blazedb::storage {

NodeCache::NodeCache(const PageFile& pages, NodeCounters& counters, std::size_t bytes)
    : m_pages(pages)
    , m_counters(counters)
    , m_nodesPerShard(std::max<std::size_t>(1, bytes / sizeof(Node) / kShards))
{
}

Result<NodeRef> NodeCache::get(const PageRef& ref, std::uint8_t level)
{
    Shard& shard = m_shards[ref.page % kShards];
    {
        const std::lock_guard lock(shard.mutex);
        const auto found = shard.places.find(ref.page);
        if (found != shard.places.end()) {
            Entry& entry = shard.entries[found->second];
            // A page that was freed and used again has another tag.
            if (entry.node->ref().tag == ref.tag && entry.node->view().level() == level) {
                entry.wasRead = true;
                ++shard.hits;
                return entry.node;
            }
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
    if (const auto found = shard.places.find(page); found != shard.places.end()) {
        evicted = std::exchange(shard.entries[found->second].node, node);
        return;
    }
    if (shard.entries.size() < m_nodesPerShard) {
        shard.places.emplace(page, shard.entries.size());
        shard.entries.push_back({node, false});
        return;
    }
    while (shard.entries[shard.hand].wasRead) {
        shard.entries[shard.hand].wasRead = false;
        shard.hand = (shard.hand + 1) % shard.entries.size();
    }
    Entry& victim = shard.entries[shard.hand];
    shard.places.erase(victim.node->ref().page);
    shard.places.emplace(page, shard.hand);
    evicted = std::exchange(victim.node, node);
    victim.wasRead = false;
    shard.hand = (shard.hand + 1) % shard.entries.size();
}

NodeCache::Figures NodeCache::figures() const
{
    Figures figures;
    for (const Shard& shard : m_shards) {
        const std::lock_guard lock(shard.mutex);
        figures.hits += shard.hits;
        figures.misses += shard.misses;
        figures.nodes += shard.entries.size();
    }
    return figures;
}

} // namespace blazedb::storage
