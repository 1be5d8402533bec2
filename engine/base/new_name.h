// Gives a finished file its name without ever taking a name from another file.
#pragma once

#include <string>

#include "engine/base/result.h"

namespace blazedb {

/// Renames a file of this machine to a name that is free, in one step; both lie on one file system. The folder is the caller's to
/// sync. Errors: AlreadyExists (then both files are as they were), NotFound, PermissionDenied, ResourceExhausted, Io. Any thread.
Result<void> renameToNew(const std::string& from, const std::string& to);

} // namespace blazedb
