#include "views/monitor/monitor_commands.h"

#include <QCoreApplication>

#include "views/commands/command_registry.h"

namespace blazedb::views {
namespace {

QString trMonitor(const char* text)
{
    return QCoreApplication::translate("blazedb::views::commands", text);
}

void addMonitor(CommandRegistry& commands, const char* id, const char* menu, const char* text, const char* keys = "", const char* iconName = "")
{
    Command command;
    command.id = QString::fromLatin1(id);
    command.menu = QString::fromLatin1(menu);
    command.text = trMonitor(text);
    if (*keys) command.keys = {QKeySequence(QString::fromLatin1(keys))};
    command.iconName = QString::fromLatin1(iconName);
    command.context = CommandContext::Monitor;
    command.section = 6;
    command.whenIdle = trMonitor("The Monitor tab is not shown.");
    commands.add(command);
}

} // namespace

void registerMonitorCommands(CommandRegistry& commands)
{
    addMonitor(commands, "monitor.refresh", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "Refresh Figures"), "F5", "refresh");
    addMonitor(commands, "monitor.pause", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Pause or Resume Figures"), "Pause");
    addMonitor(commands, "monitor.all", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "All &Open Databases or This One"), "Ctrl+Shift+A");
    addMonitor(commands, "monitor.copyJson", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Copy Figures as &JSON"), "Ctrl+Shift+C", "copy");
    addMonitor(commands, "monitor.copyPrometheus", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Copy Figures as Prometheus &Text"));
    addMonitor(commands, "monitor.count", "tools", QT_TRANSLATE_NOOP("blazedb::views::commands", "Co&unt Records for the Figures"));
}

} // namespace blazedb::views
