// All transactions of one store: begins them, tells who is live, keeps what is needed to find conflicts, and feeds the changes to watchers.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>

#include "engine/txn/change_feed.h"
#include "engine/txn/commit_history.h"
#include "engine/txn/transaction.h"

namespace blazedb::txn {

struct TransactionLimits {
    std::size_t maxLive = 1000;
    /// Private writes above which a transaction goes on in the store's commit lane.
    std::size_t maxPrivateBytes = std::size_t{16} << 20;
    bool keepsChanges = true; ///< Whether changes() is fed: costs one look at each row that is written.
};

struct TransactionFigures {
    std::uint64_t begun = 0;
    std::uint64_t committed = 0;
    std::uint64_t conflicted = 0;
    std::uint64_t rolledBack = 0;
    std::uint64_t remembered = 0; ///< Rows kept to find conflicts.
};

struct LiveTransaction {
    std::uint64_t id = 0;
    std::uint64_t snapshotSequence = 0;
    std::chrono::steady_clock::time_point begunAt;
};

/// Any thread. The only writer of its store: what others commit would be unknown to it. Works without a background thread.
class Transactions {
public:
    /// Borrows the store and the clock; both outlive it.
    Transactions(storage::NativeStore& store, Clock& clock, const TransactionLimits& limits = {});

    /// Costs the same whatever the database holds. Errors: ResourceExhausted (too many are live); for Bulk as NativeStore::begin.
    Result<std::unique_ptr<Transaction>> begin(Isolation isolation = Isolation::Snapshot);
    /// Oldest first: who keeps pages from being used again.
    [[nodiscard]] std::vector<LiveTransaction> live() const;
    /// Ends somebody else's transaction: its snapshot is given up at once, its next call fails with Cancelled. Waits for a call in progress.
    /// Errors: NotFound.
    Result<void> end(std::uint64_t id);

    [[nodiscard]] ChangeFeed& changes() { return m_changes; }
    [[nodiscard]] TransactionFigures figures() const;

private:
    friend Transaction;
    struct Entry {
        Transaction* transaction = nullptr;
        LiveTransaction facts;
    };
    struct State {
        std::map<std::uint64_t, Entry> live;
        std::map<std::uint64_t, std::size_t> snapshots; ///< Live ones, by sequence.
        CommitHistory history;
        TransactionFigures figures;
        std::uint64_t nextId = 1;
        std::uint64_t newestOrdinary = 0; ///< Commit, in the lane or published, of a transaction that did not stay aside.
        explicit State(std::uint64_t sequence)
            : history(sequence)
        {
        }
    };
    [[nodiscard]] std::uint64_t newestOrdinary() const;
    void leave(std::uint64_t id, std::uint64_t snapshotSequence);
    void forgetOld(State& state) const;

    storage::NativeStore& m_store;
    Clock& m_clock;
    const TransactionLimits m_limits;
    ChangeFeed m_changes;
    std::mutex m_ending; ///< Held while end() works, and taken by a transaction that goes, so that it does not go meanwhile.
    mutable std::mutex m_mutex; ///< Never held while a transaction's own is taken.
    State m_state;
};

} // namespace blazedb::txn
