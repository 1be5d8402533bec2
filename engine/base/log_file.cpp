#include "engine/base/log_file.h"

#include <cerrno>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/guarded.h"

namespace blazedb {

namespace {

Result<int> openForAppending(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor >= 0) return descriptor;
    const int failure = errno;
    const ErrorCode code = failure == EACCES || failure == EPERM || failure == EROFS ? ErrorCode::PermissionDenied
                           : failure == ENOSPC || failure == EDQUOT                  ? ErrorCode::ResourceExhausted
                                                                                     : ErrorCode::Io;
    return Error{code, "open " + path + ": " + std::generic_category().message(failure)};
}

std::string numbered(const std::string& path, int number)
{
    return number == 0 ? path : path + "." + std::to_string(number);
}

} // namespace

struct LogFile::State {
    struct Target {
        int descriptor = -1;
        std::uint64_t bytes = 0;
    };

    std::string path;
    LogFileLimits limits;
    Guarded<Target> target;

    void startAnew(Target& full) const;
};

/// The lock is held over a write into the system's cache and, once in thousands of lines, over these renames: that keeps lines
/// whole and files in order.
void LogFile::State::startAnew(Target& full) const
{
    ::close(full.descriptor);
    full = {};
    for (int number = limits.olderFiles; number > 0; --number)
        std::rename(numbered(path, number - 1).c_str(), numbered(path, number).c_str());
    if (limits.olderFiles == 0) ::unlink(path.c_str());
    if (const auto opened = openForAppending(path)) full.descriptor = *opened;
}

Result<std::unique_ptr<LogFile>> LogFile::open(const std::string& path, LogFileLimits limits)
{
    std::error_code ignored; // a folder that could not be made shows when the file is opened
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
    BLAZE_TRY_VALUE(const int descriptor, openForAppending(path));
    struct stat status {};
    auto state = std::make_unique<State>();
    state->path = path;
    state->limits = limits;
    *state->target.lock() = {descriptor, ::fstat(descriptor, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0};
    return std::unique_ptr<LogFile>(new LogFile(std::move(state)));
}

LogFile::LogFile(std::unique_ptr<State> state)
    : m_state(std::move(state))
{}

LogFile::~LogFile()
{
    const int descriptor = m_state->target.lock()->descriptor;
    if (descriptor >= 0) ::close(descriptor);
}

void LogFile::append(const LogLine& line)
{
    const std::string text = textOf(line) + '\n';
    const auto target = m_state->target.lock();
    if (target->bytes + text.size() > m_state->limits.bytesMax && target->bytes > 0) m_state->startAnew(*target);
    if (target->descriptor < 0) return;
    const ssize_t written = ::write(target->descriptor, text.data(), text.size());
    if (written > 0) target->bytes += static_cast<std::uint64_t>(written);
}

std::string LogFile::textOf(const LogLine& line)
{
    using namespace std::chrono;
    const auto whole = floor<seconds>(line.time);
    const std::time_t time = system_clock::to_time_t(whole);
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    char stamp[40];
    const std::size_t length = std::strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &parts);
    std::string milliseconds = std::to_string(duration_cast<std::chrono::milliseconds>(line.time - whole).count());
    milliseconds.insert(0, 3 - milliseconds.size(), '0');

    std::string text = std::string(stamp, length) + '.' + milliseconds + "Z ";
    text.append(logLevelName(line.level)).append(" ").append(line.area).append(": ").append(line.text);
    for (char& character : text)
        if (static_cast<unsigned char>(character) < 0x20 || character == 0x7F) character = ' ';
    return text;
}

} // namespace blazedb
