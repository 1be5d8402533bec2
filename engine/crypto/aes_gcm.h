// AES-256-GCM with the 12-byte nonces and 16-byte tags of the file formats. OpenSSL's EVP beneath.
#pragma once

#include <memory>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/base/secure_bytes.h"

namespace blazedb::crypto {

inline constexpr std::size_t kKeyBytes = 32;
inline constexpr std::size_t kNonceBytes = 12;
inline constexpr std::size_t kTagBytes = 16;

/// Keeps the expanded key, so that a page costs a nonce change and no more. Thread-safety: none; one owner per thread.
class AesGcm {
public:
    /// `key` has kKeyBytes; anything else is a mistake of the program.
    explicit AesGcm(ByteView key);
    ~AesGcm();
    AesGcm(AesGcm&&) noexcept;
    AesGcm& operator=(AesGcm&&) noexcept;

    /// Decrypts into `plain` (same size as `cipher`). False when the tag does not fit; `plain` is then wiped.
    [[nodiscard]] bool open(ByteView nonce, ByteView cipher, ByteView tag, std::span<std::byte> plain);
    /// Encrypts into `cipher` (same size as `plain`) and writes the tag.
    void seal(ByteView nonce, ByteView plain, std::span<std::byte> cipher, std::span<std::byte> tag);

    /// The same two with `bound`: bytes that are not encrypted, but without which the tag does not fit.
    [[nodiscard]] bool open(ByteView nonce, ByteView bound, ByteView cipher, ByteView tag, std::span<std::byte> plain);
    void seal(ByteView nonce, ByteView bound, ByteView plain, std::span<std::byte> cipher, std::span<std::byte> tag);

private:
    struct Contexts;
    std::unique_ptr<Contexts> m_contexts;
};

} // namespace blazedb::crypto
