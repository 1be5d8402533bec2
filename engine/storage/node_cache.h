// Decrypted nodes, by page, within a bound. Second chance: a node that was read since the hand last passed stays.
#pragma once

#include <array>
#include <mutex>
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
    struct Slot {
        NodeRef node; ///< Null: free.
        PageNumber page = 0;
        bool wasRead = false;
    };
    /// Open addressing, at most half full: a hit looks at one or two neighbouring slots, and then at the node.
    struct Shard {
        mutable std::mutex mutex;
        std::vector<Slot> table; ///< A power of two of them.
        std::size_t count = 0;
        std::size_t hand = 0;
        std::uint64_t hits = 0;
        std::uint64_t misses = 0;

        /// Where the page is, or the free slot where it would be.
        [[nodiscard]] std::size_t find(PageNumber page) const;
        [[nodiscard]] std::size_t homeOf(PageNumber page) const;
        /// Frees a slot, and moves back those behind it that had to make way. Gives the node that was there.
        NodeRef remove(std::size_t at);
    };
    void insert(Shard& shard, const NodeRef& node, NodeRef& evicted);

    const PageFile& m_pages;
    NodeCounters& m_counters;
    std::size_t m_nodesPerShard;
    std::array<Shard, kShards> m_shards;
};

} // namespace blazedb::storage
