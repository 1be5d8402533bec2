#include "app/cli/line_input.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/api/call_context.h"
#include "engine/base/system_error.h"

namespace blazedb::cli {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 20;
constexpr int kInputPollMs = 50;

} // namespace

Result<LineInput> LineInput::open(const std::string& path)
{
    if (path == "-") return LineInput(STDIN_FILENO, "standard input");
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) return systemError(errno, "open " + path);
    LineInput input(descriptor, path);
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) return systemError(errno, "examine " + path);
    if (S_ISDIR(status.st_mode)) return Error{ErrorCode::InvalidArgument, path + " is a folder; name a file of typed JSON lines"};
    if (S_ISREG(status.st_mode)) input.m_bytesTotal = static_cast<std::uint64_t>(status.st_size);
    return input;
}

LineInput::LineInput(LineInput&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_name(std::move(other.m_name))
    , m_buffer(std::move(other.m_buffer))
    , m_begin(other.m_begin)
    , m_isAtEnd(other.m_isAtEnd)
    , m_bytesDone(other.m_bytesDone)
    , m_bytesTotal(other.m_bytesTotal)
{}

LineInput::~LineInput()
{
    if (m_descriptor > STDERR_FILENO) ::close(m_descriptor);
}

Result<bool> LineInput::more(const std::stop_token& stop)
{
    if (m_isAtEnd) return false;
    m_buffer.erase(0, m_begin);
    m_begin = 0;
    while (true) {
        pollfd waiting{m_descriptor, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, kInputPollMs);
        if (stop.stop_requested()) return api::cancelled();
        if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
        const std::size_t before = m_buffer.size();
        m_buffer.resize(before + kPieceBytes);
        const ssize_t got = ::read(m_descriptor, m_buffer.data() + before, kPieceBytes);
        const int why = errno;
        m_buffer.resize(before + static_cast<std::size_t>(got > 0 ? got : 0));
        if (got < 0 && (why == EINTR || why == EAGAIN)) continue;
        if (got < 0) return systemError(why, "read " + m_name);
        m_isAtEnd = got == 0;
        return got > 0;
    }
}

Result<std::optional<std::string_view>> LineInput::next(const std::stop_token& stop)
{
    std::size_t looked = m_begin;
    while (true) {
        const std::size_t end = m_buffer.find('\n', looked);
        const bool isLast = end == std::string::npos && m_isAtEnd;
        if (isLast && m_begin == m_buffer.size()) return std::optional<std::string_view>();
        if (end != std::string::npos || isLast) {
            const std::size_t stopAt = isLast ? m_buffer.size() : end;
            const std::string_view line = std::string_view(m_buffer).substr(m_begin, stopAt - m_begin);
            m_begin = isLast ? stopAt : stopAt + 1;
            m_bytesDone += line.size() + 1;
            return std::optional(line);
        }
        const std::size_t pending = m_buffer.size() - m_begin;
        if (pending > kLineBytesMax)
            return Error{ErrorCode::InvalidArgument, m_name + " holds a line of more than " + std::to_string(kLineBytesMax) + " bytes: no record is that long"};
        BLAZE_TRY_VALUE(const bool isRead, more(stop));
        static_cast<void>(isRead);
        looked = pending; // `more` moved what is pending to the front
    }
}

Result<std::string> LineInput::rest(const std::stop_token& stop)
{
    while (!m_isAtEnd) {
        if (m_buffer.size() - m_begin > kLineBytesMax)
            return Error{ErrorCode::InvalidArgument, m_name + " holds more than " + std::to_string(kLineBytesMax) + " bytes: no record is that long"};
        BLAZE_TRY_VALUE(const bool isRead, more(stop));
        static_cast<void>(isRead);
    }
    m_buffer.erase(0, m_begin);
    m_begin = 0;
    return std::exchange(m_buffer, {});
}

} // namespace blazedb::cli
