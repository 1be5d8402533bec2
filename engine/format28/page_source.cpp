#include "engine/format28/page_source.h"

#include <algorithm>
#include <array>

namespace blazedb::format28 {

PageSource::PageSource(std::shared_ptr<const File> pages, std::shared_ptr<const File> logFile, PageLog log)
    : m_pages(std::move(pages))
    , m_logFile(std::move(logFile))
    , m_log(std::move(log))
{
    for (const auto& [page, image] : m_log.images) m_pagesInLogEnd = std::max<std::uint64_t>(m_pagesInLogEnd, std::uint64_t{page} + 1);
}

Result<std::size_t> PageSource::read(PageNumber page, std::span<std::byte> into) const
{
    const auto logged = m_log.images.find(page);
    if (logged != m_log.images.end()) {
        if (logged->second.offset == LoggedImage::kZeroImage) {
            std::fill(into.begin(), into.end(), std::byte{0});
            return kPageBytes;
        }
        BLAZE_TRY_VALUE(const std::size_t got, m_logFile->readAt(logged->second.offset, into.first(kPageBytes)));
        if (got == kPageBytes && pageMark(into.first(kMarkedBytes)) == logged->second.mark) return got;
        // The app emptied the log meanwhile, after it had written the page in place.
    }
    return readFromFile(page, into);
}

Result<std::size_t> PageSource::readFromFile(PageNumber page, std::span<std::byte> into) const
{
    return m_pages->readAt(std::uint64_t{page} * kPageBytes, into.first(kPageBytes));
}

Result<PageMark> PageSource::mark(PageNumber page) const
{
    const auto logged = m_log.images.find(page);
    return logged == m_log.images.end() ? markInFile(page) : Result<PageMark>(logged->second.mark);
}

Result<PageMark> PageSource::markInFile(PageNumber page) const
{
    std::array<std::byte, kMarkedBytes> beginning{};
    BLAZE_TRY_VALUE(const std::size_t got, m_pages->readAt(std::uint64_t{page} * kPageBytes, beginning));
    return pageMark(ByteView(beginning).first(got));
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
