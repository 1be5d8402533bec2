// The Data tab as its users drive it, over a database in memory.
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>

#include "tests/support/test_registry.h"
#include "tests/views/data/data_bench.h"

using namespace blazedb;
using Bench = tests::DataBench;

class TestDataTab final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsFiltersAndShowsStates()
    {
        Bench bench;
        QTRY_COMPARE(bench.total(), 9); // one is soft-deleted
        bench.filter("priority >= 3");
        QTRY_COMPARE(bench.total(), 3);
        bench.filter("priority > 100");
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("no match"));
        bench.filter("(priority");
        QVERIFY(!bench.find<QLabel>("data.filter.problem")->isHidden());
        QCOMPARE(bench.stateWord(), QStringLiteral("no match"));
        bench.filter("");
        QTRY_COMPARE(bench.total(), 9);
    }

    void kindsAreCollections()
    {
        Bench bench;
        auto* collections = bench.find<QComboBox>("data.collection");
        QTRY_COMPARE(collections->count(), 3);
        const int team = collections->findData(QStringLiteral("team"));
        QVERIFY(team > 0);
        collections->setCurrentIndex(team);
        Q_EMIT collections->activated(team);
        QTRY_COMPARE(bench.total(), 4);
    }

    void copiesTheSelectionInTheOrderOfTheView()
    {
        Bench bench;
        bench.filter("priority = 4 sort title desc");
        QTRY_COMPARE(bench.total(), 1);
        auto* grid = bench.find<QTableView>("data.grid");
        QTRY_VERIFY(grid->currentIndex().isValid());
        grid->selectAll();
        QGuiApplication::clipboard()->clear();
        bench.trigger("data.copyJsonLines");
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(QLatin1String("{\"id\":{\"$uuid\":\"00000000-0000-0000-0000-000000000004\"}")));
        QCOMPARE(QGuiApplication::clipboard()->text().count(QLatin1Char('\n')), 1);
    }

    void usesTheValueOfACellAsFilter()
    {
        Bench bench;
        auto* grid = bench.find<QTableView>("data.grid");
        QTRY_VERIFY(grid->model()->columnCount() == 5 && bench.total() == 9);
        bench.choose(2, "title");
        bench.trigger("data.useValue");
        QTRY_COMPARE(bench.total(), 1);
        QVERIFY(bench.find<QLineEdit>("data.filter")->text().contains(QLatin1String("Title 2")));
    }

    void goesToAPositionAndFindsText()
    {
        Bench bench;
        auto* grid = bench.find<QTableView>("data.grid");
        QTRY_COMPARE(bench.total(), 9);
        auto* goTo = bench.find<QLineEdit>("data.goTo");
        goTo->setText(QStringLiteral("7"));
        QTest::keyClick(goTo, Qt::Key_Return);
        QCOMPARE(grid->currentIndex().row(), 6);
        auto* find = bench.find<QLineEdit>("data.find");
        find->setText(QStringLiteral("title 3"));
        QTest::keyClick(find, Qt::Key_Return);
        QTRY_COMPARE(grid->currentIndex().row(), 3);
    }

    void everyControlHasANameForAScreenReader()
    {
        Bench bench;
        for (const char* name : {"data.filter", "data.grid", "data.collection", "data.find", "data.goTo", "data.deleted", "data.columns",
                                 "data.filter.build", "data.bar.export", "data.zone", "data.find.next", "data.find.previous"})
            QVERIFY2(!bench.find<QWidget>(name)->accessibleName().isEmpty(), name);
    }
};

BLAZEDB_REGISTER_TEST(TestDataTab);
#include "tst_data_tab.moc"
