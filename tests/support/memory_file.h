// A file in memory, for decoders that read files.
#pragma once

#include <algorithm>

#include "engine/base/file_system.h"

namespace blazedb::tests {

/// Thread-safety: none; one owner.
class MemoryFile final : public File {
public:
    explicit MemoryFile(Bytes bytes = {})
        : m_bytes(std::move(bytes))
    {
    }
    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
    {
        if (offset >= m_bytes.size()) return std::size_t{0};
        const std::size_t count = std::min(into.size(), m_bytes.size() - static_cast<std::size_t>(offset));
        std::copy_n(m_bytes.begin() + static_cast<std::ptrdiff_t>(offset), count, into.begin());
        return count;
    }
    Result<FileStamp> stamp() const override
    {
        FileStamp stamp;
        stamp.sizeBytes = m_bytes.size();
        return stamp;
    }
    Result<void> writeAt(std::uint64_t, ByteView) override { return Error{ErrorCode::PermissionDenied, "read only"}; }
    Result<void> truncate(std::uint64_t) override { return Error{ErrorCode::PermissionDenied, "read only"}; }
    Result<void> sync() override { return {}; }

private:
    Bytes m_bytes;
};

} // namespace blazedb::tests
