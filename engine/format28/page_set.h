// Sets of page numbers for whole-file work: one bit a page, and runs of pages as text. Internal to format28.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/format28/page_format.h"

namespace blazedb::format28 {

/// One bit for each page of a file: 32 MiB for a terabyte. Pages outside are never in it. Thread-safety: none; one owner.
class PageSet {
public:
    explicit PageSet(std::uint64_t pageCount)
        : m_pageCount(pageCount)
        , m_words((pageCount + 63) / 64)
    {
    }

    /// False when it was there already, or lies outside.
    bool insert(PageNumber page)
    {
        if (page >= m_pageCount) return false;
        std::uint64_t& word = m_words[page / 64];
        const std::uint64_t bit = std::uint64_t{1} << (page % 64);
        if ((word & bit) != 0) return false;
        word |= bit;
        return true;
    }
    [[nodiscard]] bool contains(PageNumber page) const { return page < m_pageCount && ((m_words[page / 64] >> (page % 64)) & 1U) != 0; }
    [[nodiscard]] bool isInFile(PageNumber page) const { return page < m_pageCount; }
    [[nodiscard]] std::uint64_t count() const
    {
        std::uint64_t total = 0;
        for (const std::uint64_t word : m_words) total += static_cast<std::uint64_t>(std::popcount(word));
        return total;
    }
    /// The highest page in it plus one; 0 when it is empty.
    [[nodiscard]] std::uint64_t end() const
    {
        for (std::size_t i = m_words.size(); i-- > 0;)
            if (m_words[i] != 0) return i * 64 + static_cast<std::uint64_t>(std::bit_width(m_words[i]));
        return 0;
    }

private:
    std::uint64_t m_pageCount;
    std::vector<std::uint64_t> m_words;
};

/// Ascending page numbers as a person reads them, "10-12, 17", keeping the first twenty runs and counting the rest.
/// Thread-safety: none; one owner.
class PageRuns {
public:
    void add(PageNumber page)
    {
        ++m_count;
        if (!m_runs.empty() && m_runs.back().second + 1 == page) {
            m_runs.back().second = page;
        } else if (m_runs.size() < kRunsShown) {
            m_runs.emplace_back(page, page);
        } else {
            m_isCut = true;
        }
    }
    [[nodiscard]] std::uint64_t count() const { return m_count; }
    [[nodiscard]] PageNumber first() const { return m_runs.front().first; }
    [[nodiscard]] std::string text() const
    {
        std::string out;
        for (const auto& [begin, last] : m_runs) {
            out += (out.empty() ? "" : ", ") + std::to_string(begin);
            if (last > begin) out += "-" + std::to_string(last);
        }
        return m_isCut ? out + ", …" : out;
    }

private:
    static constexpr std::size_t kRunsShown = 20;
    std::vector<std::pair<PageNumber, PageNumber>> m_runs;
    std::uint64_t m_count = 0;
    bool m_isCut = false;
};

} // namespace blazedb::format28
