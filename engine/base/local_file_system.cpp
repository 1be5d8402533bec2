#include <cerrno>
#include <filesystem>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "engine/base/file_system.h"
#include "engine/base/system_error.h"

namespace blazedb {

namespace {

std::int64_t nanoseconds(const timespec& time)
{
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
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

class LocalFile final : public File {
public:
    LocalFile(int descriptor, std::string path)
        : m_descriptor(descriptor)
        , m_path(std::move(path))
    {
    }
    ~LocalFile() override { ::close(m_descriptor); }
    LocalFile(const LocalFile&) = delete;
    LocalFile& operator=(const LocalFile&) = delete;

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
        return stampOf(status);
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
        if (::fsync(m_descriptor) != 0) return systemError(errno, "sync " + m_path);
        return {};
    }

private:
    int m_descriptor;
    std::string m_path;
};

class LocalFileSystem final : public FileSystem {
public:
    Result<std::unique_ptr<File>> openForReading(const std::string& path) override
    {
        // O_NONBLOCK: a pipe of that name must not hang the open; it has no effect on files.
        constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
        int descriptor = ::open(path.c_str(), kFlags | O_NOATIME);
        if (descriptor < 0 && errno == EPERM) descriptor = ::open(path.c_str(), kFlags); // O_NOATIME is for owners
        if (descriptor < 0) return systemError(errno, "open " + path);
        return std::unique_ptr<File>(std::make_unique<LocalFile>(descriptor, path));
    }

    Result<std::unique_ptr<File>> createNew(const std::string& path) override
    {
        const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (descriptor < 0) return systemError(errno, "create " + path);
        return std::unique_ptr<File>(std::make_unique<LocalFile>(descriptor, path));
    }

    Result<FileStamp> stamp(const std::string& path) override
    {
        struct stat status {};
        if (::stat(path.c_str(), &status) != 0) return systemError(errno, "examine " + path);
        return stampOf(status);
    }

    Result<std::vector<std::string>> list(const std::string& folder) override
    {
        DIR* directory = ::opendir(folder.c_str());
        if (directory == nullptr) return systemError(errno, "list " + folder);
        std::vector<std::string> names;
        errno = 0;
        while (const dirent* entry = ::readdir(directory)) {
            const std::string name = entry->d_name;
            if (name != "." && name != "..") names.push_back(name);
        }
        const int failure = errno;
        ::closedir(directory);
        if (failure != 0) return systemError(failure, "list " + folder);
        return names;
    }

    Result<void> rename(const std::string& from, const std::string& to) override
    {
        if (::rename(from.c_str(), to.c_str()) != 0) return systemError(errno, "rename " + from + " to " + to);
        return {};
    }

    Result<void> remove(const std::string& path) override
    {
        if (::unlink(path.c_str()) != 0) return systemError(errno, "remove " + path);
        return {};
    }

    Result<void> syncFolder(const std::string& folder) override
    {
        const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0) return systemError(errno, "open " + folder);
        const int outcome = ::fsync(descriptor);
        const int failure = errno;
        ::close(descriptor);
        if (outcome != 0) return systemError(failure, "sync " + folder);
        return {};
    }

    Result<void> makeFolders(const std::string& folder) override
    {
        std::error_code failure;
        std::filesystem::create_directories(folder, failure);
        if (failure) return systemError(failure.value(), "create " + folder);
        return {};
    }

    Result<std::string> absolute(const std::string& path) override
    {
        std::error_code failure;
        const std::filesystem::path full = std::filesystem::absolute(path, failure);
        if (failure) return systemError(failure.value(), "locate " + path);
        return full.lexically_normal().string();
    }

    Result<DiskSpace> diskSpace(const std::string& path) override
    {
        struct statvfs volume {};
        if (::statvfs(path.c_str(), &volume) != 0) return systemError(errno, "examine the disk of " + path);
        return DiskSpace{std::uint64_t{volume.f_blocks} * volume.f_frsize, std::uint64_t{volume.f_bavail} * volume.f_frsize};
    }
};

} // namespace

FileSystem& localFileSystem()
{
    static LocalFileSystem files;
    return files;
}

} // namespace blazedb
