// The native file form in numbers: sizes, places and the references by which a page names another.
// Source: FORMAT.md in this folder; integers are little-endian.
#pragma once

#include <array>
#include <cstdint>

#include "engine/base/bytes.h"

namespace blazedb::storage {

inline constexpr std::size_t kPageBytes = 8192;
inline constexpr std::size_t kSaltBytes = 32;
inline constexpr std::size_t kTagBytes = 16;
/// A sealed page: epoch salt 32 | counter 8 | tag 16 | cipher text.
inline constexpr std::size_t kPageHeadBytes = kSaltBytes + 8 + kTagBytes;
/// What a page can say.
inline constexpr std::size_t kPageBodyBytes = kPageBytes - kPageHeadBytes;
static_assert(kPageBodyBytes == 8136);

// The first three pages are not sealed pages: two copies of the key area, two header slots, the witness, the note.
inline constexpr std::size_t kBlockBytes = 4096;
inline constexpr std::uint64_t kKeyAreaOffset[2] = {0, kBlockBytes};
inline constexpr std::uint64_t kHeaderOffset[2] = {2 * kBlockBytes, 3 * kBlockBytes};
inline constexpr std::uint64_t kWitnessOffset = 4 * kBlockBytes;
inline constexpr std::uint64_t kNoteOffset = 5 * kBlockBytes;
inline constexpr std::uint32_t kFirstPage = 3;

inline constexpr std::uint32_t kFormatVersion = 1;

/// Longest key of a row, in bytes.
inline constexpr std::size_t kMaxKeyBytes = 1024;
/// Longer values leave their leaf for pages of their own.
inline constexpr std::size_t kMaxInlineValueBytes = 2900;
/// Longest value, in bytes: 1 GiB.
inline constexpr std::uint64_t kMaxValueBytes = std::uint64_t{1} << 30;

using PageNumber = std::uint32_t; ///< 0 is no page: the key area is there.
using EpochSalt = std::array<std::byte, kSaltBytes>;
using Tag = std::array<std::byte, kTagBytes>;

inline constexpr std::uint64_t pageOffset(PageNumber page)
{
    return std::uint64_t{page} * kPageBytes;
}

/// Where a page is and the tag that proves it is the one meant. 20 bytes: page 4 | tag 16.
struct PageRef {
    static constexpr std::size_t kBytes = 4 + kTagBytes;

    PageNumber page = 0;
    Tag tag{};

    friend bool operator==(const PageRef&, const PageRef&) = default;
};

/// A value in pages of its own. 32 bytes: bytes 8 | root 20 | level 1 | zero 3.
/// Level 0: the root is the only data page; level n: its pages hold references to pages of level n-1.
struct RunRef {
    static constexpr std::size_t kBytes = 8 + PageRef::kBytes + 4;

    std::uint64_t bytes = 0;
    PageRef root;
    std::uint8_t level = 0;

    friend bool operator==(const RunRef&, const RunRef&) = default;
};

inline void storeRef(std::byte* at, const PageRef& ref)
{
    storeLe<std::uint32_t>(at, ref.page);
    std::memcpy(at + 4, ref.tag.data(), kTagBytes);
}

inline PageRef loadRef(const std::byte* at)
{
    PageRef ref;
    ref.page = loadLe<std::uint32_t>(at);
    std::memcpy(ref.tag.data(), at + 4, kTagBytes);
    return ref;
}

inline void storeRun(std::byte* at, const RunRef& run)
{
    storeLe<std::uint64_t>(at, run.bytes);
    storeRef(at + 8, run.root);
    storeLe<std::uint32_t>(at + 8 + PageRef::kBytes, run.level);
}

inline RunRef loadRun(const std::byte* at)
{
    return {.bytes = loadLe<std::uint64_t>(at),
            .root = loadRef(at + 8),
            .level = static_cast<std::uint8_t>(loadLe<std::uint32_t>(at + 8 + PageRef::kBytes) & 0xFFU)};
}

} // namespace blazedb::storage
