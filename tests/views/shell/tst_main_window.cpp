// The window as its users drive it: by keys and mouse, over made-up databases.
#include <QListWidget>

#include "tests/support/test_registry.h"
#include "tests/views/shell/shell_bench.h"

using namespace blazedb;

class TestMainWindow final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsTheFifteenTabsOnceADatabaseIsUnlocked()
    {
        tests::ShellBench bench;
        bench.window->openPlaces({QStringLiteral("/work/orders.blazedb")});

        bench.unlock();

        QTRY_VERIFY(bench.find<QListWidget>("main.tabs"));
        QCOMPARE(bench.find<QListWidget>("main.tabs")->count(), 15);
        const QByteArray out = qgetenv("BLAZEDB_PICTURES");
        if (!out.isEmpty()) bench.window->grab().save(QString::fromLocal8Bit(out) + QStringLiteral("/frame-open.png"));
    }
};

BLAZEDB_REGISTER_TEST(TestMainWindow);
#include "tst_main_window.moc"
