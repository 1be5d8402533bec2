#include <cerrno>
#include <filesystem>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "engine/base/descriptor_file.h"
#include "engine/base/file_system.h"
#include "engine/base/system_error.h"

namespace blazedb {

namespace {

class LocalFileSystem final : public FileSystem {
public:
    Result<std::unique_ptr<File>> openForReading(const std::string& path) override
    {
        // O_NONBLOCK: a pipe of that name must not hang the open; it has no effect on files.
        constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
        int descriptor = ::open(path.c_str(), kFlags | O_NOATIME);
        if (descriptor < 0 && errno == EPERM) descriptor = ::open(path.c_str(), kFlags); // O_NOATIME is for owners
        if (descriptor < 0) return systemError(errno, "open " + path);
        return std::unique_ptr<File>(std::make_unique<DescriptorFile>(descriptor, path, DescriptorFile::Sync::Whole));
    }

    Result<std::unique_ptr<File>> createNew(const std::string& path) override
    {
        const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (descriptor < 0) return systemError(errno, "create " + path);
        return std::unique_ptr<File>(std::make_unique<DescriptorFile>(descriptor, path, DescriptorFile::Sync::Whole));
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
