// The native form as somebody sees it who does not write it: without a lock, while another process may be writing. Nothing is written.
// Source: FORMAT.md, "Observing".
#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <set>

#include "engine/base/reader_marks.h"
#include "engine/storage/native_store.h"

namespace blazedb::storage {

/// Any thread. Snapshots may outlive it.
///
/// What is seen is always one commit, whole, and never an older one than before. A commit shows as soon as its log entry is in the file, which may be a
/// moment before it is durable. Pages that a shown state needs are kept by the writer while a snapshot of it lives, for StoreOptions::observerPatience of
/// the writer (10 s); after that, or where the file system has no marks, reading may end with Conflict: take a new snapshot and start over. Only
/// damage to the file as it stands is Corruption.
class ObservedStore final : public RowStore {
public:
    /// `file` is open for reading. Errors: as NativeStore::open, and Conflict (still moving after the retries).
    static Result<std::unique_ptr<ObservedStore>> open(std::unique_ptr<File> file, const Credential& credential, const NativeStore::Environment& environment);

    /// Picks up what was committed since; whether anything was. With nothing new it costs a few small reads, about 30 µs. Errors: Conflict, Corruption, Io;
    /// what was seen before stays readable.
    Result<bool> refresh();

    /// After a refresh.
    Result<std::shared_ptr<const RowSnapshot>> snapshot() override;
    /// Of the state that the last refresh found. Does not look at the file.
    [[nodiscard]] std::shared_ptr<const NativeSnapshot> nativeSnapshot() const;
    /// Of the state that the last refresh found; pages in use by its free list. Errors: as reading.
    [[nodiscard]] Result<StoreFigures> figures() const;
    /// As NativeStore::verify, of the state that the last refresh found. While a writer goes on, what looks like damage may be its work: errors also
    /// Conflict, and findings count only when the file did not change meanwhile.
    Result<std::vector<StoreFinding>> verify(const std::stop_token& stop, const VerifyProgress& onProgress = {}) const;
    Result<std::vector<StoreFinding>> verifyFixedPlaces() const { return findInFixedPlaces(*m_core); }
    /// Whether the writer knows that this state is read.
    [[nodiscard]] bool isAnnounced() const { return m_isAnnounced; }

private:
    /// A header that shown states are built on.
    struct Base {
        std::uint64_t shown = 0; ///< Sequence that was shown.
        std::uint64_t sequence = 0; ///< The header's: this is what the writer is told.
        std::uint64_t generation = 0;
    };
    struct Bases {
        std::mutex mutex;
        std::deque<Base> shown; ///< Oldest first.
    };

    explicit ObservedStore(std::shared_ptr<StoreCore> core);
    [[nodiscard]] Header shownHeader() const;
    Result<void> look();
    Result<void> load(const Header& header);
    Result<void> replayLog();
    Result<void> announce(std::uint64_t sequence);
    void forgetOldBases();

    std::shared_ptr<StoreCore> m_core;
    std::shared_ptr<Bases> m_bases; ///< Shared with what explains mismatches, which lives as long as the core.
    ReaderMarks* const m_marks;     ///< Of the core's file; null where it has none.
    std::atomic<bool> m_isAnnounced{false};
    std::mutex m_refreshing;
    std::set<std::uint64_t> m_announced; ///< Guarded by m_refreshing.
    bool m_hasState = false;             ///< Guarded by m_refreshing.
};

} // namespace blazedb::storage
