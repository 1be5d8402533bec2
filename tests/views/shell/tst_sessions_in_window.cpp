// What tabs may rely on: the window lists its open sessions, and shows a record in Data when a tab asks for one.
#include <QListWidget>

#include "tests/support/test_registry.h"
#include "tests/views/shell/shell_bench.h"
#include "views/session/open_sessions.h"
#include "views/session/session.h"

using namespace blazedb;

class TestSessionsInWindow final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsASessionWhileItsDatabaseIsOpen()
    {
        tests::ShellBench bench;
        QCOMPARE(bench.sessions->sessions().size(), std::size_t(0));
        bench.window->openPlaces({QStringLiteral("/work/orders.blazedb")});
        bench.unlock();
        QTRY_COMPARE(bench.sessions->sessions().size(), std::size_t(1));

        bench.window->openPlaces({QStringLiteral("/work/notes.blazedb")});
        bench.unlock();
        QTRY_COMPARE(bench.sessions->sessions().size(), std::size_t(2));
        QCOMPARE(bench.sessions->sessions().back()->description().name, std::string("notes"));

        bench.trigger("file.lock"); // the one that is shown
        QCOMPARE(bench.sessions->sessions().size(), std::size_t(1));
        QCOMPARE(bench.sessions->sessions().front()->description().name, std::string("orders"));
        bench.window.reset();
        QVERIFY(bench.sessions->sessions().empty());
    }

    void showsDataWhenATabAsksForARecord()
    {
        tests::ShellBench bench;
        bench.window->openPlaces({QStringLiteral("/work/orders.blazedb")});
        bench.unlock();
        QTRY_COMPARE(bench.sessions->sessions().size(), std::size_t(1));
        bench.trigger("tab.schema");
        QVERIFY(bench.find<QListWidget>("main.tabs")->currentRow() != 1);
        model::Uuid id;
        id.bytes[0] = 7;

        bench.sessions->sessions().front()->requestRecord(id);

        QCOMPARE(bench.find<QListWidget>("main.tabs")->currentRow(), 1); // Data is the second
        QVERIFY(bench.sessions->sessions().front()->takeRequestedRecord() == id); // kept for the tab until it takes it
    }
};

BLAZEDB_REGISTER_TEST(TestSessionsInWindow);
#include "tst_sessions_in_window.moc"
