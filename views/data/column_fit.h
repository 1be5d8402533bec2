// How wide a column of records is as long as nobody has set its width: its header and what it holds, within reason.
#pragma once

#include <optional>

class QHeaderView;

namespace blazedb::views {

class RecordDelegate;
class RecordTableModel;

/// Measures texts in the fonts they are drawn in. GUI thread only.
class ColumnFit {
public:
    /// So many of the rows that are loaded are measured, from the first one asked for.
    static constexpr int kRowsMeasured = 30;

    /// Borrows all; `header` is of the table that draws by `delegate`.
    ColumnFit(const RecordTableModel& model, const RecordDelegate& delegate, const QHeaderView& header)
        : m_model(model)
        , m_delegate(delegate)
        , m_header(header)
    {
    }

    /// Of a column of which nothing is known yet but its name and perhaps its kind.
    [[nodiscard]] int widthOfHeader(int column) const;
    /// With the rows from `firstRow` on; nullopt when none of them has a value there. Dates and numbers are never cut; texts are
    /// at 40 characters, ids in their middle.
    [[nodiscard]] std::optional<int> widthOf(int column, int firstRow) const;

private:
    const RecordTableModel& m_model;
    const RecordDelegate& m_delegate;
    const QHeaderView& m_header;
};

} // namespace blazedb::views
