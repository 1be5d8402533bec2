// What one transaction has written and not committed: the newest value of each row, and the way back to each savepoint.
#pragma once

#include <map>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/bytes.h"

namespace blazedb::txn {

/// Rows come in thousands and go together, so they live in pools of their own: the general heap would take longer than the tree they are for.
/// Thread-safety: none; one owner. Going back costs as much as the changes since.
class WriteSet {
public:
    /// Nullopt: the row is erased.
    using Value = std::optional<std::pmr::vector<std::byte>>;
    /// By key; keys order as unsigned bytes.
    using Rows = std::pmr::map<std::pmr::string, Value, std::less<>>;
    using Trees = std::map<std::string, Rows, std::less<>>; ///< By name; a tree without rows may be among them.
    /// A place to go back to; later places lose their meaning then.
    using Mark = std::size_t;

    WriteSet() = default;
    WriteSet(const WriteSet&) = delete;
    WriteSet& operator=(const WriteSet&) = delete;

    /// Nullopt erases.
    void set(std::string_view tree, ByteView key, std::optional<ByteView> value);
    /// Null: the row was not written. Borrowed until it is written again.
    [[nodiscard]] const Value* find(std::string_view tree, ByteView key) const;
    /// Null: nothing was written there.
    [[nodiscard]] const Rows* rows(std::string_view tree) const;
    [[nodiscard]] const Trees& trees() const { return m_trees; }
    [[nodiscard]] std::size_t rowCount() const { return m_rowCount; }
    [[nodiscard]] std::size_t bytes() const { return m_bytes; } ///< Of keys and values, with what going back needs.

    Mark mark(); ///< From the first mark on the way back is kept.
    void goBack(Mark mark);
    /// Nobody goes back any more: what only that needs is dropped, and no longer kept.
    void forgetMarks();
    /// Keeps only which rows were written: every value is as if erased, and nobody goes back.
    void dropValues();
    void clear();

private:
    struct Undo {
        Trees::iterator tree;
        Rows::iterator row;
        std::optional<Value> before; ///< Nullopt: the row was not written.
    };
    static std::size_t sizeOf(std::string_view tree, std::string_view key, const Value& value);

    std::pmr::unsynchronized_pool_resource m_keyMemory;
    std::pmr::unsynchronized_pool_resource m_valueMemory;
    Trees m_trees;
    std::vector<Undo> m_undo;
    bool m_keepsUndo = false;
    std::size_t m_rowCount = 0;
    std::size_t m_bytes = 0;
};

} // namespace blazedb::txn
