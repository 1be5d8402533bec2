#include <QFile>
#include <QMessageBox>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "app/visualizer/auto_lock.h"
#include "app/visualizer/file_state_store.h"
#include "app/visualizer/program_folders.h"
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

    void filesAreForTheirOwnerAloneAndBearAVersion()
    {
        QTemporaryDir folder;
        const QString own = folder.filePath(QStringLiteral("own"));
        app::makeOwnFolder(own);
        const QString path = own + QStringLiteral("/state.ini");
        {
            app::FileStateStore store(path);
            store.setValue(QStringLiteral("main/places"), QStringList{QStringLiteral("/a.blazedb")});
        }
        QCOMPARE(QFile::permissions(own) & ~(QFile::ReadUser | QFile::WriteUser | QFile::ExeUser), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QCOMPARE(QFile::permissions(path) & ~(QFile::ReadUser | QFile::WriteUser), QFile::ReadOwner | QFile::WriteOwner);
        QCOMPARE(QSettings(path, QSettings::IniFormat).value(QStringLiteral("schema/version")).toInt(), app::FileStateStore::kSchemaVersion);
    }

    void whatCannotBeUnderstoodIsSetAside_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("damaged") << QByteArray("[main\nno settings here\n");
        QTest::newRow("something else") << QByteArray("this is no settings file\n");
        QTest::newRow("of a newer program") << QByteArray("[schema]\nversion=99\n[main]\nplace=x\n");
    }

    void whatCannotBeUnderstoodIsSetAside()
    {
        QFETCH(QByteArray, text);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("settings.ini"));
        const auto write = [&] {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write();
        {
            app::FileStateStore store(path);
            QVERIFY2(store.problem().contains(QLatin1String("settings.ini.aside")), qPrintable(store.problem()));
            QVERIFY(!store.value(QStringLiteral("main/place")).isValid());
            store.setValue(QStringLiteral("a/b"), 1);
        }
        QFile aside(path + QStringLiteral(".aside"));
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), text);
        QVERIFY(app::FileStateStore(path).problem().isEmpty());

        write(); // the second such file does not replace the first
        QVERIFY(app::FileStateStore(path).problem().contains(QLatin1String("settings.ini.aside2")));
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

    /// A dialog that stands open is no input: idle time runs on.
    void idleIsToldWhileADialogIsOpen()
    {
        app::AutoLock lock;
        QSignalSpy idle(&lock, &app::AutoLock::idle);
        QWidget window;
        window.show();
        QMessageBox box(&window);
        box.open();
        lock.setLimit(std::chrono::milliseconds(60));
        QTRY_COMPARE(idle.size(), 1);
        QVERIFY(box.isVisible());
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
