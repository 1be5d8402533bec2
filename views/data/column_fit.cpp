#include "views/data/column_fit.h"

#include <algorithm>

#include <QHeaderView>

#include "views/data/record_delegate.h"
#include "views/data/record_table_model.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kTextCharacters = 40;
constexpr int kIdCharacters = 14; ///< Its beginning and its end; the middle tells nobody anything.
constexpr int kNestedCharacters = 30;

/// Characters a value of this kind may take; 0: as many as it has.
int charactersMax(model::ValueKind kind)
{
    switch (kind) {
    case model::ValueKind::Bool:
    case model::ValueKind::Integer:
    case model::ValueKind::Double:
    case model::ValueKind::Date: return 0;
    case model::ValueKind::Uuid: return kIdCharacters;
    case model::ValueKind::Text: return kTextCharacters;
    default: return kNestedCharacters;
    }
}

} // namespace

int ColumnFit::widthOfHeader(int column) const
{
    // Signs of kind, sort and index come and go; the column does not move for them.
    const int signs = Theme::unit(5);
    const int widthMax = m_header.fontMetrics().averageCharWidth() * kTextCharacters;
    return std::clamp(m_header.sectionSizeHint(column) + signs, Theme::unit(15), std::max(Theme::unit(15), widthMax));
}

std::optional<int> ColumnFit::widthOf(int column, int firstRow) const
{
    std::optional<int> widest;
    int measured = 0;
    for (int row = std::max(0, firstRow); row < m_model.rowCount() && measured < kRowsMeasured; ++row, ++measured) {
        if (!m_model.row(row)) break;
        const QModelIndex index = m_model.index(row, column);
        const auto state = static_cast<RecordTableModel::CellState>(index.data(RecordTableModel::CellStateRole).toInt());
        if (state != RecordTableModel::CellState::Value) continue;
        const auto kind = static_cast<model::ValueKind>(index.data(RecordTableModel::KindRole).toInt());
        widest = std::max(widest.value_or(0), m_delegate.contentWidth(index, charactersMax(kind)));
    }
    if (!widest) return std::nullopt;
    return std::max(*widest, widthOfHeader(column));
}

} // namespace blazedb::views
