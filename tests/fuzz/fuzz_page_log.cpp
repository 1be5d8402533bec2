// Both forms of the log, and a trailer at the end of a page.
#include <cstdint>
#include <cstdlib>

#include "engine/format28/page_log.h"
#include "tests/support/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace blazedb;
    const ByteView bytes(reinterpret_cast<const std::byte*>(data), size);
    const auto log = format28::readPageLog(tests::MemoryFile(Bytes(bytes.begin(), bytes.end())));
    if (!log || log->readableBytes > log->sizeBytes) std::abort();
    for (const auto& [page, image] : log->images)
        if (image.offset != format28::LoggedImage::kZeroImage && image.offset + format28::kPageBytes > log->readableBytes) std::abort();
    static_cast<void>(format28::readTrailer(bytes));
    Bytes page(bytes.begin(), bytes.end());
    page.resize(format28::kSinglePageRecordMax);
    static_cast<void>(format28::readTrailer(page));
    return 0;
}
