#include "engine/base/descriptor_file.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "engine/base/system_error.h"

namespace blazedb {

namespace {

std::int64_t nanoseconds(const timespec& time)
{
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

/// Mark 0 is at this byte: no file has content there.
constexpr std::uint64_t kMarksOffset = std::uint64_t{1} << 62U;
constexpr std::size_t kMaxMarksTold = 64;

struct flock rangeOf(short kind, std::uint64_t from, std::uint64_t below)
{
    struct flock range {};
    range.l_type = kind;
    range.l_whence = SEEK_SET;
    range.l_start = static_cast<off_t>(kMarksOffset + from);
    range.l_len = static_cast<off_t>(below - from);
    return range;
}

} // namespace

ReaderMarks* readerMarksOf(File& file)
{
    return dynamic_cast<ReaderMarks*>(&file);
}

FileStamp stampOf(const struct stat& status)
{
    return {.device = status.st_dev,
            .inode = status.st_ino,
            .sizeBytes = static_cast<std::uint64_t>(status.st_size),
            .modifiedNs = nanoseconds(status.st_mtim),
            .changedNs = nanoseconds(status.st_ctim),
            .isFolder = S_ISDIR(status.st_mode)};
}

DescriptorFile::DescriptorFile(int descriptor, std::string path, Sync sync)
    : m_descriptor(descriptor)
    , m_path(std::move(path))
    , m_sync(sync)
{}

DescriptorFile::~DescriptorFile()
{
    ::close(m_descriptor);
}

Result<std::size_t> DescriptorFile::readAt(std::uint64_t offset, std::span<std::byte> into) const
{
    std::size_t done = 0;
    while (done < into.size()) {
        const ssize_t got = ::pread(m_descriptor, into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return systemError(errno, "read " + m_path);
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

Result<FileStamp> DescriptorFile::stamp() const
{
    struct stat status {};
    if (::fstat(m_descriptor, &status) != 0) return systemError(errno, "examine " + m_path);
    return stampOf(status);
}

Result<void> DescriptorFile::writeAt(std::uint64_t offset, ByteView bytes)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t put = ::pwrite(m_descriptor, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return systemError(errno, "write " + m_path);
        done += static_cast<std::size_t>(put);
    }
    return {};
}

Result<void> DescriptorFile::truncate(std::uint64_t sizeBytes)
{
    if (::ftruncate(m_descriptor, static_cast<off_t>(sizeBytes)) != 0) return systemError(errno, "set the size of " + m_path);
    return {};
}

Result<void> DescriptorFile::sync()
{
    const int outcome = m_sync == Sync::Data ? ::fdatasync(m_descriptor) : ::fsync(m_descriptor);
    if (outcome != 0) return systemError(errno, "sync " + m_path);
    return {};
}

Result<void> DescriptorFile::holdMark(std::uint64_t mark)
{
    if (mark > kMaxMark) return Error{ErrorCode::InvalidArgument, "a mark above " + std::to_string(kMaxMark)};
    struct flock range = rangeOf(F_RDLCK, mark, mark + 1);
    if (::fcntl(m_descriptor, F_OFD_SETLK, &range) == 0) return {};
    if (errno == EINVAL || errno == ENOLCK || errno == EOPNOTSUPP)
        return Error{ErrorCode::Unsupported, m_path + ": this file system does not tell the writer who reads"};
    return systemError(errno, "mark " + m_path);
}

void DescriptorFile::dropMark(std::uint64_t mark)
{
    struct flock range = rangeOf(F_UNLCK, mark, mark + 1);
    static_cast<void>(::fcntl(m_descriptor, F_OFD_SETLK, &range)); // at the latest it ends with the descriptor
}

std::optional<std::uint64_t> DescriptorFile::someMark(std::uint64_t from, std::uint64_t below) const
{
    if (from >= below) return std::nullopt; // a length of zero would mean: to the end
    struct flock range = rangeOf(F_WRLCK, from, below);
    if (::fcntl(m_descriptor, F_OFD_GETLK, &range) != 0 || range.l_type == F_UNLCK) return std::nullopt;
    return std::max(from, static_cast<std::uint64_t>(range.l_start) - kMarksOffset);
}

std::vector<std::uint64_t> DescriptorFile::marksOfOthers(std::uint64_t below) const
{
    std::vector<std::uint64_t> marks;
    std::uint64_t from = 0;
    below = std::min(below, kMaxMark);
    while (marks.size() < kMaxMarksTold) {
        // The system names any lock in the range, so the lowest is found by asking for a lower one until there is none.
        auto lowest = someMark(from, below);
        if (!lowest) break;
        while (const auto lower = someMark(from, *lowest)) lowest = lower;
        marks.push_back(*lowest);
        from = *lowest + 1;
    }
    return marks;
}

} // namespace blazedb
