// One entry of the commit log in bytes. Sealed under the log key of its epoch with its number as nonce; bound to its place in the file and
// to the entry before it. Source: FORMAT.md, "Log".
#pragma once

#include <optional>

#include "engine/storage/epoch_ciphers.h"
#include "engine/storage/header.h"

namespace blazedb::storage {

enum class LogEntryKind : std::uint8_t {
    Extent = 1, ///< First of an extent: names the extent after it.
    Part = 2,   ///< A commit that goes on in the next entry.
    Commit = 3, ///< The end of a commit, or all of it.
};

struct LogEntryHead {
    // payload bytes 4 | kind 1 | zero 3 | lsn 8 | durable lsn 8 | previous tag 16 | tag 16
    static constexpr std::size_t kBytes = 56;
    static constexpr std::size_t kBoundBytes = 40; ///< Those before the tag are bound, with the offset in the file.

    std::uint32_t payloadBytes = 0;
    LogEntryKind kind = LogEntryKind::Commit;
    std::uint64_t lsn = 0;
    std::uint64_t durableLsn = 0; ///< Entries up to this one were known to be durable when this one was written.
    Tag previousTag{};
    Tag tag{};

    /// Bytes from this entry to the next: entries start at multiples of 8.
    [[nodiscard]] std::size_t strideBytes() const { return (kBytes + payloadBytes + 7) & ~std::size_t{7}; }
};

/// Appends the sealed entry, padded, to `into`; sets and gives its tag.
Tag sealLogEntry(EpochCiphers& ciphers, const EpochSalt& salt, std::uint64_t fileOffset, LogEntryHead head, ByteView payload, Bytes& into);

/// The head at the start of `bytes`, if it could be one and its payload fits into them.
std::optional<LogEntryHead> parseLogEntryHead(ByteView bytes);

/// Opens the payload of the entry at the start of `bytes`. False: not an entry that stood at this place under this epoch.
bool openLogEntry(EpochCiphers& ciphers, const EpochSalt& salt, std::uint64_t fileOffset, const LogEntryHead& head, ByteView bytes, Bytes& payload);

} // namespace blazedb::storage
