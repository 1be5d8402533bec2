// A file behind a descriptor of this process: what the file system and the exclusive opening share.
#pragma once

#include <optional>
#include <string>

#include <sys/stat.h>

#include "engine/base/file_system.h"
#include "engine/base/reader_marks.h"

namespace blazedb {

FileStamp stampOf(const struct stat& status);

/// Owns the descriptor. Threads: as File. Marks are read locks of the open file description (fcntl, F_OFD_SETLK) on one byte each, far behind any content.
class DescriptorFile final : public File, public ReaderMarks {
public:
    /// Whole: content, size and times. Data: what is needed to read the content back, which is cheaper in a file of fixed size.
    enum class Sync { Whole, Data };

    DescriptorFile(int descriptor, std::string path, Sync sync);
    ~DescriptorFile() override; ///< Closes, which also ends a lock.
    DescriptorFile(const DescriptorFile&) = delete;
    DescriptorFile& operator=(const DescriptorFile&) = delete;

    [[nodiscard]] int descriptor() const { return m_descriptor; }

    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override;
    Result<FileStamp> stamp() const override;
    Result<void> writeAt(std::uint64_t offset, ByteView bytes) override;
    Result<void> truncate(std::uint64_t sizeBytes) override;
    Result<void> sync() override;

    Result<void> holdMark(std::uint64_t mark) override;
    void dropMark(std::uint64_t mark) override;
    [[nodiscard]] std::vector<std::uint64_t> marksOfOthers(std::uint64_t below) const override;

private:
    [[nodiscard]] std::optional<std::uint64_t> someMark(std::uint64_t from, std::uint64_t below) const;

    const int m_descriptor;
    const std::string m_path;
    const Sync m_sync;
};

} // namespace blazedb
