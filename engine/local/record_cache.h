// Decoded records of one database, least recently used out first. Keyed by the version of the record, so a stale
// hit is impossible, and a record outlives the changes of others.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <unordered_map>

#include "engine/api/records.h"
#include "engine/base/guarded.h"

namespace blazedb::local {

/// Any thread.
class RecordCache {
public:
    static constexpr std::uint64_t kBytesMax = std::uint64_t{32} << 20;

    struct Key {
        std::uint64_t version = 0; ///< RowSnapshot::rowVersion
        model::Uuid id;
        std::uint64_t valueBytesMax = 0;
        friend bool operator==(const Key&, const Key&) = default;
    };
    using SharedRow = std::shared_ptr<const api::RecordRow>;

    explicit RecordCache(std::uint64_t bytesMax = kBytesMax);

    /// Null when it is not here.
    SharedRow find(const Key& key);
    /// The newest entry stays even when it alone is larger than the bound: parts of a large value are asked
    /// for in turn.
    void insert(const Key& key, SharedRow row);
    [[nodiscard]] std::uint64_t bytes();

private:
    struct KeyHash {
        std::size_t operator()(const Key& key) const noexcept;
    };
    struct Entry {
        Key key;
        SharedRow row;
        std::uint64_t bytes = 0;
    };
    struct State {
        std::list<Entry> entries; ///< Most recently used first.
        std::unordered_map<Key, std::list<Entry>::iterator, KeyHash> byKey;
        std::uint64_t bytes = 0;
    };

    const std::uint64_t m_bytesMax;
    Guarded<State> m_state;
};

/// About what a record takes in memory.
std::uint64_t approximateBytes(const model::Record& record);

} // namespace blazedb::local
