// Bytes and the integers in them, both byte orders. Readers are bounds-checked: what does not fit is nullopt.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace blazedb {

using Bytes = std::vector<std::byte>;
using ByteView = std::span<const std::byte>;

inline ByteView asBytes(std::string_view text)
{
    return std::as_bytes(std::span(text.data(), text.size()));
}

inline std::string_view asText(ByteView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Reads an unsigned integer of sizeof(T) bytes at `data`, most significant byte first.
template <typename T>
T loadBe(const std::byte* data)
{
    T value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) value = static_cast<T>((value << 8) | std::to_integer<T>(data[i]));
    return value;
}

/// The same, least significant byte first.
template <typename T>
T loadLe(const std::byte* data)
{
    T value = 0;
    for (std::size_t i = sizeof(T); i-- > 0;) value = static_cast<T>((value << 8) | std::to_integer<T>(data[i]));
    return value;
}

template <typename T>
void storeBe(std::byte* data, T value)
{
    for (std::size_t i = sizeof(T); i-- > 0; value = static_cast<T>(value >> 8)) data[i] = static_cast<std::byte>(value);
}

template <typename T>
void storeLe(std::byte* data, T value)
{
    for (std::size_t i = 0; i < sizeof(T); ++i, value = static_cast<T>(value >> 8)) data[i] = static_cast<std::byte>(value);
}

template <>
inline std::uint8_t loadBe<std::uint8_t>(const std::byte* data) { return std::to_integer<std::uint8_t>(*data); }
template <>
inline std::uint8_t loadLe<std::uint8_t>(const std::byte* data) { return std::to_integer<std::uint8_t>(*data); }
template <>
inline void storeBe<std::uint8_t>(std::byte* data, std::uint8_t value) { *data = static_cast<std::byte>(value); }
template <>
inline void storeLe<std::uint8_t>(std::byte* data, std::uint8_t value) { *data = static_cast<std::byte>(value); }

/// Walks over borrowed bytes from front to back. Thread-safety: none; one owner.
class ByteReader {
public:
    explicit ByteReader(ByteView bytes)
        : m_bytes(bytes)
    {
    }

    [[nodiscard]] std::size_t position() const { return m_position; }
    [[nodiscard]] std::size_t remaining() const { return m_bytes.size() - m_position; }

    /// The next `count` bytes, or nullopt (and no movement) if there are fewer.
    std::optional<ByteView> bytes(std::size_t count)
    {
        if (count > remaining()) return std::nullopt;
        const ByteView taken = m_bytes.subspan(m_position, count);
        m_position += count;
        return taken;
    }
    template <typename T>
    std::optional<T> be()
    {
        const auto taken = bytes(sizeof(T));
        if (!taken) return std::nullopt;
        return loadBe<T>(taken->data());
    }
    template <typename T>
    std::optional<T> le()
    {
        const auto taken = bytes(sizeof(T));
        if (!taken) return std::nullopt;
        return loadLe<T>(taken->data());
    }

private:
    ByteView m_bytes;
    std::size_t m_position = 0;
};

/// Appends to a growing buffer. Thread-safety: none; one owner.
class ByteWriter {
public:
    explicit ByteWriter(std::size_t reserveBytes = 0) { m_bytes.reserve(reserveBytes); }

    void bytes(ByteView view) { m_bytes.insert(m_bytes.end(), view.begin(), view.end()); }
    void text(std::string_view view) { bytes(asBytes(view)); }
    template <typename T>
    void be(T value)
    {
        m_bytes.resize(m_bytes.size() + sizeof(T));
        storeBe<T>(m_bytes.data() + m_bytes.size() - sizeof(T), value);
    }
    template <typename T>
    void le(T value)
    {
        m_bytes.resize(m_bytes.size() + sizeof(T));
        storeLe<T>(m_bytes.data() + m_bytes.size() - sizeof(T), value);
    }

    [[nodiscard]] ByteView view() const { return m_bytes; }
    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
    [[nodiscard]] Bytes take() { return std::move(m_bytes); }

private:
    Bytes m_bytes;
};

} // namespace blazedb
