// The door to files: everything the engine reads or writes on disk passes these two interfaces, so that tests
// can put another disk behind them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"

namespace blazedb {

/// What tells one state of a file from another without reading it.
struct FileStamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t sizeBytes = 0;
    std::int64_t modifiedNs = 0; ///< Nanoseconds since 1970-01-01T00:00:00Z.
    std::int64_t changedNs = 0;
    bool isFolder = false;

    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

/// Of the file system that holds a path.
struct DiskSpace {
    std::uint64_t totalBytes = 0;
    std::uint64_t freeBytes = 0; ///< For users without special rights.
};

/// One open file. Any thread for readAt and stamp; writers are serialised by their owner.
class File {
public:
    virtual ~File() = default;

    /// Reads up to `into.size()` bytes at `offset`; fewer only at the end of the file. Errors: Io.
    virtual Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const = 0;
    /// The stamp of the open file itself, whatever its name points to now. Errors: Io.
    virtual Result<FileStamp> stamp() const = 0;

    /// Errors of the writing side: ResourceExhausted (no space), PermissionDenied, Io.
    virtual Result<void> writeAt(std::uint64_t offset, ByteView bytes) = 0;
    virtual Result<void> truncate(std::uint64_t sizeBytes) = 0;
    virtual Result<void> sync() = 0;
};

/// Paths are byte strings as the system takes them. Any thread. Errors: NotFound, PermissionDenied,
/// AlreadyExists, ResourceExhausted, Io; the message names the path.
class FileSystem {
public:
    virtual ~FileSystem() = default;

    /// Opens for reading only: no lock, no creation, the access time left alone where the system allows it.
    virtual Result<std::unique_ptr<File>> openForReading(const std::string& path) = 0;
    /// Creates a file that must not exist yet, mode 0600.
    virtual Result<std::unique_ptr<File>> createNew(const std::string& path) = 0;
    virtual Result<FileStamp> stamp(const std::string& path) = 0;
    /// Names in a folder, without `.` and `..`, in no order.
    virtual Result<std::vector<std::string>> list(const std::string& folder) = 0;
    virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
    virtual Result<void> remove(const std::string& path) = 0;
    /// Makes created, renamed and removed names in `folder` durable.
    virtual Result<void> syncFolder(const std::string& folder) = 0;
    virtual Result<void> makeFolders(const std::string& folder) = 0;
    /// The path made absolute against the working folder, without resolving links.
    virtual Result<std::string> absolute(const std::string& path) = 0;
    /// Errors: also Unsupported, where nobody can tell.
    virtual Result<DiskSpace> diskSpace(const std::string& path)
    {
        return Error{ErrorCode::Unsupported, "the space around " + path + " is not known"};
    }
};

/// The file system of this machine. The object lives as long as the program.
FileSystem& localFileSystem();

/// Reads a whole file. Errors: as FileSystem; ResourceExhausted if it is larger than `maxBytes`.
Result<Bytes> readWholeFile(FileSystem& files, const std::string& path, std::uint64_t maxBytes);

/// Replaces `path` by a temporary in the same folder, synced and renamed: after a crash it holds the old or the
/// new bytes, and no half file ever bears the name. Errors: as FileSystem.
Result<void> writeFileAtomically(FileSystem& files, const std::string& path, ByteView bytes);

} // namespace blazedb
