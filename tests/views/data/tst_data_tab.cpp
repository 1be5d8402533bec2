// The Data tab as its users drive it, over a database in memory.
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>

#include "tests/support/gui_theme.h"
#include "tests/support/memory_database.h"
#include "tests/support/memory_state_store.h"
#include "tests/support/test_registry.h"
#include "views/commands/command_registry.h"
#include "views/data/data_commands.h"
#include "views/data/data_tab.h"
#include "views/session/session.h"

using namespace blazedb;

namespace {

model::Record bug(int number)
{
    model::Record record;
    record.id.bytes[15] = static_cast<std::uint8_t>(number);
    record.fields = {{"_blazeKind", model::Value(std::string(number % 2 == 0 ? "bug" : "team"))},
                     {"id", model::Value(record.id)},
                     {"isDeleted", model::Value(number == 9)},
                     {"priority", model::Value(std::int64_t{number % 5})},
                     {"title", model::Value("Title " + std::to_string(number))}};
    return record;
}

struct Bench {
    Bench()
    {
        std::vector<model::Record> records;
        for (int i = 0; i < 10; ++i) records.push_back(bug(i));
        session = std::make_unique<views::Session>(std::shared_ptr<api::DataSource>(tests::openInMemory(records).source), state);
        views::registerDataCommands(commands);
        tab.reset(views::makeDataTab({*session, commands, tests::theTheme()}, nullptr));
        tab->resize(1000, 600);
        tab->show();
    }
    template <typename T>
    T* find(const char* name) const { return tab->findChild<T*>(QString::fromLatin1(name)); }
    [[nodiscard]] QVariant total() const { return find<QLabel>("data.total")->property("value"); }
    [[nodiscard]] QString stateWord() const { return tab->property("state").toString(); }
    void filter(const char* text) const
    {
        auto* line = find<QLineEdit>("data.filter");
        line->setText(QString::fromLatin1(text));
        QTest::keyClick(line, Qt::Key_Return);
    }

    tests::MemoryStateStore state;
    std::unique_ptr<views::Session> session;
    views::CommandRegistry commands;
    std::unique_ptr<QWidget> tab;
};

} // namespace

class TestDataTab final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsFiltersAndShowsStates()
    {
        Bench bench;
        QTRY_COMPARE(bench.total().toInt(), 9); // one is soft-deleted
        bench.filter("priority >= 3");
        QTRY_COMPARE(bench.total().toInt(), 3);
        bench.filter("priority > 100");
        QTRY_COMPARE(bench.stateWord(), QStringLiteral("no match"));
        bench.filter("(priority");
        QVERIFY(!bench.find<QLabel>("data.filter.problem")->isHidden());
        QCOMPARE(bench.stateWord(), QStringLiteral("no match"));
        bench.filter("");
        QTRY_COMPARE(bench.total().toInt(), 9);
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
        QTRY_COMPARE(bench.total().toInt(), 4);
    }

    void copiesTheSelectionInTheOrderOfTheView()
    {
        Bench bench;
        bench.filter("priority = 4 sort title desc");
        QTRY_COMPARE(bench.total().toInt(), 1);
        auto* grid = bench.find<QTableView>("data.grid");
        QTRY_VERIFY(grid->currentIndex().isValid());
        grid->selectAll();
        QGuiApplication::clipboard()->clear();
        bench.commands.action(QStringLiteral("data.copyJsonLines"))->trigger();
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(QLatin1String("{\"id\":{\"$uuid\":\"00000000-0000-0000-0000-000000000004\"}")));
        QCOMPARE(QGuiApplication::clipboard()->text().count(QLatin1Char('\n')), 1);
    }

    void usesTheValueOfACellAsFilter()
    {
        Bench bench;
        auto* grid = bench.find<QTableView>("data.grid");
        QTRY_VERIFY(grid->model()->columnCount() == 5 && bench.total().toInt() == 9);
        int column = -1;
        for (int i = 0; i < 5; ++i)
            if (grid->model()->headerData(i, Qt::Horizontal).toString() == QLatin1String("title")) column = i;
        grid->setCurrentIndex(grid->model()->index(2, column));
        bench.commands.action(QStringLiteral("data.useValue"))->trigger();
        QTRY_COMPARE(bench.total().toInt(), 1);
        QVERIFY(bench.find<QLineEdit>("data.filter")->text().contains(QLatin1String("Title 2")));
    }

    void goesToAPositionAndFindsText()
    {
        Bench bench;
        auto* grid = bench.find<QTableView>("data.grid");
        QTRY_COMPARE(bench.total().toInt(), 9);
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
        for (const char* name : {"data.filter", "data.grid", "data.collection", "data.find", "data.goTo", "data.deleted", "data.columns"})
            QVERIFY2(!bench.find<QWidget>(name)->accessibleName().isEmpty(), name);
    }
};

BLAZEDB_REGISTER_TEST(TestDataTab);
#include "tst_data_tab.moc"
