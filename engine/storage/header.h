// The header slots and the witness. A header names one checkpoint: the catalogue of trees, the free pages, and where the log goes
// on. Two slots take turns; the witness says which generation was the newest, so that its loss is seen and never
// papered over by the older slot. Source: FORMAT.md, "Header".
#pragma once

#include <optional>

#include "engine/base/file_system.h"
#include "engine/base/result.h"
#include "engine/storage/key_area.h"
#include "engine/storage/layout.h"

namespace blazedb::storage {

/// A run of pages that holds log entries. No pages: no extent.
struct LogExtent {
    PageNumber firstPage = 0;
    std::uint32_t pages = 0;

    [[nodiscard]] std::uint64_t bytes() const { return std::uint64_t{pages} * kPageBytes; }
    friend bool operator==(const LogExtent&, const LogExtent&) = default;
};

/// Where the log goes on, and what the next entry is chained to.
struct LogPosition {
    LogExtent current;
    LogExtent next;
    std::uint64_t offset = 0; ///< In `current`, in bytes; a multiple of 8.
    std::uint64_t lsn = 1;    ///< Of the entry that will stand there.
    Tag previousTag{};

    friend bool operator==(const LogPosition&, const LogPosition&) = default;
};

struct Header {
    std::uint64_t generation = 1;
    std::uint64_t sequence = 0; ///< Commits up to this one are in the trees.
    std::uint64_t writtenAtMs = 0; ///< Since 1970-01-01T00:00:00Z.
    RunRef catalogue; ///< No bytes: no trees.
    RunRef freeList;
    std::uint32_t pageCount = kFirstPage; ///< Pages the free list speaks of; later ones are free.
    LogPosition log;
    EpochSalt logSalt{}; ///< Of the entries from `log` on.

    friend bool operator==(const Header&, const Header&) = default;
};

/// What the header's and the witness's codes are made with. Any thread.
class HeaderKeys {
public:
    HeaderKeys(ByteView dataKey, const FileId& fileId);

    [[nodiscard]] Bytes encode(const Header& header) const; ///< kBlockBytes.
    /// Nullopt: never written, torn, damaged, or of another file.
    [[nodiscard]] std::optional<Header> decode(ByteView block) const;
    [[nodiscard]] Bytes encodeWitness(std::uint64_t generation) const;
    [[nodiscard]] std::optional<std::uint64_t> decodeWitness(ByteView block) const;

private:
    SecureBytes m_headerKey;
    SecureBytes m_witnessKey;
};

struct HeaderReading {
    Header header;
    std::array<bool, 2> isSound{};
    bool isWitnessSound = false;
};

/// The newest header. Errors: Corruption (none is sound, or the newest is lost: the witness knows a later one), Io.
Result<HeaderReading> readHeader(const File& file, const HeaderKeys& keys);

/// Writes the header to its slot, makes it durable, then the witness. Everything the header names is durable before.
/// Errors: ResourceExhausted, Io.
Result<void> writeHeader(File& file, const HeaderKeys& keys, const Header& header);

} // namespace blazedb::storage
