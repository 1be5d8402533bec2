#include "views/data/record_delegate.h"

#include <QPainter>

#include "engine/model/value.h"
#include "views/data/record_table_model.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

RecordTableModel::CellState cellState(const QModelIndex& index)
{
    return static_cast<RecordTableModel::CellState>(index.data(RecordTableModel::CellStateRole).toInt());
}

} // namespace

RecordDelegate::RecordDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{}

void RecordDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto kind = static_cast<model::ValueKind>(index.data(RecordTableModel::KindRole).toInt());
    const bool isPlainText = kind == model::ValueKind::Text || kind == model::ValueKind::Bool;
    option->font = isPlainText ? m_theme.interfaceFont() : m_theme.monospaceFont();
    option->textElideMode = kind == model::ValueKind::Uuid ? Qt::ElideMiddle : Qt::ElideRight;
    const auto state = cellState(index);
    if (state == RecordTableModel::CellState::Failed) option->text = QStringLiteral("—");
    if (state == RecordTableModel::CellState::Null) option->text = QStringLiteral("null");
    if (state == RecordTableModel::CellState::EmptyText) option->text = QStringLiteral("\"\"");
    const bool isSign = state == RecordTableModel::CellState::Null || state == RecordTableModel::CellState::EmptyText || state == RecordTableModel::CellState::Failed;
    if (isSign) {
        option->features |= QStyleOptionViewItem::HasDisplay;
        option->font = m_theme.monospaceFont();
        option->font.setItalic(state == RecordTableModel::CellState::Null);
        option->palette.setColor(QPalette::Text, m_theme.color(ColorToken::Null));
    }
}

void RecordDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const auto state = cellState(index);
    if (state == RecordTableModel::CellState::Missing) {
        painter->save();
        QColor line = m_theme.color(ColorToken::Null);
        line.setAlphaF(0.35F);
        painter->fillRect(option.rect.adjusted(0, 0, -1, -1), QBrush(line, Qt::BDiagPattern));
        painter->restore();
    }
    if (state == RecordTableModel::CellState::Loading) {
        const int inset = Theme::unit(2);
        const QRect bar = option.rect.adjusted(inset, option.rect.height() / 3, -option.rect.width() / 3, -option.rect.height() / 3);
        painter->fillRect(bar, m_theme.color(ColorToken::Sunken));
    }
}

} // namespace blazedb::views
