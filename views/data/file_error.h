// What went wrong while a file was written.
#pragma once

#include "engine/base/error.h"

class QFileDevice;

namespace blazedb::views {

/// ResourceExhausted when the disk is full, PermissionDenied, or Io; the message names the file.
Error writeError(const QFileDevice& file);

} // namespace blazedb::views
