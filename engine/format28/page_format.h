// One 4096-byte page: its kinds, and how main and overflow pages are sealed. Source: file-format specification 3.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/crypto/aes_gcm.h"

namespace blazedb::format28 {

inline constexpr std::size_t kPageBytes = 4096;
inline constexpr std::size_t kMainPlainMax = 4059;
/// A record of at most this many bytes has one page; longer ones fill it with their beginning and a trailer.
inline constexpr std::size_t kSinglePageRecordMax = 4046;
inline constexpr std::size_t kFirstPartBytes = 4014;
inline constexpr std::size_t kOverflowPlainMax = 4052;
inline constexpr std::size_t kOverflowPagesMax = 10'000;
inline constexpr std::uint64_t kRecordBytesMax = kFirstPartBytes + kOverflowPagesMax * kOverflowPlainMax;

using PageNumber = std::uint32_t;

enum class PageKind { Zero, Main, Overflow, Unencrypted, Compressed, Foreign };

/// By the first bytes; looks at the whole page only to tell zeros.
PageKind pageKind(ByteView page);

/// Decrypts a main page into `plain` (at least kMainPlainMax bytes) and answers the length.
/// Errors: Corruption (length beyond the page, tag does not fit). `page` may be cut short at the file's end.
Result<std::size_t> openMainPage(crypto::AesGcm& cipher, ByteView page, std::span<std::byte> plain);

struct OverflowHeader {
    PageNumber next = 0; ///< 0: last.
    std::uint32_t plainBytes = 0;
};

/// Decrypts an overflow page, appending to `out`. Errors: Corruption.
Result<OverflowHeader> openOverflowPage(crypto::AesGcm& cipher, ByteView page, Bytes& out);

/// What follows the first part of a long record in its main page.
struct Trailer {
    bool isCommitted = false;
    PageNumber firstOverflow = 0;
    std::uint64_t recordBytes = 0;
    std::uint64_t checksum = 0; ///< FNV-1a 64 of the whole record.
    std::uint32_t overflowPages = 0;
};

/// Only a plaintext of exactly kSinglePageRecordMax bytes has one.
std::optional<Trailer> readTrailer(ByteView mainPlain);

/// Writing side: whole pages, padded with zeros. `nonce` has kNonceBytes and is never used twice.
using Page = std::array<std::byte, kPageBytes>;
Page sealMainPage(crypto::AesGcm& cipher, ByteView nonce, ByteView plain);
Page sealOverflowPage(crypto::AesGcm& cipher, ByteView nonce, PageNumber next, ByteView plain);
void appendTrailer(Bytes& firstPart, const Trailer& trailer);

} // namespace blazedb::format28
