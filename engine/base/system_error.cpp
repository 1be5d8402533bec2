#include "engine/base/system_error.h"

#include <cerrno>
#include <cstring>

namespace blazedb {

Error systemError(int number, const std::string& what)
{
    ErrorCode code = ErrorCode::Io;
    switch (number) {
    case ENOENT:
    case ENOTDIR: code = ErrorCode::NotFound; break;
    case EACCES:
    case EPERM:
    case EROFS: code = ErrorCode::PermissionDenied; break;
    case EEXIST: code = ErrorCode::AlreadyExists; break;
    case ENOSPC:
    case EDQUOT:
    case EFBIG: code = ErrorCode::ResourceExhausted; break;
    default: break;
    }
    return {code, what + ": " + std::strerror(number)};
}

} // namespace blazedb
