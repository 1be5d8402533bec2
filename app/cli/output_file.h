// Where an export goes: standard output, or a file that bears its name only when it is whole.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/base/file_system.h"

namespace blazedb::cli {

/// Thread-safety: none; one owner. Destroyed without finish(), it leaves the old file as it was and nothing new behind.
class OutputFile {
public:
    /// Empty path: standard output. Errors: PermissionDenied, NotFound (no such folder), InvalidArgument (a folder), Io.
    static Result<std::unique_ptr<OutputFile>> create(FileSystem& files, const std::string& path);
    virtual ~OutputFile() = default;

    /// Errors: ResourceExhausted (no space), Io.
    virtual Result<void> write(std::string_view text) = 0;
    virtual Result<void> finish() = 0;
};

} // namespace blazedb::cli
