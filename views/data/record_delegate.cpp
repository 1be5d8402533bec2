#include "views/data/record_delegate.h"

#include <QApplication>
#include <QPainter>
#include <QStyle>

#include "engine/model/value.h"
#include "views/data/record_table_model.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

RecordTableModel::CellState cellState(const QModelIndex& index)
{
    return static_cast<RecordTableModel::CellState>(index.data(RecordTableModel::CellStateRole).toInt());
}

ColorToken markBackground(LiveMark mark)
{
    if (mark == LiveMark::Inserted) return ColorToken::Inserted;
    return mark == LiveMark::Removed ? ColorToken::Removed : ColorToken::Pending;
}

/// In the corner, so that a mark is more than a colour: a triangle, a plus, a minus.
void paintCornerMark(QPainter& painter, const QRect& cell, LiveMark mark, const QColor& color)
{
    const int size = Theme::unit(2);
    const QRect corner(cell.right() - size, cell.top(), size, size);
    painter.setRenderHint(QPainter::Antialiasing, mark == LiveMark::Changed);
    if (mark == LiveMark::Changed) {
        const QPoint points[] = {corner.topLeft(), corner.topRight() + QPoint(1, 0), corner.bottomRight() + QPoint(1, 0)};
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawConvexPolygon(points, 3);
        return;
    }
    const int length = Theme::unit() + 2; // above the text, which stands in the middle
    const QRect sign(cell.right() - length - 1, cell.top() + 1, length, length);
    painter.fillRect(QRect(sign.left(), sign.center().y(), sign.width(), 2), color);
    if (mark == LiveMark::Inserted) painter.fillRect(QRect(sign.center().x(), sign.top(), 2, sign.height()), color);
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
    const auto mark = static_cast<LiveMark>(index.data(RecordTableModel::MarkRole).toInt());
    if (mark == LiveMark::None || m_theme.isHighContrast()) return;
    QColor background = m_theme.color(markBackground(mark));
    background.setAlphaF(static_cast<float>(markStrength(index)));
    option->backgroundBrush = background;
}

int RecordDelegate::contentWidth(const QModelIndex& index, int charactersMax) const
{
    QStyleOptionViewItem option;
    initStyleOption(&option, index);
    const QFontMetrics metrics(option.font);
    const int margin = QApplication::style()->pixelMetric(QStyle::PM_FocusFrameHMargin) + 1;
    const bool isCut = charactersMax > 0 && option.text.size() > charactersMax;
    const int text = isCut ? metrics.averageCharWidth() * charactersMax : metrics.horizontalAdvance(option.text);
    return text + 2 * margin + Theme::unit();
}

/// Where the system wants no motion a mark stands and then is gone.
double RecordDelegate::markStrength(const QModelIndex& index) const
{
    const double strength = index.data(RecordTableModel::MarkStrengthRole).toDouble();
    const bool mayMove = QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0;
    return mayMove || strength <= 0 ? strength : 1;
}

void RecordDelegate::paintMark(QPainter& painter, const QRect& cell, const QModelIndex& index) const
{
    const auto mark = static_cast<LiveMark>(index.data(RecordTableModel::MarkRole).toInt());
    if (mark == LiveMark::None) return;
    painter.save();
    painter.setOpacity(markStrength(index));
    const ColorToken token = mark == LiveMark::Inserted ? ColorToken::Ok : mark == LiveMark::Removed ? ColorToken::Danger : ColorToken::Warn;
    if (m_theme.isHighContrast()) {
        painter.setPen(QPen(m_theme.color(ColorToken::Text), 2));
        painter.drawRect(cell.adjusted(1, 1, -2, -2));
    }
    paintCornerMark(painter, cell, mark, m_theme.color(token));
    painter.restore();
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
    paintMark(*painter, option.rect, index);
}

} // namespace blazedb::views
