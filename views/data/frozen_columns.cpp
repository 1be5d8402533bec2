#include "views/data/frozen_columns.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include "views/data/record_delegate.h"
#include "views/data/record_header.h"
#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kWidthShareMax = 80; ///< Per cent of the grid; the rest must show something of what scrolls.

} // namespace

FrozenColumns::FrozenColumns(QTableView& grid, const Theme& theme)
    : QTableView(&grid)
    , m_grid(grid)
    , m_theme(theme)
{
    nameControl(this, QStringLiteral("data.grid.frozen"), tr("Frozen columns"));
    setHorizontalHeader(new RecordHeader(theme, this));
    horizontalHeader()->setObjectName(QStringLiteral("data.grid.frozen.header"));
    horizontalHeader()->setSectionsMovable(false);
    setModel(grid.model());
    setSelectionModel(grid.selectionModel());
    setItemDelegate(new RecordDelegate(theme, this));
    setFocusPolicy(Qt::NoFocus);
    setFrameShape(QFrame::NoFrame);
    setWordWrap(false);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(grid.selectionMode());
    setSelectionBehavior(grid.selectionBehavior());
    setContextMenuPolicy(Qt::CustomContextMenu);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(grid.verticalHeader()->defaultSectionSize());
    connect(grid.verticalScrollBar(), &QScrollBar::valueChanged, verticalScrollBar(), &QScrollBar::setValue);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, grid.verticalScrollBar(), &QScrollBar::setValue);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column, int, int size) {
        if (!m_isFollowing && size > 0) m_grid.setColumnWidth(column, size);
    });
    hide();
}

void FrozenColumns::setFrozen(int count)
{
    m_count = count;
    follow();
}

void FrozenColumns::follow()
{
    m_isFollowing = true;
    const QHeaderView* const source = m_grid.horizontalHeader();
    QHeaderView* const header = horizontalHeader();
    int shown = 0;
    for (int place = 0; place < source->count() && place < header->count(); ++place) {
        const int column = source->logicalIndex(place);
        if (column >= header->count()) continue; // the two headers learn of new columns one after the other
        header->moveSection(header->visualIndex(column), place);
        const bool isShown = place < m_count && !m_grid.isColumnHidden(column);
        setColumnHidden(column, !isShown);
        if (!isShown) continue;
        setColumnWidth(column, m_grid.columnWidth(column));
        shown += m_grid.columnWidth(column);
    }
    const QRect view = m_grid.viewport()->geometry();
    const bool fits = shown > 0 && shown * 100 <= view.width() * kWidthShareMax;
    header->setFixedHeight(source->height());
    setGeometry(view.left(), view.top() - source->height(), shown, view.height() + source->height());
    setVisible(fits);
    if (fits) {
        verticalScrollBar()->setValue(m_grid.verticalScrollBar()->value());
        raise();
    }
    m_isFollowing = false;
}

bool FrozenColumns::isFrozen(int logicalColumn) const
{
    return !isHidden() && m_grid.horizontalHeader()->visualIndex(logicalColumn) < m_count;
}

void FrozenColumns::mousePressEvent(QMouseEvent* event)
{
    m_grid.setFocus(Qt::MouseFocusReason);
    QTableView::mousePressEvent(event);
}

void FrozenColumns::wheelEvent(QWheelEvent* event)
{
    QCoreApplication::sendEvent(m_grid.viewport(), event);
}

/// The edge is a line of two pixels: where the still part ends must be seen.
void FrozenColumns::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    QPainter painter(viewport());
    painter.fillRect(QRect(viewport()->width() - 2, 0, 2, viewport()->height()), m_theme.color(ColorToken::Muted));
}

} // namespace blazedb::views
