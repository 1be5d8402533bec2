// Several windows: on one database, torn off and back, closed and reopened, locked together, restored together.
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QTabBar>

#include "tests/support/test_registry.h"
#include "tests/views/shell/shell_bench.h"
#include "views/session/open_sessions.h"
#include "views/session/session.h"

using namespace blazedb;
using tests::ShellBench;
using views::MainWindow;

namespace {

const QString kOrders = QStringLiteral("/work/orders.blazedb");
const QString kNotes = QStringLiteral("/work/notes.blazedb");

template <typename T>
T* find(const QWidget& window, const char* name)
{
    for (T* candidate : window.findChildren<T*>(QString::fromLatin1(name)))
        if (candidate->isVisible()) return candidate;
    return nullptr;
}

/// Unlocked, with its tabs.
bool isOpen(const QWidget& window)
{
    return find<QListWidget>(window, "main.tabs") != nullptr;
}

int tabCount(const QWidget& window)
{
    const auto* const bar = find<QTabBar>(window, "main.databases.bar");
    return bar ? bar->count() : 0;
}

/// Opened and unlocked in the first window.
void unlockOrders(ShellBench& bench)
{
    bench.window->openPlaces({kOrders});
    bench.unlock();
    QTRY_VERIFY(isOpen(*bench.window));
}

/// By the command, in the window that is active; answers the new one.
MainWindow* another(ShellBench& bench)
{
    const auto before = bench.window->windows().size();
    bench.trigger("window.new");
    if (!QTest::qWaitFor([&] { return bench.window->windows().size() == before + 1 && QApplication::activeWindow() == bench.window->front(); })) return nullptr;
    return bench.window->front();
}

bool activate(QWidget* window)
{
    window->activateWindow();
    return QTest::qWaitForWindowActive(window);
}

} // namespace

class TestWindows final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNewWindowShowsTheDatabaseUnlockedInOneSession()
    {
        ShellBench bench;
        unlockOrders(bench);

        MainWindow* const second = another(bench);

        QVERIFY(second && second != bench.window.get());
        QVERIFY(isOpen(*second));
        QCOMPARE(bench.sessions->sessions().size(), std::size_t(1));
        QVERIFY(second->windowTitle().contains(QLatin1String("orders")));
    }

    void unlockingAndLockingReachAllWindows()
    {
        ShellBench bench;
        bench.window->openPlaces({kOrders});
        MainWindow* const second = another(bench);
        QVERIFY(second && find<QLineEdit>(*second, "unlock.password"));

        QTest::keyClicks(find<QLineEdit>(*second, "unlock.password"), QStringLiteral("pass"));
        QTest::keyClick(find<QLineEdit>(*second, "unlock.password"), Qt::Key_Return);
        QTRY_VERIFY(isOpen(*second) && isOpen(*bench.window));
        QCOMPARE(bench.sessions->sessions().size(), std::size_t(1));

        bench.trigger("file.lock"); // in the second, which is active

        QVERIFY(!isOpen(*second) && !isOpen(*bench.window));
        QTRY_VERIFY(bench.opener.lastAlive().expired());
        QVERIFY(find<QLineEdit>(*bench.window, "unlock.password")->text().isEmpty());
    }

    void lockingByItselfReachesAllWindowsAndClosesTheirDialogs()
    {
        ShellBench bench;
        unlockOrders(bench);
        MainWindow* const second = another(bench);
        bench.trigger("help.about");
        QTRY_VERIFY(second->findChild<QMessageBox*>(QStringLiteral("help.about")));

        bench.window->lockAutomatically(QStringLiteral("Nobody was there."));

        QVERIFY(!isOpen(*second) && !isOpen(*bench.window));
        for (const MainWindow* const window : bench.window->windows()) QCOMPARE(find<QLabel>(*window, "unlock.why")->text(), QStringLiteral("Nobody was there."));
        QTRY_VERIFY(!second->findChild<QMessageBox*>(QStringLiteral("help.about")));
    }

    void commandsRunInTheActiveWindow()
    {
        ShellBench bench;
        unlockOrders(bench);
        MainWindow* const second = another(bench);
        bench.trigger("view.log"); // in the second
        QVERIFY(find<QWidget>(*second, "main.bottom"));
        QVERIFY(!find<QWidget>(*bench.window, "main.bottom"));
        QVERIFY(bench.commands->action(QStringLiteral("view.panel"))->isChecked());

        QVERIFY(activate(bench.window.get()));
        QTRY_VERIFY(!bench.commands->action(QStringLiteral("view.panel"))->isChecked()); // as it is here
        QTest::keyClick(bench.window.get(), Qt::Key_P, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(find<QWidget>(*bench.window, "main.bottom"));
        bench.trigger("file.close");
        QTRY_COMPARE(tabCount(*bench.window), 0);
        QCOMPARE(tabCount(*second), 1);
        QVERIFY(!bench.commands->action(QStringLiteral("file.close"))->isEnabled());
        QVERIFY(activate(second));
        QTRY_VERIFY(bench.commands->action(QStringLiteral("file.close"))->isEnabled());
    }

    void theSessionEndsWithTheLastTabThatShowsIt()
    {
        ShellBench bench;
        unlockOrders(bench);
        MainWindow* const second = another(bench);
        const QPointer<MainWindow> gone = second;
        bench.trigger("window.close");
        QTRY_VERIFY(!gone);
        QVERIFY(isOpen(*bench.window));
        QVERIFY(!bench.opener.lastAlive().expired());
        QVERIFY(activate(bench.window.get()));
        QTRY_VERIFY(!bench.commands->action(QStringLiteral("window.next"))->isEnabled());

        bench.trigger("file.close");

        QTRY_VERIFY(bench.opener.lastAlive().expired());
    }

    void closingTheFirstWindowLeavesTheOthers()
    {
        ShellBench bench;
        unlockOrders(bench);
        bench.window->openPlaces({kNotes});
        MainWindow* const second = another(bench);
        QCOMPARE(tabCount(*second), 1); // notes, which was shown

        bench.window->close();

        QVERIFY(!bench.window->isVisible());
        QVERIFY(second->isVisible());
        QTRY_VERIFY(bench.opener.lastAlive().expired()); // orders was only there
        QVERIFY(activate(second));
        QTRY_VERIFY(bench.commands->action(QStringLiteral("file.reopen"))->isEnabled());
        bench.trigger("file.reopen"); // what closed with a window can be opened again
        QCOMPARE(tabCount(*second), 2);
    }

    void aTabIsTornOffAndMovedBackByCommand()
    {
        ShellBench bench;
        unlockOrders(bench);
        QVERIFY(!bench.commands->action(QStringLiteral("window.tearOff"))->isEnabled()); // the only tab
        bench.window->openPlaces({kNotes, kOrders});
        bench.window->openPlaces({kOrders});
        const QWidget* const content = find<QWidget>(*bench.window, "main.source");
        QVERIFY(content);

        bench.trigger("window.tearOff");

        QTRY_COMPARE(bench.window->windows().size(), std::size_t(2));
        MainWindow* const second = bench.window->front();
        QTRY_COMPARE(find<QWidget>(*second, "main.source"), content); // the same widgets, with all they show
        QCOMPARE(tabCount(*bench.window), 1);
        QTRY_VERIFY(QApplication::activeWindow() == second && bench.commands->action(QStringLiteral("window.moveTab"))->isEnabled());
        bench.trigger("window.moveTab");

        QTRY_COMPARE(bench.window->windows().size(), std::size_t(1)); // an empty window goes
        QCOMPARE(tabCount(*bench.window), 2);
        QCOMPARE(find<QWidget>(*bench.window, "main.source"), content);
        QVERIFY(!bench.opener.lastAlive().expired());
    }

    void aTabIsDraggedOutAndBack()
    {
        ShellBench bench;
        unlockOrders(bench);
        bench.window->openPlaces({kNotes});
        bench.window->openPlaces({kOrders});
        auto* const bar = find<QTabBar>(*bench.window, "main.databases.bar");
        const QPoint grip = bar->tabRect(bar->currentIndex()).center();

        // A slip of the hand, within the bar's height, moves nothing out.
        QTest::mousePress(bar, Qt::LeftButton, {}, grip);
        QTest::mouseMove(bar, grip + QPoint(0, bar->height() / 2));
        QTest::mouseRelease(bar, Qt::LeftButton, {}, grip + QPoint(0, bar->height() / 2));
        QCOMPARE(bench.window->windows().size(), std::size_t(1));

        const QPoint far = bar->mapFromGlobal(bench.window->frameGeometry().bottomRight() + QPoint(60, 60));
        QTest::mousePress(bar, Qt::LeftButton, {}, grip);
        QTest::mouseMove(bar, far);
        QTest::mouseRelease(bar, Qt::LeftButton, {}, far);
        QTRY_COMPARE(bench.window->windows().size(), std::size_t(2));
        MainWindow* const second = bench.window->front();
        QTRY_VERIFY(isOpen(*second));
        QCOMPARE(tabCount(*bench.window), 1);

        auto* const otherBar = find<QTabBar>(*second, "main.databases.bar");
        const QPoint back = otherBar->mapFromGlobal(bench.window->geometry().topLeft() + QPoint(20, 20));
        QTest::mousePress(otherBar, Qt::LeftButton, {}, otherBar->tabRect(0).center());
        QTest::mouseMove(otherBar, back);
        QTest::mouseRelease(otherBar, Qt::LeftButton, {}, back);
        QTRY_COMPARE(bench.window->windows().size(), std::size_t(1));
        QCOMPARE(tabCount(*bench.window), 2);
        QVERIFY(isOpen(*bench.window));
    }

    void theTabHasAMenu()
    {
        ShellBench bench;
        bench.window->openPlaces({kNotes, kOrders});
        auto* const bar = find<QTabBar>(*bench.window, "main.databases.bar");
        const QPoint place = bar->tabRect(1).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, bar->mapToGlobal(place));
        QApplication::sendEvent(bar, &event);
        QTRY_VERIFY(bench.window->findChild<QMenu*>(QStringLiteral("main.databases.menu")));
        QCOMPARE(bar->currentIndex(), 1); // what the menu is about
        auto* const menu = bench.window->findChild<QMenu*>(QStringLiteral("main.databases.menu"));
        QVERIFY(menu->actions().contains(bench.commands->action(QStringLiteral("window.tearOff"))));
        menu->close();
    }

    void aClosedTabIsOpenedAgain()
    {
        ShellBench bench;
        unlockOrders(bench);
        bench.trigger("file.close");
        QTRY_COMPARE(tabCount(*bench.window), 0);
        QTest::keyClick(bench.window.get(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(tabCount(*bench.window), 1);
        QVERIFY(find<QLineEdit>(*bench.window, "unlock.password")); // locked, as its session ended
    }

    void allWindowsComeBackWithTheirPlacesAndTabs()
    {
        ShellBench bench;
        unlockOrders(bench);
        bench.window->openPlaces({kNotes});
        bench.window->openPlaces({kOrders});
        bench.trigger("window.tearOff");
        QTRY_COMPARE(bench.window->windows().size(), std::size_t(2));
        MainWindow* const second = bench.window->front();
        second->resize(900, 640);
        second->move(130, 90);
        QTRY_COMPARE(second->size(), QSize(900, 640));
        bench.trigger("file.quit");
        QTRY_VERIFY(bench.window->windows().empty());

        bench.start();
        bench.window->restoreState();

        QCOMPARE(bench.window->windows().size(), std::size_t(2));
        MainWindow* const again = bench.window->windows()[0] == bench.window.get() ? bench.window->windows()[1] : bench.window->windows()[0];
        QTRY_VERIFY(tabCount(*bench.window) == 1 && tabCount(*again) == 1);
        QCOMPARE(find<QTabBar>(*bench.window, "main.databases.bar")->tabText(0), QStringLiteral("notes.blazedb"));
        QCOMPARE(find<QTabBar>(*again, "main.databases.bar")->tabText(0), QStringLiteral("orders.blazedb"));
        QTRY_COMPARE(again->size(), QSize(900, 640));
        QCOMPARE(again->pos(), QPoint(130, 90));
        QVERIFY(find<QLineEdit>(*again, "unlock.password")); // locked
    }

    void aWindowThatWasClosedDoesNotComeBack()
    {
        ShellBench bench;
        bench.window->restoreState(); // from now on changes are kept
        bench.window->openPlaces({kOrders});
        MainWindow* const second = another(bench);
        bench.window->saveState();
        QCOMPARE(bench.state.value(QStringLiteral("main/windows"), {}).toInt(), 2);
        second->close();
        QTRY_COMPARE_WITH_TIMEOUT(bench.state.value(QStringLiteral("main/windows"), {}).toInt(), 1, 3'000);
        QVERIFY(!bench.state.value(QStringLiteral("main/window2/places"), {}).isValid());
    }

    void aRecordIsShownInTheWindowThatAsked()
    {
        ShellBench bench;
        unlockOrders(bench);
        MainWindow* const second = another(bench);
        for (QWidget* const window : {static_cast<QWidget*>(bench.window.get()), static_cast<QWidget*>(second)}) {
            QVERIFY(activate(window));
            QTRY_VERIFY(bench.commands->action(QStringLiteral("tab.schema"))->isEnabled());
            bench.trigger("tab.schema");
            QVERIFY(find<QListWidget>(*window, "main.tabs")->currentRow() != 1);
        }

        bench.sessions->sessions().front()->requestRecord(model::Uuid{}, find<QWidget>(*second, "main.content"));

        QCOMPARE(find<QListWidget>(*second, "main.tabs")->currentRow(), 1); // Data is the second
        QVERIFY(find<QListWidget>(*bench.window, "main.tabs")->currentRow() != 1);
    }
};

BLAZEDB_REGISTER_TEST(TestWindows);
#include "tst_windows.moc"
