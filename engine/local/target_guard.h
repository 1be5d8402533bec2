// Keeps what is written apart from what is read.
#pragma once

#include <string>

#include "engine/api/data_source.h"
#include "engine/base/file_system.h"

namespace blazedb::local {

/// Refuses a path that is, by whatever name, one of the files of `source`. Errors: InvalidArgument. Any thread.
Result<void> refusePartOfSource(FileSystem& files, const api::DataSource& source, const std::string& path);

} // namespace blazedb::local
