#include <QAbstractItemModelTester>

#include "tests/support/fixture_source.h"
#include "tests/support/gui_theme.h"
#include "tests/support/memory_state_store.h"
#include "tests/support/test_registry.h"
#include "views/monitor/open_databases_model.h"
#include "views/session/open_sessions.h"
#include "views/session/session.h"

using namespace blazedb;
using views::OpenDatabasesModel;

class TestOpenDatabasesModel final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hasARowForEachOpenDatabaseWhileItIsOpen()
    {
        const tests::FixtureSource txn("format28", "txn");
        const tests::FixtureSource typed("format28", "typed");
        tests::MemoryStateStore state;
        views::OpenSessions open;
        OpenDatabasesModel model(open, tests::theTheme());
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);

        auto first = std::make_unique<views::Session>(txn.source, state);
        views::Session second(typed.source, state);
        open.add(*first);
        open.add(second);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, OpenDatabasesModel::Size).data().toString(), QStringLiteral("—"));
        model.measure();

        const auto value = [&](int row, int column) { return model.index(row, column).data(OpenDatabasesModel::ValueRole); };
        QTRY_COMPARE(value(0, OpenDatabasesModel::Records).toInt(), 30); // as the fixtures were made
        QTRY_COMPARE(value(1, OpenDatabasesModel::Records).toInt(), 39);
        const qint64 bytes = QFileInfo(typed.path).size() + QFileInfo(typed.side(".meta")).size() + QFileInfo(typed.side(".wal")).size()
                             + QFileInfo(typed.side(".salt")).size();
        QCOMPARE(value(1, OpenDatabasesModel::Size).toLongLong(), bytes);
        QVERIFY(!value(0, OpenDatabasesModel::LastBackup).isValid());
        QVERIFY(model.index(0, OpenDatabasesModel::LastBackup).data(Qt::ToolTipRole).toString().contains(QStringLiteral("not recorded")));
        QVERIFY(model.totalsText().contains(QStringLiteral("69"))); // 30 + 39 records

        open.remove(*first);
        first.reset();
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, OpenDatabasesModel::Name).data().toString(), QStringLiteral("typed"));
    }

    void anAnswerOfAClosedDatabaseIsDropped()
    {
        const tests::FixtureSource typed("format28", "typed");
        tests::MemoryStateStore state;
        views::OpenSessions open;
        OpenDatabasesModel model(open, tests::theTheme());
        auto session = std::make_unique<views::Session>(typed.source, state);
        open.add(*session);

        model.measure();
        open.remove(*session);
        views::Session::retire(std::move(session));
        QTest::qWait(50);

        QCOMPARE(model.rowCount(), 0);
    }
};
BLAZEDB_REGISTER_TEST(TestOpenDatabasesModel);
#include "tst_open_databases_model.moc"
