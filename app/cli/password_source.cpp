#include "app/cli/password_source.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <fmt/format.h>

#include "app/cli/printable.h"
#include "engine/api/call_context.h"

namespace blazedb::cli {

namespace {

constexpr std::size_t kPasswordBytesMax = 4096;
constexpr int kPollMs = 50;

enum class ReadUntil { EndOfFile, LineEnd };

/// Reads into a fixed, wiped buffer; nothing of the password is left elsewhere.
Result<SecureBytes> readSecret(int descriptor, ReadUntil until, const std::stop_token& stop)
{
    SecureBytes buffer(kPasswordBytesMax + 2);
    std::size_t size = 0;
    while (true) {
        pollfd waiting{descriptor, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, kPollMs);
        if (stop.stop_requested()) return api::cancelled();
        if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
        const ssize_t got = ::read(descriptor, buffer.writable().data() + size, buffer.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0)
            return Error{ErrorCode::InvalidArgument,
                         fmt::format("the password could not be read from file descriptor {}: {}", descriptor, std::strerror(errno))};
        size += static_cast<std::size_t>(got);
        const bool hasLine = size > 0 && buffer.text()[size - 1] == '\n';
        if (got == 0 || (until == ReadUntil::LineEnd && hasLine)) break;
        if (size == buffer.size())
            return Error{ErrorCode::InvalidArgument, fmt::format("a password is at most {} bytes long", kPasswordBytesMax)};
    }
    std::string_view text = buffer.text().substr(0, size);
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    return SecureBytes::fromText(text);
}

/// Turns the terminal's echo off for as long as it lives.
class SilentTerminal {
public:
    explicit SilentTerminal(int descriptor)
        : m_descriptor(descriptor)
    {
        m_isChanged = ::tcgetattr(descriptor, &m_before) == 0;
        if (!m_isChanged) return;
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(descriptor, TCSAFLUSH, &silent);
    }
    ~SilentTerminal()
    {
        if (m_isChanged) ::tcsetattr(m_descriptor, TCSAFLUSH, &m_before);
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

private:
    int m_descriptor;
    bool m_isChanged = false;
    termios m_before{};
};

Result<SecureBytes> askAtTerminal(const std::string& question, const std::stop_token& stop)
{
    const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0)
        return Error{ErrorCode::FailedPrecondition,
                     fmt::format("a password is needed and there is no terminal to ask at: use --password-fd or {}", kPasswordVariable)};
    Result<SecureBytes> answer = SecureBytes();
    {
        const SilentTerminal silent(terminal);
        if (::write(terminal, question.data(), question.size()) < 0) errno = 0;
        answer = readSecret(terminal, ReadUntil::LineEnd, stop);
        if (::write(terminal, "\n", 1) < 0) errno = 0;
    }
    ::close(terminal);
    return answer;
}

/// From a descriptor or the environment; nullopt when only a person can say it.
Result<std::optional<SecureBytes>> readQuietly(std::optional<int> descriptor, const std::stop_token& stop)
{
    if (descriptor) {
        BLAZE_TRY_VALUE(SecureBytes password, readSecret(*descriptor, ReadUntil::EndOfFile, stop));
        return std::optional<SecureBytes>(std::move(password));
    }
    const char* text = std::getenv(kPasswordVariable);
    if (text == nullptr) return std::optional<SecureBytes>();
    SecureBytes password = SecureBytes::fromText(text);
    // Not for a program this one might start, nor for who reads its environment from now on.
    ::unsetenv(kPasswordVariable);
    return std::optional<SecureBytes>(std::move(password));
}

} // namespace

bool isPasswordGiven(std::optional<int> descriptor)
{
    return descriptor.has_value() || std::getenv(kPasswordVariable) != nullptr;
}

Result<SecureBytes> readPassword(std::optional<int> descriptor, const std::string& path, const std::stop_token& stop)
{
    BLAZE_TRY_VALUE(auto known, readQuietly(descriptor, stop));
    if (known) return std::move(*known);
    return askAtTerminal(fmt::format("Password of {}: ", printable(path)), stop);
}

Result<SecureBytes> readNewPassword(std::optional<int> descriptor, const std::string& path, const std::stop_token& stop)
{
    BLAZE_TRY_VALUE(auto known, readQuietly(descriptor, stop));
    if (known) return std::move(*known);
    BLAZE_TRY_VALUE(SecureBytes first, askAtTerminal(fmt::format("New password of {}: ", printable(path)), stop));
    BLAZE_TRY_VALUE(const SecureBytes second, askAtTerminal("The same once more: ", stop));
    if (first.text() != second.text()) return Error{ErrorCode::InvalidArgument, "the two passwords differ; nothing was written"};
    return first;
}

} // namespace blazedb::cli
