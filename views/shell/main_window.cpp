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

#include "views/commands/command_registry.h"
#include "views/session/session.h"
#include "views/session/state_store.h"
#include "views/shell/activity_model.h"
#include "views/shell/bottom_panel.h"
#include "views/shell/command_palette.h"
#include "views/shell/database_tabs.h"
#include "views/shell/database_view.h"
#include "views/shell/job_log.h"
#include "views/shell/main_commands.h"
#include "views/shell/place_list.h"
#include "views/shell/remembered_secrets.h"
#include "views/shell/source_view.h"
#include "views/shell/sources_panel.h"
#include "views/shell/start_page.h"
#include "views/shell/status_strip.h"
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

/// Something that a person started and that is not done; ordinary browsing does not count.
bool hasTasks(const DatabaseView* view)
{
    if (view->isLocked()) return false;
    const QList<JobSnapshot> jobs = view->session()->jobs().jobs();
    return std::any_of(jobs.begin(), jobs.end(),
                       [](const JobSnapshot& job) { return job.state == JobState::Running && !job.isQuiet; });
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
    , m_parts(std::move(parts))
    , m_jobs(std::make_unique<JobRunner>())
    , m_places(std::make_unique<PlaceList>(m_parts.opener, *m_jobs, m_parts.state))
    , m_activity(std::make_unique<ActivityModel>(m_parts.theme))
    , m_jobLog(std::make_unique<JobLog>(m_parts.logger))
{
    setObjectName(QStringLiteral("main.window"));
    setAcceptDrops(true);
    registerMainCommands(m_parts.commands, m_parts.tabs);
    m_activity->follow(*m_jobs, {});
    m_jobLog->follow(*m_jobs, {});
    build();
    connectParts();
    bindCommands();
    resetLayout();
    refresh();
    m_places->lookAgain();
}

MainWindow::~MainWindow()
{
    // The widgets borrow the members, which would go before them; and nobody needs to hear of each farewell.
    for (QObject* const part : {static_cast<QObject*>(m_activity.get()), static_cast<QObject*>(m_places.get()),
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
    m_sources = new SourcesPanel(*m_places, m_parts.theme, m_columns);
    m_sources->setObjectName(QStringLiteral("sources.panel"));
    m_middle = new QStackedWidget(m_rows);
    m_start = new StartPage(m_parts.commands, *m_places, m_parts.theme, m_middle);
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
    setCentralWidget(m_columns);
    m_status = new StatusStrip(m_parts.theme, *m_activity, this);
    setStatusBar(m_status);
    m_palette = new CommandPalette(m_parts.theme, this);
    m_bottom->hide();
}

void MainWindow::connectParts()
{
    connect(m_tabs, &DatabaseTabs::changed, this, &MainWindow::refresh);
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
    connect(m_bottom, &BottomPanel::closeRequested, this, [this] { showPanel(false); });
    connect(m_bottom, &BottomPanel::logExportRequested, this,
            [this](const QString& text) { saveText(tr("Export the Log"), QStringLiteral("blazedb-visualizer-log.txt"), text); });
    connect(m_status, &StatusStrip::activityRequested, this, [this] {
        m_bottom->showPage(BottomPanel::Activity);
        showPanel(true);
    });
    connect(m_activity.get(), &ActivityModel::runningChanged, this, &MainWindow::refreshCommands);
    connect(m_places.get(), &PlaceList::changed, this, &MainWindow::refreshCommands);
    connect(&m_parts.theme, &Theme::changed, this, &MainWindow::refreshThemeMarks);
    connect(m_columns, &QSplitter::splitterMoved, this, &MainWindow::saveSoon);
    connect(m_rows, &QSplitter::splitterMoved, this, &MainWindow::saveSoon);
    if (m_parts.secrets) {
        connect(m_parts.secrets, &RememberedSecrets::failed, this, [this](const QString& name, const Error& error) {
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
    for (DatabaseView* view : m_tabs->views()) view->lock(why);
}

void MainWindow::lockAutomatically(const QString& why)
{
    std::vector<DatabaseView*> leaving = m_tabs->views();
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
    m_places->noteOpened(view->place(), view->name());
    m_activity->follow(view->session()->jobs(), view->name());
    m_jobLog->follow(view->session()->jobs(), view->name());
    const api::SourceDescription& about = view->session()->description();
    log(LogLevel::Info, QStringLiteral("opened %1, %2%3").arg(view->place(), toQString(about.format), about.isRescue ? QStringLiteral(", rescue view") : QString()));
    view->sourceView()->setFolded(m_isFolded);
    connect(view->sourceView(), &SourceView::foldToggled, this, &MainWindow::setFolded);
    view->setFocus(Qt::OtherFocusReason);
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
                        .countText = {}});
    }
    m_sources->setOpenSources(std::move(open));
    m_middle->setCurrentWidget(m_tabs->count() > 0 ? static_cast<QWidget*>(m_tabs) : m_start);
    const DatabaseView* const current = m_tabs->current();
    setWindowTitle(current ? tr("%1 – BlazeDB Visualizer").arg(current->name()) : tr("BlazeDB Visualizer"));
    m_status->showView(current);
    refreshCommands();
    saveSoon();
}

void MainWindow::showPanel(bool isShown)
{
    m_bottom->setVisible(isShown);
    m_parts.commands.setChecked(QStringLiteral("view.panel"), isShown);
    saveSoon();
}

void MainWindow::setFolded(bool isFolded)
{
    m_isFolded = isFolded;
    for (const DatabaseView* view : m_tabs->views()) {
        if (view->sourceView()) view->sourceView()->setFolded(isFolded);
    }
    m_parts.commands.setChecked(QStringLiteral("view.foldTabs"), isFolded);
    saveSoon();
}

void MainWindow::resetLayout()
{
    m_sources->show();
    m_parts.commands.setChecked(QStringLiteral("view.sources"), true);
    m_columns->setSizes({kSourcesWidth, qMax(width() - kSourcesWidth, kSourcesWidth)});
    m_rows->setSizes({qMax(height(), 400), kPanelRows * Theme::rowHeight()});
    setFolded(false);
    showPanel(false);
}

void MainWindow::saveSoon()
{
    // Not put off by the next change: within a second of the first, whatever follows.
    if (m_isRestored && !m_saveTimer.isActive()) m_saveTimer.start();
}

void MainWindow::saveState()
{
    m_saveTimer.stop();
    QStringList places;
    for (const DatabaseView* view : m_tabs->views()) places << view->place();
    const DatabaseView* const current = m_tabs->current();
    StateStore& state = m_parts.state;
    state.setValue(QStringLiteral("main/geometry"), saveGeometry());
    state.setValue(QStringLiteral("main/columns"), m_columns->saveState());
    state.setValue(QStringLiteral("main/rows"), m_rows->saveState());
    state.setValue(QStringLiteral("main/sourcesShown"), !m_sources->isHidden());
    state.setValue(QStringLiteral("main/panelShown"), !m_bottom->isHidden());
    state.setValue(QStringLiteral("main/tabsFolded"), m_isFolded);
    state.setValue(QStringLiteral("main/places"), places);
    state.setValue(QStringLiteral("main/place"), current ? current->place() : QString());
}

void MainWindow::restoreState()
{
    const StateStore& state = m_parts.state;
    restoreGeometry(state.value(QStringLiteral("main/geometry")).toByteArray());
    m_columns->restoreState(state.value(QStringLiteral("main/columns")).toByteArray());
    m_rows->restoreState(state.value(QStringLiteral("main/rows")).toByteArray());
    const bool areSourcesShown = state.value(QStringLiteral("main/sourcesShown"), true).toBool();
    m_sources->setVisible(areSourcesShown);
    m_parts.commands.setChecked(QStringLiteral("view.sources"), areSourcesShown);
    showPanel(state.value(QStringLiteral("main/panelShown"), false).toBool());
    setFolded(state.value(QStringLiteral("main/tabsFolded"), false).toBool());
    for (const QString& place : state.value(QStringLiteral("main/places")).toStringList()) m_tabs->open(place, false);
    if (DatabaseView* view = m_tabs->find(state.value(QStringLiteral("main/place")).toString())) m_tabs->setCurrentWidget(view);
    m_isRestored = true;
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    const std::vector<DatabaseView*> views = m_tabs->views();
    const bool isBusy = std::any_of(views.begin(), views.end(), hasTasks);
    if (isBusy && !m_mayClose) {
        event->ignore();
        askBeforeClosing();
        return;
    }
    saveState();
    event->accept();
    Q_EMIT closed();
}

void MainWindow::askBeforeClosing()
{
    auto* box = new QMessageBox(QMessageBox::Question, tr("Tasks are running"),
                                tr("Tasks are still running. Closing the window cancels them."), QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("main.closing"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* const stay = box->addButton(tr("Let Them Finish"), QMessageBox::RejectRole);
    QPushButton* const leave = box->addButton(tr("Cancel Tasks and Close"), QMessageBox::DestructiveRole);
    stay->setObjectName(QStringLiteral("main.closing.stay"));
    leave->setObjectName(QStringLiteral("main.closing.leave"));
    box->setDefaultButton(stay);
    connect(leave, &QPushButton::clicked, this, [this] {
        m_mayClose = true;
        close();
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
