#include "engine/base/exclusive_file.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/descriptor_file.h"
#include "engine/base/system_error.h"

namespace blazedb {

namespace {

Result<void> lock(const DescriptorFile& file, const std::string& path)
{
    if (::flock(file.descriptor(), LOCK_EX | LOCK_NB) == 0) return {};
    if (errno == EWOULDBLOCK) return Error{ErrorCode::Unavailable, path + " is open for writing elsewhere"};
    return systemError(errno, "lock " + path);
}

/// A file that was replaced under its name between open and lock belongs to nobody any more: what is written there is lost.
Result<void> checkStillNamed(const struct stat& opened, const std::string& path)
{
    struct stat named {};
    if (::stat(path.c_str(), &named) != 0) return systemError(errno, "examine " + path);
    if (named.st_dev == opened.st_dev && named.st_ino == opened.st_ino) return {};
    return Error{ErrorCode::Unavailable, path + " was replaced while it was opened; try again"};
}

} // namespace

Result<std::unique_ptr<File>> openExclusive(const std::string& path, OpenMode mode)
{
    // O_NONBLOCK: a pipe of that name must not hang the open; it has no effect on files.
    int flags = O_RDWR | O_CLOEXEC | O_NONBLOCK;
    if (mode == OpenMode::CreateNew) flags |= O_CREAT | O_EXCL;
    const int descriptor = ::open(path.c_str(), flags, 0600);
    if (descriptor < 0 && errno == EISDIR) return Error{ErrorCode::InvalidArgument, path + " is a folder"};
    if (descriptor < 0) return systemError(errno, (mode == OpenMode::CreateNew ? "create " : "open ") + path);
    auto file = std::make_unique<DescriptorFile>(descriptor, path, DescriptorFile::Sync::Data);
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) return systemError(errno, "examine " + path);
    if (!S_ISREG(status.st_mode)) return Error{ErrorCode::InvalidArgument, path + " is not a file"};
    BLAZE_TRY(lock(*file, path));
    BLAZE_TRY(checkStillNamed(status, path));
    return std::unique_ptr<File>(std::move(file));
}

} // namespace blazedb
