// Who holds the lock on a file, by the kernel's list; for a remark, never to decide.
#pragma once

#include <string>
#include <vector>

#include "engine/base/file_system.h"

namespace blazedb::format28 {

/// "process 123 (notes)" for each holder of a flock on the file; empty where the system does not tell.
std::vector<std::string> lockHolders(const FileStamp& file);

} // namespace blazedb::format28
