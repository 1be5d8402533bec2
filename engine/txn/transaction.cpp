#include "engine/txn/transaction.h"

#include <algorithm>

#include "engine/base/assert.h"
#include "engine/txn/transactions.h"

namespace blazedb::txn {

namespace {

constexpr std::size_t kMaxReadRanges = 100'000;

std::string textOf(ByteView bytes)
{
    return std::string(asText(bytes));
}

/// The least key that is greater than `key`.
std::string justAfter(std::string key)
{
    key.push_back('\0');
    return key;
}

} // namespace

Transaction::Transaction(Transactions& owner, std::uint64_t id, Isolation isolation, std::shared_ptr<const storage::NativeSnapshot> snapshot,
                         std::unique_ptr<storage::WriteBatch> batch)
    : m_owner(owner)
    , m_id(id)
    , m_isolation(isolation)
    , m_snapshotSequence(snapshot->sequence())
    , m_snapshot(std::move(snapshot))
    , m_batch(std::move(batch))
{
}

Transaction::~Transaction()
{
    rollback();
    // Somebody may be ending it from outside just now.
    const std::lock_guard ending(m_owner.m_ending);
}

Result<void> Transaction::checkLive() const
{
    if (m_wasEnded) return Error{ErrorCode::Cancelled, "the transaction was ended from outside"};
    BLAZE_ASSERT(m_snapshot != nullptr);
    return {};
}

void Transaction::noteRead(std::string_view tree, std::string from, std::string to)
{
    if (m_isolation != Isolation::Serializable) return;
    if (m_reads.size() >= kMaxReadRanges) {
        // Too many to tell apart: all of their trees count as read.
        std::vector<KeyRange> whole;
        for (const KeyRange& range : m_reads)
            if (whole.empty() || whole.back().tree != range.tree) whole.push_back({range.tree, {}, {}});
        m_reads = std::move(whole);
    }
    m_reads.push_back({std::string(tree), std::move(from), std::move(to)});
}

void Transaction::expectUnchanged(std::string_view tree, ByteView key)
{
    const std::lock_guard lock(m_mutex);
    if (m_batch) return; // nobody else commits
    const std::string row = textOf(key);
    m_reads.push_back({std::string(tree), row, justAfter(row)});
}

bool Transaction::holdsLane() const
{
    const std::lock_guard lock(m_mutex);
    return m_batch != nullptr;
}

Result<std::optional<Bytes>> Transaction::get(std::string_view tree, ByteView key)
{
    const std::lock_guard lock(m_mutex);
    BLAZE_TRY(checkLive());
    if (m_batch) {
        const storage::TreeState* state = m_batch->roots().find(tree);
        if (state == nullptr) return std::optional<Bytes>{};
        BLAZE_TRY_VALUE(const auto found, m_batch->find(state->id, key));
        if (!found) return std::optional<Bytes>{};
        BLAZE_TRY_VALUE(Bytes value, m_batch->copyValue(*found));
        return std::optional<Bytes>(std::move(value));
    }
    if (const WriteSet::Value* own = m_writes->find(tree, key)) {
        if (!*own) return std::optional<Bytes>{};
        return std::optional<Bytes>(std::in_place, (*own)->begin(), (*own)->end());
    }
    if (m_isolation == Isolation::Serializable) noteRead(tree, textOf(key), justAfter(textOf(key)));
    const storage::NativeTree* state = m_snapshot->tree(tree);
    if (state == nullptr) return std::optional<Bytes>{};
    BLAZE_TRY_VALUE(const auto found, state->find(key));
    if (!found) return std::optional<Bytes>{};
    BLAZE_TRY_VALUE(Bytes value, state->copyValue(*found));
    return std::optional<Bytes>(std::move(value));
}

Result<void> Transaction::scan(std::string_view tree, ByteView from, ByteView to, const Visit& visit)
{
    const std::lock_guard lock(m_mutex);
    BLAZE_TRY(checkLive());
    if (m_batch) return scanBatch(tree, from, to, visit);
    std::string readTo = textOf(to);
    auto outcome = scanMerged(tree, from, to, visit, readTo);
    noteRead(tree, textOf(from), std::move(readTo));
    return outcome;
}

Result<void> Transaction::scanBatch(std::string_view tree, ByteView from, ByteView to, const Visit& visit)
{
    const storage::TreeState* state = m_batch->roots().find(tree);
    if (state == nullptr) return {};
    storage::TreeCursor cursor = m_batch->cursor(*state);
    BLAZE_TRY_VALUE(bool isOnRow, cursor.seek(from));
    while (isOnRow && (to.empty() || storage::compareKeys(cursor.key(), to) < 0)) {
        BLAZE_TRY_VALUE(const Bytes value, m_batch->copyValue(cursor.value()));
        if (!visit(cursor.key(), value)) return {};
        BLAZE_TRY_VALUE(isOnRow, cursor.next());
    }
    return {};
}

Result<void> Transaction::scanMerged(std::string_view tree, ByteView from, ByteView to, const Visit& visit, std::string& readTo)
{
    static const WriteSet::Rows kNoRows;
    const WriteSet::Rows* written = m_writes->rows(tree);
    const WriteSet::Rows& ownRows = written == nullptr ? kNoRows : *written;
    auto own = ownRows.lower_bound(asText(from));
    const auto ownIsOn = [&] { return own != ownRows.end() && (to.empty() || storage::compareKeys(asBytes(own->first), to) < 0); };
    const storage::NativeTree* state = m_snapshot->tree(tree);
    std::optional<storage::TreeCursor> cursor;
    bool isOnRow = false;
    if (state != nullptr) {
        cursor.emplace(state->cursor());
        BLAZE_TRY_VALUE(isOnRow, cursor->seek(from));
    }
    while (true) {
        const bool isStored = isOnRow && (to.empty() || storage::compareKeys(cursor->key(), to) < 0);
        if (!isStored && !ownIsOn()) return {};
        const int order = !isStored ? 1 : !ownIsOn() ? -1 : storage::compareKeys(cursor->key(), asBytes(own->first));
        bool goesOn = true;
        std::string key;
        if (order < 0) {
            key = textOf(cursor->key());
            if (const auto value = cursor->value(); value.run()) {
                BLAZE_TRY_VALUE(const Bytes large, state->copyValue(value));
                goesOn = visit(asBytes(key), large);
            } else {
                goesOn = visit(asBytes(key), value.bytes());
            }
        } else {
            key = own->first;
            if (own->second) goesOn = visit(asBytes(key), *own->second);
            ++own;
        }
        if (!goesOn) {
            readTo = justAfter(std::move(key));
            return {};
        }
        if (order <= 0) {
            BLAZE_TRY_VALUE(isOnRow, cursor->next());
        }
    }
}

Result<void> Transaction::put(std::string_view tree, ByteView key, ByteView value)
{
    if (key.size() > storage::kMaxKeyBytes) return Error{ErrorCode::InvalidArgument, "a key has at most 1024 bytes"};
    if (value.size() > storage::kMaxValueBytes) return Error{ErrorCode::InvalidArgument, "a value has at most 1 GiB"};
    if (tree.empty() || tree.size() > 255) return Error{ErrorCode::InvalidArgument, "a tree's name has 1 to 255 bytes"};
    return write(tree, key, value);
}

Result<void> Transaction::erase(std::string_view tree, ByteView key)
{
    return write(tree, key, std::nullopt);
}

Result<void> Transaction::write(std::string_view tree, ByteView key, std::optional<ByteView> value)
{
    std::unique_lock lock(m_mutex);
    BLAZE_TRY(checkLive());
    if (m_batch) return writeToBatch(tree, key, value);
    m_writes->set(tree, key, value);
    if (m_writes->bytes() <= m_owner.m_limits.maxPrivateBytes) return {};
    if (m_savepoints.empty()) m_writes->forgetMarks();
    if (m_writes->bytes() <= m_owner.m_limits.maxPrivateBytes) return {};
    return escalate(lock);
}

Result<void> Transaction::writeToBatch(std::string_view tree, ByteView key, std::optional<ByteView> value)
{
    if (!value) {
        const storage::TreeState* state = m_batch->roots().find(tree);
        if (state == nullptr) return {};
        BLAZE_TRY(m_batch->erase(state->id, key));
        return {};
    }
    BLAZE_TRY_VALUE(const std::uint32_t id, m_batch->openTree(tree));
    BLAZE_TRY(m_batch->put(id, key, *value));
    return {};
}

Result<void> Transaction::apply(storage::WriteBatch& batch) const
{
    for (const auto& [tree, rows] : m_writes->trees()) {
        const storage::TreeState* found = batch.roots().find(tree);
        bool isThere = found != nullptr;
        std::uint32_t id = isThere ? found->id : 0;
        for (const auto& [key, value] : rows) {
            if (value && !isThere) {
                BLAZE_TRY_VALUE(id, batch.openTree(tree));
                isThere = true;
            }
            if (value) {
                BLAZE_TRY(batch.put(id, asBytes(key), *value));
            } else if (isThere) {
                BLAZE_TRY(batch.erase(id, asBytes(key)));
            }
        }
    }
    return {};
}

Result<void> Transaction::escalate(std::unique_lock<std::mutex>& lock)
{
    if (!m_savepoints.empty())
        return Error{ErrorCode::ResourceExhausted, "the transaction is too large for memory, and a savepoint is open; release it, or write less"};
    lock.unlock();
    auto begun = m_owner.m_store.begin();
    lock.lock();
    BLAZE_TRY_VALUE(auto batch, std::move(begun));
    BLAZE_TRY(checkLive());
    // From here on it reads what it builds on, so that must be what it has read all along.
    if (m_owner.newestOrdinary() > m_snapshotSequence)
        return Error{ErrorCode::Conflict, "the transaction is too large for memory, and others have committed since it began; begin it anew as bulk"};
    BLAZE_TRY(apply(*batch));
    m_batch = std::move(batch);
    m_writes->clear();
    return {};
}

Result<void> Transaction::savepoint(std::string_view name)
{
    const std::lock_guard lock(m_mutex);
    BLAZE_TRY(checkLive());
    if (m_batch) return Error{ErrorCode::FailedPrecondition, "a bulk transaction has no savepoints"};
    m_savepoints.push_back({std::string(name), m_writes->mark()});
    return {};
}

Result<void> Transaction::rollbackTo(std::string_view name)
{
    const std::lock_guard lock(m_mutex);
    BLAZE_TRY(checkLive());
    const auto found = std::find_if(m_savepoints.rbegin(), m_savepoints.rend(), [name](const Savepoint& point) { return point.name == name; });
    if (found == m_savepoints.rend()) return Error{ErrorCode::NotFound, "no savepoint " + std::string(name)};
    m_writes->goBack(found->mark);
    m_savepoints.erase(found.base(), m_savepoints.end()); // later ones; the savepoint itself stays
    return {};
}

Result<void> Transaction::release(std::string_view name)
{
    const std::lock_guard lock(m_mutex);
    BLAZE_TRY(checkLive());
    const auto found = std::find_if(m_savepoints.rbegin(), m_savepoints.rend(), [name](const Savepoint& point) { return point.name == name; });
    if (found == m_savepoints.rend()) return Error{ErrorCode::NotFound, "no savepoint " + std::string(name)};
    m_savepoints.erase(std::prev(found.base()), m_savepoints.end());
    return {};
}

Result<void> Transaction::checkConflicts(std::uint64_t newest)
{
    const std::lock_guard lock(m_owner.m_mutex);
    if (newest == m_snapshotSequence) return {};
    auto found = m_owner.m_state.history.conflicts(m_snapshotSequence, *m_writes, m_reads);
    if (!found || !found->empty()) ++m_owner.m_state.figures.conflicted;
    if (!found) return std::move(found).error();
    m_conflicts = *std::move(found);
    if (m_conflicts.empty()) return {};
    return Error{ErrorCode::Conflict, std::to_string(m_conflicts.size()) + " row(s) were changed by a transaction that committed first"};
}

Result<std::vector<std::optional<Bytes>>> Transaction::rowsBefore(const storage::WriteBatch& batch) const
{
    std::vector<std::optional<Bytes>> before;
    before.reserve(m_writes->rowCount());
    for (const auto& [tree, rows] : m_writes->trees()) {
        const storage::TreeState* state = batch.roots().find(tree);
        for (const auto& [key, value] : rows) {
            before.emplace_back();
            if (state == nullptr) continue;
            BLAZE_TRY_VALUE(const auto found, batch.find(state->id, asBytes(key)));
            if (!found) continue;
            BLAZE_TRY_VALUE(before.back(), batch.copyValue(*found));
        }
    }
    return before;
}

std::vector<RowChange> Transaction::changesSince(std::vector<std::optional<Bytes>> before) const
{
    std::vector<RowChange> changes;
    changes.reserve(before.size());
    auto was = before.begin();
    for (const auto& [tree, rows] : m_writes->trees()) {
        for (const auto& [key, value] : rows) {
            if (*was || value) {
                changes.push_back({{tree, std::string(key)}, std::move(*was), std::nullopt});
                if (value) changes.back().after.emplace(value->begin(), value->end());
            }
            ++was;
        }
    }
    return changes;
}

Result<std::uint64_t> Transaction::commit(storage::Durability durability)
{
    std::unique_lock lock(m_mutex);
    BLAZE_TRY(checkLive());
    if (!m_batch && m_writes->rowCount() == 0) {
        finish();
        return m_snapshotSequence; // it only read, and a snapshot never conflicts
    }
    const bool isUnknown = m_batch != nullptr; // its rows were never kept
    std::vector<std::optional<Bytes>> before;
    if (!m_batch) {
        lock.unlock();
        auto begun = m_owner.m_store.begin();
        lock.lock();
        BLAZE_TRY_VALUE(auto batch, std::move(begun));
        BLAZE_TRY(checkLive());
        BLAZE_TRY(checkConflicts(batch->baseSequence()));
        if (m_owner.m_limits.keepsChanges) {
            BLAZE_TRY_VALUE(before, rowsBefore(*batch));
        }
        BLAZE_TRY(apply(*batch));
        m_batch = std::move(batch);
    }
    const std::uint64_t base = m_batch->baseSequence();
    {
        // Still in the lane: whoever commits next finds this commit's rows.
        const std::lock_guard ownerLock(m_owner.m_mutex);
        if (isUnknown) m_owner.m_state.history.addUnknown(base + 1);
        else m_owner.m_state.history.add(base + 1, m_writes);
        if (!m_isAside) m_owner.m_state.newestOrdinary = base + 1;
    }
    auto committed = m_batch->commit(durability);
    m_batch.reset();
    if (!committed || *committed == base) {
        const std::lock_guard ownerLock(m_owner.m_mutex);
        m_owner.m_state.history.takeBack(base + 1);
        if (!committed) return committed;
    } else {
        CommittedChanges changes{*committed, {}, !isUnknown && m_owner.m_limits.keepsChanges};
        if (changes.isWhole) changes.rows = changesSince(std::move(before));
        m_owner.m_changes.add(std::move(changes));
        const std::lock_guard ownerLock(m_owner.m_mutex);
        ++m_owner.m_state.figures.committed;
    }
    finish();
    return committed;
}

void Transaction::rollback()
{
    const std::lock_guard lock(m_mutex);
    if (!m_snapshot) return;
    {
        const std::lock_guard ownerLock(m_owner.m_mutex);
        ++m_owner.m_state.figures.rolledBack;
    }
    finish();
}

void Transaction::finish()
{
    m_batch.reset();
    m_savepoints.clear();
    m_reads.clear();
    const std::shared_ptr<WriteSet> writes = std::exchange(m_writes, nullptr);
    if (!m_snapshot) return;
    m_snapshot.reset();
    m_owner.leave(m_id, m_snapshotSequence);
    // Somebody older may have to be checked against the rows; nobody needs what is in them.
    if (writes.use_count() > 1) writes->dropValues();
}

void Transaction::endFromOutside()
{
    const std::lock_guard lock(m_mutex);
    if (!m_snapshot) return;
    m_wasEnded = true;
    if (m_batch) return; // the lane belongs to its thread, which gives it back with its next call
    finish();
}

} // namespace blazedb::txn
