#include "engine/base/exclusive_file.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/system_error.h"

namespace blazedb {

namespace {

class ExclusiveFile final : public File {
public:
    ExclusiveFile(int descriptor, std::string path)
        : m_descriptor(descriptor)
        , m_path(std::move(path))
    {
    }
    ~ExclusiveFile() override { ::close(m_descriptor); } // releases the lock
    ExclusiveFile(const ExclusiveFile&) = delete;
    ExclusiveFile& operator=(const ExclusiveFile&) = delete;

    Result<void> lock()
    {
        if (::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0) return {};
        if (errno == EWOULDBLOCK) return Error{ErrorCode::Unavailable, m_path + " is open for writing elsewhere"};
        return systemError(errno, "lock " + m_path);
    }

    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
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

    Result<FileStamp> stamp() const override
    {
        struct stat status {};
        if (::fstat(m_descriptor, &status) != 0) return systemError(errno, "examine " + m_path);
        FileStamp stamp;
        stamp.device = status.st_dev;
        stamp.inode = status.st_ino;
        stamp.sizeBytes = static_cast<std::uint64_t>(status.st_size);
        stamp.modifiedNs = static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec;
        stamp.changedNs = static_cast<std::int64_t>(status.st_ctim.tv_sec) * 1'000'000'000 + status.st_ctim.tv_nsec;
        stamp.isFolder = S_ISDIR(status.st_mode);
        return stamp;
    }

    Result<void> writeAt(std::uint64_t offset, ByteView bytes) override
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

    Result<void> truncate(std::uint64_t sizeBytes) override
    {
        if (::ftruncate(m_descriptor, static_cast<off_t>(sizeBytes)) != 0) return systemError(errno, "set the size of " + m_path);
        return {};
    }

    Result<void> sync() override
    {
        if (::fdatasync(m_descriptor) != 0) return systemError(errno, "sync " + m_path);
        return {};
    }

private:
    int m_descriptor;
    std::string m_path;
};

} // namespace

Result<std::unique_ptr<File>> openExclusive(const std::string& path, OpenMode mode)
{
    // O_NONBLOCK: a pipe of that name must not hang the open; it has no effect on files.
    int flags = O_RDWR | O_CLOEXEC | O_NONBLOCK;
    if (mode == OpenMode::CreateNew) flags |= O_CREAT | O_EXCL;
    const int descriptor = ::open(path.c_str(), flags, 0600);
    if (descriptor < 0 && errno == EISDIR) return Error{ErrorCode::InvalidArgument, path + " is a folder"};
    if (descriptor < 0) return systemError(errno, (mode == OpenMode::CreateNew ? "create " : "open ") + path);
    auto file = std::make_unique<ExclusiveFile>(descriptor, path);
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) return systemError(errno, "examine " + path);
    if (!S_ISREG(status.st_mode)) return Error{ErrorCode::InvalidArgument, path + " is not a file"};
    BLAZE_TRY(file->lock());
    return std::unique_ptr<File>(std::move(file));
}

} // namespace blazedb
