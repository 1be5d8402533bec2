// Which pages of the file are in use. Two questions are kept apart: what the newest durable checkpoint needs (anchored: this goes into
// the file as the free list) and what must not be handed out now (busy: also what is being written, and what a snapshot still reads).
// Source: FORMAT.md, "Free list".
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/storage/layout.h"

namespace blazedb::storage {

/// A bit per page. Thread-safety: none; PageSpace's owner serialises.
class PageBits {
public:
    [[nodiscard]] bool test(PageNumber page) const;
    void set(PageNumber page);
    void clear(PageNumber page);
    /// First page at or after `from` that is not set; may be past the end.
    [[nodiscard]] PageNumber nextClear(PageNumber from) const;
    /// One past the last page that is set.
    [[nodiscard]] PageNumber end() const;
    [[nodiscard]] std::uint64_t count() const;

private:
    std::vector<std::uint64_t> m_words;
};

/// Thread-safety: none; the store serialises the calls.
class PageSpace {
public:
    PageSpace();

    /// Lowest free page, or one past the end. Errors: ResourceExhausted (2^32 pages: 32 TiB).
    Result<PageNumber> allocate();
    /// Neighbouring pages, the lowest place that has them.
    Result<PageNumber> allocateRun(std::uint32_t pages);
    void claim(PageNumber first, std::uint32_t pages = 1); ///< Busy, though nobody asked: found in the file.
    void release(PageNumber first, std::uint32_t pages = 1); ///< Not busy any more.
    void anchor(PageNumber page);   ///< The checkpoint that is being made needs it.
    void unanchor(PageNumber page); ///< It does not; the page stays busy until released.

    [[nodiscard]] bool isBusy(PageNumber page) const { return m_busy.test(page); }
    [[nodiscard]] bool isAnchored(PageNumber page) const { return m_anchored.test(page); }
    /// One past the last page in use.
    [[nodiscard]] PageNumber end() const { return m_busy.end(); }
    [[nodiscard]] std::uint64_t busyPages() const { return m_busy.count(); }
    [[nodiscard]] PageNumber anchoredEnd() const { return m_anchored.end(); }

    /// The free list: runs of pages that are not anchored, up to anchoredEnd(). Varint gap, varint length, repeated.
    [[nodiscard]] Bytes encodeFree() const;
    /// Sets both kinds from a free list. Errors: Corruption.
    static Result<PageSpace> decode(ByteView freeList, PageNumber pageCount);

private:
    PageBits m_anchored;
    PageBits m_busy;
    PageNumber m_hint = kFirstPage; ///< No free page before it.
};

// Numbers of 7 bits a byte, the lowest first, the high bit set on all but the last.
void appendVarint(Bytes& into, std::uint64_t value);
std::optional<std::uint64_t> readVarint(ByteReader& from);

} // namespace blazedb::storage
