#include "views/data/data_commands.h"

#include <QCoreApplication>

#include "views/commands/command_registry.h"

namespace blazedb::views {
namespace {

QString trData(const char* text)
{
    return QCoreApplication::translate("blazedb::views::commands", text);
}

void addData(CommandRegistry& commands, const char* id, const char* menu, const char* text, const char* keys = "", const char* iconName = "")
{
    Command command;
    command.id = QString::fromLatin1(id);
    command.menu = QString::fromLatin1(menu);
    command.text = trData(text);
    if (*keys) command.keys = {QKeySequence(QString::fromLatin1(keys))};
    command.iconName = QString::fromLatin1(iconName);
    command.context = CommandContext::Data;
    command.section = 5;
    command.whenIdle = trData("The Data tab is not shown.");
    commands.add(command);
}

} // namespace

void registerDataCommands(CommandRegistry& commands)
{
    addData(commands, "data.copy", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Copy Records as TSV"), "Ctrl+C", "copy");
    addData(commands, "data.copyCsv", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Copy Records as CSV"));
    addData(commands, "data.copyJson", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Copy Records as JSON"), "Ctrl+Shift+C");
    addData(commands, "data.copyJsonLines", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Copy Records as JSON Lines"));
    addData(commands, "data.copyMarkdown", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Copy Records as Markdown"));
    addData(commands, "data.export", "record", QT_TRANSLATE_NOOP("blazedb::views::commands", "E&xport Matching Records…"), "Ctrl+E", "export");
    addData(commands, "data.focusFilter", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Filter"), "Ctrl+L", "filter");
    addData(commands, "data.clearFilter", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "Clear Filter"), "Ctrl+Shift+K");
    addData(commands, "data.useValue", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Use Value as Filter"), "Ctrl+Alt+F", "filter-add");
    addData(commands, "data.excludeValue", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "E&xclude Value"));
    addData(commands, "data.goTo", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Go to Position or Id"), "Ctrl+G", "go-to");
    addData(commands, "data.find", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "Find in &View"), "Ctrl+F", "search");
    addData(commands, "data.refresh", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Refresh Records"), "F5", "refresh");
}

} // namespace blazedb::views
