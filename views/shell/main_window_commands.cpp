// What the commands of the window do.
#include <algorithm>

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>

#include "views/commands/command_registry.h"
#include "views/session/session.h"
#include "views/shell/activity_model.h"
#include "views/shell/bottom_panel.h"
#include "views/shell/command_palette.h"
#include "views/shell/database_tabs.h"
#include "views/shell/database_view.h"
#include "views/shell/found_page.h"
#include "views/shell/help_pages.h"
#include "views/shell/main_commands.h"
#include "views/shell/main_window.h"
#include "views/shell/place_list.h"
#include "views/shell/rescue_page.h"
#include "views/shell/source_details_page.h"
#include "views/shell/source_view.h"
#include "views/shell/sources_panel.h"
#include "views/shell/support_page.h"

namespace blazedb::views {
namespace {

struct ThemeCommand {
    const char* id;
    ThemeChoice choice;
};

constexpr ThemeCommand kThemeCommands[] = {
    {"view.themeSystem", ThemeChoice::System},
    {"view.themeLight", ThemeChoice::Light},
    {"view.themeDark", ThemeChoice::Dark},
    {"view.themeContrast", ThemeChoice::HighContrast},
};

/// Of a page that reads out of an open database: its session.
constexpr const char* kReadsSession = "readsSession";

/// The first part of `pane` that takes the focus by Tab, the pane itself included.
QWidget* firstFocusable(QWidget* pane)
{
    if (pane->focusPolicy() & Qt::TabFocus && pane->isEnabled()) return pane;
    QWidget* candidate = pane->nextInFocusChain();
    for (; candidate && candidate != pane; candidate = candidate->nextInFocusChain()) {
        if (pane->isAncestorOf(candidate) && candidate->isVisible() && candidate->isEnabled()
            && (candidate->focusPolicy() & Qt::TabFocus) && !candidate->focusProxy())
            return candidate;
    }
    return nullptr;
}

} // namespace

void MainWindow::bindCommands()
{
    for (const Command& command : m_parts.commands.commands()) addAction(m_parts.commands.action(command.id));
    connect(&m_parts.commands, &CommandRegistry::added, this, [this](const QString& id) { addAction(m_parts.commands.action(id)); });
    bindFileCommands();
    bindViewCommands();
    bindWindowCommands();
    bindTabCommands();
    bindHelpCommands();
    setIcons();
    refreshThemeMarks();
}

void MainWindow::setIcons()
{
    for (const Command& command : m_parts.commands.commands()) {
        if (!command.iconName.isEmpty()) m_parts.commands.action(command.id)->setIcon(m_parts.theme.icon(command.iconName));
    }
}

void MainWindow::bindFileCommands()
{
    CommandRegistry& commands = m_parts.commands;
    commands.setHandler(QStringLiteral("file.open"), this, [this] { askForFiles(); });
    if (m_parts.openSample) commands.setHandler(QStringLiteral("file.sample"), this, [this] { m_parts.openSample(); });
    if (m_parts.searchOrder) commands.setHandler(QStringLiteral("file.find"), this, [this] { showFound(); });
    commands.setHandler(QStringLiteral("file.lock"), this, [this] {
        if (DatabaseView* view = m_tabs->current()) view->lock();
    });
    commands.setHandler(QStringLiteral("file.lockAll"), this, [this] { lockAll({}); });
    commands.setHandler(QStringLiteral("file.locksItself"), this, [this] {
        if (DatabaseView* view = m_tabs->current()) view->setLocksItself(m_parts.commands.action(QStringLiteral("file.locksItself"))->isChecked());
        refreshCommands();
    });
    commands.setHandler(QStringLiteral("file.close"), this, [this] { m_tabs->closeAt(m_tabs->currentIndex()); });
    commands.setHandler(QStringLiteral("file.reopen"), this, [this] { m_tabs->reopenClosed(); });
    if (m_parts.makeSettingsPage) {
        commands.setHandler(QStringLiteral("file.settings"), this, [this] {
            m_tabs->openPage(QStringLiteral("settings"), tr("Settings"), QStringLiteral("settings"), m_parts.makeSettingsPage);
        });
    }
    commands.setHandler(QStringLiteral("file.quit"), this, [this] { quit(); });
}

void MainWindow::bindViewCommands()
{
    CommandRegistry& commands = m_parts.commands;
    commands.setHandler(QStringLiteral("view.sources"), this, [this] {
        showSources(m_parts.commands.action(QStringLiteral("view.sources"))->isChecked());
    });
    commands.setHandler(QStringLiteral("view.panel"), this,
                        [this] { showPanel(m_parts.commands.action(QStringLiteral("view.panel"))->isChecked()); });
    commands.setHandler(QStringLiteral("view.foldTabs"), this,
                        [this] { setFolded(m_parts.commands.action(QStringLiteral("view.foldTabs"))->isChecked()); });
    commands.setHandler(QStringLiteral("view.activity"), this, [this] {
        m_bottom->showPage(BottomPanel::Activity);
        showPanel(true);
    });
    commands.setHandler(QStringLiteral("view.log"), this, [this] {
        m_bottom->showPage(BottomPanel::Log);
        showPanel(true);
    });
    commands.setHandler(QStringLiteral("view.resetLayout"), this, [this] { resetLayout(); });
    for (const ThemeCommand& entry : kThemeCommands) {
        commands.setHandler(QString::fromLatin1(entry.id), this, [this, choice = entry.choice] {
            m_parts.theme.apply(choice);
            Q_EMIT themeChosen(choice);
        });
    }
}

void MainWindow::bindWindowCommands()
{
    CommandRegistry& commands = m_parts.commands;
    commands.setHandler(QStringLiteral("tools.palette"), this, [this] { showPalette(); });
    commands.setHandler(QStringLiteral("tools.cancelAll"), this, [this] {
        m_jobs->cancelAll();
        for (const DatabaseView* view : viewsEverywhere()) {
            if (view->session()) view->session()->jobs().cancelAll();
        }
    });
    commands.setHandler(QStringLiteral("tools.clearRecent"), this, [this] { m_places->clearRecent(); });
    commands.setHandler(QStringLiteral("window.goTo"), this, [this] { showGoTo(); });
    commands.setHandler(QStringLiteral("window.nextTab"), this, [this] { m_tabs->step(1); });
    commands.setHandler(QStringLiteral("window.previousTab"), this, [this] { m_tabs->step(-1); });
    commands.setHandler(QStringLiteral("window.nextPane"), this, [this] { walkPanes(1); });
    commands.setHandler(QStringLiteral("window.previousPane"), this, [this] { walkPanes(-1); });
    for (std::size_t i = 0; i < m_parts.tabs.size(); ++i)
        commands.setHandler(QStringLiteral("tab.") + m_parts.tabs[i].id, this, [this, i] { showTab(static_cast<int>(i)); });
}

void MainWindow::bindHelpCommands()
{
    CommandRegistry& commands = m_parts.commands;
    commands.setHandler(QStringLiteral("help.keys"), this, [this] {
        m_tabs->openPage(QStringLiteral("keys"), tr("Keys"), QStringLiteral("keyboard"),
                         [this](QWidget* parent) { return makeKeysPage(m_parts.commands, parent); });
    });
    commands.setHandler(QStringLiteral("help.licences"), this, [this] {
        m_tabs->openPage(QStringLiteral("licences"), tr("Licences"), QStringLiteral("info"), makeLicencesPage);
    });
    commands.setHandler(QStringLiteral("help.support"), this, [this] { showSupportReport(); });
    commands.setHandler(QStringLiteral("help.about"), this, [this] { showAbout(m_parts.theme, m_parts.version, this); });
}

void MainWindow::showFound()
{
    m_tabs->openPage(QStringLiteral("found"), tr("Find Databases"), QStringLiteral("found"), [this](QWidget* parent) {
        auto* const page = new FoundPage(*m_found, m_parts.searchOrder, parent);
        connect(page, &FoundPage::openRequested, this, [this](const QString& place) { openPlaces({place}); });
        connect(page, &FoundPage::detailsRequested, this, &MainWindow::showDetails);
        connect(page, &FoundPage::settingsRequested, this, [this] { m_parts.commands.action(QStringLiteral("file.settings"))->trigger(); });
        return page;
    });
}

void MainWindow::showDetails(const QString& place)
{
    m_tabs->openPage(QStringLiteral("details:") + place, tr("Details of %1").arg(shortPlaceName(place)), QStringLiteral("info"), [this, place](QWidget* parent) {
        auto* const page = new SourceDetailsPage(m_parts.opener, *m_jobs, *m_places, *m_marks, place, parent);
        connect(page, &SourceDetailsPage::openRequested, this, [this](const QString& chosen) { openPlaces({chosen}); });
        return page;
    });
}

void MainWindow::showRescue(const QString& place)
{
    DatabaseView* const view = m_tabs->find(place);
    Session* const session = view ? view->session() : nullptr;
    m_tabs->openPage(QStringLiteral("rescue:") + place, tr("Rescue %1").arg(shortPlaceName(place)), QStringLiteral("rescue"), [&](QWidget* parent) {
        auto* const page = new RescuePage(m_parts.opener, session ? session->jobs() : *m_jobs, m_parts.theme,
                                          {place, shortPlaceName(place), session ? &session->source() : nullptr}, m_parts.chooseSaveFile, parent);
        if (session) page->setProperty(kReadsSession, QVariant::fromValue(session));
        connect(page, &RescuePage::openRequested, this, [this](const QString& rescued) { openPlaces({rescued}); });
        connect(page, &RescuePage::reportRequested, this,
                [this](const QString& text) { saveText(tr("Save the Report"), QStringLiteral("rescue-report.txt"), text); });
        return page;
    });
}

void MainWindow::closeRescuesOfLocked()
{
    const auto& open = m_parts.sessions->sessions();
    for (int i = m_tabs->count(); i-- > 0;) {
        QWidget* const page = m_tabs->widget(i);
        const auto* const session = page->property(kReadsSession).value<Session*>();
        if (!session || std::find(open.begin(), open.end(), session) != open.end()) continue;
        // Now, not later: it borrows what goes when control has left here. And quietly: the database it read from is half closed.
        const QSignalBlocker quiet(m_tabs);
        delete page;
        QMetaObject::invokeMethod(this, &MainWindow::refresh, Qt::QueuedConnection);
    }
}

bool MainWindow::isRescuing() const
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        const auto* const page = qobject_cast<const RescuePage*>(m_tabs->widget(i));
        if (page && page->isRunning()) return true;
    }
    return false;
}

void MainWindow::showSupportReport()
{
    m_tabs->openPage(QStringLiteral("support"), tr("Support Report"), QStringLiteral("info"), [this](QWidget* parent) {
        auto* const page = new SupportPage([this] { return supportReport(collectSupportFacts(m_parts), QDir::homePath()); }, parent);
        connect(page, &SupportPage::saveRequested, this,
                [this](const QString& text) { saveText(tr("Save the Support Report"), QStringLiteral("blazedb-support-report.txt"), text); });
        return page;
    });
}

void MainWindow::refreshCommands()
{
    const auto setEnabled = [this](const QString& id, bool isOn, const QString& why) { m_parts.commands.setEnabledFor(id, this, isOn, why); };
    const DatabaseView* const current = m_tabs->current();
    const bool isOpen = current && !current->isLocked();
    const QString noDatabase = tr("No open database is shown.");
    setEnabled(QStringLiteral("file.lock"), isOpen, noDatabase);
    setEnabled(QStringLiteral("file.locksItself"), isOpen, noDatabase);
    m_parts.commands.setCheckedFor(QStringLiteral("file.locksItself"), this, isOpen && current->locksItself());
    const std::vector<DatabaseView*> views = viewsEverywhere();
    const bool isAnyOpen = std::any_of(views.begin(), views.end(), [](const DatabaseView* view) { return !view->isLocked(); });
    setEnabled(QStringLiteral("file.lockAll"), isAnyOpen, tr("No database is open."));
    setEnabled(QStringLiteral("view.foldTabs"), isOpen, noDatabase);
    for (const TabDescriptor& tab : m_parts.tabs) setEnabled(QStringLiteral("tab.") + tab.id, isOpen, noDatabase);
    setEnabled(QStringLiteral("file.close"), m_tabs->count() > 0, tr("No tab is open."));
    setEnabled(QStringLiteral("file.reopen"), m_tabs->canReopen(), tr("No tab was closed."));
    for (const char* id : {"window.nextTab", "window.previousTab"})
        setEnabled(QString::fromLatin1(id), m_tabs->count() > 1, tr("Only one tab is open."));
    setEnabled(QStringLiteral("tools.cancelAll"), m_activity->runningCount() > 0, tr("Nothing is running."));
    const auto& places = m_places->places();
    const bool hasRecent = std::any_of(places.begin(), places.end(), [](const Place& place) { return !place.isPinned; });
    setEnabled(QStringLiteral("tools.clearRecent"), hasRecent, tr("There are no recent files."));
    refreshWindowCommands();
}

void MainWindow::refreshThemeMarks()
{
    for (const ThemeCommand& entry : kThemeCommands)
        m_parts.commands.setCheckedFor(QString::fromLatin1(entry.id), this, entry.choice == m_parts.theme.choice());
}

void MainWindow::askForFiles()
{
    // The system's own dialog is the one thing that may run a loop of its own.
    openPlaces(m_parts.chooseFiles ? m_parts.chooseFiles(this)
                                   : QFileDialog::getOpenFileNames(this, tr("Open Database"), {},
                                                                   tr("BlazeDB databases and dumps (*.blazedb *.blaze *.blazedump);;All files (*)")));
}

void MainWindow::showTab(int number)
{
    DatabaseView* const view = m_tabs->current();
    if (!view || !view->sourceView()) return;
    view->sourceView()->showTab(number);
    if (QWidget* target = firstFocusable(view->sourceView()->content())) target->setFocus(Qt::ShortcutFocusReason);
    else view->sourceView()->tabList()->setFocus(Qt::ShortcutFocusReason);
}

std::vector<PaletteEntry> MainWindow::commandEntries() const
{
    std::vector<PaletteEntry> entries;
    for (const Command& command : m_parts.commands.commands()) {
        QAction* const action = m_parts.commands.action(command.id);
        if (command.id == QLatin1String("tools.palette")) continue;
        entries.push_back({.title = plainText(command.text),
                           .detail = action->shortcut().toString(QKeySequence::NativeText),
                           .icon = action->icon(),
                           .reasonOff = action->isEnabled() ? QString() : action->statusTip(),
                           .run = [action] { action->trigger(); }});
    }
    return entries;
}

std::vector<PaletteEntry> MainWindow::goToEntries()
{
    std::vector<PaletteEntry> entries;
    const DatabaseView* const current = m_tabs->current();
    for (std::size_t i = 0; i < m_parts.tabs.size() && current && current->sourceView(); ++i) {
        const TabDescriptor& tab = m_parts.tabs[i];
        entries.push_back({.title = tab.title,
                           .detail = current->name(),
                           .icon = m_parts.theme.icon(tab.iconName),
                           .reasonOff = {},
                           .run = [this, i] { showTab(static_cast<int>(i)); }});
    }
    QStringList listed;
    const auto addPlace = [&](const QString& place, const QString& name, const QString& iconName) {
        if (listed.contains(place)) return;
        listed << place;
        entries.push_back({.title = name,
                           .detail = place,
                           .icon = m_parts.theme.icon(iconName),
                           .reasonOff = {},
                           .run = [this, place] { openPlaces({place}); }});
    };
    for (const DatabaseView* view : m_tabs->views()) addPlace(view->place(), view->name(), QStringLiteral("database"));
    for (const Place& place : m_places->places()) addPlace(place.place, place.name, QStringLiteral("file"));
    return entries;
}

void MainWindow::showPalette()
{
    m_palette->open(tr("Type to find a command"), commandEntries());
}

void MainWindow::showGoTo()
{
    m_palette->open(tr("Go to a tab or a database"), goToEntries());
}

QList<QWidget*> MainWindow::panes() const
{
    QList<QWidget*> all{m_sources};
    if (m_tabs->isVisible()) all << m_tabs->tabBar();
    const DatabaseView* const current = m_tabs->current();
    if (current && current->sourceView()) {
        all << current->sourceView()->tabList() << current->sourceView()->content();
    } else {
        all << (m_tabs->isVisible() ? m_tabs->currentWidget() : m_middle->currentWidget());
    }
    all << m_bottom;
    all.removeIf([](const QWidget* pane) { return !pane || !pane->isVisible() || !firstFocusable(const_cast<QWidget*>(pane)); });
    return all;
}

void MainWindow::walkPanes(int by)
{
    const QList<QWidget*> all = panes();
    if (all.isEmpty()) return;
    const QWidget* const focus = QApplication::focusWidget();
    const auto here = std::find_if(all.begin(), all.end(),
                                   [focus](const QWidget* pane) { return focus && (pane == focus || pane->isAncestorOf(focus)); });
    const qsizetype place = here == all.end() ? (by > 0 ? -1 : 0) : here - all.begin();
    QWidget* const next = all[(place + by + all.size()) % all.size()];
    firstFocusable(next)->setFocus(Qt::TabFocusReason);
}

} // namespace blazedb::views
