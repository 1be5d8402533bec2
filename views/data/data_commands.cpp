#include "views/data/data_commands.h"

#include "views/commands/command_group.h"

namespace blazedb::views {

void registerDataCommands(CommandRegistry& commands)
{
    const CommandGroup group(commands, {.context = CommandContext::Data,
                                        .section = 5,
                                        .whenIdle = QT_TRANSLATE_NOOP("blazedb::views::commands", "The Data tab is not shown.")});
    group.add("data.copy", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Copy Records as TSV"), "Ctrl+C", "copy");
    group.add("data.copyCsv", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Copy Records as CSV"));
    group.add("data.copyJson", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Copy Records as JSON"), "Ctrl+Shift+C");
    group.add("data.copyJsonLines", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Copy Records as JSON Lines"));
    group.add("data.copyMarkdown", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Copy Records as Markdown"));
    group.add("data.find", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Find in &View"), "Ctrl+F", "search");
    group.add("data.findNext", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Find &Next"), "F3");
    group.add("data.findPrevious", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "Find &Previous"), "Shift+F3");
    group.add("data.goTo", "edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Go to Position or Id"), "Ctrl+L", "go-to");
    group.add("data.followReference", "record", QT_TRANSLATE_NOOP("blazedb::views::commands", "F&ollow Reference"));
    group.add("data.referrers", "record", QT_TRANSLATE_NOOP("blazedb::views::commands", "Records &That Refer to This One"), "Ctrl+Alt+R");
    group.add("data.back", "record", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Back to the Record Before"), "Alt+Left", "chevron-left");
    group.add("data.forward", "record", QT_TRANSLATE_NOOP("blazedb::views::commands", "For&ward Again"), "Alt+Right", "chevron-right");
    group.add("data.export", "record", QT_TRANSLATE_NOOP("blazedb::views::commands", "E&xport Records…"), "Ctrl+E", "export");
    group.add("data.saveValue", "record", QT_TRANSLATE_NOOP("blazedb::views::commands", "Save Value to &File…"), "", "save");
    group.add("data.focusFilter", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Filter"), "Ctrl+Shift+F", "filter");
    group.add("data.build", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Build Filter from Rows"), "Ctrl+Alt+B");
    group.add("data.filterColumn", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "Filter This &Column"), "Alt+Down", "filter-add");
    group.add("data.clearFilter", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "C&lear Filter"), "Ctrl+Shift+K");
    group.add("data.quick", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Quick Filter"), "Ctrl+Alt+Q");
    group.add("data.saveFilter", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "Sa&ve Filter…"), "Ctrl+Alt+K");
    group.add("data.useValue", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Use Value as Filter"), "Ctrl+Alt+F");
    group.add("data.excludeValue", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "E&xclude Value"), "Ctrl+Alt+X");
    group.add("data.sort", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Sort by This Column"), "Ctrl+Alt+O", "sort-ascending");
    group.add("data.sortAlso", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Also Sort by This Column"), "Ctrl+Alt+Shift+O");
    group.add("data.statistics", "query", QT_TRANSLATE_NOOP("blazedb::views::commands", "Column S&tatistics"), "Ctrl+Alt+U");
    group.add("data.valuePanel", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Value Panel"), "F4", "value-panel");
    group.add("data.freeze", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "F&reeze Columns up to Here"), "", "freeze");
    group.add("data.unfreeze", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Unfreeze Columns"));
    group.add("data.follow", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "Follo&w Changes"), "Ctrl+Alt+L", "activity", true);
    group.add("data.pauseFollow", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "Pause Followi&ng"), "Ctrl+Alt+Shift+L", "", true);
    group.add("data.refresh", "view", QT_TRANSLATE_NOOP("blazedb::views::commands", "Refres&h Records"), "F5", "refresh");
}

} // namespace blazedb::views
