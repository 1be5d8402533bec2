// References between records, the quick filter and saved filters, as their users drive them.
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include "tests/support/test_registry.h"
#include "tests/views/data/data_bench.h"

using namespace blazedb;

namespace {

/// DataBench's records; the odd ones name the even one before them: 1 as UUID, 3 as text, 5 somebody who is not there.
std::vector<model::Record> linkedBugs()
{
    std::vector<model::Record> records = tests::bugs();
    model::Uuid nobody;
    nobody.bytes[0] = 0xff;
    records[1].fields.insert(records[1].fields.begin() + 3, {"parent", model::Value(records[0].id)});
    records[3].fields.insert(records[3].fields.begin() + 3, {"parent", model::Value(records[2].id.toString())});
    records[5].fields.insert(records[5].fields.begin() + 3, {"parent", model::Value(nobody)});
    records[7].fields.insert(records[7].fields.begin() + 3, {"parent", model::Value(records[0].id)});
    return records;
}

struct LinkBench : tests::DataBench {
    LinkBench()
        : DataBench(linkedBugs())
    {
        QTRY_COMPARE(total(), 9);
        QTRY_VERIFY(column("parent") >= 0 && session->jobs().isDrained());
    }
    [[nodiscard]] QString currentTitle() const { return grid()->model()->index(grid()->currentIndex().row(), column("title")).data().toString(); }
    [[nodiscard]] QString message() const { return find<QLabel>("data.message")->text(); }
    void quick(const char* word) const
    {
        auto* field = find<QLineEdit>("data.quick");
        field->clear();
        QTest::keyClicks(field, QString::fromUtf8(word));
        QTest::keyClick(field, Qt::Key_Return);
    }
    [[nodiscard]] QMenu* filterMenu() const
    {
        auto* menu = find<QMenu>("data.filters.menu");
        Q_EMIT menu->aboutToShow();
        return menu;
    }
    static QAction* entry(const QMenu* menu, const QString& text)
    {
        for (QAction* action : menu->actions())
            if (action->text() == text) return action;
        return nullptr;
    }
    void typeName(const char* name) const
    {
        auto* line = find<QLineEdit>("data.filters.name.line");
        QVERIFY(line);
        line->selectAll();
        QTest::keyClicks(line, QString::fromUtf8(name));
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY(!find<QLineEdit>("data.filters.name.line"));
    }
};

} // namespace

class TestRecordLinks final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goesToTheRecordAValueNamesAndBack()
    {
        LinkBench bench;
        bench.choose(1, "parent");
        QTest::keyClick(bench.grid(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(bench.currentTitle(), QStringLiteral("Title 0"));

        bench.trigger("data.back");
        QTRY_COMPARE(bench.currentTitle(), QStringLiteral("Title 1"));
        bench.trigger("data.forward");
        QTRY_COMPARE(bench.currentTitle(), QStringLiteral("Title 0"));

        bench.choose(3, "parent"); // a text that is a UUID
        bench.trigger("data.followReference");
        QTRY_COMPARE(bench.currentTitle(), QStringLiteral("Title 2"));
    }

    void whatIsNotThereIsSaid()
    {
        LinkBench bench;
        bench.choose(5, "parent");
        bench.trigger("data.followReference");
        QTRY_VERIFY(bench.message().startsWith(QLatin1String("No record of this database has the id FF000000")));
        bench.choose(5, "title");
        bench.trigger("data.followReference");
        QTRY_VERIFY(bench.message().contains(QLatin1String("not a UUID")));
        QCOMPARE(bench.currentTitle(), QStringLiteral("Title 5"));
    }

    void aFilterThatHidesTheRecordComesBackWithBack()
    {
        LinkBench bench;
        bench.filter("title = \"Title 1\"");
        QTRY_COMPARE(bench.total(), 1);
        QTRY_VERIFY(bench.session->jobs().isDrained());
        const QString line = bench.line();
        bench.choose(0, "parent");
        bench.trigger("data.followReference");
        QTRY_COMPARE(bench.currentTitle(), QStringLiteral("Title 0"));
        QCOMPARE(bench.line(), QString());

        bench.trigger("data.back");
        QTRY_COMPARE(bench.line(), line);
        QTRY_COMPARE(bench.currentTitle(), QStringLiteral("Title 1"));
    }

    void showsWhatRefersToARecord()
    {
        LinkBench bench;
        bench.choose(0, "title");
        bench.trigger("data.referrers");
        QTRY_COMPARE(bench.total(), 2);
        QVERIFY2(bench.line().contains(QLatin1String("parent")), qPrintable(bench.line()));
        bench.trigger("data.clearFilter");
        QTRY_COMPARE(bench.total(), 9);
    }

    void aWordIsFoundInAnyTextColumn()
    {
        LinkBench bench;
        bench.filter("priority >= 1");
        QTRY_COMPARE(bench.total(), 7); // 1 2 3 4 6 7 8
        bench.quick("TEAM");
        QTRY_COMPARE(bench.total(), 3); // 1 3 7
        bench.quick("title 7"); // in the place of the word before
        QTRY_COMPARE(bench.total(), 1);
        bench.quick("_itle 7"); // no pattern
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("no match"));
        bench.quick("");
        QTRY_COMPARE(bench.total(), 7);
        QVERIFY2(!bench.line().contains(QLatin1String("title")), qPrintable(bench.line()));
    }

    void savedFiltersAreAppliedRenamedAndDeleted()
    {
        LinkBench bench;
        bench.filter("priority = 4");
        QTRY_COMPARE(bench.total(), 1);
        bench.trigger("data.saveFilter");
        bench.typeName("urgent & late");
        bench.trigger("data.clearFilter");
        QTRY_COMPARE(bench.total(), 9);

        bench.open(); // as after a restart
        QTRY_COMPARE(bench.total(), 9);
        QAction* saved = LinkBench::entry(bench.filterMenu(), QStringLiteral("urgent && late"));
        QVERIFY(saved);
        saved->trigger();
        QTRY_COMPARE(bench.total(), 1);

        auto* renaming = bench.filterMenu()->findChild<QMenu*>(QStringLiteral("data.filters.rename"));
        LinkBench::entry(renaming, QStringLiteral("urgent && late"))->trigger();
        bench.typeName("urgent");
        QVERIFY(!LinkBench::entry(bench.filterMenu(), QStringLiteral("urgent && late")));
        QVERIFY(LinkBench::entry(bench.filterMenu(), QStringLiteral("urgent")));

        auto* removing = bench.filterMenu()->findChild<QMenu*>(QStringLiteral("data.filters.delete"));
        LinkBench::entry(removing, QStringLiteral("urgent"))->trigger();
        QVERIFY(!LinkBench::entry(bench.filterMenu(), QStringLiteral("urgent")));
    }
};

BLAZEDB_REGISTER_TEST(TestRecordLinks);
#include "tst_record_links.moc"
