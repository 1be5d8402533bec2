// Several windows: opened, left, torn off a tab, and back; closed one by one or all at once; restored at the next start.
#include <algorithm>

#include <QAction>
#include <QApplication>
#include <QEvent>
#include <QMenu>
#include <QTabBar>

#include "views/commands/command_registry.h"
#include "views/session/session.h"
#include "views/session/state_store.h"
#include "views/shell/database_tabs.h"
#include "views/shell/database_view.h"
#include "views/shell/main_window.h"
#include "views/shell/source_view.h"
#include "views/shell/window_set.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

const QString kWindowCount = QStringLiteral("main/windows");

/// The first window's names are those of the only window of earlier versions.
QString statePrefix(std::size_t number)
{
    return number == 1 ? QStringLiteral("main/") : QStringLiteral("main/window%1/").arg(number);
}

} // namespace

void MainWindow::bindTabCommands()
{
    CommandRegistry& commands = m_parts.commands;
    commands.setHandler(QStringLiteral("window.new"), this, [this] {
        const DatabaseView* const current = m_tabs->current();
        const QString place = current ? current->place() : QString();
        MainWindow* const window = openWindow();
        if (!place.isEmpty()) window->openPlaces({place});
        window->show();
        window->activateWindow();
    });
    commands.setHandler(QStringLiteral("window.tearOff"), this, [this] { tearOff(std::nullopt); });
    commands.setHandler(QStringLiteral("window.moveTab"), this, [this] {
        const std::vector<MainWindow*> all = windows();
        const auto other = std::find_if(all.rbegin(), all.rend(), [this](const MainWindow* window) { return window != this; });
        if (other != all.rend()) moveTabTo(**other);
    });
    commands.setHandler(QStringLiteral("window.next"), this, [this] { showOtherWindow(); });
    commands.setHandler(QStringLiteral("window.close"), this, [this] { close(); });
}

void MainWindow::refreshWindowCommands()
{
    const auto setEnabled = [this](const char* id, bool isOn, const QString& why) { m_parts.commands.setEnabledFor(QString::fromLatin1(id), this, isOn, why); };
    const bool hasOthers = windows().size() > 1;
    const QString noOther = tr("There is no other window.");
    const QString noDatabase = tr("No database is shown.");
    const bool isDatabase = m_tabs->current() != nullptr;
    setEnabled("window.tearOff", isDatabase && m_tabs->count() > 1, isDatabase ? tr("It is the only tab of this window.") : noDatabase);
    setEnabled("window.moveTab", isDatabase && hasOthers, isDatabase ? noOther : noDatabase);
    setEnabled("window.next", hasOthers, noOther);
}

std::vector<MainWindow*> MainWindow::windows() const
{
    std::vector<MainWindow*> open;
    for (MainWindow* const window : m_set->windows)
        if (window->isVisible()) open.push_back(window);
    return open;
}

MainWindow* MainWindow::front()
{
    const std::vector<MainWindow*> open = windows();
    return open.empty() ? this : open.back();
}

std::vector<DatabaseView*> MainWindow::viewsEverywhere() const
{
    std::vector<DatabaseView*> all;
    for (const MainWindow* const window : m_set->windows) {
        // A window that is being made is on the list already.
        const auto views = window->m_tabs ? window->m_tabs->views() : std::vector<DatabaseView*>();
        all.insert(all.end(), views.begin(), views.end());
    }
    return all;
}

bool MainWindow::isOnlyHere(const DatabaseView* view) const
{
    const std::vector<DatabaseView*> all = viewsEverywhere();
    return std::none_of(all.begin(), all.end(), [view](const DatabaseView* other) { return other != view && other->place() == view->place(); });
}

MainWindow* MainWindow::openWindow()
{
    auto* const window = new MainWindow(m_set);
    connect(window, &MainWindow::themeChosen, m_set->first, &MainWindow::themeChosen);
    window->resize(size());
    const int step = 6 * Theme::unit(); // so that both can be seen
    window->move(pos() + QPoint(step, step));
    for (MainWindow* const each : m_set->windows) each->refreshWindowCommands();
    return window;
}

void MainWindow::tearOff(const std::optional<QPoint>& at)
{
    DatabaseView* const view = m_tabs->current();
    if (!view || m_tabs->count() < 2) return;
    MainWindow* const window = openWindow();
    if (at) window->move(*at);
    window->show();
    moveTabTo(*window);
}

void MainWindow::moveTabTo(MainWindow& other)
{
    DatabaseView* const current = m_tabs->current();
    if (!current || &other == this) return;
    if (current->sourceView()) disconnect(current->sourceView(), nullptr, this, nullptr);
    DatabaseView* const view = m_tabs->release(m_tabs->indexOf(current));
    other.attach(view);
    other.m_tabs->adopt(view);
    other.raise();
    other.activateWindow();
    if (m_tabs->count() == 0) close(); // nothing is left to show here
}

void MainWindow::dropTab(QPoint at)
{
    const std::vector<MainWindow*> all = windows();
    for (auto window = all.rbegin(); window != all.rend(); ++window)
        if (*window != this && (*window)->frameGeometry().contains(at)) return moveTabTo(**window);
    tearOff(at);
}

void MainWindow::showTabMenu(QPoint at)
{
    auto* const menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("main.databases.menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    for (const char* id : {"window.new", "window.tearOff", "window.moveTab", "", "file.lock", "file.locksItself", "", "file.close"})
        *id ? menu->addAction(m_parts.commands.action(QString::fromLatin1(id))) : static_cast<void>(menu->addSeparator());
    menu->popup(at);
}

void MainWindow::showOtherWindow()
{
    for (MainWindow* const window : windows()) { // the one that was left longest ago
        if (window == this) continue;
        window->raise();
        return window->activateWindow();
    }
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() != QEvent::ActivationChange || !isActiveWindow()) return;
    auto& all = m_set->windows;
    const auto here = std::find(all.begin(), all.end(), this);
    if (here != all.end()) std::rotate(here, here + 1, all.end());
    refreshCommands(); // some depend on what the other windows show
}

/// Its places can be opened again in the window that comes to the front.
void MainWindow::closeForGood()
{
    std::erase(m_set->windows, this);
    MainWindow* const heir = front();
    QStringList places;
    for (const DatabaseView* const view : m_tabs->views())
        if (!heir->m_tabs->find(view->place())) places << view->place();
    heir->m_tabs->noteClosed(places);
    while (m_tabs->count() > 0) {
        QWidget* const page = m_tabs->widget(0);
        m_tabs->removeTab(0);
        delete page;
    }
    for (MainWindow* const window : m_set->windows) {
        window->refreshCommands();
        window->saveSoon();
    }
}

/// The first window takes the others with it.
void MainWindow::leaveSet()
{
    std::erase(m_set->windows, this);
    if (!m_isFirst) return;
    const std::vector<MainWindow*> others = m_set->windows;
    for (MainWindow* const window : others) delete window;
}

void MainWindow::quit()
{
    const std::vector<DatabaseView*> all = viewsEverywhere();
    const std::vector<MainWindow*> open = windows();
    const bool isBusy = std::any_of(all.begin(), all.end(), [](const DatabaseView* view) { return view->hasTasks(); })
                        || std::any_of(open.begin(), open.end(), [](const MainWindow* window) { return window->isRescuing(); });
    if (isBusy && !m_mayClose) return askBeforeClosing(true);
    saveState();
    m_set->isQuitting = true;
    for (MainWindow* const window : open) window->close();
}

void MainWindow::saveState()
{
    std::vector<MainWindow*> open = windows();
    if (open.empty()) open.push_back(this); // not shown yet, or the last one that is closing
    // In the order they were made, so that the front one does not change places with each save.
    std::sort(open.begin(), open.end(), [](const MainWindow* a, const MainWindow* b) { return a->m_number < b->m_number; });
    for (std::size_t i = 0; i < open.size(); ++i) {
        open[i]->m_saveTimer.stop();
        open[i]->writeState(statePrefix(i + 1));
    }
    const auto before = static_cast<std::size_t>(std::max(m_parts.state.value(kWindowCount, 1).toInt(), 1));
    for (std::size_t i = open.size(); i < before; ++i) m_parts.state.remove(statePrefix(i + 1));
    m_parts.state.setValue(kWindowCount, static_cast<int>(open.size()));
}

void MainWindow::restoreState()
{
    readState(statePrefix(1));
    const int count = std::clamp(m_parts.state.value(kWindowCount, 1).toInt(), 1, kWindowsMax);
    for (int i = 2; i <= count; ++i) {
        MainWindow* const window = openWindow();
        window->readState(statePrefix(static_cast<std::size_t>(i)));
        window->show();
    }
    m_set->isRestored = true;
}

} // namespace blazedb::views
