// Keys from passwords.
#pragma once

#include <cstdint>

#include "engine/base/bytes.h"
#include "engine/base/secure_bytes.h"

namespace blazedb::crypto {

/// PBKDF2 with HMAC-SHA256 (RFC 8018), 32 bytes. 600,000 rounds take about 0.2 s and cannot be interrupted.
SecureBytes pbkdf2Sha256(ByteView password, ByteView salt, std::uint32_t rounds);

} // namespace blazedb::crypto
