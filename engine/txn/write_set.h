// What one transaction has written and not committed: the newest value of each row, and the way back to each savepoint.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/txn/row_name.h"

namespace blazedb::txn {

/// Thread-safety: none; one owner. Going back costs as much as the changes since.
class WriteSet {
public:
    /// Nullopt: the row is erased.
    using Value = std::optional<Bytes>;
    using Rows = std::map<RowName, Value>;
    /// A place to go back to; later places lose their meaning then.
    using Mark = std::size_t;

    void set(const RowName& row, Value value);
    /// Null: the row was not written.
    [[nodiscard]] const Value* find(const RowName& row) const;
    [[nodiscard]] const Rows& rows() const { return m_rows; }
    [[nodiscard]] std::size_t bytes() const { return m_bytes; } ///< Of keys and values, with what going back needs.

    [[nodiscard]] Mark mark() const { return m_undo.size(); }
    void goBack(Mark mark);
    /// Nobody goes back any more: what only that needs is dropped.
    void forgetMarks();
    void clear();

private:
    struct Undo {
        RowName row;
        std::optional<Value> before; ///< Nullopt: the row was not written.
    };
    static std::size_t sizeOf(const RowName& row, const Value& value);

    Rows m_rows;
    std::vector<Undo> m_undo;
    std::size_t m_bytes = 0;
};

} // namespace blazedb::txn
