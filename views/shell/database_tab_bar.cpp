#include "views/shell/database_tab_bar.h"

#include <utility>

#include <QKeyEvent>
#include <QMouseEvent>

namespace blazedb::views {

void DatabaseTabBar::mousePressEvent(QMouseEvent* event)
{
    QTabBar::mousePressEvent(event);
    m_isPressed = event->button() == Qt::LeftButton && tabAt(event->position().toPoint()) >= 0;
    m_isOut = false;
}

void DatabaseTabBar::mouseMoveEvent(QMouseEvent* event)
{
    // Sideways a tab moves within the bar; only up or down, by more than a slip of the hand, it leaves.
    const QPoint at = event->position().toPoint();
    const bool isOut = m_isPressed && (at.y() < -height() || at.y() > 2 * height());
    if (std::exchange(m_isOut, isOut) != isOut) isOut ? setCursor(Qt::DragMoveCursor) : unsetCursor();
    if (!isOut) QTabBar::mouseMoveEvent(event);
}

void DatabaseTabBar::mouseReleaseEvent(QMouseEvent* event)
{
    const bool isOut = m_isOut && event->button() == Qt::LeftButton;
    QTabBar::mouseReleaseEvent(event);
    endDrag();
    if (isOut) Q_EMIT draggedOut(event->globalPosition().toPoint());
}

void DatabaseTabBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_isOut) return endDrag();
    QTabBar::keyPressEvent(event);
}

void DatabaseTabBar::endDrag()
{
    m_isPressed = false;
    m_isOut = false;
    unsetCursor();
}

} // namespace blazedb::views
