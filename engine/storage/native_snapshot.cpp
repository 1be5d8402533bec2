#include "engine/storage/native_snapshot.h"

#include <algorithm>

namespace blazedb::storage {

namespace {

class NativeCursor final : public RowCursor {
public:
    NativeCursor(const StoreCore& core, TreeCursor cursor, std::optional<RowKey> from, std::stop_token stop)
        : m_core(core)
        , m_cursor(std::move(cursor))
        , m_from(from)
        , m_stop(std::move(stop))
    {
    }

    Result<bool> next(RowView& row) override
    {
        if (m_stop.stop_requested()) return Error{ErrorCode::Cancelled, "the scan was stopped"};
        BLAZE_TRY_VALUE(const bool isOnRow, advance());
        if (!isOnRow) return false;
        const ByteView key = m_cursor.key();
        if (key.size() != row.key.size()) return Error{ErrorCode::FailedPrecondition, "a tree whose keys are not 16 bytes"};
        std::memcpy(row.key.data(), key.data(), key.size());
        const auto value = m_cursor.rawValue(); // the cursor keeps its node: no share is taken for each row
        if (value.isRun) {
            BLAZE_TRY_VALUE(m_large, m_core.nodes.copyValue(m_cursor.value()));
            row.bytes = m_large;
        } else {
            row.bytes = value.bytes;
        }
        row.marks = {};
        row.problem = nullptr;
        row.place = std::nullopt;
        row.isGone = false;
        return true;
    }

private:
    Result<bool> advance()
    {
        if (m_hasStarted) return m_cursor.next();
        m_hasStarted = true;
        if (!m_from) return m_cursor.first();
        return m_cursor.seek(std::as_bytes(std::span(*m_from)));
    }

    const StoreCore& m_core;
    TreeCursor m_cursor;
    std::optional<RowKey> m_from;
    std::stop_token m_stop;
    bool m_hasStarted = false;
    Bytes m_large;
};

} // namespace

Result<std::size_t> NativeTree::readPart(const FoundValue& value, std::uint64_t offset, std::span<std::byte> into) const
{
    if (value.run()) return readRun(m_core->pages, *value.run(), offset, into);
    const ByteView bytes = value.bytes();
    if (offset >= bytes.size()) return std::size_t{0};
    const ByteView part = bytes.subspan(static_cast<std::size_t>(offset));
    const std::size_t count = std::min(part.size(), into.size());
    std::copy_n(part.begin(), count, into.begin());
    return count;
}

Result<std::unique_ptr<RowCursor>> NativeTree::scan(ScanOrder, std::optional<RowKey> from, std::stop_token stop) const
{
    return std::unique_ptr<RowCursor>(std::make_unique<NativeCursor>(*m_core, cursor(), from, std::move(stop)));
}

Result<Row> NativeTree::read(const RowKey& key) const
{
    BLAZE_TRY_VALUE(const auto found, find(std::as_bytes(std::span(key))));
    if (!found) return Error{ErrorCode::NotFound, "no such row"};
    BLAZE_TRY_VALUE(Bytes bytes, copyValue(*found));
    return Row{std::move(bytes), {}};
}

NativeSnapshot::NativeSnapshot(std::shared_ptr<StoreCore> core)
    : m_core(std::move(core))
{
    {
        const std::lock_guard lock(m_core->stateMutex);
        m_roots = m_core->state.published;
        ++m_core->state.snapshots[m_roots->sequence];
    }
    m_trees.reserve(m_roots->trees.size());
    for (const TreeState& tree : m_roots->trees) m_trees.emplace_back(*m_core, tree);
}

NativeSnapshot::~NativeSnapshot()
{
    const std::uint64_t sequence = m_roots->sequence;
    m_roots.reset(); // nodes go without the lock
    const std::lock_guard lock(m_core->stateMutex);
    const auto live = m_core->state.snapshots.find(sequence);
    if (--live->second == 0) m_core->state.snapshots.erase(live);
}

const NativeTree* NativeSnapshot::tree(std::string_view name) const
{
    const auto found = std::find_if(m_trees.begin(), m_trees.end(), [name](const NativeTree& tree) { return tree.name() == name; });
    return found == m_trees.end() ? nullptr : &*found;
}

} // namespace blazedb::storage
