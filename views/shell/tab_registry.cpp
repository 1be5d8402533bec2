#include "views/shell/tab_registry.h"

#include <QCoreApplication>

#include "views/data/data_commands.h"
#include "views/data/data_tab.h"
#include "views/monitor/monitor_commands.h"
#include "views/monitor/monitor_tab.h"
#include "views/self_tests/self_tests_commands.h"
#include "views/self_tests/self_tests_tab.h"
#include "views/session/session.h"

namespace blazedb::views {
namespace {

QString trTab(const char* text)
{
    return QCoreApplication::translate("blazedb::views::tabs", text);
}

TabDescriptor notBuilt(const char* id, const QString& title, const QString& question, const char* iconName)
{
    return {.id = QString::fromLatin1(id),
            .title = title,
            .question = question,
            .iconName = QString::fromLatin1(iconName),
            .registerCommands = {},
            .make = {},
            .reasonUnavailable = {}};
}

} // namespace

std::vector<TabDescriptor> tabDescriptors()
{
    return {
        {.id = QStringLiteral("monitor"),
         .title = trTab("Monitor"),
         .question = trTab("Is it well right now?"),
         .iconName = QStringLiteral("tab-monitor"),
         .registerCommands = registerMonitorCommands,
         .make = makeMonitorTab,
         .reasonUnavailable =
             [](const Session& session) { return session.source().monitor() ? QString() : trTab("This source has no figures of its own."); }},
        {.id = QStringLiteral("data"),
         .title = trTab("Data"),
         .question = trTab("What is in it?"),
         .iconName = QStringLiteral("tab-data"),
         .registerCommands = registerDataCommands,
         .make = makeDataTab,
         .reasonUnavailable = {}},
        notBuilt("builder", trTab("Query Builder"), trTab("Which records …? (without typing)"), "tab-query-builder"),
        notBuilt("console", trTab("Console"), trTab("Which records …? (typing)"), "tab-console"),
        notBuilt("search", trTab("Search"), trTab("Where does this text occur?"), "tab-search"),
        notBuilt("visualize", trTab("Visualize"), trTab("What do the data look like?"), "tab-visualize"),
        notBuilt("charts", trTab("Charts"), trTab("How did it develop?"), "tab-charts"),
        notBuilt("performance", trTab("Performance"), trTab("Which queries cost time?"), "tab-performance"),
        notBuilt("telemetry", trTab("Telemetry"), trTab("What is happening on all devices?"), "tab-telemetry"),
        notBuilt("schema", trTab("Schema"), trTab("What is its structure?"), "tab-schema"),
        notBuilt("relations", trTab("Relations"), trTab("What belongs together?"), "tab-relations"),
        notBuilt("access", trTab("Access"), trTab("Who may do what?"), "tab-access"),
        notBuilt("sync", trTab("Sync"), trTab("What is waiting to be exchanged?"), "tab-sync"),
        notBuilt("backup", trTab("Backup"), trTab("Can I get it back?"), "tab-backup"),
        {.id = QStringLiteral("tests"),
         .title = trTab("Tests"),
         .question = trTab("Is it really sound?"),
         .iconName = QStringLiteral("tab-tests"),
         .registerCommands = registerTestCommands,
         .make = makeSelfTestsTab,
         .reasonUnavailable =
             [](const Session& session) { return session.source().upkeep() ? QString() : trTab("This source cannot be checked from here."); }},
    };
}

} // namespace blazedb::views
