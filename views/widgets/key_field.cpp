#include "views/widgets/key_field.h"

#include <QKeyEvent>

namespace blazedb::views {
namespace {

bool isModifierKey(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_AltGr || key == Qt::Key_Meta
           || key == Qt::Key_unknown || key == 0;
}

/// The keys that lead out of the field, for those who have no mouse.
bool isWayOut(const QKeyEvent& event)
{
    const bool isPlain = !event.modifiers().testAnyFlags(Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    return isPlain && (event.key() == Qt::Key_Tab || event.key() == Qt::Key_Backtab || event.key() == Qt::Key_Escape);
}

} // namespace

KeyField::KeyField(QWidget* parent)
    : QLineEdit(parent)
{
    setClearButtonEnabled(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    setAcceptDrops(false);
    setAttribute(Qt::WA_InputMethodEnabled, false);
    // The button that clears, or a text that came by the mouse.
    connect(this, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty() && !m_key.isEmpty()) setKey({});
        else if (text != m_key.toString(QKeySequence::NativeText)) setText(m_key.toString(QKeySequence::NativeText));
    });
}

void KeyField::setKey(const QKeySequence& key)
{
    if (key == m_key) return;
    m_key = key;
    setText(m_key.toString(QKeySequence::NativeText));
    Q_EMIT keyChanged(m_key);
}

bool KeyField::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && !isWayOut(*static_cast<QKeyEvent*>(event))) {
        event->accept(); // it comes back as a key press
        return true;
    }
    return QLineEdit::event(event);
}

void KeyField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isWayOut(*event)) {
        if (m_key.isEmpty()) return event->ignore();
        return setKey({});
    }
    if (isModifierKey(event->key())) return;
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    setKey(QKeySequence(static_cast<int>(modifiers.toInt()) | event->key()));
}

} // namespace blazedb::views
