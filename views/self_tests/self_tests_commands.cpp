#include "views/self_tests/self_tests_commands.h"

#include <QCoreApplication>

#include "views/commands/command_registry.h"

namespace blazedb::views {
namespace {

QString trTests(const char* text)
{
    return QCoreApplication::translate("blazedb::views::commands", text);
}

void addTests(CommandRegistry& commands, const char* id, const char* menu, const char* text, const char* keys = "", const char* iconName = "")
{
    Command command;
    command.id = QString::fromLatin1(id);
    command.menu = QString::fromLatin1(menu);
    command.text = trTests(text);
    if (*keys) command.keys = {QKeySequence(QString::fromLatin1(keys))};
    command.iconName = QString::fromLatin1(iconName);
    command.context = CommandContext::Tests;
    command.section = 7;
    command.whenIdle = trTests("The Tests tab is not shown.");
    commands.add(command);
}

} // namespace

void registerTestCommands(CommandRegistry& commands)
{
    addTests(commands, "tests.runAll", "tools", QT_TRANSLATE_NOOP("blazedb::views::commands", "Run All &Ticked Tests"), "F5", "run");
    addTests(commands, "tests.runSelected", "tools", QT_TRANSLATE_NOOP("blazedb::views::commands", "Run the Se&lected Test"));
    addTests(commands, "tests.export", "tools", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Export the Report of Tests…"), "Ctrl+E", "export");
    addTests(commands, "tests.compare", "tools", QT_TRANSLATE_NOOP("blazedb::views::commands", "C&ompare Two Runs of Tests"));
    addTests(commands, "tests.copy", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Copy &Findings"), "Ctrl+C", "copy");
    addTests(commands, "tests.find", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Filter Fin&dings"), "Ctrl+F", "search");
}

} // namespace blazedb::views
