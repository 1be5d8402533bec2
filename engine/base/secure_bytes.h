// SecureBytes: a secret that is wiped when it goes. Lives in base because the window hands passwords over
// without seeing the cryptography that uses them.
#pragma once

#include <string_view>
#include <utility>

#include "engine/base/bytes.h"

namespace blazedb {

/// Owns a secret; copying is spelled out, moving leaves nothing behind. Thread-safety: none; one owner.
class SecureBytes {
public:
    SecureBytes() = default;
    explicit SecureBytes(std::size_t size)
        : m_bytes(size)
    {
    }
    explicit SecureBytes(ByteView view)
        : m_bytes(view.begin(), view.end())
    {
    }
    static SecureBytes fromText(std::string_view text) { return SecureBytes(asBytes(text)); }

    SecureBytes(const SecureBytes&) = delete;
    SecureBytes& operator=(const SecureBytes&) = delete;
    SecureBytes(SecureBytes&& other) noexcept
        : m_bytes(std::exchange(other.m_bytes, {}))
    {
    }
    SecureBytes& operator=(SecureBytes&& other) noexcept;
    ~SecureBytes();

    [[nodiscard]] SecureBytes clone() const { return SecureBytes(view()); }
    [[nodiscard]] ByteView view() const { return m_bytes; }
    [[nodiscard]] std::span<std::byte> writable() { return m_bytes; }
    [[nodiscard]] std::string_view text() const { return asText(m_bytes); }
    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
    [[nodiscard]] bool isEmpty() const { return m_bytes.empty(); }

private:
    void wipe();
    Bytes m_bytes; ///< Never grows, so no reallocation leaves a copy.
};

} // namespace blazedb
