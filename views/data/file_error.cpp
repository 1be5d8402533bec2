#include "views/data/file_error.h"

#include <cerrno>

#include <QFileDevice>

#include "views/widgets/text.h"

namespace blazedb::views {

Error writeError(const QFileDevice& file)
{
    // Right after the failed call the system still knows more than Qt tells: a quota, a limit and a full disk are all no space.
    const int reason = errno;
    const bool isFull = file.error() == QFileDevice::ResourceError || reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
    const bool isRefused = file.error() == QFileDevice::PermissionsError || reason == EACCES || reason == EPERM || reason == EROFS;
    const ErrorCode code = isFull ? ErrorCode::ResourceExhausted : isRefused ? ErrorCode::PermissionDenied : ErrorCode::Io;
    return {code, toUtf8(file.fileName()) + " could not be written: " + toUtf8(file.errorString())};
}

} // namespace blazedb::views
