#include "views/data/record_parts.h"

#include <QCoreApplication>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QTreeWidget>

#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

QString trParts(const char* text)
{
    return QCoreApplication::translate("blazedb::views::RecordPanel", text);
}

} // namespace

QPlainTextEdit* makeReadOnlyText(const Theme& theme, const QString& name, const QString& title, QWidget* parent)
{
    auto* text = new QPlainTextEdit(parent);
    nameControl(text, name, title);
    text->setReadOnly(true);
    // Tab walks on instead of being swallowed; the text can be read and copied by keyboard all the same.
    text->setTabChangesFocus(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setFont(theme.monospaceFont());
    text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    return text;
}

QTreeWidget* makeFieldTree(const QString& name, const QString& title, QWidget* parent)
{
    auto* tree = new QTreeWidget(parent);
    nameControl(tree, name, title);
    tree->setHeaderLabels({trParts(QT_TRANSLATE_NOOP("blazedb::views::RecordPanel", "Field")), trParts(QT_TRANSLATE_NOOP("blazedb::views::RecordPanel", "Kind")),
                           trParts(QT_TRANSLATE_NOOP("blazedb::views::RecordPanel", "Value"))});
    tree->setUniformRowHeights(true);
    return tree;
}

QToolButton* makeIconButton(const Theme& theme, const QString& icon, const QString& name, const QString& title, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    nameControl(button, name, title);
    button->setIcon(theme.icon(icon));
    button->setToolTip(title);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace blazedb::views
