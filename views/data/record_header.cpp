#include "views/data/record_header.h"

#include <QPainter>
#include <QStyleOptionHeader>

#include "views/data/record_table_model.h"
#include "views/widgets/format.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kTextInset = 8; // the padding of QHeaderView::section in the theme's style sheet

} // namespace

RecordHeader::RecordHeader(const Theme& theme, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_theme(theme)
{
    setSectionsClickable(true);
    setHighlightSections(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setContextMenuPolicy(Qt::CustomContextMenu);
}

QString RecordHeader::glyph(int logicalIndex) const
{
    const QVariant kind = model() ? model()->headerData(logicalIndex, Qt::Horizontal, RecordTableModel::KindRole) : QVariant();
    return kind.isValid() ? kindGlyph(static_cast<model::ValueKind>(kind.toInt())) : QString();
}

QFont RecordHeader::glyphFont() const
{
    QFont font = m_theme.monospaceFont();
    font.setPointSizeF(m_theme.labelFont().pointSizeF());
    return font;
}

/// Room for the glyph, in spaces: the style draws the rest of the section.
void RecordHeader::initStyleOptionForIndex(QStyleOptionHeader* option, int logicalIndex) const
{
    QHeaderView::initStyleOptionForIndex(option, logicalIndex);
    const QString sign = glyph(logicalIndex);
    if (sign.isEmpty()) return;
    const int space = qMax(1, fontMetrics().horizontalAdvance(QLatin1Char(' ')));
    const int room = QFontMetrics(glyphFont()).horizontalAdvance(sign) + Theme::unit(2);
    option->text.prepend(QString((room + space - 1) / space, QLatin1Char(' ')));
}

void RecordHeader::paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const
{
    // The style may leave the painter in another state than it found it.
    painter->save();
    QHeaderView::paintSection(painter, rect, logicalIndex);
    painter->restore();
    const QString sign = glyph(logicalIndex);
    if (sign.isEmpty()) return;
    painter->save();
    painter->setFont(glyphFont());
    painter->setPen(m_theme.color(ColorToken::Muted));
    painter->drawText(rect.adjusted(kTextInset, 0, -1, 0), Qt::AlignLeft | Qt::AlignVCenter, sign);
    painter->restore();
}

} // namespace blazedb::views
