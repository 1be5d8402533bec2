// Column statistics as a user asks for them: figures of what matches, and values that become filters.
#include <QPushButton>
#include <QTreeWidget>

#include "tests/support/test_registry.h"
#include "tests/views/data/data_bench.h"

using namespace blazedb;

namespace {

/// Nine visible records of DataBench: priorities 0 1 2 3 4 0 1 2 3, kinds in turn.
struct StatisticsBench : tests::DataBench {
    void openFor(const char* field)
    {
        QTRY_COMPARE(total(), 9);
        QTRY_VERIFY(column(field) >= 0);
        QTRY_VERIFY(session->jobs().isDrained());
        choose(0, field);
        trigger("data.statistics");
        QTRY_COMPARE(state(), QStringLiteral("ready"));
    }
    [[nodiscard]] QString state() const { return find<QWidget>("data.statistics")->property("state").toString(); }
    [[nodiscard]] QString figure(const char* key) const
    {
        auto* figures = find<QTreeWidget>("data.statistics.figures");
        for (int i = 0; i < figures->topLevelItemCount(); ++i) {
            QTreeWidgetItem* item = figures->topLevelItem(i);
            if (item->data(0, Qt::UserRole).toString() == QLatin1String(key)) return item->text(1);
        }
        return {};
    }
    [[nodiscard]] QTreeWidget* values() const { return find<QTreeWidget>("data.statistics.values"); }
    void select(const QStringList& texts) const
    {
        values()->clearSelection();
        for (const QString& text : texts) {
            const auto found = values()->findItems(text, Qt::MatchExactly, 0);
            QCOMPARE(found.size(), 1);
            found.front()->setSelected(true);
        }
    }
    void click(const char* button) const { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
};

} // namespace

class TestColumnStatistics final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsWhatIsThere()
    {
        StatisticsBench bench;
        bench.openFor("priority");

        QCOMPARE(bench.figure("records"), QStringLiteral("9"));
        QCOMPARE(bench.figure("missing"), QStringLiteral("0"));
        QCOMPARE(bench.figure("null"), QStringLiteral("0"));
        QCOMPARE(bench.figure("distinct"), QStringLiteral("5"));
        QCOMPARE(bench.figure("min"), QStringLiteral("0"));
        QCOMPARE(bench.figure("max"), QStringLiteral("4"));
        QVERIFY(bench.figure("mean").startsWith(QLatin1String("1.77777"))); // 16 / 9
        QCOMPARE(bench.values()->topLevelItemCount(), 5);
        QCOMPARE(bench.values()->topLevelItem(4)->text(0), QStringLiteral("4")); // once, the others twice
        QCOMPARE(bench.values()->topLevelItem(4)->text(1), QStringLiteral("1"));
    }

    void countsOnlyWhatMatchesTheFilter()
    {
        StatisticsBench bench;
        bench.filter("priority >= 3");
        QTRY_COMPARE(bench.total(), 3);
        QTRY_VERIFY(bench.column("priority") >= 0 && bench.session->jobs().isDrained());
        bench.choose(0, "priority");
        bench.trigger("data.statistics");

        QTRY_COMPARE(bench.state(), QStringLiteral("ready"));
        QCOMPARE(bench.figure("records"), QStringLiteral("3"));
        QCOMPARE(bench.figure("min"), QStringLiteral("3"));
        QVERIFY(bench.find<QLabel>("data.statistics.text")->text().contains(QLatin1String("match")));
    }

    void severalValuesMakeOneIn()
    {
        StatisticsBench bench;
        bench.openFor("priority");
        bench.select({QStringLiteral("1"), QStringLiteral("4")});
        bench.click("data.statistics.use");

        QTRY_COMPARE(bench.total(), 3);
        QVERIFY2(bench.line().contains(QLatin1String("in (")), qPrintable(bench.line()));
    }

    void valuesAreExcluded()
    {
        StatisticsBench bench;
        bench.openFor("priority");
        bench.select({QStringLiteral("4")});
        bench.click("data.statistics.exclude");
        QTRY_COMPARE(bench.total(), 8);

        bench.select({QStringLiteral("0"), QStringLiteral("1")});
        bench.click("data.statistics.exclude");
        QTRY_COMPARE(bench.total(), 4);
    }
};

BLAZEDB_REGISTER_TEST(TestColumnStatistics);
#include "tst_column_statistics.moc"
