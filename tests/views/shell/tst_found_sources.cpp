// Searching for databases: only when asked, results as they come, cancel at once, thousands of rows stay fluid.
#include <algorithm>

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QElapsedTimer>
#include <QListWidget>
#include <QSortFilterProxyModel>
#include <QTreeView>

#include "tests/support/test_registry.h"
#include "tests/views/shell/shell_bench.h"
#include "views/session/job_runner.h"
#include "views/shell/found_sources.h"

using namespace blazedb;
using tests::ShellBench;
using views::FoundSources;

namespace {

int rowsShown(const ShellBench& bench)
{
    const auto* list = bench.find<QTreeView>("sources.found.list");
    return list ? list->model()->rowCount() : -1;
}

} // namespace

class TestFoundSources final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLookedForBeforeSomebodyAsks()
    {
        ShellBench bench;
        bench.opener.searchFinds = 3;
        bench.trigger("file.find");
        QTRY_VERIFY(bench.find<QPushButton>("sources.found.start"));
        QTRY_VERIFY(bench.window->jobs().isDrained());
        QCOMPARE(bench.opener.searches(), 0);
        QCOMPARE(rowsShown(bench), 0);
        QCOMPARE(bench.find<QWidget>("sources.found")->property("state").toString(), QStringLiteral("empty"));

        QTest::mouseClick(bench.find<QPushButton>("sources.found.start"), Qt::LeftButton);

        QTRY_COMPARE(rowsShown(bench), 3);
        QTRY_COMPARE(bench.find<QWidget>("sources.found")->property("state").toString(), QStringLiteral("ready"));
        QCOMPARE(bench.find<QLabel>("sources.found.state")->text(), QStringLiteral("Databases: 3 · files: 30"));
        QCOMPARE(bench.opener.searches(), 1);
    }

    void resultsComeWhileItRunsAndStayWhenItIsCancelled()
    {
        ShellBench bench;
        bench.opener.searchFinds = 5;
        bench.opener.isSearchStuck = true;
        bench.trigger("file.find");
        QTest::mouseClick(bench.find<QPushButton>("sources.found.start"), Qt::LeftButton);
        QTRY_COMPARE(rowsShown(bench), 5);
        QVERIFY(!bench.find<QPushButton>("sources.found.start")->isEnabled());
        QElapsedTimer time;
        time.start();

        QTest::mouseClick(bench.find<QPushButton>("sources.found.cancel"), Qt::LeftButton);

        QVERIFY(bench.find<QPushButton>("sources.found.start")->isEnabled());
        QVERIFY2(time.elapsed() < tests::kStallLimit.count(), "cancel took its time"); // 100 ms are measured where nothing else runs
        QCOMPARE(rowsShown(bench), 5);
        QVERIFY(bench.find<QLabel>("sources.found.state")->text().startsWith(QLatin1String("Cancelled. Databases: 5")));
        QTRY_VERIFY(bench.window->jobs().isDrained()); // the worker listened
    }

    void aCancelledSearchIsNotHeardByTheNextOne()
    {
        ShellBench bench;
        bench.opener.searchFinds = 5;
        bench.opener.isSearchStuck = true;
        FoundSources found(bench.opener, bench.window->jobs());
        found.start({});
        QTRY_COMPARE(found.rowCount(), 5);

        found.start({}); // its predecessor's "cancelled" is on its way

        QCOMPARE(found.rowCount(), 0);
        QTRY_COMPARE(found.rowCount(), 5);
        QCOMPARE(found.state(), FoundSources::State::Running);
        found.cancel();
        QTRY_VERIFY(bench.window->jobs().isDrained());
    }

    void whereAndWhatIsSearchedIsTheUsersChoice()
    {
        ShellBench bench;
        bench.trigger("file.find");
        QTRY_VERIFY(bench.find<QLabel>("sources.found.where"));
        QVERIFY(bench.find<QLabel>("sources.found.where")->text().contains(QLatin1String("/found")));
        const auto search = [&](const char* button) {
            const int before = bench.opener.searches();
            QTest::mouseClick(bench.find<QPushButton>(button), Qt::LeftButton);
            QTRY_COMPARE(bench.opener.searches(), before + 1);
            QTRY_VERIFY(bench.find<QPushButton>(button)->isEnabled());
        };

        search("sources.found.start");
        QCOMPARE(bench.opener.lastOrder.folders, std::vector<std::string>{"/found"});
        QVERIFY(!bench.opener.lastOrder.isTakingBackups);

        QTest::keyClick(bench.find<QCheckBox>("sources.found.backups"), Qt::Key_Space);
        search("sources.found.everywhere");
        QCOMPARE(bench.opener.lastOrder.folders, std::vector<std::string>{"/"});
        QVERIFY(bench.opener.lastOrder.isTakingBackups);
        const auto& excluded = bench.opener.lastOrder.excludedPaths;
        QVERIFY(std::find(excluded.begin(), excluded.end(), "/proc") != excluded.end());
    }

    void foldersThatCannotBeReadAreListedWithTheReason()
    {
        ShellBench bench;
        bench.opener.searchUnreadable = {{"/root/private", Error{ErrorCode::PermissionDenied, "open /root/private"}}};
        bench.trigger("file.find");

        QTest::mouseClick(bench.find<QPushButton>("sources.found.start"), Qt::LeftButton);

        QTRY_VERIFY(bench.find<QListWidget>("sources.found.unreadable"));
        const QString line = bench.find<QListWidget>("sources.found.unreadable")->item(0)->text();
        QVERIFY2(line.startsWith(QStringLiteral("/root/private – ")) && line.size() > 20, qPrintable(line));
    }

    void whatWasFoundIsFilteredAndOpened()
    {
        ShellBench bench;
        bench.opener.searchFinds = 12;
        bench.opener.add("/found/7.blazedb", {.name = "found 7", .password = "pass"});
        bench.trigger("file.find");
        QTest::mouseClick(bench.find<QPushButton>("sources.found.start"), Qt::LeftButton);
        QTRY_COMPARE(rowsShown(bench), 12);

        QTest::keyClicks(bench.find<QLineEdit>("sources.found.filter"), QStringLiteral("found 7"));
        QTRY_COMPARE(rowsShown(bench), 1);
        auto* list = bench.find<QTreeView>("sources.found.list");
        list->setCurrentIndex(list->model()->index(0, 0));
        QTest::mouseClick(bench.find<QPushButton>("sources.found.open"), Qt::LeftButton);

        QTRY_VERIFY(bench.find<QLabel>("unlock.place"));
        QCOMPARE(bench.find<QLabel>("unlock.place")->accessibleName(), QStringLiteral("/found/7.blazedb"));
    }

    void tenThousandRowsStayFluid()
    {
        ShellBench bench; // its guard fails the test when the window does not answer
        bench.opener.searchFinds = 10'000;
        bench.trigger("file.find");
        auto* list = bench.find<QTreeView>("sources.found.list");
        const QAbstractItemModelTester tester(static_cast<QSortFilterProxyModel*>(list->model())->sourceModel());

        QTest::mouseClick(bench.find<QPushButton>("sources.found.start"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(rowsShown(bench), 10'000, 20'000);
        list->scrollToBottom();
        QCoreApplication::processEvents();

        QCOMPARE(list->model()->index(9'999, FoundSources::Name).data().toString(), QStringLiteral("found 9999"));
        QTRY_VERIFY(bench.find<QPushButton>("sources.found.start")->isEnabled());
        QVERIFY(!bench.find<QLabel>("sources.found.state")->text().contains(QLatin1String("Only the first")));
        list->sortByColumn(FoundSources::Size, Qt::DescendingOrder);
        QCOMPARE(list->model()->index(0, FoundSources::Name).data().toString(), QStringLiteral("found 9999")); // by bytes, not by letters
    }

    void moreThanTheListTakesAreCountedAndThatIsSaid()
    {
        ShellBench bench;
        bench.opener.searchFinds = 10'001;
        bench.trigger("file.find");

        QTest::mouseClick(bench.find<QPushButton>("sources.found.start"), Qt::LeftButton);

        QTRY_COMPARE_WITH_TIMEOUT(rowsShown(bench), 10'000, 20'000);
        const QString said = bench.find<QLabel>("sources.found.state")->text();
        QVERIFY2(said.contains(QLatin1String("10,001")) && said.contains(QLatin1String("Only the first 10,000")), qPrintable(said));
    }

    void aSearchStartedAnewForgetsTheOldResults()
    {
        ShellBench bench;
        bench.opener.searchFinds = 4;
        bench.trigger("file.find");
        QTest::mouseClick(bench.find<QPushButton>("sources.found.start"), Qt::LeftButton);
        QTRY_COMPARE(rowsShown(bench), 4);
        QTRY_VERIFY(bench.find<QPushButton>("sources.found.start")->isEnabled());

        bench.opener.searchFinds = 2;
        QTest::mouseClick(bench.find<QPushButton>("sources.found.start"), Qt::LeftButton);

        QTRY_COMPARE(rowsShown(bench), 2);
    }
};

BLAZEDB_REGISTER_TEST(TestFoundSources);
#include "tst_found_sources.moc"
