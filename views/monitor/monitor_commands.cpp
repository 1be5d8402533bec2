#include "views/monitor/monitor_commands.h"

#include "views/commands/command_group.h"

namespace blazedb::views {

void registerMonitorCommands(CommandRegistry& commands)
{
    const CommandGroup group(commands, {.context = CommandContext::Monitor,
                                        .section = 6,
                                        .whenIdle = QT_TRANSLATE_NOOP("blazedb::views::commands", "The Monitor tab is not shown.")});
    group.add("monitor.refresh", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "Refresh Figures"), "F5", "refresh");
    group.add("monitor.pause", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Pause or Resume Figures"), "Pause");
    group.add("monitor.all", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "All &Open Databases or This One"), "Ctrl+Shift+A");
    group.add("monitor.copyJson", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Copy Figures as &JSON"), "Ctrl+Shift+C", "copy");
    group.add("monitor.copyPrometheus", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Copy Figures as Prometheus &Text"));
    group.add("monitor.count", "tools", QT_TRANSLATE_NOOP("blazedb::views::commands", "Co&unt Records for the Figures"));
}

} // namespace blazedb::views
