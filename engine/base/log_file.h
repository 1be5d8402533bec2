// A log file that survives a crash of the program: each line goes to the system with one call as it is logged.
// Line: ISO 8601 time in UTC with milliseconds, level, area, text; control characters in texts become spaces.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "engine/base/logger.h"
#include "engine/base/result.h"

namespace blazedb {

struct LogFileLimits {
    std::uint64_t bytesMax = 1 << 20; ///< Of one file.
    int olderFiles = 4;
};

/// Any thread. When a file is full it is renamed to `path`.1, that to `path`.2 and so on; the oldest goes.
class LogFile {
public:
    /// Opens for appending, mode 0600, creating folder and file if need be. Errors: PermissionDenied, ResourceExhausted, Io.
    static Result<std::unique_ptr<LogFile>> open(const std::string& path, LogFileLimits limits = {});
    ~LogFile();

    /// What cannot be written is dropped: a full disk must not stop the program that says so.
    void append(const LogLine& line);

    /// "2026-01-02T03:04:05.678Z warning window: the text", without a line end.
    static std::string textOf(const LogLine& line);

private:
    struct State;
    explicit LogFile(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace blazedb
