// Decrypted nodes, by page, within a bound. Second chance: a node that was read since the hand last passed stays.
#pragma once

#include <array>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "engine/storage/node.h"
#include "engine/storage/page_file.h"

namespace blazedb::storage {

/// Any thread. Split by page into shards with a mutex each; a hit costs one uncontended lock.
class NodeCache {
public:
    static constexpr std::size_t kDefaultBytes = std::size_t{64} << 20;

    /// Borrows `pages` and `counters`; the store that owns them outlives it. Holds at least one node a shard.
    NodeCache(const PageFile& pages, NodeCounters& counters, std::size_t bytes = kDefaultBytes);

    /// The node at `ref`, from memory or from the file. Errors: Corruption, Io.
    Result<NodeRef> get(const PageRef& ref, std::uint8_t level);
    /// Takes in a node that has just got its page.
    void put(const NodeRef& node);

    struct Figures {
        std::uint64_t hits = 0;
        std::uint64_t misses = 0;
        std::uint64_t nodes = 0;
    };
    [[nodiscard]] Figures figures() const;

private:
    static constexpr std::size_t kShards = 16;
    struct Entry {
        NodeRef node;
        bool wasRead = false;
    };
    struct Shard {
        mutable std::mutex mutex;
        std::unordered_map<PageNumber, std::size_t> places; ///< Page to index in entries.
        std::vector<Entry> entries;
        std::size_t hand = 0;
        std::uint64_t hits = 0;
        std::uint64_t misses = 0;
    };
    void insert(Shard& shard, const NodeRef& node, NodeRef& evicted);

    const PageFile& m_pages;
    NodeCounters& m_counters;
    std::size_t m_nodesPerShard;
    std::array<Shard, kShards> m_shards;
};

} // namespace blazedb::storage
