// One transaction: reads a snapshot and its own writes, collects its writes privately, and commits them together or not at all.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/storage/native_store.h"
#include "engine/txn/change_feed.h"
#include "engine/txn/write_set.h"

namespace blazedb::txn {

class Transactions;

enum class Isolation {
    Snapshot,     ///< Reads one state; of two that write the same row, the first to commit wins.
    Serializable, ///< And nothing that was read - rows, and ranges of rows - was written by another meanwhile.
    Bulk          ///< Serializable by holding the commit lane from the start: others wait to commit. For writes of any number, larger than memory too.
};

/// Thread-safety: used by one thread at a time; Transactions::end may come from another. Rolls back when it is destroyed. Must not
/// outlive its Transactions. After Conflict or Cancelled only rollback() is left.
class Transaction {
public:
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    [[nodiscard]] std::uint64_t id() const { return m_id; }
    /// The commit whose state it reads.
    [[nodiscard]] std::uint64_t snapshotSequence() const { return m_snapshotSequence; }

    // Errors of all: Cancelled (ended by Transactions::end), Corruption, Io.
    /// Nullopt: no such row.
    Result<std::optional<Bytes>> get(std::string_view tree, ByteView key);
    /// Own writes included, keys ascending from `from` (included) to `to` (excluded; empty: to the end), until `visit` says false.
    /// The views last for the call.
    using Visit = std::function<bool(ByteView key, ByteView value)>;
    Result<void> scan(std::string_view tree, ByteView from, ByteView to, const Visit& visit);

    /// The tree is made when there is none. Errors also: InvalidArgument (limits of the store), Conflict (too much for memory, and the newest
    /// state is not the one it reads: begin anew as Bulk), ResourceExhausted (too much for memory while a savepoint is open, or for Bulk: a full disk).
    Result<void> put(std::string_view tree, ByteView key, ByteView value);
    Result<void> erase(std::string_view tree, ByteView key);

    // Savepoints nest; a name may come again, the newest is meant. Going back keeps the savepoint, releasing takes it and later ones.
    // Errors: NotFound; FailedPrecondition (Bulk has none).
    Result<void> savepoint(std::string_view name);
    Result<void> rollbackTo(std::string_view name);
    Result<void> release(std::string_view name);

    /// Gives the commit's sequence. Errors: Conflict (see conflicts()), and those of WriteBatch::commit.
    Result<std::uint64_t> commit(storage::Durability durability = storage::Durability::Synced);
    void rollback();
    /// Commit fails with Conflict if another commit writes this row meanwhile, whatever the isolation: for what the writes rest on.
    void expectUnchanged(std::string_view tree, ByteView key);
    /// Its commit does not stand in the way of a transaction that began before and goes on in the lane: nobody who reads an older
    /// state can tell. For rows that are only ever added, such as names.
    void stayAside() { m_isAside = true; }
    /// Whether it holds the commit lane: Bulk, or grown too large for memory. Another commit on this thread would wait for ever.
    [[nodiscard]] bool holdsLane() const;
    /// After Conflict: the rows, at most ten.
    [[nodiscard]] const std::vector<RowName>& conflicts() const { return m_conflicts; }

private:
    friend Transactions;
    struct Savepoint {
        std::string name;
        WriteSet::Mark mark = 0;
    };
    Transaction(Transactions& owner, std::uint64_t id, Isolation isolation, std::shared_ptr<const storage::NativeSnapshot> snapshot,
                std::unique_ptr<storage::WriteBatch> batch);

    Result<void> checkLive() const;
    Result<void> write(std::string_view tree, ByteView key, std::optional<ByteView> value);
    Result<void> writeToBatch(std::string_view tree, ByteView key, std::optional<ByteView> value);
    /// Takes the lane and goes on writing into the store's own memory and free pages. Gives the lock up while it waits for the lane.
    Result<void> escalate(std::unique_lock<std::mutex>& lock);
    Result<void> apply(storage::WriteBatch& batch) const;
    Result<void> checkConflicts(std::uint64_t newest);
    /// What each row was before, in the order of the write set. Nullopt: there was none.
    Result<std::vector<std::optional<Bytes>>> rowsBefore(const storage::WriteBatch& batch) const;
    std::vector<RowChange> changesSince(std::vector<std::optional<Bytes>> before) const;
    void noteRead(std::string_view tree, std::string from, std::string to);
    Result<void> scanBatch(std::string_view tree, ByteView from, ByteView to, const Visit& visit);
    Result<void> scanMerged(std::string_view tree, ByteView from, ByteView to, const Visit& visit, std::string& readTo);
    void finish();
    void endFromOutside();

    Transactions& m_owner;
    const std::uint64_t m_id;
    const Isolation m_isolation;
    std::uint64_t m_snapshotSequence;
    mutable std::mutex m_mutex; ///< Held during each call, so that ending from outside waits for it; taken after the lane, never before.
    // Guarded by it:
    std::shared_ptr<const storage::NativeSnapshot> m_snapshot; ///< Null once it is over.
    std::unique_ptr<storage::WriteBatch> m_batch;              ///< Bulk, or escalated.
    bool m_wasEnded = false;
    bool m_isAside = false; ///< Its own thread's alone.
    std::shared_ptr<WriteSet> m_writes = std::make_shared<WriteSet>(); ///< Shared with the history of commits in the end; null once it is over.
    std::vector<Savepoint> m_savepoints;
    std::vector<KeyRange> m_reads;
    std::vector<RowName> m_conflicts;
};

} // namespace blazedb::txn
