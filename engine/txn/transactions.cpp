#include "engine/txn/transactions.h"

namespace blazedb::txn {

Transactions::Transactions(storage::NativeStore& store, Clock& clock, const TransactionLimits& limits)
    : m_store(store)
    , m_clock(clock)
    , m_limits(limits)
    , m_changes(store.nativeSnapshot()->sequence())
    , m_state(store.nativeSnapshot()->sequence())
{
}

Result<std::unique_ptr<Transaction>> Transactions::begin(Isolation isolation)
{
    std::unique_ptr<storage::WriteBatch> batch;
    if (isolation == Isolation::Bulk) {
        BLAZE_TRY_VALUE(batch, m_store.begin());
    }
    const std::lock_guard lock(m_mutex);
    if (m_state.live.size() >= m_limits.maxLive)
        return Error{ErrorCode::ResourceExhausted, std::to_string(m_state.live.size()) + " transactions are live; end one first"};
    // Under the lock, so that no commit between the snapshot and its entry here can be forgotten.
    auto snapshot = m_store.nativeSnapshot();
    const std::uint64_t sequence = snapshot->sequence();
    const std::uint64_t id = m_state.nextId++;
    auto transaction = std::unique_ptr<Transaction>(new Transaction(*this, id, isolation, std::move(snapshot), std::move(batch))); // private constructor
    m_state.live.emplace(id, Entry{transaction.get(), {id, sequence, m_clock.steadyNow()}});
    ++m_state.snapshots[sequence];
    ++m_state.figures.begun;
    return transaction;
}

std::vector<LiveTransaction> Transactions::live() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<LiveTransaction> all;
    for (const auto& [id, entry] : m_state.live) all.push_back(entry.facts);
    return all;
}

Result<void> Transactions::end(std::uint64_t id)
{
    // The entry is taken out first: a transaction that ends by itself meanwhile waits in leave() for this lock, and is still there.
    const std::lock_guard ending(m_ending);
    Transaction* transaction = nullptr;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_state.live.find(id);
        if (found == m_state.live.end()) return Error{ErrorCode::NotFound, "no live transaction " + std::to_string(id)};
        transaction = found->second.transaction;
    }
    transaction->endFromOutside();
    return {};
}

std::uint64_t Transactions::newestOrdinary() const
{
    const std::lock_guard lock(m_mutex);
    return m_state.newestOrdinary;
}

void Transactions::leave(std::uint64_t id, std::uint64_t snapshotSequence)
{
    const std::lock_guard lock(m_mutex);
    m_state.live.erase(id);
    const auto snapshot = m_state.snapshots.find(snapshotSequence);
    if (snapshot != m_state.snapshots.end() && --snapshot->second == 0) m_state.snapshots.erase(snapshot);
    forgetOld(m_state);
}

void Transactions::forgetOld(State& state) const
{
    // A transaction that begins now reads at least what is published now.
    state.history.forgetUpTo(state.snapshots.empty() ? m_store.nativeSnapshot()->sequence() : state.snapshots.begin()->first);
}

TransactionFigures Transactions::figures() const
{
    const std::lock_guard lock(m_mutex);
    TransactionFigures figures = m_state.figures;
    figures.remembered = m_state.history.rowCount();
    return figures;
}

} // namespace blazedb::txn
