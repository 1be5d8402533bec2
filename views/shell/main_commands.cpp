#include "views/shell/main_commands.h"

#include <algorithm>
#include <utility>

#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

#include "views/commands/command_registry.h"
#include "views/commands/standard_keys.h"

namespace blazedb::views {
namespace {

using Keys = QList<QKeySequence>;

QString trCommand(const char* text)
{
    return QCoreApplication::translate("blazedb::views::commands", text);
}

QString laterReason()
{
    return trCommand("Comes with a later version.");
}

QString noDatabaseReason()
{
    return trCommand("No open database is shown.");
}

Command make(const char* id, const char* menu, int section, const char* text, Keys keys = {}, const char* iconName = "")
{
    Command command;
    command.id = QString::fromLatin1(id);
    command.menu = QString::fromLatin1(menu);
    command.section = section;
    command.text = trCommand(text);
    command.keys = std::move(keys);
    command.iconName = QString::fromLatin1(iconName);
    return command;
}

Command withReason(Command command, const QString& whenIdle)
{
    command.whenIdle = whenIdle;
    return command;
}

Command checkable(Command command)
{
    command.isCheckable = true;
    return command;
}

Command withRole(Command command, QAction::MenuRole role)
{
    command.menuRole = role;
    return command;
}

QKeySequence key(const char* text)
{
    return QKeySequence(QString::fromLatin1(text));
}

void registerFile(CommandRegistry& commands)
{
    commands.add(make("file.open", "file", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Open File…"),
                      standardKeys(QKeySequence::Open), "open"));
    commands.add(withReason(make("file.find", "file", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Find Databases…"), {}, "found"),
                            trCommand("There is nothing to search here.")));
    commands.add(make("file.sample", "file", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "Open the &Sample"), {}, "sample"));
    commands.add(withReason(make("file.connect", "file", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "Co&nnect to Server…"),
                                 {key("Ctrl+Shift+O")}, "server"),
                            trCommand("Servers come with a later version.")));
    commands.add(withReason(make("file.create", "file", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "Create &Database…"), {}, "add"),
                            trCommand("Creating databases comes with a later version.")));
    commands.add(withReason(make("file.lock", "file", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Lock Database"),
                                 {key("Ctrl+Shift+L")}, "lock"),
                            noDatabaseReason()));
    commands.add(withReason(make("file.lockAll", "file", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "Lock &All Databases")),
                            trCommand("No database is open.")));
    commands.add(withReason(checkable(make("file.locksItself", "file", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "Lock by &Itself"))),
                            noDatabaseReason()));
    commands.add(withReason(make("file.close", "file", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Close Tab"),
                                 standardKeys(QKeySequence::Close, key("Ctrl+W")), "close"),
                            trCommand("No tab is open.")));
    commands.add(withReason(make("file.reopen", "file", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Reopen Closed Tab"),
                                 {key("Ctrl+Shift+T")}),
                            trCommand("No tab was closed.")));
    commands.add(withRole(make("file.settings", "file", 2, QT_TRANSLATE_NOOP("blazedb::views::commands", "Se&ttings"),
                               standardKeys(QKeySequence::Preferences, key("Ctrl+,")), "settings"),
                          QAction::PreferencesRole));
    commands.add(withRole(make("file.quit", "file", 3, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Quit"),
                               standardKeys(QKeySequence::Quit, key("Ctrl+Q"))),
                          QAction::QuitRole));
}

/// Changing data is not part of this version; the commands stand where they will be, and say so.
void registerEditing(CommandRegistry& commands)
{
    const auto later = [&commands](Command command) { commands.add(withReason(std::move(command), laterReason())); };
    later(make("edit.undo", "edit", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Undo"), standardKeys(QKeySequence::Undo), "undo"));
    later(make("edit.redo", "edit", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Redo"), standardKeys(QKeySequence::Redo), "redo"));
    later(make("record.new", "record", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "&New Record"),
               {key("Ins"), key("Ctrl+Alt+N")}, "add"));
    later(make("record.duplicate", "record", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Duplicate Record"), {key("Ctrl+D")}));
    later(make("record.delete", "record", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "De&lete Records"), {key("Del")}, "delete"));
    later(make("record.edit", "record", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Edit Cell"), {key("F2")}, "edit"));
    later(make("record.setNull", "record", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "Set N&ull"), {key("Ctrl+0")}));
    later(make("record.removeField", "record", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "Remo&ve Field"),
               {key("Ctrl+Shift+Del")}));
    later(make("record.review", "record", 2, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Review Edits"), {key("Ctrl+Shift+R")}));
    later(make("record.commit", "record", 2, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Commit Edits"),
               standardKeys(QKeySequence::Save), "save"));
    later(make("query.new", "query", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "&New Query Tab"),
               standardKeys(QKeySequence::AddTab)));
    later(make("query.run", "query", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Run Statement"), {key("Ctrl+Return")}, "run"));
    later(make("query.runAll", "query", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "Run All State&ments"),
               {key("Ctrl+Shift+Return")}));
    later(make("query.explain", "query", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Explain"), {key("F7")}));
}

void registerView(CommandRegistry& commands)
{
    commands.add(checkable(make("view.sources", "view", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Sources"),
                                {key("Ctrl+Alt+S")}, "sidebar")));
    commands.add(checkable(make("view.panel", "view", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Bottom Panel"),
                                {key("Ctrl+Alt+P")}, "panel")));
    commands.add(withReason(checkable(make("view.foldTabs", "view", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Fold the Tab List"))),
                            noDatabaseReason()));
    commands.add(make("view.activity", "view", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "Show &Activity"), {}, "activity"));
    commands.add(make("view.log", "view", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "Show &Log"), {}, "log"));
    commands.add(checkable(make("view.themeSystem", "view", 2, QT_TRANSLATE_NOOP("blazedb::views::commands", "Theme of the S&ystem"))));
    commands.add(checkable(make("view.themeLight", "view", 2, QT_TRANSLATE_NOOP("blazedb::views::commands", "L&ight Theme"))));
    commands.add(checkable(make("view.themeDark", "view", 2, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Dark Theme"))));
    commands.add(checkable(make("view.themeContrast", "view", 2, QT_TRANSLATE_NOOP("blazedb::views::commands", "Hi&gh Contrast"))));
    commands.add(make("view.resetLayout", "view", 3, QT_TRANSLATE_NOOP("blazedb::views::commands", "R&eset Layout")));
}

void registerTabs(CommandRegistry& commands, const std::vector<TabDescriptor>& tabs)
{
    for (std::size_t i = 0; i < tabs.size(); ++i) {
        Command command;
        command.id = QStringLiteral("tab.") + tabs[i].id;
        command.menu = QStringLiteral("window");
        command.section = 2;
        command.text = tabs[i].title;
        command.toolTip = tabs[i].title + QStringLiteral(" – ") + tabs[i].question;
        command.iconName = tabs[i].iconName;
        if (i < 9) command.keys = {QKeySequence(QStringLiteral("Alt+%1").arg(i + 1))};
        command.whenIdle = noDatabaseReason();
        commands.add(command);
    }
}

void registerWindow(CommandRegistry& commands)
{
    const QString noTab = trCommand("Only one tab is open.");
    commands.add(make("tools.palette", "tools", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Command Palette…"),
                      {key("Ctrl+Shift+P")}, "palette"));
    commands.add(withReason(make("tools.cancelAll", "tools", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "Ca&ncel Running Tasks"),
                                 {key("Ctrl+.")}, "stop"),
                            trCommand("Nothing is running.")));
    commands.add(make("tools.clearRecent", "tools", 2, QT_TRANSLATE_NOOP("blazedb::views::commands", "Clear &Recent Files")));

    commands.add(make("window.goTo", "window", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Go To…"), {key("Ctrl+P")}, "go-to"));
    commands.add(withReason(make("window.nextTab", "window", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Next Database Tab"),
                                 standardKeys(QKeySequence::NextChild, key("Ctrl+Tab"))),
                            noTab));
    commands.add(withReason(make("window.previousTab", "window", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Previous Database Tab"),
                                 standardKeys(QKeySequence::PreviousChild, key("Ctrl+Shift+Tab"))),
                            noTab));
    commands.add(make("window.new", "window", 3, QT_TRANSLATE_NOOP("blazedb::views::commands", "New &Window"), {key("Ctrl+Shift+N")}));
    commands.add(withReason(make("window.tearOff", "window", 3, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Move Tab to a New Window")),
                            noDatabaseReason()));
    commands.add(withReason(make("window.moveTab", "window", 3, QT_TRANSLATE_NOOP("blazedb::views::commands", "Move Tab to the &Other Window")),
                            trCommand("There is no other window.")));
    commands.add(withReason(make("window.next", "window", 3, QT_TRANSLATE_NOOP("blazedb::views::commands", "Ne&xt Window"), {key("Ctrl+F6")}),
                            trCommand("There is no other window.")));
    commands.add(make("window.close", "window", 3, QT_TRANSLATE_NOOP("blazedb::views::commands", "Close W&indow"), {key("Ctrl+Shift+W")}));
    commands.add(make("window.nextPane", "window", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "Next P&ane"), {key("F6")}));
    commands.add(make("window.previousPane", "window", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "Previous Pan&e"),
                      {key("Shift+F6")}));
}

void registerHelp(CommandRegistry& commands)
{
    commands.add(make("help.keys", "help", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Keys"),
                      standardKeys(QKeySequence::HelpContents, key("F1")), "keyboard"));
    commands.add(make("help.licences", "help", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Licences")));
    commands.add(make("help.support", "help", 0, QT_TRANSLATE_NOOP("blazedb::views::commands", "&Support Report…")));
    commands.add(withRole(make("help.about", "help", 1, QT_TRANSLATE_NOOP("blazedb::views::commands", "&About BlazeDB Visualizer"), {}, "info"),
                          QAction::AboutRole));
}

struct MenuTitle {
    const char* id;
    const char* title;
};

constexpr MenuTitle kMenus[] = {
    {"file", QT_TRANSLATE_NOOP("blazedb::views::commands", "&File")},
    {"edit", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Edit")},
    {"view", QT_TRANSLATE_NOOP("blazedb::views::commands", "&View")},
    {"record", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Record")},
    {"query", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Query")},
    {"tools", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Tools")},
    {"window", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Window")},
    {"help", QT_TRANSLATE_NOOP("blazedb::views::commands", "&Help")},
};

void fillMenu(QMenu* menu, const QString& id, const CommandRegistry& commands)
{
    QList<Command> mine;
    for (const Command& command : commands.commands()) {
        if (command.menu == id) mine.append(command);
    }
    std::stable_sort(mine.begin(), mine.end(), [](const Command& a, const Command& b) { return a.section < b.section; });
    menu->clear();
    for (qsizetype i = 0; i < mine.size(); ++i) {
        if (i > 0 && mine[i].section != mine[i - 1].section) menu->addSeparator();
        menu->addAction(commands.action(mine[i].id));
    }
}

} // namespace

QString plainText(const QString& text)
{
    QString plain = text;
    return plain.remove(QLatin1Char('&'));
}

void registerMainCommands(CommandRegistry& commands, const std::vector<TabDescriptor>& tabs)
{
    if (commands.command(QStringLiteral("file.open"))) return; // another window of the program did
    registerFile(commands);
    registerEditing(commands);
    registerView(commands);
    registerWindow(commands);
    registerTabs(commands, tabs);
    registerHelp(commands);
    for (const TabDescriptor& tab : tabs) {
        if (tab.registerCommands) tab.registerCommands(commands);
    }
}

void buildMenuBar(QMenuBar* bar, CommandRegistry& commands)
{
    for (const MenuTitle& entry : kMenus) {
        QMenu* const menu = bar->addMenu(trCommand(entry.title));
        const QString id = QString::fromLatin1(entry.id);
        menu->setObjectName(QStringLiteral("main.menu.%1").arg(id));
        menu->setToolTipsVisible(true); // a disabled command says why
        fillMenu(menu, id, commands);
        QObject::connect(&commands, &CommandRegistry::added, menu, [menu, id, &commands](const QString& added) {
            if (commands.command(added)->menu == id) fillMenu(menu, id, commands);
        });
    }
}

} // namespace blazedb::views
