// Input as a user makes it, for scripts: mouse and keys.
#pragma once

#include <QKeySequence>
#include <QPoint>
#include <QString>
#include <QWidget>

namespace blazedb::app {

struct Click {
    Qt::MouseButton button = Qt::LeftButton;
    Qt::KeyboardModifiers modifiers;
    bool isDouble = false;
};

/// GUI thread only, all of them. Points are in the control's coordinates.
void clickAt(QWidget* control, QPoint point, const Click& click);
void dragFromTo(QWidget* from, QPoint start, QWidget* to, QPoint end);
/// To the focus of the control's window, shortcuts included.
void pressKeys(QWidget* control, const QKeySequence& keys);
void typeText(QWidget* control, const QString& text);

} // namespace blazedb::app
