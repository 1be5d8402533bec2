#include "app/visualizer/ui_input.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPointer>
#include <QWindow>

QT_BEGIN_NAMESPACE
// What Qt Test sends keys through, so that shortcuts see them as they see a keyboard's.
Q_GUI_EXPORT void qt_handleKeyEvent(QWindow* window, QEvent::Type type, int key, Qt::KeyboardModifiers modifiers, const QString& text,
                                    bool isRepeat, ushort count);
QT_END_NAMESPACE

namespace blazedb::app {
namespace {

/// The widget under a point: the viewport of a scroll area, the child of a container.
QWidget* receiver(QWidget* control, QPoint& point)
{
    if (const auto* area = qobject_cast<QAbstractScrollArea*>(control); area && area->viewport()) {
        QWidget* const viewport = area->viewport();
        return viewport;
    }
    if (QWidget* child = control->childAt(point)) {
        point = child->mapFrom(control, point);
        return child;
    }
    return control;
}

void sendMouse(QWidget* widget, QEvent::Type type, QPoint point, Qt::MouseButton button, Qt::MouseButtons buttons, Qt::KeyboardModifiers modifiers)
{
    QMouseEvent event(type, QPointF(point), widget->mapToGlobal(QPointF(point)), button, buttons, modifiers);
    QApplication::sendEvent(widget, &event);
}

void sendKey(QWidget* control, int key, Qt::KeyboardModifiers modifiers, const QString& text)
{
    const QPointer<QWindow> window = control->window()->windowHandle();
    if (!window) return;
    qt_handleKeyEvent(window, QEvent::KeyPress, key, modifiers, text, false, 1);
    if (window) qt_handleKeyEvent(window, QEvent::KeyRelease, key, modifiers, text, false, 1);
}

} // namespace

void clickAt(QWidget* control, QPoint point, const Click& click)
{
    const QPointer<QWidget> target = receiver(control, point);
    if (target->focusPolicy() & Qt::ClickFocus) target->setFocus(Qt::MouseFocusReason);
    else if (control->focusPolicy() & Qt::ClickFocus) control->setFocus(Qt::MouseFocusReason);
    const QList<QEvent::Type> presses = click.isDouble ? QList<QEvent::Type>{QEvent::MouseButtonPress, QEvent::MouseButtonDblClick}
                                                       : QList<QEvent::Type>{QEvent::MouseButtonPress};
    sendMouse(target, QEvent::MouseMove, point, Qt::NoButton, Qt::NoButton, click.modifiers);
    for (const QEvent::Type press : presses) {
        if (target) sendMouse(target, press, point, click.button, click.button, click.modifiers);
        if (target) sendMouse(target, QEvent::MouseButtonRelease, point, click.button, Qt::NoButton, click.modifiers);
    }
    if (target && click.button == Qt::RightButton) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, point, target->mapToGlobal(point), click.modifiers);
        QApplication::sendEvent(target, &event);
    }
}

void dragFromTo(QWidget* from, QPoint start, QWidget* to, QPoint end)
{
    constexpr int kSteps = 10;
    const QPointer<QWidget> target = receiver(from, start);
    // Places on the screen: what is dragged may move under the pointer, and its own coordinates with it.
    const QPoint first = target->mapToGlobal(start);
    const QPoint last = to->mapToGlobal(end);
    sendMouse(target, QEvent::MouseButtonPress, start, Qt::LeftButton, Qt::LeftButton, {});
    for (int step = 1; step <= kSteps && target; ++step)
        sendMouse(target, QEvent::MouseMove, target->mapFromGlobal(first + (last - first) * step / kSteps), Qt::NoButton, Qt::LeftButton, {});
    if (target) sendMouse(target, QEvent::MouseButtonRelease, target->mapFromGlobal(last), Qt::LeftButton, Qt::NoButton, {});
}

void pressKeys(QWidget* control, const QKeySequence& keys)
{
    for (int i = 0; i < keys.count(); ++i) {
        const QKeyCombination combination = keys[static_cast<uint>(i)];
        const int key = combination.key();
        const bool isLetter = key < 0x80 && !(combination.keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
        QString text;
        if (isLetter) text = combination.keyboardModifiers() & Qt::ShiftModifier ? QString(QChar(key)) : QString(QChar(key)).toLower();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) text = QStringLiteral("\r");
        if (key == Qt::Key_Backspace) text = QStringLiteral("\b");
        sendKey(control, key, combination.keyboardModifiers(), text);
    }
}

void typeText(QWidget* control, const QString& text)
{
    for (const QChar character : text) {
        const int key = character.unicode() < 0x80 ? int{character.toUpper().unicode()} : int{Qt::Key_unknown};
        const Qt::KeyboardModifiers modifiers = character.isUpper() ? Qt::ShiftModifier : Qt::NoModifier;
        sendKey(control, key, modifiers, character == QLatin1Char('\n') ? QStringLiteral("\r") : QString(character));
    }
}

} // namespace blazedb::app
