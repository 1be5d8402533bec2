#include "engine/base/descriptor_file.h"

#include <cerrno>
#include <utility>

#include <unistd.h>

#include "engine/base/system_error.h"

namespace blazedb {

namespace {

std::int64_t nanoseconds(const timespec& time)
{
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

} // namespace

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

} // namespace blazedb
