// A file of one writer: opened for reading and writing under a lock that ends with the process.
#pragma once

#include <memory>
#include <string>

#include "engine/base/file_system.h"
#include "engine/base/result.h"

namespace blazedb {

enum class OpenMode {
    Existing, ///< NotFound when there is none.
    CreateNew ///< AlreadyExists when there is one; mode 0600. The folder is the caller's to sync.
};

/// Opens `path` and locks it (flock, exclusive) until the file object goes. sync() makes contents and size durable,
/// not the times (fdatasync); its writeAt is atomic in no way. Links are followed.
/// Errors: Unavailable (another open file object holds the lock, or the file was replaced meanwhile), InvalidArgument (not a regular file), as FileSystem.
Result<std::unique_ptr<File>> openExclusive(const std::string& path, OpenMode mode);

} // namespace blazedb
