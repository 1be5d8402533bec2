// The commit log, both sides. It lies in extents of the same file, written ahead with zeros, so that a commit overwrites and syncs
// once, and the file's size does not change with it. Source: FORMAT.md, "Log".
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "engine/storage/log_entry.h"

namespace blazedb::storage {

/// Appends commits. Thread-safety: none; the commit lane serialises. After a failed write or sync the log refuses everything: what is in
/// the file can only be told by reading it anew.
class LogWriter {
public:
    struct ExtentSizes {
        std::uint32_t pages = 128;
        std::uint32_t firstPages = 8; ///< Of a new or cleanly closed file.
    };
    /// Where the pages of extents come from.
    struct Space {
        /// What it gives was written before, or is past the end of the file.
        std::function<Result<PageNumber>(std::uint32_t pages)> take;
        std::function<void(const LogExtent&)> giveBack;
    };

    LogWriter(File& file, EpochCiphers& ciphers, const ExtentSizes& sizes, Space space);

    /// Goes on at `position`, where a reader found the end, under a new epoch. Everything before is durable.
    void start(const LogPosition& position, const EpochSalt& salt);
    /// Two small extents of zeros for a log that starts there; their pages are the caller's to free if it is given up.
    Result<LogPosition> makeFirstExtents(const LogPosition& after);

    /// Appends a commit as one entry or several; not durable yet. Every extent that it goes on in is made before its first entry is written, so a full
    /// disk is met while nothing is in the log, and the log stays usable. Errors: ResourceExhausted, Io.
    Result<void> append(ByteView payload);
    /// What was appended up to `lsn` is durable now. Any thread.
    void markDurable(std::uint64_t lsn);
    /// The error that broke the log.
    [[nodiscard]] const std::optional<Error>& broken() const { return m_broken; }

    [[nodiscard]] const LogPosition& position() const { return m_position; }
    [[nodiscard]] const EpochSalt& salt() const { return m_salt; }
    [[nodiscard]] std::uint64_t lastLsn() const { return m_position.lsn - 1; }
    [[nodiscard]] std::uint64_t bytesSinceStart() const { return m_bytes; }
    void forgetBytes() { m_bytes = 0; }
    /// Extents that were left since the last call, to be freed when no header names them.
    std::vector<LogExtent> takeLeftExtents() { return std::exchange(m_left, {}); }

private:
    Result<void> writeEntry(LogEntryKind kind, ByteView payload);
    [[nodiscard]] std::size_t switchesFor(std::size_t payloadBytes) const;
    Result<void> prepareExtents(std::size_t count);
    Result<void> switchExtent();
    Result<LogExtent> makeExtent(std::uint32_t pages);

    File& m_file;
    EpochCiphers& m_ciphers;
    ExtentSizes m_sizes;
    Space m_space;
    std::vector<LogExtent> m_prepared; ///< For the commit that is being appended.
    LogPosition m_position;
    EpochSalt m_salt{};
    std::atomic<std::uint64_t> m_durableLsn{0};
    std::uint64_t m_bytes = 0;
    std::vector<LogExtent> m_left;
    std::optional<Error> m_broken;
    Bytes m_buffer;
};

/// Reads commits from a header's position on. Thread-safety: none; one owner.
class LogReader {
public:
    LogReader(const File& file, EpochCiphers& ciphers, const LogPosition& from, const EpochSalt& salt);

    /// The next whole commit; nullopt at the end of what is authentic.
    /// Errors: Corruption (an entry is damaged that was durable: a later one proves it), Io.
    Result<std::optional<Bytes>> next();
    /// One past the last whole commit.
    [[nodiscard]] const LogPosition& end() const { return m_end; }
    /// The last entry of the commit that next() gave.
    [[nodiscard]] std::uint64_t lastLsn() const { return m_position.lsn - 1; }
    /// The greatest number that an entry read so far knows to be durable.
    [[nodiscard]] std::uint64_t durableLsn() const { return m_durableLsn; }
    /// The commit that next() gave last does not count: end() is before it. Ends the reading.
    void takeBack() { m_end = m_endBefore; }
    /// Every extent met, the first and the prepared one included.
    [[nodiscard]] const std::vector<LogExtent>& extents() const { return m_extents; }

private:
    Result<void> loadExtent(const LogExtent& extent);
    Result<bool> readEntry(LogEntryHead& head, Bytes& payload);
    Result<bool> tryAt(const LogExtent& extent, ByteView bytes, std::uint64_t offset, LogEntryHead& head, Bytes& payload);
    Result<void> lookForLater();
    [[nodiscard]] bool hasProofAfter(const LogExtent& extent, ByteView bytes, std::uint64_t from);

    const File& m_file;
    EpochCiphers& m_ciphers;
    EpochSalt m_salt;
    LogPosition m_position; ///< Of the next entry.
    LogPosition m_end;
    LogPosition m_endBefore;
    std::uint64_t m_durableLsn = 0;
    std::vector<LogExtent> m_extents;
    LogExtent m_loaded;
    Bytes m_bytes; ///< Of m_loaded.
};

/// Whether something that looks like the next entry stands at `position`, or at the start of the extent after it: two small reads, nothing is authenticated.
/// Errors: Io.
Result<bool> logGoesOn(const File& file, const LogPosition& position);

} // namespace blazedb::storage
