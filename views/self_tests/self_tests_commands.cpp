#include "views/self_tests/self_tests_commands.h"

#include "views/commands/command_group.h"

namespace blazedb::views {

void registerTestCommands(CommandRegistry& commands)
{
    const CommandGroup group(commands, {.context = CommandContext::Tests,
                                        .section = 7,
                                        .whenIdle = QT_TRANSLATE_NOOP("blazedb::views::commands", "The Tests tab is not shown.")});
    group.add("tests.runAll", "tools", QT_TRANSLATE_NOOP("blazedb::views::commands", "Run All &Ticked Tests"), "F5", "run");
    group.add("tests.runSelected", "tools", QT_TRANSLATE_NOOP("blazedb::views::commands", "Run the Se&lected Test"));
    group.add("tests.export", "tools", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Export the Report of Tests…"), "Ctrl+E", "export");
    group.add("tests.compare", "tools", QT_TRANSLATE_NOOP("blazedb::views::commands", "C&ompare Two Runs of Tests"));
    group.add("tests.copy", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Copy &Findings"), "Ctrl+C", "copy");
    group.add("tests.find", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Filter Fin&dings"), "Ctrl+F", "search");
}

} // namespace blazedb::views
