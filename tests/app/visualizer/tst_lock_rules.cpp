// Databases that lock by themselves: on sleep, with the screen; also behind dialogs; and those that are left out.
#include <QCheckBox>
#include <QLabel>
#include <QMessageBox>

#include "tests/app/visualizer/window_bench.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using tests::WindowBench;

namespace {

bool isOpen(const WindowBench& bench)
{
    return bench.find<QWidget>("main.source") != nullptr;
}

} // namespace

class TestLockRules final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sleepAndTheLockOfTheScreenLock_data()
    {
        QTest::addColumn<bool>("isSleep");
        QTest::addColumn<QString>("setting");
        QTest::addColumn<QString>("reason");
        QTest::newRow("sleep") << true << QString(app::setting::kLocksOnSleep) << QStringLiteral("Locked because the computer went to sleep.");
        QTest::newRow("screen") << false << QString(app::setting::kLocksOnScreenLock) << QStringLiteral("Locked because the screen was locked.");
    }

    void sleepAndTheLockOfTheScreenLock()
    {
        QFETCH(bool, isSleep);
        QFETCH(QString, setting);
        QFETCH(QString, reason);
        WindowBench bench;
        QVERIFY(bench.open("format28/typed"));
        const auto tell = [&] { isSleep ? bench.desktop.sleep() : bench.desktop.lockScreen(); };

        QVERIFY(bench.settings.setValue(setting, false));
        tell();
        QVERIFY(isOpen(bench));

        QVERIFY(bench.settings.setValue(setting, true));
        tell();
        QVERIFY(!isOpen(bench));
        QCOMPARE(bench.find<QLabel>("unlock.why")->text(), reason);
    }

    void dialogsAndMenusClose()
    {
        WindowBench bench;
        QVERIFY(bench.open("format28/typed"));
        bench.trigger("data.export");
        QTRY_VERIFY(bench.window->findChild<QDialog*>(QStringLiteral("export.dialog")));
        const QPointer<QWidget> exports = bench.window->findChild<QDialog*>(QStringLiteral("export.dialog"));

        bench.desktop.lockScreen();

        QTRY_VERIFY(!exports);
        QVERIFY(!isOpen(bench));
        bench.trigger("help.about"); // that of a locked window may stay
        QTRY_VERIFY(bench.window->findChild<QMessageBox*>(QStringLiteral("help.about")));
        bench.desktop.lockScreen();
        QVERIFY(bench.window->findChild<QMessageBox*>(QStringLiteral("help.about"))->isVisible());
    }

    void aReportBeingExportedGoesWithItsDatabase()
    {
        WindowBench bench;
        QVERIFY(bench.open("format28/typed"));
        bench.trigger("tab.tests");
        QTRY_VERIFY(bench.find<QPushButton>("tests.runAll"));
        QTest::mouseClick(bench.find<QPushButton>("tests.runAll"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(bench.commands.action(QStringLiteral("tests.export"))->isEnabled() && !bench.window->isBusy(), 20'000);
        bench.trigger("tests.export");
        QTRY_VERIFY(bench.window->findChild<QDialog*>(QStringLiteral("tests.exportDialog")));
        const QPointer<QDialog> dialog = bench.window->findChild<QDialog*>(QStringLiteral("tests.exportDialog"));

        bench.desktop.sleep();

        QVERIFY(!isOpen(bench));
        QTRY_VERIFY(!dialog);
    }

    void aDatabaseCanBeLeftOut()
    {
        WindowBench bench;
        QVERIFY(bench.open("format28/typed"));
        QAction* const itself = bench.commands.action(QStringLiteral("file.locksItself"));
        QVERIFY(itself->isEnabled() && itself->isChecked());
        itself->trigger();
        QVERIFY(!itself->isChecked());
        QVERIFY(bench.open("format28/workspace"));
        QVERIFY(itself->isChecked()); // each has its own

        bench.desktop.sleep();

        QVERIFY(!isOpen(bench)); // the one on screen
        bench.window->openPlaces({WindowBench::fixture("format28/typed")});
        QVERIFY(isOpen(bench));
        QVERIFY(!itself->isChecked());
        bench.trigger("file.lockAll"); // by hand all of them
        QVERIFY(!isOpen(bench));
        // The choice outlives the lock.
        QVERIFY(bench.open("format28/typed"));
        QVERIFY(!itself->isChecked());
    }

    void whatTheDesktopDoesNotTellIsOffWithTheReason()
    {
        WindowBench bench;
        bench.desktop.setProblems(QStringLiteral("nobody tells of sleep."), {});
        bench.showSettings("security");
        QVERIFY(!bench.find<QCheckBox>("settings.lockOnSleep")->isEnabled());
        QVERIFY(bench.find<QLabel>("settings.lockOnSleep.about")->text().contains(QLatin1String("nobody tells of sleep.")));
        QVERIFY(bench.find<QCheckBox>("settings.lockOnScreenLock")->isEnabled());

        bench.desktop.setProblems({}, QStringLiteral("nobody tells of screens."));
        QVERIFY(bench.find<QCheckBox>("settings.lockOnSleep")->isEnabled());
        QVERIFY(!bench.find<QCheckBox>("settings.lockOnScreenLock")->isEnabled());
    }
};

BLAZEDB_REGISTER_TEST(TestLockRules);
#include "tst_lock_rules.moc"
