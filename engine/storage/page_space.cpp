#include "engine/storage/page_space.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "engine/base/assert.h"

namespace blazedb::storage {

namespace {
constexpr PageNumber kMaxPage = std::numeric_limits<PageNumber>::max() - 1;
} // namespace

void appendVarint(Bytes& into, std::uint64_t value)
{
    while (value >= 0x80) {
        into.push_back(static_cast<std::byte>(value | 0x80U));
        value >>= 7U;
    }
    into.push_back(static_cast<std::byte>(value));
}

std::optional<std::uint64_t> readVarint(ByteReader& from)
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const auto byte = from.le<std::uint8_t>();
        if (!byte) return std::nullopt;
        const std::uint64_t bits = *byte & 0x7FU;
        if (shift == 63 && bits > 1) return std::nullopt;
        value |= bits << shift;
        if ((*byte & 0x80U) == 0) return value;
    }
    return std::nullopt;
}

bool PageBits::test(PageNumber page) const
{
    return page / 64 < m_words.size() && (m_words[page / 64] >> (page % 64) & 1U) != 0;
}

void PageBits::set(PageNumber page)
{
    if (page / 64 >= m_words.size()) m_words.resize(page / 64 + 1);
    m_words[page / 64] |= std::uint64_t{1} << (page % 64);
}

void PageBits::clear(PageNumber page)
{
    if (page / 64 < m_words.size()) m_words[page / 64] &= ~(std::uint64_t{1} << (page % 64));
}

PageNumber PageBits::nextClear(PageNumber from) const
{
    std::size_t word = from / 64;
    if (word >= m_words.size()) return from;
    std::uint64_t clear = ~m_words[word] & (~std::uint64_t{0} << (from % 64));
    while (clear == 0) {
        if (++word == m_words.size()) return static_cast<PageNumber>(word * 64);
        clear = ~m_words[word];
    }
    return static_cast<PageNumber>(word * 64 + static_cast<std::size_t>(std::countr_zero(clear)));
}

PageNumber PageBits::end() const
{
    for (std::size_t word = m_words.size(); word > 0; --word)
        if (m_words[word - 1] != 0) return static_cast<PageNumber>(word * 64 - static_cast<std::size_t>(std::countl_zero(m_words[word - 1])));
    return 0;
}

std::uint64_t PageBits::count() const
{
    std::uint64_t count = 0;
    for (const std::uint64_t word : m_words) count += static_cast<std::uint64_t>(std::popcount(word));
    return count;
}

PageSpace::PageSpace()
{
    for (PageNumber page = 0; page < kFirstPage; ++page) {
        m_busy.set(page);
        m_anchored.set(page);
    }
}

Result<PageNumber> PageSpace::allocate()
{
    const PageNumber page = m_busy.nextClear(m_hint);
    if (page > kMaxPage) return Error{ErrorCode::ResourceExhausted, "the file has reached 32 TiB"};
    m_busy.set(page);
    m_hint = page + 1;
    return page;
}

Result<PageNumber> PageSpace::allocateRun(std::uint32_t pages)
{
    BLAZE_ASSERT(pages > 0);
    if (pages == 1) return allocate();
    PageNumber first = m_busy.nextClear(m_hint);
    for (std::uint32_t have = 1; have < pages;) {
        if (first > kMaxPage - pages) return Error{ErrorCode::ResourceExhausted, "the file has reached 32 TiB"};
        if (!m_busy.test(first + have)) {
            ++have;
            continue;
        }
        first = m_busy.nextClear(first + have);
        have = 1;
    }
    claim(first, pages);
    return first;
}

void PageSpace::claim(PageNumber first, std::uint32_t pages)
{
    for (std::uint32_t i = 0; i < pages; ++i) m_busy.set(first + i);
}

void PageSpace::release(PageNumber first, std::uint32_t pages)
{
    BLAZE_ASSERT(first >= kFirstPage);
    for (std::uint32_t i = 0; i < pages; ++i) m_busy.clear(first + i);
    m_hint = std::min(m_hint, first);
}

void PageSpace::anchor(PageNumber page)
{
    m_anchored.set(page);
    m_busy.set(page);
}

void PageSpace::unanchor(PageNumber page)
{
    BLAZE_ASSERT(page >= kFirstPage);
    m_anchored.clear(page);
}

Bytes PageSpace::encodeFree() const
{
    Bytes list;
    const PageNumber end = m_anchored.end();
    PageNumber after = 0;
    for (PageNumber page = m_anchored.nextClear(kFirstPage); page < end;) {
        PageNumber stop = page + 1;
        while (stop < end && !m_anchored.test(stop)) ++stop;
        appendVarint(list, page - after);
        appendVarint(list, stop - page);
        after = stop;
        page = m_anchored.nextClear(stop);
    }
    return list;
}

Result<PageSpace> PageSpace::decode(ByteView freeList, PageNumber pageCount)
{
    const Error wrong{ErrorCode::Corruption, "malformed free list"};
    if (pageCount < kFirstPage) return wrong;
    PageSpace space;
    for (PageNumber page = kFirstPage; page < pageCount; ++page) space.anchor(page);
    ByteReader from(freeList);
    std::uint64_t at = 0;
    while (from.remaining() > 0) {
        const auto gap = readVarint(from);
        const auto length = readVarint(from);
        if (!gap || !length || *length == 0 || *gap > pageCount || *length > pageCount) return wrong;
        at += *gap;
        if (at < kFirstPage || at + *length > pageCount) return wrong;
        for (std::uint64_t i = 0; i < *length; ++i) {
            space.m_anchored.clear(static_cast<PageNumber>(at + i));
            space.m_busy.clear(static_cast<PageNumber>(at + i));
        }
        at += *length;
    }
    return space;
}

} // namespace blazedb::storage
