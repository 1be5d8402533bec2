// Both forms of the log, and a trailer at the end of a page.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "engine/format28/page_log.h"

namespace {

using namespace blazedb;

class BytesFile final : public File {
public:
    explicit BytesFile(ByteView bytes) : m_bytes(bytes) {}
    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
    {
        if (offset >= m_bytes.size()) return std::size_t{0};
        const std::size_t count = std::min(into.size(), m_bytes.size() - static_cast<std::size_t>(offset));
        std::memcpy(into.data(), m_bytes.data() + offset, count);
        return count;
    }
    Result<FileStamp> stamp() const override
    {
        FileStamp stamp;
        stamp.sizeBytes = m_bytes.size();
        return stamp;
    }
    Result<void> writeAt(std::uint64_t, ByteView) override { return {}; }
    Result<void> truncate(std::uint64_t) override { return {}; }
    Result<void> sync() override { return {}; }

private:
    ByteView m_bytes;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView bytes(reinterpret_cast<const std::byte*>(data), size);
    const auto log = format28::readPageLog(BytesFile(bytes));
    if (!log || log->readableBytes > log->sizeBytes) std::abort();
    static_cast<void>(format28::readTrailer(bytes));
    Bytes page(bytes.begin(), bytes.end());
    page.resize(format28::kSinglePageRecordMax);
    static_cast<void>(format28::readTrailer(page));
    return 0;
}
