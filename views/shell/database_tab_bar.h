// The bar of the database tabs: a tab can be dragged out of it.
#pragma once

#include <QTabBar>

namespace blazedb::views {

/// GUI thread only.
class DatabaseTabBar final : public QTabBar {
    Q_OBJECT

public:
    using QTabBar::QTabBar;

Q_SIGNALS:
    /// The current tab was let go well outside of the bar, at this point of the screen.
    void draggedOut(QPoint at);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override; ///< Esc while dragging takes it back.

private:
    void endDrag();
    bool m_isPressed = false; ///< On a tab.
    bool m_isOut = false;
};

} // namespace blazedb::views
