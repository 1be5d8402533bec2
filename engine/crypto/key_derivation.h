// Keys from passwords.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/base/secure_bytes.h"

namespace blazedb::crypto {

/// PBKDF2 with HMAC-SHA256 (RFC 8018), 32 bytes. 600,000 rounds take about 0.2 s and cannot be interrupted.
SecureBytes pbkdf2Sha256(ByteView password, ByteView salt, std::uint32_t rounds);

struct Argon2Cost {
    std::uint32_t memoryKib = 64 * 1024;
    std::uint32_t passes = 3;
    std::uint32_t lanes = 1;
    friend bool operator==(const Argon2Cost&, const Argon2Cost&) = default;
};

/// Argon2id version 1.3 (RFC 9106), 32 bytes. The default cost takes about 0.2 s; cannot be interrupted. Costs that come
/// from a file are capped by the caller before. Errors: InvalidArgument (a cost or salt Argon2 does not know, such as a
/// salt under 8 bytes), ResourceExhausted (the memory is not to be had).
Result<SecureBytes> argon2id(ByteView password, ByteView salt, const Argon2Cost& cost);

/// HKDF with SHA-256 (RFC 5869), 32 bytes. `info` names the use, so that no two uses share a key.
SecureBytes hkdfSha256(ByteView key, ByteView salt, std::string_view info);

} // namespace blazedb::crypto
