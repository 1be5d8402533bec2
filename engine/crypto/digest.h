// SHA-256 and HMAC-SHA256.
#pragma once

#include <array>
#include <string>

#include "engine/base/bytes.h"

namespace blazedb::crypto {

using Sha256 = std::array<std::byte, 32>;

Sha256 sha256(ByteView bytes);
Sha256 hmacSha256(ByteView key, ByteView bytes);
/// In time that does not depend on where they differ.
bool equalInConstantTime(ByteView left, ByteView right);
/// Lower case.
std::string toHex(ByteView bytes);

} // namespace blazedb::crypto
