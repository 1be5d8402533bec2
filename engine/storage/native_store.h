// The native form of a database, one open file `.blaze`: trees of byte rows, encrypted, with atomic commits and snapshots.
// Source: README.md and FORMAT.md in this folder.
#pragma once

#include <memory>
#include <string>

#include "engine/storage/native_snapshot.h"
#include "engine/storage/store_verifier.h"
#include "engine/storage/write_batch.h"

namespace blazedb::storage {

enum class Access { ReadOnly, ReadWrite };

/// Any thread. Snapshots and batches may outlive it, but cannot write after close().
class NativeStore final : public RowStore {
public:
    struct Environment {
        Random& random = systemRandom();
        Clock& clock = systemClock();
        StoreOptions options;
        /// Who opens it for writing, for people: "blazedb, process 123". Stands in the file as plain text while it is open.
        std::string holder;
    };
    static constexpr std::size_t kMaxHolderBytes = 255;

    /// Makes an empty database in an empty file, and opens it. The file is durable afterwards; its name is the caller's.
    /// Errors: InvalidArgument (credential or cost, see KeyArea::add; a file that is not empty), ResourceExhausted, Io.
    static Result<std::unique_ptr<NativeStore>> create(std::unique_ptr<File> file, const Credential& credential, const PasswordCost& cost,
                                                       const Environment& environment);
    /// The same under keys that exist; its first commit is `sequence` + 1. For copies.
    static Result<std::unique_ptr<NativeStore>> createWithKeys(std::unique_ptr<File> file, StoreKeys keys, std::uint64_t sequence, const Environment& environment);
    /// Opens, and brings back every commit that was acknowledged. For reading only nothing is written: what the log holds is replayed in memory.
    /// Errors: InvalidArgument (not such a file), Unsupported (newer), Unauthenticated (wrong password or key file), Corruption (with the place),
    /// ResourceExhausted, Io.
    static Result<std::unique_ptr<NativeStore>> open(std::unique_ptr<File> file, const Credential& credential, Access access,
                                                     const Environment& environment);
    /// Who last opened the file for writing and has not closed it; empty when nobody did. Needs no key, and may be wrong: only the lock is sure.
    static std::string holderOf(const File& file);
    ~NativeStore() override; ///< As close(), without a report.

    /// Waits for the batch that is being made, writes what is only in the log to its place, moves nodes from the end of the file into free pages (for
    /// StoreOptions::closeShrinkTime at most) and gives the log's and the last free pages back. Afterwards nothing is written any more. Errors: ResourceExhausted, Io; what was acknowledged is in the file all the same.
    Result<void> close();

    Result<std::shared_ptr<const RowSnapshot>> snapshot() override;
    [[nodiscard]] std::shared_ptr<const NativeSnapshot> nativeSnapshot() const;

    /// Waits for the batch before. Errors: FailedPrecondition (opened for reading only), the error that closed the store for writing.
    Result<std::unique_ptr<WriteBatch>> begin();
    /// Makes every buffered commit durable. Errors: Io.
    Result<void> sync();
    /// The same once a commit has waited for StoreOptions::timedSync; nothing otherwise. For whoever has a thread: called every so often, it bounds
    /// what a power cut costs after the last of some commits of Durability::Timed. Errors: Io.
    Result<void> syncIfDue();
    /// Nodes or log have grown so much that a checkpoint is due. A commit makes one itself at the hard limits.
    [[nodiscard]] bool wantsCheckpoint() const;
    Result<void> checkpoint();

    /// Moves nodes from the end of the file into free pages before it, in bounded commits that change no row, and cuts the end off. Readers and
    /// commits go on; what live snapshots hold, and large values, stays where it is. Errors: Cancelled (what was moved stays moved), as checkpoint.
    Result<void> shrink(const std::stop_token& stop);

    [[nodiscard]] StoreFigures figures() const;
    [[nodiscard]] std::vector<KeyArea::SlotFacts> keySlots() const;
    /// Adds a key slot, or takes one out; no data is rewritten. Errors: as KeyArea's, and Io.
    Result<std::size_t> addKey(const Credential& credential, const PasswordCost& cost, std::string_view label);
    Result<void> removeKey(std::size_t slot);
    /// For a copy of this file: what it is opened with now, or a new data key for those who are given (see renewKeys).
    [[nodiscard]] StoreKeys sameKeys() const;
    [[nodiscard]] Result<StoreKeys> newKeys(std::span<const Credential> credentials, Random& random, const Clock& clock) const;
    /// Takes slots out and puts one in, in one write: after a crash either the old ones open the file or the new one does. Gives its index. Errors: as
    /// addKey and removeKey; then nothing is changed.
    Result<std::size_t> replaceKeys(const std::vector<std::size_t>& old, const Credential& credential, const PasswordCost& cost, std::string_view label);

    /// Reads everything that the newest header names: every node, value, order of keys, count, and that no page has two owners and none that is
    /// in use is free; both copies of key area and header. Checkpoints wait meanwhile. Errors: Cancelled, Io; what is damaged is a finding.
    Result<std::vector<StoreFinding>> verify(const std::stop_token& stop, const VerifyProgress& onProgress = {}) const;
    /// The part of it that costs nothing: both copies of the key area, both header slots, the witness. Errors: Corruption (no header can be used), Io.
    Result<std::vector<StoreFinding>> verifyFixedPlaces() const;

private:
    NativeStore(std::shared_ptr<StoreCore> core, Access access, std::string holder);
    Result<void> recover(const Header& header);
    Result<void> beginWriting(const LogPosition& logEnd);
    /// Keeps every free page that observers of older states may still read. The caller holds the lane and `checkpoints`.
    Result<void> keepPagesOfObservers();
    Result<void> writeHolder(std::string_view holder);
    /// Writes what is only in memory to its place and lets the log go on in two small extents. The caller holds the lane and `checkpoints`.
    Result<void> checkpointWithSmallLog();
    /// The part of shrink() that close() has time for.
    Result<void> shrinkForClose(StoreLocks& locks);
    /// Cuts free pages at the end off. The caller holds the lane and `checkpoints`.
    Result<void> cutEnd();
    Result<void> makeRoom();

    std::shared_ptr<StoreCore> m_core;
    Access m_access;
    std::string m_holder;
    bool m_isClosed = false; ///< Guarded by the lane.
};

} // namespace blazedb::storage
