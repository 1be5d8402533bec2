// The grid: header, sorting by keyboard and mouse, frozen columns, selection.
#include <QComboBox>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QToolButton>

#include "tests/support/test_registry.h"
#include "tests/views/data/data_bench.h"

using namespace blazedb;

namespace {

std::vector<model::Record> wideRecords()
{
    std::vector<model::Record> records;
    for (int i = 0; i < 60; ++i) {
        model::Record record = tests::bug(i);
        record.fields.erase(record.fields.begin() + 2); // none is deleted
        for (int column = 0; column < 12; ++column)
            record.fields.push_back({"wide" + std::to_string(10 + column), model::Value(std::int64_t{column})});
        records.push_back(record);
    }
    return records;
}

} // namespace

class TestRecordGrid final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theHeaderSaysKindAndSortInWords()
    {
        tests::DataBench bench;
        const auto words = [&](const char* field) {
            return bench.grid()->model()->headerData(bench.column(field), Qt::Horizontal, Qt::AccessibleTextRole).toString();
        };
        QTRY_COMPARE(words("title"), QStringLiteral("title, text"));
        bench.filter("sort title desc, priority");
        QTRY_COMPARE(words("title"), QStringLiteral("title, text, sorted descending, sort key 1 of 2"));
        QCOMPARE(words("priority"), QStringLiteral("priority, integer, sorted ascending, sort key 2 of 2"));
        QCOMPARE(bench.grid()->model()->headerData(bench.column("title"), Qt::Horizontal).toString(), QStringLiteral("title ▼1"));
    }

    void severalColumnsAreSortedByKeyboard()
    {
        tests::DataBench bench;
        QTRY_COMPARE(bench.total(), 9);
        QTRY_VERIFY(bench.column("priority") >= 0);
        bench.choose(0, "priority");
        bench.trigger("data.sort");
        bench.trigger("data.sort");
        QCOMPARE(bench.line(), QStringLiteral("sort priority desc"));
        QTRY_COMPARE(bench.total(), 9);
        bench.choose(0, "title");
        bench.trigger("data.sortAlso");
        QCOMPARE(bench.line(), QStringLiteral("sort priority desc, title"));
        QTRY_COMPARE(bench.total(), 9);
        // Priority 4 has 4 only (9 is deleted), then 3 and 8.
        QTRY_COMPARE(bench.grid()->model()->index(0, bench.column("title")).data().toString(), QStringLiteral("Title 4"));
        QCOMPARE(bench.grid()->model()->index(1, bench.column("title")).data().toString(), QStringLiteral("Title 3"));
        QCOMPARE(bench.grid()->model()->index(2, bench.column("title")).data().toString(), QStringLiteral("Title 8"));
    }

    void aClickSortsAndOneWithShiftJoins()
    {
        tests::DataBench bench;
        QTRY_VERIFY(bench.column("title") >= 0);
        QTRY_COMPARE(bench.total(), 9);
        auto* header = bench.grid()->horizontalHeader();
        const auto click = [&](const char* field, Qt::KeyboardModifiers keys) {
            const int section = bench.column(field);
            const QPoint at(header->sectionViewportPosition(section) + header->sectionSize(section) / 2, header->height() / 2);
            QTest::mouseClick(header->viewport(), Qt::LeftButton, keys, at);
        };
        click("priority", Qt::NoModifier);
        QCOMPARE(bench.line(), QStringLiteral("sort priority"));
        QTRY_COMPARE(bench.total(), 9);
        QCOMPARE(bench.find<QLabel>("data.selection")->isHidden(), true); // no column was selected by the way
    }

    void frozenColumnsStayWhileTheOthersScroll()
    {
        tests::DataBench bench(wideRecords());
        QTRY_VERIFY(bench.column("wide21") >= 0);
        QTRY_COMPARE(bench.total(), 60);
        auto* grid = bench.grid();
        auto* frozen = bench.find<QTableView>("data.grid.frozen");
        QVERIFY(frozen->isHidden());
        bench.choose(0, "id");

        bench.trigger("data.freeze");

        QVERIFY(frozen->isVisible());
        QCOMPARE(frozen->width(), grid->columnWidth(bench.column("id")));
        QVERIFY(frozen->model() == grid->model() && frozen->selectionModel() == grid->selectionModel());
        QCOMPARE(frozen->focusPolicy(), Qt::NoFocus);

        // Far right by keyboard, then one to the left at a time: the current cell is never under the frozen part.
        grid->setFocus();
        QTest::keyClick(grid, Qt::Key_End);
        QVERIFY(grid->horizontalScrollBar()->value() > 0);
        QCOMPARE(frozen->columnViewportPosition(bench.column("id")), 0);
        while (grid->currentIndex().column() != bench.column("id")) {
            QTest::keyClick(grid, Qt::Key_Left);
            if (grid->currentIndex().column() != bench.column("id"))
                QVERIFY(grid->visualRect(grid->currentIndex()).left() >= frozen->width());
        }

        // Both views scroll together, from either side.
        grid->verticalScrollBar()->setValue(20);
        QCOMPARE(frozen->verticalScrollBar()->value(), 20);
        frozen->verticalScrollBar()->setValue(5);
        QCOMPARE(grid->verticalScrollBar()->value(), 5);

        // A click in the frozen part chooses the row of the grid, which has the focus.
        QTest::mouseClick(frozen->viewport(), Qt::LeftButton, {}, QPoint(10, frozen->rowViewportPosition(7) + 3));
        QCOMPARE(grid->currentIndex().row(), 7);
        QVERIFY(grid->hasFocus());
    }

    void aColumnIsAsWideAsWhatItHolds()
    {
        std::vector<model::Record> records = tests::bugs(40);
        for (std::size_t i = 0; i < records.size(); ++i) {
            auto& fields = records[i].fields;
            fields.push_back({"at", model::Value(model::Date{796'000'000.0 + static_cast<double>(i) * 86'400.5})});
            fields.push_back({"flag", model::Value(i % 2 == 0)});
            fields.push_back({"long", model::Value(std::string(500, 'w'))});
            fields.push_back({"much", model::Value(std::int64_t{9'007'199'254'740'993})});
            std::sort(fields.begin(), fields.end(), [](const model::Field& a, const model::Field& b) { return a.name < b.name; });
        }
        tests::DataBench bench(records);
        QTRY_VERIFY(bench.column("much") >= 0);
        QTRY_COMPARE(bench.total(), 39); // one is deleted
        const QTableView* grid = bench.grid();
        const auto shown = [&](const char* field) {
            return grid->itemDelegate()->sizeHint({}, grid->model()->index(0, bench.column(field))).width();
        };
        const int character = grid->fontMetrics().averageCharWidth();

        // Nothing of dates and numbers is cut, texts are after some 40 characters, a flag takes no more than its name needs.
        QVERIFY2(grid->columnWidth(bench.column("at")) >= shown("at"), qPrintable(QString::number(grid->columnWidth(bench.column("at")))));
        QVERIFY(grid->columnWidth(bench.column("much")) >= shown("much"));
        QVERIFY(grid->columnWidth(bench.column("long")) >= 35 * character && grid->columnWidth(bench.column("long")) <= 50 * character);
        QVERIFY(grid->columnWidth(bench.column("flag")) < grid->columnWidth(bench.column("at")));
        QVERIFY(grid->columnWidth(bench.column("title")) >= shown("title"));
        for (int column = 0; column < grid->model()->columnCount(); ++column)
            QVERIFY(grid->columnWidth(column) >= grid->horizontalHeader()->sectionSizeHint(column));

        // Other rows and another sort do not move it.
        const int before = grid->columnWidth(bench.column("title"));
        bench.filter("sort priority");
        QTRY_COMPARE(bench.total(), 39);
        QCOMPARE(grid->columnWidth(bench.column("title")), before);
    }

    void aWidthThatWasSetStays()
    {
        tests::DataBench bench;
        QTRY_VERIFY(bench.column("title") >= 0);
        QTRY_COMPARE(bench.total(), 9);
        const int priority = bench.grid()->columnWidth(bench.column("priority"));
        bench.grid()->setColumnWidth(bench.column("title"), 277);

        bench.open();

        QTRY_VERIFY(bench.column("title") >= 0);
        QTRY_COMPARE(bench.total(), 9);
        QCOMPARE(bench.grid()->columnWidth(bench.column("title")), 277);
        QCOMPARE(bench.grid()->columnWidth(bench.column("priority")), priority); // not kept, fitted again
    }

    void columnsComeBackAsTheyWereLeft()
    {
        tests::DataBench bench(wideRecords());
        QTRY_COMPARE(bench.total(), 60);
        QTRY_VERIFY(bench.column("wide21") >= 0);
        bench.choose(0, "id");
        bench.trigger("data.freeze");
        bench.grid()->setColumnWidth(bench.column("title"), 222);
        bench.grid()->horizontalHeader()->moveSection(bench.grid()->horizontalHeader()->visualIndex(bench.column("title")), 0);

        bench.open();

        QTRY_VERIFY(bench.column("wide21") >= 0);
        const auto* header = bench.grid()->horizontalHeader();
        QCOMPARE(bench.grid()->columnWidth(bench.column("title")), 222);
        QCOMPARE(header->visualIndex(bench.column("title")), 0);
        QCOMPARE(header->visualIndex(bench.column("id")), 1);
        // Frozen up to the id, so with the title left of it.
        QCOMPARE(bench.find<QTableView>("data.grid.frozen")->width(), 222 + bench.grid()->columnWidth(bench.column("id")));
        bench.trigger("data.unfreeze");
        QVERIFY(bench.find<QTableView>("data.grid.frozen")->isHidden());
    }

    void tooManyFrozenColumnsAreNotFrozen()
    {
        tests::DataBench bench(wideRecords());
        QTRY_COMPARE(bench.total(), 60);
        QTRY_VERIFY(bench.column("wide21") >= 0);
        bench.choose(0, "wide21");
        bench.trigger("data.freeze");
        QVERIFY(bench.find<QTableView>("data.grid.frozen")->isHidden()); // nothing would be left that scrolls
    }

    void selectingAllSaysHowManyMatch()
    {
        tests::DataBench bench(tests::bugs(1000));
        bench.filter("_blazeKind = \"bug\"");
        QTRY_COMPARE(bench.total(), 500); // the even ones; 9, the only deleted one, is odd
        bench.grid()->setFocus();
        QTest::keyClick(bench.grid(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(bench.find<QLabel>("data.selection")->text(), QStringLiteral("all 500 matching selected"));
        QTest::keyClick(bench.grid(), Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(bench.grid(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(bench.find<QLabel>("data.selection")->text(), QStringLiteral("2 selected"));
    }

    void findGoesForthAndBackAndAround()
    {
        tests::DataBench bench(tests::bugs(1200)); // more than two steps of the search
        bench.filter("sort title");
        QTRY_COMPARE(bench.total(), 1199);
        bench.filter("");
        QTRY_COMPARE(bench.total(), 1199);
        auto* find = bench.find<QLineEdit>("data.find");
        find->setFocus();
        QTest::keyClicks(find, QStringLiteral("title 77"));
        QTest::keyClick(find, Qt::Key_Return);
        QTRY_COMPARE(bench.grid()->currentIndex().row(), 76); // 77 less the deleted 9
        bench.trigger("data.findNext");
        QTRY_COMPARE(bench.grid()->currentIndex().row(), 769);
        bench.trigger("data.findPrevious");
        QTRY_COMPARE(bench.grid()->currentIndex().row(), 76);
        bench.trigger("data.findPrevious");
        QTRY_COMPARE(bench.grid()->currentIndex().row(), 778); // around the beginning: 779
    }

    void datesFollowTheZone()
    {
        model::Record record = tests::bug(1);
        record.fields.push_back({"when", model::Value(model::Date{0})});
        tests::DataBench bench({record});
        QTRY_VERIFY(bench.column("when") >= 0);
        QTRY_COMPARE(bench.total(), 1);
        const auto cell = [&] { return bench.grid()->model()->index(0, bench.column("when")); };
        QVERIFY(cell().data(Qt::ToolTipRole).toString().contains(QLatin1String("2001-01-01T00:00:00.000Z")));
        const QModelIndex id = bench.grid()->model()->index(0, bench.column("id"));
        QCOMPARE(id.data(Qt::ToolTipRole).toString(), QStringLiteral("00000000-0000-0000-0000-000000000001"));
        auto* zone = bench.find<QToolButton>("data.zone");
        zone->setFocus();
        QTest::keyClick(zone, Qt::Key_Space);
        QCOMPARE(zone->text(), QStringLiteral("UTC"));
        QVERIFY(cell().data().toString().contains(QLatin1String("2001")));
        bench.open();
        QCOMPARE(bench.find<QToolButton>("data.zone")->text(), QStringLiteral("UTC"));
    }
};

BLAZEDB_REGISTER_TEST(TestRecordGrid);
#include "tst_record_grid.moc"
