// The pages of a family as a reader sees them: the page file with the log laid over it.
#pragma once

#include <memory>

#include "engine/base/file_system.h"
#include "engine/format28/page_log.h"

namespace blazedb::format28 {

/// Immutable once made; any thread.
class PageSource {
public:
    /// `logFile` may be null. Sources of one family's successive states share their files.
    PageSource(std::shared_ptr<const File> pages, std::shared_ptr<const File> logFile, PageLog log);

    /// One page into `into` (kPageBytes); answers how many bytes there are: fewer than kPageBytes only for a last page that is cut
    /// short, 0 at or past the end. Errors: Io.
    Result<std::size_t> read(PageNumber page, std::span<std::byte> into) const;

    /// The same from the page file alone, whatever the log holds.
    Result<std::size_t> readFromFile(PageNumber page, std::span<std::byte> into) const;
    /// The mark of a page as read() would show it. Errors: Io.
    Result<PageMark> mark(PageNumber page) const;
    Result<PageMark> markInFile(PageNumber page) const;

    /// Up to `count` pages from the page file alone in one read; for scans, which ask isInLog() for each page.
    Result<std::size_t> readRun(PageNumber first, std::span<std::byte> into) const;
    [[nodiscard]] bool isInLog(PageNumber page) const { return m_log.images.contains(page); }

    /// Pages there are, in file or log; a cut last page counts.
    Result<std::uint64_t> pageCount() const;
    Result<FileStamp> stamp() const { return m_pages->stamp(); }
    [[nodiscard]] const PageLog& log() const { return m_log; }
    [[nodiscard]] const std::shared_ptr<const File>& file() const { return m_pages; }
    [[nodiscard]] const std::shared_ptr<const File>& logFile() const { return m_logFile; }

private:
    std::shared_ptr<const File> m_pages;
    std::shared_ptr<const File> m_logFile;
    PageLog m_log;
    std::uint64_t m_pagesInLogEnd = 0; ///< One past the highest page of the log.
};

} // namespace blazedb::format28
