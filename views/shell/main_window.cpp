#include "views/shell/main_window.h"

#include <algorithm>
#include <utility>

#include <QApplication>
#include <QCloseEvent>
#include <QDialog>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolTip>
#include <QUrl>
#include <QVBoxLayout>

#include "views/commands/command_registry.h"
#include "views/session/session.h"
#include "views/session/state_store.h"
#include "views/shell/activity_model.h"
#include "views/shell/bottom_panel.h"
#include "views/shell/command_palette.h"
#include "views/shell/database_tabs.h"
#include "views/shell/database_view.h"
#include "views/shell/environment_strip.h"
#include "views/shell/found_sources.h"
#include "views/shell/job_log.h"
#include "views/shell/main_commands.h"
#include "views/shell/place_list.h"
#include "views/shell/remembered_secrets.h"
#include "views/shell/source_marks.h"
#include "views/shell/source_view.h"
#include "views/shell/sources_panel.h"
#include "views/shell/start_page.h"
#include "views/shell/status_strip.h"
#include "views/shell/window_set.h"
#include "views/widgets/format.h"
#include "views/widgets/key_splitter.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

constexpr int kSourcesWidth = 240;
constexpr int kPanelRows = 8;
constexpr int kSaveAfterMs = 1000;

QStringList localFiles(const QMimeData* data)
{
    QStringList files;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile()) files << url.toLocalFile();
    }
    return files;
}

/// Dialogs, menus and tips, whosever they are: nothing of a database stays on screen when it is locked.
void closePopups()
{
    while (QWidget* const popup = QApplication::activePopupWidget()) popup->close();
    QToolTip::hideText();
    for (QWidget* const window : QApplication::topLevelWidgets()) {
        auto* const dialog = qobject_cast<QDialog*>(window);
        if (dialog && dialog->isVisible()) dialog->reject();
    }
}

} // namespace

MainWindow::MainWindow(ShellParts parts, QWidget* parent)
    : QMainWindow(parent)
    , m_set(std::make_shared<WindowSet>(std::move(parts)))
    , m_parts(m_set->parts)
    , m_jobs(&m_set->jobs)
    , m_places(&m_set->places)
    , m_marks(&m_set->marks)
    , m_found(&m_set->found)
    , m_activity(&m_set->activity)
    , m_jobLog(&m_set->jobLog)
{
    m_set->first = this;
    begin();
    m_places->lookAgain();
}

MainWindow::MainWindow(std::shared_ptr<WindowSet> set)
    : m_set(std::move(set))
    , m_parts(m_set->parts)
    , m_jobs(&m_set->jobs)
    , m_places(&m_set->places)
    , m_marks(&m_set->marks)
    , m_found(&m_set->found)
    , m_activity(&m_set->activity)
    , m_jobLog(&m_set->jobLog)
    , m_isFirst(false)
{
    setAttribute(Qt::WA_DeleteOnClose);
    begin();
}

void MainWindow::begin()
{
    setObjectName(QStringLiteral("main.window"));
    setAcceptDrops(true);
    m_set->windows.push_back(this);
    m_number = m_set->made++;
    registerMainCommands(m_parts.commands, m_parts.tabs);
    build();
    connectParts();
    bindCommands();
    resetLayout();
    refresh();
}

MainWindow::~MainWindow()
{
    leaveSet();
    // The widgets borrow the members, which would go before them; and nobody needs to hear of each farewell.
    for (QObject* const part : {static_cast<QObject*>(m_activity), static_cast<QObject*>(m_places), static_cast<QObject*>(m_found),
                                static_cast<QObject*>(m_marks), static_cast<QObject*>(m_parts.sessions.get()),
                                static_cast<QObject*>(m_tabs), static_cast<QObject*>(&m_parts.theme)})
        disconnect(part, nullptr, this, nullptr);
    delete takeCentralWidget();
    delete std::exchange(m_status, nullptr);
}

void MainWindow::build()
{
    menuBar()->setObjectName(QStringLiteral("main.menu"));
    buildMenuBar(menuBar(), m_parts.commands);

    m_columns = new KeySplitter(Qt::Horizontal, QStringLiteral("main.columns"), tr("Width of the sources"), this);
    m_rows = new KeySplitter(Qt::Vertical, QStringLiteral("main.rows"), tr("Height of the panel"), m_columns);
    m_sources = new SourcesPanel(*m_places, *m_marks, m_parts.state, m_parts.theme, m_columns);
    m_sources->setObjectName(QStringLiteral("sources.panel"));
    m_middle = new QStackedWidget(m_rows);
    m_start = new StartPage(m_parts.commands, *m_places, *m_marks, m_parts.theme, m_middle);
    m_tabs = new DatabaseTabs(m_parts, *m_jobs, m_middle);
    m_bottom = new BottomPanel(m_parts, *m_activity, m_rows);
    m_middle->addWidget(m_start);
    m_middle->addWidget(m_tabs);
    m_rows->addWidget(m_middle);
    m_rows->addWidget(m_bottom);
    m_rows->setStretchFactor(0, 1);
    m_columns->addWidget(m_sources);
    m_columns->addWidget(m_rows);
    m_columns->setStretchFactor(1, 1);
    m_sources->setMinimumWidth(160);
    m_strip = new EnvironmentStrip(m_parts.theme, this);
    auto* const central = new QWidget(this);
    auto* const column = makeColumn(central);
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addWidget(m_columns, 1);
    setCentralWidget(central);
    m_status = new StatusStrip(m_parts.theme, *m_activity, this);
    setStatusBar(m_status);
    m_palette = new CommandPalette(m_parts.theme, this);
    m_bottom->hide();
}

void MainWindow::connectParts()
{
    connect(m_tabs, &DatabaseTabs::changed, this, &MainWindow::refresh);
    connect(m_tabs, &DatabaseTabs::draggedOut, this, &MainWindow::dropTab);
    connect(m_tabs, &DatabaseTabs::menuRequested, this, &MainWindow::showTabMenu);
    connect(m_tabs, &DatabaseTabs::viewOpened, this, &MainWindow::noteOpened);
    connect(m_tabs, &DatabaseTabs::viewLocked, this, [this](const DatabaseView* view) { log(LogLevel::Info, QStringLiteral("locked ") + view->place()); });
    connect(m_tabs, &DatabaseTabs::statusTextChanged, this, [this] { m_status->showView(m_tabs->current()); });
    connect(m_start, &StartPage::openRequested, this, [this](const QString& place) { openPlaces({place}); });
    connect(m_sources, &SourcesPanel::openRequested, this, [this](const QString& place) { openPlaces({place}); });
    connect(m_sources, &SourcesPanel::lockRequested, this, [this](const QString& place) {
        if (DatabaseView* view = m_tabs->find(place)) view->lock();
    });
    connect(m_sources, &SourcesPanel::closeRequested, this,
            [this](const QString& place) { m_tabs->closeAt(m_tabs->indexOf(m_tabs->find(place))); });
    connect(m_sources, &SourcesPanel::detailsRequested, this, &MainWindow::showDetails);
    connect(m_sources, &SourcesPanel::commandRequested, this, [this](const QString& id) { m_parts.commands.action(id)->trigger(); });
    connect(m_found, &FoundSources::stateChanged, this, [this] {
        if (m_found->state() == FoundSources::State::Running) return;
        m_sources->setFoundText(tr("Databases found: %1").arg(formatCount(std::uint64_t{m_found->found()})));
    });
    connect(m_tabs, &DatabaseTabs::rescueRequested, this, &MainWindow::showRescue);
    connect(m_parts.sessions.get(), &OpenSessions::changed, this, &MainWindow::closeRescuesOfLocked);
    connect(m_bottom, &BottomPanel::closeRequested, this, [this] { showPanel(false); });
    connect(m_bottom, &BottomPanel::logExportRequested, this,
            [this](const QString& text) { saveText(tr("Export the Log"), QStringLiteral("blazedb-visualizer-log.txt"), text); });
    connect(m_status, &StatusStrip::activityRequested, this, [this] {
        m_bottom->showPage(BottomPanel::Activity);
        showPanel(true);
    });
    connect(m_activity, &ActivityModel::runningChanged, this, &MainWindow::refreshCommands);
    connect(m_places, &PlaceList::changed, this, &MainWindow::refreshCommands);
    connect(m_places, &PlaceList::changed, this, &MainWindow::refreshStrip);
    connect(m_marks, &SourceMarks::changed, this, &MainWindow::refreshStrip);
    connect(&m_parts.theme, &Theme::changed, this, &MainWindow::refreshThemeMarks);
    connect(m_columns, &QSplitter::splitterMoved, this, &MainWindow::saveSoon);
    connect(m_rows, &QSplitter::splitterMoved, this, &MainWindow::saveSoon);
    if (m_parts.secrets) {
        connect(m_parts.secrets, &RememberedSecrets::failed, this, [this](const QString& name, const Error& error) {
            if (front() != this) return; // one window says it
            auto* const box = new QMessageBox(QMessageBox::Warning, tr("The password store refused"),
                                              tr("The system's password store did not do what was asked for %1: %2").arg(name, toQString(error.message)),
                                              QMessageBox::Ok, this);
            box->setObjectName(QStringLiteral("main.secretProblem"));
            box->setAttribute(Qt::WA_DeleteOnClose);
            box->open();
        });
    }
    m_saveTimer.setSingleShot(true);
    m_saveTimer.setInterval(kSaveAfterMs);
    connect(&m_saveTimer, &QTimer::timeout, this, &MainWindow::saveState);
}

void MainWindow::openPlaces(const QStringList& places)
{
    for (qsizetype i = places.size(); i-- > 1;) m_tabs->open(places[i], false);
    if (!places.isEmpty()) m_tabs->open(places.first());
}

void MainWindow::openAndUnlock(const QString& place)
{
    m_tabs->open(place)->unlock();
}

void MainWindow::lockAll(const QString& why)
{
    for (DatabaseView* view : viewsEverywhere()) view->lock(why);
}

void MainWindow::lockAutomatically(const QString& why)
{
    std::vector<DatabaseView*> leaving = viewsEverywhere();
    std::erase_if(leaving, [](const DatabaseView* view) { return view->isLocked() || !view->locksItself(); });
    if (leaving.empty()) return;
    closePopups();
    for (DatabaseView* const view : leaving) view->lock(why);
}

bool MainWindow::isBusy() const
{
    const auto isRunning = [](const JobRunner& jobs) {
        const QList<JobSnapshot> all = jobs.jobs();
        return std::any_of(all.begin(), all.end(), [](const JobSnapshot& job) { return job.state == JobState::Running; });
    };
    const std::vector<DatabaseView*> views = m_tabs->views();
    return isRunning(*m_jobs) || std::any_of(views.begin(), views.end(), [&](const DatabaseView* view) {
               return view->session() && isRunning(view->session()->jobs());
           });
}

void MainWindow::noteOpened(DatabaseView* view)
{
    m_places->noteOpened(view->place(), view->name(), toQString(view->session()->description().identity));
    m_activity->follow(view->session()->jobs(), view->name());
    m_jobLog->follow(view->session()->jobs(), view->name());
    const api::SourceDescription& about = view->session()->description();
    if (front() == this) log(LogLevel::Info, QStringLiteral("opened %1, %2%3").arg(view->place(), toQString(about.format), about.isRescue ? QStringLiteral(", rescue view") : QString()));
    attach(view);
    view->setFocus(Qt::OtherFocusReason);
}

void MainWindow::attach(DatabaseView* view)
{
    if (!view->sourceView()) return;
    view->sourceView()->setFolded(m_isFolded);
    connect(view->sourceView(), &SourceView::foldToggled, this, &MainWindow::setFolded);
}

void MainWindow::log(LogLevel level, const QString& text)
{
    if (m_parts.logger) m_parts.logger->log(level, "window", toUtf8(text));
}

void MainWindow::saveText(const QString& title, const QString& suggestedName, const QString& text)
{
    saveTextAs(this, *m_jobs, m_parts.chooseSaveFile, title, suggestedName, text);
}

void MainWindow::refresh()
{
    std::vector<OpenSource> open;
    for (const DatabaseView* view : m_tabs->views()) {
        const Session* const session = view->session();
        open.push_back({.place = view->place(),
                        .name = view->name(),
                        .isLocked = view->isLocked(),
                        .isRescue = session && session->description().isRescue,
                        .identity = session ? toQString(session->description().identity) : QString(),
                        .countText = {}});
    }
    m_sources->setOpenSources(std::move(open));
    m_middle->setCurrentWidget(m_tabs->count() > 0 ? static_cast<QWidget*>(m_tabs) : m_start);
    const DatabaseView* const current = m_tabs->current();
    setWindowTitle(current ? tr("%1 – BlazeDB Visualizer").arg(current->name()) : tr("BlazeDB Visualizer"));
    m_status->showView(current);
    refreshStrip();
    refreshCommands();
    saveSoon();
}

void MainWindow::refreshStrip()
{
    const DatabaseView* const current = m_tabs->current();
    if (!current) return m_strip->showEnvironment(Environment::None, {});
    const Session* const session = current->session();
    const QString identity = session ? toQString(session->description().identity) : m_places->identityOf(current->place());
    const QString mode = !session ? tr("locked") : session->description().isRescue ? tr("rescue view") : tr("read-only");
    m_strip->showEnvironment(m_marks->mark(identity).environment, current->name() + QStringLiteral("  ·  ") + mode);
}

void MainWindow::showSources(bool isShown)
{
    m_sources->setVisible(isShown);
    m_parts.commands.setCheckedFor(QStringLiteral("view.sources"), this, isShown);
    saveSoon();
}

void MainWindow::showPanel(bool isShown)
{
    m_bottom->setVisible(isShown);
    m_parts.commands.setCheckedFor(QStringLiteral("view.panel"), this, isShown);
    saveSoon();
}

void MainWindow::setFolded(bool isFolded)
{
    m_isFolded = isFolded;
    for (const DatabaseView* view : m_tabs->views()) {
        if (view->sourceView()) view->sourceView()->setFolded(isFolded);
    }
    m_parts.commands.setCheckedFor(QStringLiteral("view.foldTabs"), this, isFolded);
    saveSoon();
}

void MainWindow::resetLayout()
{
    showSources(true);
    m_columns->setSizes({kSourcesWidth, qMax(width() - kSourcesWidth, kSourcesWidth)});
    m_rows->setSizes({qMax(height(), 400), kPanelRows * Theme::rowHeight()});
    setFolded(false);
    showPanel(false);
}

void MainWindow::saveSoon()
{
    // Not put off by the next change: within a second of the first, whatever follows.
    if (m_set->isRestored && !m_saveTimer.isActive()) m_saveTimer.start();
}

void MainWindow::writeState(const QString& prefix) const
{
    QStringList places;
    for (const DatabaseView* view : m_tabs->views()) places << view->place();
    const DatabaseView* const current = m_tabs->current();
    StateStore& state = m_parts.state;
    state.setValue(prefix + QStringLiteral("geometry"), saveGeometry());
    state.setValue(prefix + QStringLiteral("columns"), m_columns->saveState());
    state.setValue(prefix + QStringLiteral("rows"), m_rows->saveState());
    state.setValue(prefix + QStringLiteral("sourcesShown"), !m_sources->isHidden());
    state.setValue(prefix + QStringLiteral("panelShown"), !m_bottom->isHidden());
    state.setValue(prefix + QStringLiteral("tabsFolded"), m_isFolded);
    state.setValue(prefix + QStringLiteral("places"), places);
    state.setValue(prefix + QStringLiteral("place"), current ? current->place() : QString());
}

void MainWindow::readState(const QString& prefix)
{
    const StateStore& state = m_parts.state;
    restoreGeometry(state.value(prefix + QStringLiteral("geometry")).toByteArray());
    m_columns->restoreState(state.value(prefix + QStringLiteral("columns")).toByteArray());
    m_rows->restoreState(state.value(prefix + QStringLiteral("rows")).toByteArray());
    showSources(state.value(prefix + QStringLiteral("sourcesShown"), true).toBool());
    showPanel(state.value(prefix + QStringLiteral("panelShown"), false).toBool());
    setFolded(state.value(prefix + QStringLiteral("tabsFolded"), false).toBool());
    for (const QString& place : state.value(prefix + QStringLiteral("places")).toStringList()) m_tabs->open(place, false);
    if (DatabaseView* view = m_tabs->find(state.value(prefix + QStringLiteral("place")).toString())) m_tabs->setCurrentWidget(view);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    std::vector<DatabaseView*> leaving = m_tabs->views();
    std::erase_if(leaving, [this](const DatabaseView* view) { return !isOnlyHere(view); });
    const bool isBusy = isRescuing() || std::any_of(leaving.begin(), leaving.end(), [](const DatabaseView* view) { return view->hasTasks(); });
    if (isBusy && !m_mayClose && !m_set->isQuitting) {
        event->ignore();
        askBeforeClosing(false);
        return;
    }
    const bool isLast = windows().size() <= 1;
    if (isLast && !m_set->isQuitting) saveState();
    event->accept();
    if (isLast) {
        Q_EMIT closed();
    } else if (!m_set->isQuitting) {
        closeForGood();
    }
    m_mayClose = false;
}

void MainWindow::askBeforeClosing(bool isForAll)
{
    auto* box = new QMessageBox(QMessageBox::Question, tr("Tasks are running"),
                                isForAll ? tr("Tasks are still running. Quitting cancels them.") : tr("Tasks are still running. Closing the window cancels them."),
                                QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("main.closing"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* const stay = box->addButton(tr("Let Them Finish"), QMessageBox::RejectRole);
    QPushButton* const leave = box->addButton(tr("Cancel Tasks and Close"), QMessageBox::DestructiveRole);
    stay->setObjectName(QStringLiteral("main.closing.stay"));
    leave->setObjectName(QStringLiteral("main.closing.leave"));
    box->setDefaultButton(stay);
    connect(leave, &QPushButton::clicked, this, [this, isForAll] {
        m_mayClose = true;
        isForAll ? quit() : static_cast<void>(close());
    });
    box->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localFiles(event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    openPlaces(localFiles(event->mimeData()));
    event->acceptProposedAction();
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    saveSoon();
}

void MainWindow::moveEvent(QMoveEvent* event)
{
    QMainWindow::moveEvent(event);
    saveSoon();
}

} // namespace blazedb::views
