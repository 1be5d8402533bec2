#include "engine/txn/write_set.h"

#include "engine/base/assert.h"

namespace blazedb::txn {

std::size_t WriteSet::sizeOf(const RowName& row, const Value& value)
{
    constexpr std::size_t kOverheadBytes = 128; // of the map's node and two texts
    return kOverheadBytes + row.tree.size() + row.key.size() + (value ? value->size() : 0);
}

void WriteSet::set(const RowName& row, Value value)
{
    m_bytes += sizeOf(row, value);
    const auto found = m_rows.find(row);
    if (found == m_rows.end()) {
        m_undo.push_back({row, std::nullopt});
        m_rows.emplace(row, std::move(value));
        return;
    }
    m_undo.push_back({row, std::move(found->second)}); // its bytes stay counted: going back needs them
    found->second = std::move(value);
}

const WriteSet::Value* WriteSet::find(const RowName& row) const
{
    const auto found = m_rows.find(row);
    return found == m_rows.end() ? nullptr : &found->second;
}

void WriteSet::goBack(Mark mark)
{
    BLAZE_ASSERT(mark <= m_undo.size());
    while (m_undo.size() > mark) {
        Undo& undo = m_undo.back();
        const auto found = m_rows.find(undo.row);
        m_bytes -= sizeOf(undo.row, found->second);
        if (undo.before) found->second = *std::move(undo.before);
        else m_rows.erase(found);
        m_undo.pop_back();
    }
}

void WriteSet::forgetMarks()
{
    m_undo.clear();
    m_bytes = 0;
    for (const auto& [row, value] : m_rows) m_bytes += sizeOf(row, value);
}

void WriteSet::clear()
{
    m_rows.clear();
    m_undo.clear();
    m_bytes = 0;
}

} // namespace blazedb::txn
