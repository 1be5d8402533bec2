#include "views/data/data_commands.h"

#include <QCoreApplication>

#include "views/commands/command_registry.h"

namespace blazedb::views {
namespace {

QString trData(const char* text)
{
    return QCoreApplication::translate("blazedb::views::commands", text);
}

void addData(CommandRegistry& commands, const char* id, const char* menu, const char* text, const char* keys = "", const char* iconName = "",
             bool isCheckable = false)
{
    Command command;
    command.id = QString::fromLatin1(id);
    command.menu = QString::fromLatin1(menu);
    command.text = trData(text);
    if (*keys) command.keys = {QKeySequence(QString::fromLatin1(keys))};
    command.iconName = QString::fromLatin1(iconName);
    command.context = CommandContext::Data;
    command.section = 5;
    command.isCheckable = isCheckable;
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
    addData(commands, "data.find", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Find in &View"), "Ctrl+F", "search");
    addData(commands, "data.findNext", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Find &Next"), "F3");
    addData(commands, "data.findPrevious", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Find &Previous"), "Shift+F3");
    addData(commands, "data.goTo", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Go to Position or Id"), "Ctrl+L", "go-to");
    addData(commands, "data.followReference", "record", QT_TRANSLATE_NOOP("blazedb::views::commands", "F&ollow Reference"));
    addData(commands, "data.referrers", "record", QT_TRANSLATE_NOOP("blazedb::views::commands", "Records &That Refer to This One"), "Ctrl+Alt+R");
    addData(commands, "data.back", "record", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Back to the Record Before"), "Alt+Left", "chevron-left");
    addData(commands, "data.forward", "record", QT_TRANSLATE_NOOP("blazedb::views::commands", "For&ward Again"), "Alt+Right", "chevron-right");
    addData(commands, "data.export", "record", QT_TRANSLATE_NOOP("blazedb::views::commands", "E&xport Records…"), "Ctrl+E", "export");
    addData(commands, "data.saveValue", "record", QT_TRANSLATE_NOOP("blazedb::views::commands", "Save Value to &File…"), "", "save");
    addData(commands, "data.focusFilter", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Filter"), "Ctrl+Shift+F", "filter");
    addData(commands, "data.build", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Build Filter from Rows"), "Ctrl+Alt+B");
    addData(commands, "data.filterColumn", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "Filter This &Column"), "Alt+Down", "filter-add");
    addData(commands, "data.clearFilter", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "C&lear Filter"), "Ctrl+Shift+K");
    addData(commands, "data.quick", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Quick Filter"), "Ctrl+Alt+Q");
    addData(commands, "data.saveFilter", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "Sa&ve Filter…"), "Ctrl+Alt+K");
    addData(commands, "data.useValue", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Use Value as Filter"), "Ctrl+Alt+F");
    addData(commands, "data.excludeValue", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "E&xclude Value"), "Ctrl+Alt+X");
    addData(commands, "data.sort", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Sort by This Column"), "Ctrl+Alt+O", "sort-ascending");
    addData(commands, "data.sortAlso", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Also Sort by This Column"), "Ctrl+Alt+Shift+O");
    addData(commands, "data.statistics", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "Column S&tatistics"), "Ctrl+Alt+U");
    addData(commands, "data.valuePanel", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Value Panel"), "F4", "value-panel");
    addData(commands, "data.freeze", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "F&reeze Columns up to Here"), "", "freeze");
    addData(commands, "data.unfreeze", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Unfreeze Columns"));
    addData(commands, "data.follow", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "Follo&w Changes"), "Ctrl+Alt+L", "activity", true);
    addData(commands, "data.pauseFollow", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "Pause Followi&ng"), "Ctrl+Alt+Shift+L", "", true);
    addData(commands, "data.refresh", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "Refres&h Records"), "F5", "refresh");
}

} // namespace blazedb::views
