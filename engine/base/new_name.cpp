#include "engine/base/new_name.h"

#include <cerrno>

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "engine/base/system_error.h"

namespace blazedb {

Result<void> renameToNew(const std::string& from, const std::string& to)
{
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
    if (errno != EINVAL && errno != ENOSYS) return systemError(errno, "rename " + from + " to " + to);
    // A file system without that flag: a second name refuses a taken one just as well, where there can be one.
    if (::link(from.c_str(), to.c_str()) != 0) return systemError(errno, "rename " + from + " to " + to);
    if (::unlink(from.c_str()) != 0) return systemError(errno, "remove " + from);
    return {};
}

} // namespace blazedb
