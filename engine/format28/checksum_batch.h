// Long records whose checksums are compared several at once, which is four to ten times as fast as one after the other. Internal to
// format28.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/format28/record_assembler.h"

namespace blazedb::format28 {

/// Holds at most kRecordsMax records and not much more than kBytesMax, unless one record alone is longer: the memory of a check
/// does not grow with the file. Thread-safety: none; one owner.
class ChecksumBatch {
public:
    static constexpr std::size_t kRecordsMax = 16;
    static constexpr std::size_t kBytesMax = std::size_t{8} << 20;

    struct Item {
        std::uint32_t entry = 0; ///< Of the catalogue.
        AssembledRecord record;  ///< Its bytes are `bytes`.
        Bytes bytes;
        bool isSound = false; ///< After compare(): the checksum fits.
    };

    [[nodiscard]] bool isFull() const { return m_count == kRecordsMax || m_bytes >= kBytesMax; }
    /// A place for one more record, with a buffer of earlier use; it counts as taken. Only while it is not full.
    Item& add(std::uint32_t entry, const AssembledRecord& record);
    /// Says of each item whether its checksum fits. They stay until clear().
    std::span<Item> compare();
    void clear();

private:
    std::vector<Item> m_items = std::vector<Item>(kRecordsMax); ///< The first m_count are taken.
    std::size_t m_count = 0;
    std::size_t m_bytes = 0;
};

} // namespace blazedb::format28
