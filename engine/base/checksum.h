// Checksums that the file formats name. None of them protects against intent.
#pragma once

#include <cstdint>
#include <span>

#include "engine/base/bytes.h"

namespace blazedb {

/// CRC-32 of zlib (polynomial EDB88320 reflected, initial and final value FFFFFFFF): "123456789" is CBF43926.
std::uint32_t crc32(ByteView bytes);

inline constexpr std::uint64_t kFnvBasis = 0xCBF29CE484222325ULL;

/// FNV-1a, 64 bits: offset basis CBF29CE484222325, prime 100000001B3. Feed in parts by passing the last result.
std::uint64_t fnv1a64(ByteView bytes, std::uint64_t state = kFnvBasis);

/// `sums[i]` becomes fnv1a64(runs[i]); both spans are of one size. Each byte of a run waits for the multiplication of the one
/// before; four runs side by side fill that wait, so that this is four times as fast as one after the other, and ten times with
/// sixteen of them on a processor with AVX-512. Runs of like lengths are best.
void fnv1a64Each(std::span<const ByteView> runs, std::span<std::uint64_t> sums);

} // namespace blazedb
