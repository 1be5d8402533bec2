// Lines of a file or of standard input, read piece by piece.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace blazedb::cli {

/// Thread-safety: none; one owner.
class LineInput {
public:
    /// What is longer is no record: a value has at most 1 GiB, and base64 makes a third more of it.
    static constexpr std::size_t kLineBytesMax = std::size_t{3} << 29;

    /// "-" is standard input. Errors: NotFound, PermissionDenied, InvalidArgument (a folder), Io.
    static Result<LineInput> open(const std::string& path);
    ~LineInput();
    LineInput(LineInput&& other) noexcept;
    LineInput& operator=(LineInput&&) = delete;

    /// The next line without its end; nullopt behind the last. It lasts until the next call. Errors: Cancelled, InvalidArgument (a line that is
    /// too long), Io.
    Result<std::optional<std::string_view>> next(const std::stop_token& stop);
    /// All that is left. Errors: as next.
    Result<std::string> rest(const std::stop_token& stop);

    [[nodiscard]] const std::string& name() const { return m_name; } ///< For messages.
    [[nodiscard]] std::uint64_t bytesDone() const { return m_bytesDone; } ///< Of the lines given.
    [[nodiscard]] std::optional<std::uint64_t> bytesTotal() const { return m_bytesTotal; } ///< Nullopt: not a file.

private:
    LineInput(int descriptor, std::string name)
        : m_descriptor(descriptor)
        , m_name(std::move(name))
    {}
    /// Reads one more piece behind what is buffered; false at the end.
    Result<bool> more(const std::stop_token& stop);

    int m_descriptor;
    std::string m_name;
    std::string m_buffer;
    std::size_t m_begin = 0; ///< Of what was not given yet.
    bool m_isAtEnd = false;
    std::uint64_t m_bytesDone = 0;
    std::optional<std::uint64_t> m_bytesTotal;
};

} // namespace blazedb::cli
