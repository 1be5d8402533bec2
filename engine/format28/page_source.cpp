#include "engine/format28/page_source.h"

#include <algorithm>

namespace blazedb::format28 {

PageSource::PageSource(std::unique_ptr<File> pages, std::unique_ptr<File> logFile, PageLog log)
    : m_pages(std::move(pages))
    , m_logFile(std::move(logFile))
    , m_log(std::move(log))
{
    for (const auto& [page, offset] : m_log.imageAt) m_pagesInLogEnd = std::max<std::uint64_t>(m_pagesInLogEnd, std::uint64_t{page} + 1);
}

Result<std::size_t> PageSource::read(PageNumber page, std::span<std::byte> into) const
{
    const auto logged = m_log.imageAt.find(page);
    if (logged != m_log.imageAt.end()) {
        if (logged->second == PageLog::kZeroImage) {
            std::fill(into.begin(), into.end(), std::byte{0});
            return kPageBytes;
        }
        BLAZE_TRY_VALUE(const std::size_t got, m_logFile->readAt(logged->second, into.first(kPageBytes)));
        if (got == kPageBytes) return got;
        // The app emptied the log meanwhile, after it had written the page in place.
    }
    return m_pages->readAt(std::uint64_t{page} * kPageBytes, into.first(kPageBytes));
}

Result<std::size_t> PageSource::readRun(PageNumber first, std::span<std::byte> into) const
{
    return m_pages->readAt(std::uint64_t{first} * kPageBytes, into);
}

Result<std::uint64_t> PageSource::pageCount() const
{
    BLAZE_TRY_VALUE(const FileStamp stamp, m_pages->stamp());
    return std::max((stamp.sizeBytes + kPageBytes - 1) / kPageBytes, m_pagesInLogEnd);
}

} // namespace blazedb::format28
