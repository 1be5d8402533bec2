#include "views/widgets/key_tip.h"

#include <QCoreApplication>
#include <QWidget>

#include "views/commands/command_registry.h"

namespace blazedb::views {
namespace {

struct KeyTip {
    Q_DECLARE_TR_FUNCTIONS(blazedb::views::KeyTip)
};

} // namespace

void setKeyTip(QWidget* widget, const CommandRegistry& commands, const QString& command, const QString& text)
{
    const auto show = [widget, &commands, command, text] {
        const QList<QKeySequence> keys = commands.keys(command);
        widget->setToolTip(keys.isEmpty() ? text : KeyTip::tr("%1 (%2)", "what a button does, and its key").arg(text, keys.first().toString(QKeySequence::NativeText)));
    };
    show();
    QObject::connect(&commands, &CommandRegistry::keysChanged, widget, show);
}

} // namespace blazedb::views
