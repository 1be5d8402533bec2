#include "views/widgets/parts.h"

#include <QFocusEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>
#include <QVariant>

#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

const char* textRoleWord(TextRole role)
{
    switch (role) {
    case TextRole::Body: return "body";
    case TextRole::Title: return "title";
    case TextRole::Section: return "section";
    case TextRole::Figure: return "figure";
    case TextRole::Label: return "label";
    case TextRole::Muted: return "muted";
    case TextRole::Problem: return "problem";
    case TextRole::Warn: return "warn";
    case TextRole::Ok: return "ok";
    case TextRole::Info: return "info";
    case TextRole::Code: return "code";
    }
    return "body";
}

const char* surfaceWord(Surface surface)
{
    switch (surface) {
    case Surface::Window: return "window";
    case Surface::Base: return "base";
    case Surface::Sunken: return "sunken";
    case Surface::Card: return "card";
    case Surface::Popup: return "popup";
    case Surface::BannerInfo: return "banner-info";
    case Surface::BannerWarn: return "banner-warn";
    case Surface::BannerDanger: return "banner-danger";
    case Surface::Line: return "line";
    }
    return "window";
}

const char* buttonRoleWord(ButtonRole role)
{
    switch (role) {
    case ButtonRole::Ordinary: return "ordinary";
    case ButtonRole::Primary: return "primary";
    case ButtonRole::Danger: return "danger";
    case ButtonRole::Link: return "link";
    }
    return "ordinary";
}

/// Hands the focus of its parent on.
class FocusForwarder final : public QObject {
public:
    explicit FocusForwarder(QWidget* container)
        : QObject(container)
    {
        container->installEventFilter(this);
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::FocusIn && target) target->setFocus(static_cast<QFocusEvent*>(event)->reason());
        return QObject::eventFilter(watched, event);
    }

    QPointer<QWidget> target;
};

/// The forwarder of a container, if it has one: an own child of a type without a meta object.
FocusForwarder* forwarderOf(const QWidget* container)
{
    for (QObject* child : container->children()) {
        if (auto* forwarder = dynamic_cast<FocusForwarder*>(child)) return forwarder;
    }
    return nullptr;
}

} // namespace

void setFocusTarget(QWidget* container, QWidget* target)
{
    FocusForwarder* forwarder = forwarderOf(container);
    if (!forwarder) forwarder = new FocusForwarder(container);
    forwarder->target = target;
}

QWidget* focusTarget(const QWidget* container)
{
    const FocusForwarder* const forwarder = forwarderOf(container);
    return forwarder ? forwarder->target.data() : nullptr;
}

void setStyleProperty(QWidget* widget, const char* name, const QString& value)
{
    if (widget->property(name).toString() == value) return;
    widget->setProperty(name, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

void setTextRole(QLabel* label, TextRole role)
{
    setStyleProperty(label, "textRole", QString::fromLatin1(textRoleWord(role)));
}

void setButtonRole(QPushButton* button, ButtonRole role)
{
    setStyleProperty(button, "buttonRole", QString::fromLatin1(buttonRoleWord(role)));
}

void setSurface(QFrame* frame, Surface surface)
{
    setStyleProperty(frame, "surface", QString::fromLatin1(surfaceWord(surface)));
}

QLabel* makeLabel(const QString& text, TextRole role, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    setTextRole(label, role);
    return label;
}

QLabel* makeWrappedLabel(const QString& text, TextRole role, QWidget* parent)
{
    QLabel* label = makeLabel(text, role, parent);
    label->setWordWrap(true);
    return label;
}

QFrame* makeFrame(Surface surface, QWidget* parent)
{
    auto* frame = new QFrame(parent);
    setSurface(frame, surface);
    return frame;
}

QFrame* makeHairline(QWidget* parent)
{
    QFrame* line = makeFrame(Surface::Line, parent);
    line->setFixedHeight(1);
    return line;
}

void nameControl(QWidget* control, const QString& objectName, const QString& accessibleName)
{
    control->setObjectName(objectName);
    control->setAccessibleName(accessibleName);
}

QHBoxLayout* makeRow(QWidget* parent)
{
    auto* row = new QHBoxLayout(parent);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::unit(2));
    return row;
}

QVBoxLayout* makeColumn(QWidget* parent)
{
    auto* column = new QVBoxLayout(parent);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit(2));
    return column;
}

} // namespace blazedb::views
