// Checksums that the file formats name. None of them protects against intent.
#pragma once

#include <cstdint>

#include "engine/base/bytes.h"

namespace blazedb {

/// CRC-32 of zlib (polynomial EDB88320 reflected, initial and final value FFFFFFFF): "123456789" is CBF43926.
std::uint32_t crc32(ByteView bytes);

/// FNV-1a, 64 bits: offset basis CBF29CE484222325, prime 100000001B3. Feed in parts by passing the last result.
std::uint64_t fnv1a64(ByteView bytes, std::uint64_t state = 0xCBF29CE484222325ULL);

} // namespace blazedb
