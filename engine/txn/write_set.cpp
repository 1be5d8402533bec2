#include "engine/txn/write_set.h"

#include "engine/base/assert.h"

namespace blazedb::txn {

std::size_t WriteSet::sizeOf(std::string_view tree, std::string_view key, const Value& value)
{
    constexpr std::size_t kOverheadBytes = 128; // of the map's node and its parts
    return kOverheadBytes + tree.size() + key.size() + (value ? value->size() : 0);
}

void WriteSet::set(std::string_view tree, ByteView key, std::optional<ByteView> value)
{
    auto place = m_trees.find(tree);
    if (place == m_trees.end()) place = m_trees.emplace(tree, Rows(&m_keyMemory)).first;
    Rows& rows = place->second;
    Value kept;
    if (value) kept.emplace(value->begin(), value->end(), &m_valueMemory);
    m_bytes += sizeOf(tree, asText(key), kept);

    auto row = rows.lower_bound(asText(key));
    if (row == rows.end() || row->first != asText(key)) {
        row = rows.emplace_hint(row, asText(key), std::move(kept));
        ++m_rowCount;
        if (m_keepsUndo) m_undo.push_back({place, row, std::nullopt});
        return;
    }
    if (m_keepsUndo) m_undo.push_back({place, row, std::move(row->second)}); // its bytes stay counted: going back needs them
    else m_bytes -= sizeOf(tree, asText(key), row->second);
    row->second = std::move(kept);
}

const WriteSet::Value* WriteSet::find(std::string_view tree, ByteView key) const
{
    const Rows* written = rows(tree);
    if (written == nullptr) return nullptr;
    const auto found = written->find(asText(key));
    return found == written->end() ? nullptr : &found->second;
}

const WriteSet::Rows* WriteSet::rows(std::string_view tree) const
{
    const auto found = m_trees.find(tree);
    return found == m_trees.end() ? nullptr : &found->second;
}

WriteSet::Mark WriteSet::mark()
{
    m_keepsUndo = true;
    return m_undo.size();
}

void WriteSet::goBack(Mark mark)
{
    BLAZE_ASSERT(mark <= m_undo.size());
    while (m_undo.size() > mark) {
        Undo& undo = m_undo.back();
        m_bytes -= sizeOf(undo.tree->first, undo.row->first, undo.row->second);
        if (undo.before) {
            undo.row->second = *std::move(undo.before);
        } else {
            undo.tree->second.erase(undo.row);
            --m_rowCount;
        }
        m_undo.pop_back();
    }
}

void WriteSet::forgetMarks()
{
    m_undo.clear();
    m_keepsUndo = false;
    m_bytes = 0;
    for (const auto& [tree, rows] : m_trees)
        for (const auto& [key, value] : rows) m_bytes += sizeOf(tree, key, value);
}

void WriteSet::dropValues()
{
    for (auto& [tree, rows] : m_trees)
        for (auto& [key, value] : rows) value.reset();
    forgetMarks();
    m_valueMemory.release();
}

void WriteSet::clear()
{
    m_undo.clear();
    m_keepsUndo = false;
    m_trees.clear();
    m_rowCount = 0;
    m_bytes = 0;
    m_valueMemory.release();
    m_keyMemory.release();
}

} // namespace blazedb::txn
