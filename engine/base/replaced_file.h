// A file that is written piece by piece and bears its name only when it is whole.
#pragma once

#include <memory>
#include <string>

#include "engine/base/file_system.h"

namespace blazedb {

/// Thread-safety: none; one owner. Destroyed without finish(), it leaves the old file as it was and nothing new behind.
class ReplacedFile {
public:
    /// Creates a temporary beside `path`. Errors: InvalidArgument (a folder), those of FileSystem.
    static Result<std::unique_ptr<ReplacedFile>> create(FileSystem& files, const std::string& path);
    ~ReplacedFile();
    ReplacedFile(const ReplacedFile&) = delete;
    ReplacedFile& operator=(const ReplacedFile&) = delete;

    /// Errors: ResourceExhausted (no space), Io.
    Result<void> write(std::string_view text);
    /// Makes it durable and gives it its name, in place of what had it.
    Result<void> finish();

private:
    ReplacedFile(FileSystem& files, std::string path, std::string temporary, std::unique_ptr<File> file);

    FileSystem& m_files;
    const std::string m_path;
    const std::string m_temporary;
    std::unique_ptr<File> m_file;
    std::uint64_t m_bytesWritten = 0;
    bool m_isRenamed = false;
};

} // namespace blazedb
