#include "engine/format28/checksum_batch.h"

#include <array>

#include "engine/base/assert.h"
#include "engine/base/checksum.h"

namespace blazedb::format28 {

ChecksumBatch::Item& ChecksumBatch::add(std::uint32_t entry, const AssembledRecord& record)
{
    BLAZE_ASSERT(!isFull() && record.awaitedChecksum);
    Item& item = m_items[m_count++];
    m_bytes += record.bytes.size();
    item.entry = entry;
    item.record = record;
    return item;
}

std::span<ChecksumBatch::Item> ChecksumBatch::compare()
{
    std::array<ByteView, kRecordsMax> runs;
    std::array<std::uint64_t, kRecordsMax> sums{};
    for (std::size_t i = 0; i < m_count; ++i) runs[i] = m_items[i].record.bytes;
    fnv1a64Each(std::span(runs).first(m_count), std::span(sums).first(m_count));
    for (std::size_t i = 0; i < m_count; ++i) m_items[i].isSound = sums[i] == m_items[i].record.awaitedChecksum;
    return std::span(m_items).first(m_count);
}

void ChecksumBatch::clear()
{
    // What a very long record needed is not kept for short ones.
    for (Item& item : m_items)
        if (item.bytes.capacity() > kBytesMax) item.bytes = {};
    m_count = 0;
    m_bytes = 0;
}

} // namespace blazedb::format28
