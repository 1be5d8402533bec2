// A tab that moves to another window keeps what it shows, and its commands go with it. Over real files.
#include <QClipboard>
#include <QTableView>

#include "tests/app/visualizer/window_bench.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using tests::WindowBench;

namespace {

template <typename T>
T* find(const QWidget& window, const char* name)
{
    for (T* candidate : window.findChildren<T*>(QString::fromLatin1(name)))
        if (candidate->isVisible()) return candidate;
    return nullptr;
}

} // namespace

class TestTornOffTab final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsFilterPlaceAndSelection()
    {
        WindowBench bench;
        QVERIFY(bench.open("format28/typed"));
        QVERIFY(bench.open("format28/workspace"));
        auto* const line = bench.find<QLineEdit>("data.filter");
        line->setText(QStringLiteral("priority >= 2"));
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY(!bench.window->isBusy() && bench.find<QWidget>("data.page")->property("state").toString() == QLatin1String("ready"));
        auto* const grid = bench.find<QTableView>("data.grid");
        QTRY_VERIFY(grid->model()->rowCount() > 5);
        grid->setCurrentIndex(grid->model()->index(5, 1));
        line->setText(QStringLiteral("priority >= 2 and")); // typed, not yet applied

        bench.trigger("window.tearOff");

        QTRY_COMPARE(bench.window->windows().size(), std::size_t(2));
        views::MainWindow* const second = bench.window->front();
        QTRY_VERIFY(find<QTableView>(*second, "data.grid"));
        QCOMPARE(find<QTableView>(*second, "data.grid"), grid);
        QCOMPARE(grid->currentIndex().row(), 5);
        QCOMPARE(find<QLineEdit>(*second, "data.filter")->text(), QStringLiteral("priority >= 2 and"));
        QVERIFY(QTest::qWaitForWindowActive(second));
        QApplication::clipboard()->clear();
        QTRY_VERIFY(bench.commands.action(QStringLiteral("data.copy"))->isEnabled());
        bench.trigger("data.copy");
        QTRY_VERIFY(!QApplication::clipboard()->text().isEmpty());
    }

    /// Each window has its own tabs on the one session: what one does is not done in the other.
    void twoWindowsOnOneDatabaseHaveTheirOwnFilters()
    {
        WindowBench bench;
        QVERIFY(bench.open("format28/workspace"));
        bench.trigger("window.new");
        QTRY_COMPARE(bench.window->windows().size(), std::size_t(2));
        views::MainWindow* const second = bench.window->front();
        QTRY_VERIFY(find<QTableView>(*second, "data.grid") && find<QTableView>(*second, "data.grid")->model()->rowCount() > 0);
        QVERIFY(QTest::qWaitForWindowActive(second));
        const int all = bench.find<QTableView>("data.grid")->model()->rowCount();

        auto* const line = find<QLineEdit>(*second, "data.filter");
        line->setText(QStringLiteral("priority >= 2"));
        QTest::keyClick(line, Qt::Key_Return);

        QTRY_VERIFY(find<QTableView>(*second, "data.grid")->model()->rowCount() < all);
        QCOMPARE(bench.find<QTableView>("data.grid")->model()->rowCount(), all);
        bench.desktop.lockScreen();
        QVERIFY(!find<QWidget>(*second, "main.source"));
        QVERIFY(!bench.find<QWidget>("main.source"));
    }
};

BLAZEDB_REGISTER_TEST(TestTornOffTab);
#include "tst_torn_off_tab.moc"
