#include "tests/support/memory_row_store.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "engine/base/assert.h"
#include "engine/codec/blaze_binary.h"
#include "engine/storage/change_ring.h"

namespace blazedb::tests {

StoredRow storedRow(const model::Record& record)
{
    std::vector<model::Field> fields = record.fields;
    if (record.find(model::fieldname::kId) == nullptr)
        fields.push_back({std::string(model::fieldname::kId), model::Value(record.id)});
    auto bytes = codec::encodeRecord(fields);
    BLAZE_ASSERT(bytes.has_value());
    StoredRow row;
    row.key = record.id.bytes;
    row.bytes = *std::move(bytes);
    return row;
}

StoredRow damagedRow(const model::Uuid& id, std::uint64_t page)
{
    StoredRow row;
    row.key = id.bytes;
    row.place = page;
    row.problem = Error{ErrorCode::Corruption, "page " + std::to_string(page) + ": the tag does not fit"};
    return row;
}

StoredRow goneRow(const model::Uuid& id, std::uint64_t page)
{
    StoredRow row;
    row.key = id.bytes;
    row.place = page;
    row.isGone = true;
    row.problem = Error{ErrorCode::NotFound, "page " + std::to_string(page) + " is zero"};
    return row;
}

void ScanGate::closeAt(std::uint64_t row)
{
    const std::lock_guard lock(m_mutex);
    m_closedAt = row;
}

void ScanGate::open()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closedAt.reset();
    }
    m_changed.notify_all();
}

void ScanGate::waitForArrival()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_waiting > 0; });
}

Result<void> ScanGate::pass(std::uint64_t row, const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    if (m_closedAt != row) return {};
    ++m_waiting;
    m_changed.notify_all();
    const bool isOpen = m_changed.wait(lock, stop, [&] { return m_closedAt != row; });
    --m_waiting;
    if (!isOpen) return Error{ErrorCode::Cancelled, "cancelled"};
    return {};
}

struct MemoryRowStore::Shared {
    std::mutex mutex;
    std::condition_variable_any moved;
    storage::ChangeRing changes;
    std::shared_ptr<const Content> content;
    std::uint64_t sequence = 1;
    int conflictsLeft = 0;
    std::optional<std::uint64_t> replacedAt;
    std::vector<StoredRow> replacement;
    ScanGate gate;
    std::atomic<std::uint64_t> rowsRead{0};

    void become(std::vector<StoredRow> rows);

    Result<void> meetReplacement(std::uint64_t row)
    {
        {
            const std::lock_guard lock(mutex);
            if (replacedAt != row) return {};
            replacedAt.reset();
        }
        become(std::move(replacement));
        return Error{ErrorCode::Conflict, "the files were replaced"};
    }

    Result<void> meetConflict()
    {
        const std::lock_guard lock(mutex);
        if (conflictsLeft == 0) return {};
        --conflictsLeft;
        ++sequence;
        return Error{ErrorCode::Conflict, "the files were replaced"};
    }
};

class MemoryRowStore::Cursor final : public storage::RowCursor {
public:
    Cursor(std::shared_ptr<Shared> shared, std::shared_ptr<const Content> content,
           storage::ScanOrder order, std::size_t from, std::stop_token stop)
        : m_shared(std::move(shared))
        , m_content(std::move(content))
        , m_order(order)
        , m_next(from)
        , m_stop(std::move(stop))
    {}

    Result<bool> next(storage::RowView& view) override
    {
        if (m_stop.stop_requested()) return Error{ErrorCode::Cancelled, "cancelled"};
        BLAZE_TRY(m_shared->gate.pass(m_next, m_stop));
        BLAZE_TRY(m_shared->meetReplacement(m_next));
        if (m_next >= m_content->rows.size()) return false;
        const StoredRow& row =
            m_content->rows[m_order == storage::ScanOrder::Key ? m_content->byKey[m_next] : m_next];
        ++m_next;
        ++m_shared->rowsRead;
        view = {.key = row.key,
                .bytes = row.problem ? ByteView() : ByteView(row.bytes),
                .marks = row.marks,
                .problem = row.problem ? &*row.problem : nullptr,
                .place = row.place,
                .isGone = row.isGone};
        return true;
    }

private:
    std::shared_ptr<Shared> m_shared;
    std::shared_ptr<const Content> m_content;
    const storage::ScanOrder m_order;
    std::size_t m_next;
    std::stop_token m_stop;
};

class MemoryRowStore::Tree final : public storage::RowTree {
public:
    Tree(std::shared_ptr<Shared> shared, std::shared_ptr<const Content> content)
        : m_shared(std::move(shared))
        , m_content(std::move(content))
    {}

    [[nodiscard]] std::uint64_t rowCount() const override { return m_content->rows.size(); }

    Result<std::unique_ptr<storage::RowCursor>>
    scan(storage::ScanOrder order, std::optional<storage::RowKey> from, std::stop_token stop) const override
    {
        BLAZE_TRY(m_shared->meetConflict());
        const std::size_t begin = order == storage::ScanOrder::Key && from ? placeOf(*from) : 0;
        return std::unique_ptr<storage::RowCursor>(
            std::make_unique<Cursor>(m_shared, m_content, order, begin, std::move(stop)));
    }

    Result<storage::Row> read(const storage::RowKey& key) const override
    {
        BLAZE_TRY(m_shared->meetConflict());
        const std::size_t place = placeOf(key);
        const bool isThere =
            place < m_content->byKey.size() && m_content->rows[m_content->byKey[place]].key == key;
        if (!isThere) return Error{ErrorCode::NotFound, "there is no record " + model::Uuid{key}.toString()};
        const StoredRow& row = m_content->rows[m_content->byKey[place]];
        ++m_shared->rowsRead;
        if (row.problem) return *row.problem;
        return storage::Row{row.bytes, row.marks};
    }

private:
    /// The place in key order of the first row at or after `key`.
    [[nodiscard]] std::size_t placeOf(const storage::RowKey& key) const
    {
        const auto isBefore = [this](std::size_t row, const storage::RowKey& wanted) {
            return m_content->rows[row].key < wanted;
        };
        const auto found = std::lower_bound(m_content->byKey.begin(), m_content->byKey.end(), key, isBefore);
        return static_cast<std::size_t>(found - m_content->byKey.begin());
    }

    std::shared_ptr<Shared> m_shared;
    std::shared_ptr<const Content> m_content;
};

class MemoryRowStore::Snapshot final : public storage::RowSnapshot {
public:
    Snapshot(std::shared_ptr<Shared> shared, std::shared_ptr<const Content> content,
             std::uint64_t sequence)
        : m_tree(std::move(shared), std::move(content))
        , m_sequence(sequence)
    {}

    [[nodiscard]] std::uint64_t sequence() const override { return m_sequence; }
    [[nodiscard]] const storage::RowTree* tree(std::string_view name) const override
    {
        return name == storage::kRecordTree ? &m_tree : nullptr;
    }

private:
    Tree m_tree;
    std::uint64_t m_sequence;
};

MemoryRowStore::MemoryRowStore(std::vector<StoredRow> rows)
    : m_shared(std::make_shared<Shared>())
{
    replace(std::move(rows));
}

Result<std::shared_ptr<const storage::RowSnapshot>> MemoryRowStore::snapshot()
{
    const std::lock_guard lock(m_shared->mutex);
    return std::shared_ptr<const storage::RowSnapshot>(
        std::make_shared<Snapshot>(m_shared, m_shared->content, m_shared->sequence));
}

void MemoryRowStore::replace(std::vector<StoredRow> rows)
{
    m_shared->become(std::move(rows));
}

void MemoryRowStore::replaceUnderScan(std::uint64_t row, std::vector<StoredRow> rows)
{
    const std::lock_guard lock(m_shared->mutex);
    m_shared->replacedAt = row;
    m_shared->replacement = std::move(rows);
}

void MemoryRowStore::Shared::become(std::vector<StoredRow> rows)
{
    auto next = std::make_shared<Content>();
    next->rows = std::move(rows);
    next->byKey.resize(next->rows.size());
    std::iota(next->byKey.begin(), next->byKey.end(), std::size_t{0});
    std::sort(next->byKey.begin(), next->byKey.end(), [&](std::size_t left, std::size_t right) {
        return next->rows[left].key < next->rows[right].key;
    });
    {
        const std::lock_guard lock(mutex);
        ++sequence;
        changes.add(sequence, differences(content.get(), *next, sequence), 0);
        content = std::move(next);
    }
    moved.notify_all();
}

std::vector<storage::RowChange> MemoryRowStore::differences(const Content* before, const Content& after, std::uint64_t sequence)
{
    std::vector<storage::RowChange> changes;
    std::map<storage::RowKey, const StoredRow*> old;
    if (before != nullptr)
        for (const StoredRow& row : before->rows)
            old[row.key] = &row;
    const auto changed = [&](const storage::RowKey& key, storage::RowChangeKind kind) {
        changes.push_back({sequence, key, kind, std::chrono::system_clock::now()});
    };
    for (const StoredRow& row : after.rows) {
        const auto known = old.find(row.key);
        if (known == old.end()) {
            changed(row.key, storage::RowChangeKind::Inserted);
            continue;
        }
        if (known->second->bytes != row.bytes || known->second->problem != row.problem)
            changed(row.key, storage::RowChangeKind::Updated);
        old.erase(known);
    }
    for (const auto& [key, row] : old)
        changed(key, storage::RowChangeKind::Removed);
    return changes;
}

storage::RowNews MemoryRowStore::newsSince(std::uint64_t sequence, std::uint64_t event,
                                           std::size_t changesMax)
{
    return m_shared->changes.since(sequence, event, changesMax);
}

class MemoryRowStore::Watch final : public storage::RowWatch {
public:
    explicit Watch(std::shared_ptr<Shared> shared)
        : m_shared(std::move(shared))
        , m_seen(m_shared->sequence)
    {}

    bool wait(std::chrono::milliseconds atMost, const std::stop_token& stop) override
    {
        std::unique_lock lock(m_shared->mutex);
        const bool hasMoved =
            m_shared->moved.wait_for(lock, stop, atMost, [&] { return m_shared->sequence != m_seen; });
        m_seen = m_shared->sequence;
        return hasMoved;
    }
    Result<void> look() override { return {}; }

private:
    std::shared_ptr<Shared> m_shared;
    std::uint64_t m_seen;
};

std::unique_ptr<storage::RowWatch> MemoryRowStore::watch()
{
    const std::lock_guard lock(m_shared->mutex);
    return std::make_unique<Watch>(m_shared);
}

void MemoryRowStore::conflictTimes(int times)
{
    const std::lock_guard lock(m_shared->mutex);
    m_shared->conflictsLeft = times;
}

ScanGate& MemoryRowStore::gate()
{
    return m_shared->gate;
}

std::uint64_t MemoryRowStore::rowsRead() const
{
    return m_shared->rowsRead;
}

} // namespace blazedb::tests
