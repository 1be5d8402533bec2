#include "views/widgets/key_splitter.h"

#include <algorithm>

#include <QKeyEvent>

#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

class KeySplitterHandle final : public QSplitterHandle {
public:
    KeySplitterHandle(Qt::Orientation orientation, QSplitter* parent)
        : QSplitterHandle(orientation, parent)
    {
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
    }

protected:
    /// The splitter gives its handles names of its own after making them.
    void showEvent(QShowEvent* event) override
    {
        setObjectName(QStringLiteral("%1.handle%2").arg(splitter()->objectName()).arg(splitter()->indexOf(this)));
        QSplitterHandle::showEvent(event);
    }

    void keyPressEvent(QKeyEvent* event) override
    {
        const int step = event->modifiers().testFlag(Qt::ShiftModifier) ? 1 : Theme::unit(4);
        const bool isMirrored = orientation() == Qt::Horizontal && isRightToLeft();
        switch (event->key()) {
        case Qt::Key_Left: shift(isMirrored ? step : -step); break;
        case Qt::Key_Right: shift(isMirrored ? -step : step); break;
        case Qt::Key_Up: shift(-step); break;
        case Qt::Key_Down: shift(step); break;
        case Qt::Key_Home: shift(-kFar); break;
        case Qt::Key_End: shift(kFar); break;
        default: return QSplitterHandle::keyPressEvent(event);
        }
        event->accept();
    }

private:
    static constexpr int kFar = 100'000;

    /// Gives `step` pixels from the part after the handle to the part before it, as far as both allow.
    void shift(int step)
    {
        QSplitter* const parts = splitter();
        const int after = parts->indexOf(this);
        int before = after - 1;
        while (before > 0 && parts->widget(before)->isHidden()) --before;
        QList<int> sizes = parts->sizes();
        const int both = sizes[before] + sizes[after];
        sizes[before] = std::clamp(sizes[before] + step, 0, both);
        sizes[after] = both - sizes[before];
        parts->setSizes(sizes);
        Q_EMIT parts->splitterMoved(sizes[before], after);
    }
};

} // namespace

KeySplitter::KeySplitter(Qt::Orientation orientation, const QString& objectName, const QString& handleName, QWidget* parent)
    : QSplitter(orientation, parent)
    , m_handleName(handleName)
{
    setObjectName(objectName);
    setChildrenCollapsible(false);
    setHandleWidth(1);
}

QSplitterHandle* KeySplitter::createHandle()
{
    auto* handle = new KeySplitterHandle(orientation(), this);
    handle->setAccessibleName(m_handleName);
    return handle;
}

} // namespace blazedb::views
