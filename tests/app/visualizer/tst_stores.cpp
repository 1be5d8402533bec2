#include <QSignalSpy>
#include <QTemporaryDir>

#include "app/visualizer/auto_lock.h"
#include "app/visualizer/file_state_store.h"
#include "app/visualizer/settings.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

class TestStores final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stateOutlivesTheProgram()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("state.ini"));
        const QStringList places{QStringLiteral("/a.blazedb"), QStringLiteral("/b, c.blazedb")};
        {
            app::FileStateStore store(path);
            store.setValue(QStringLiteral("main/places"), places);
            store.setValue(QStringLiteral("source/x/data/columns"), QByteArray("\0\1\2", 3));
            store.setValue(QStringLiteral("source/y/data/columns"), 7);
            store.remove(QStringLiteral("source/y/"));
        }
        const app::FileStateStore store(path);
        QCOMPARE(store.value(QStringLiteral("main/places")).toStringList(), places);
        QCOMPARE(store.value(QStringLiteral("source/x/data/columns")).toByteArray(), QByteArray("\0\1\2", 3));
        QVERIFY(!store.value(QStringLiteral("source/y/data/columns")).isValid());
    }

    void settingsKeepTheirBounds()
    {
        QTemporaryDir folder;
        app::FileStateStore store(folder.filePath(QStringLiteral("settings.ini")));
        app::Settings settings(store);
        settings.setAutoLockMinutes(-5);
        QCOMPARE(settings.autoLockMinutes(), 0);
        settings.setAutoLockMinutes(1'000'000);
        QCOMPARE(settings.autoLockMinutes(), app::Settings::kAutoLockMinutesMax);
        store.setValue(QStringLiteral("window/theme"), QStringLiteral("no such theme"));
        QCOMPARE(settings.theme(), views::ThemeChoice::System);
    }

    void idleIsToldOnceAndInputBeginsAnew()
    {
        app::AutoLock lock;
        QSignalSpy idle(&lock, &app::AutoLock::idle);
        lock.setLimit(std::chrono::milliseconds(60));
        QTRY_COMPARE(idle.size(), 1);
        QTest::qWait(150);
        QCOMPARE(idle.size(), 1);
        QWidget widget;
        QTest::keyClick(&widget, Qt::Key_A);
        QTRY_COMPARE(idle.size(), 2);
    }
};

BLAZEDB_REGISTER_TEST(TestStores);
#include "tst_stores.moc"
