#include "views/widgets/column_flow_layout.h"

#include <algorithm>

#include <QWidget>

namespace blazedb::views {

ColumnFlowLayout::ColumnFlowLayout(int columnWidthMin, int columnsMax, QWidget* parent)
    : QLayout(parent)
    , m_columnWidthMin(columnWidthMin)
    , m_columnsMax(columnsMax)
{
}

ColumnFlowLayout::~ColumnFlowLayout() = default;

int ColumnFlowLayout::columnsFor(int width) const
{
    return std::clamp((width + spacing()) / (m_columnWidthMin + spacing()), 1, m_columnsMax);
}

void ColumnFlowLayout::addItem(QLayoutItem* item)
{
    m_items.emplace_back(item);
}

int ColumnFlowLayout::count() const
{
    return static_cast<int>(m_items.size());
}

QLayoutItem* ColumnFlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem* ColumnFlowLayout::takeAt(int index)
{
    if (index < 0 || index >= count()) return nullptr;
    const auto place = m_items.begin() + index;
    QLayoutItem* const item = place->release();
    m_items.erase(place);
    return item;
}

int ColumnFlowLayout::heightForWidth(int width) const
{
    return arrange(QRect(0, 0, width, 0), false);
}

QSize ColumnFlowLayout::sizeHint() const
{
    const int width = 2 * m_columnWidthMin + spacing();
    return {width, heightForWidth(width)};
}

QSize ColumnFlowLayout::minimumSize() const
{
    const QMargins margins = contentsMargins();
    return {m_columnWidthMin / 2 + margins.left() + margins.right(), margins.top() + margins.bottom()};
}

void ColumnFlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int ColumnFlowLayout::arrange(const QRect& rect, bool isMoving) const
{
    const QMargins margins = contentsMargins();
    const QRect inner = rect.marginsRemoved(margins);
    const int columns = columnsFor(inner.width());
    const int width = (inner.width() - (columns - 1) * spacing()) / columns;
    const bool isMirrored = parentWidget() && parentWidget()->layoutDirection() == Qt::RightToLeft;
    std::vector<int> bottoms(static_cast<std::size_t>(columns), 0);
    for (const auto& item : m_items) {
        if (item->isEmpty()) continue;
        const auto shortest = std::min_element(bottoms.begin(), bottoms.end());
        const int column = static_cast<int>(shortest - bottoms.begin());
        const int place = isMirrored ? columns - 1 - column : column;
        const int height = item->hasHeightForWidth() ? item->heightForWidth(width) : item->sizeHint().height();
        if (isMoving) item->setGeometry(QRect(inner.left() + place * (width + spacing()), inner.top() + *shortest, width, height));
        *shortest += height + spacing();
    }
    const int tallest = *std::max_element(bottoms.begin(), bottoms.end());
    return std::max(0, tallest - spacing()) + margins.top() + margins.bottom();
}

} // namespace blazedb::views
