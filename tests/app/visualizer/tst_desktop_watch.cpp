// The desktop over D-Bus: what is said where there is no bus, and what is heard on a bus of the test's own (BLAZEDB_TEST_BUS
// says that there is one), where the test plays logind and the screen saver.
#include <fcntl.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusUnixFileDescriptor>
#include <QSignalSpy>
#include <QTest>

#include "app/visualizer/dbus_desktop_watch.h"
#include "views/session/job_runner.h"

using namespace blazedb;

namespace {

const QString kSession = QStringLiteral("/org/freedesktop/login1/session/_31");

/// Plays org.freedesktop.login1.Manager.
class Logind final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    /// True while somebody holds the sleep back: the other end of the pipe is open.
    [[nodiscard]] bool isHeldBack() const
    {
        char byte = 0;
        return m_readEnd >= 0 && ::read(m_readEnd, &byte, 1) < 0; // at its end it answers 0
    }
    int asked = 0;

public Q_SLOTS:
    Q_SCRIPTABLE QDBusUnixFileDescriptor Inhibit(const QString& what, const QString&, const QString&, const QString& mode)
    {
        if (what != QLatin1String("sleep") || mode != QLatin1String("delay")) return {};
        ++asked;
        int ends[2];
        if (::pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0) return {};
        if (m_readEnd >= 0) ::close(m_readEnd);
        m_readEnd = ends[0];
        QDBusUnixFileDescriptor given;
        given.giveFileDescriptor(ends[1]);
        return given;
    }
    Q_SCRIPTABLE QDBusObjectPath GetSession(const QString&) { return QDBusObjectPath(kSession); }

private:
    int m_readEnd = -1;
};

} // namespace

class TestDesktopWatch final : public QObject {
    Q_OBJECT

private:
    static bool hasBus() { return qEnvironmentVariableIsSet("BLAZEDB_TEST_BUS"); }

    static void emitSignal(QDBusConnection& bus, const QString& path, const char* face, const char* name, const QVariantList& arguments)
    {
        QDBusMessage message = QDBusMessage::createSignal(path, QString::fromLatin1(face), QString::fromLatin1(name));
        message.setArguments(arguments);
        QVERIFY(bus.send(message));
    }

private Q_SLOTS:
    void saysWhyWhereThereIsNoBus()
    {
        if (hasBus()) QSKIP("there is one here");
        views::JobRunner jobs;
        app::DbusDesktopWatch watch;
        QVERIFY(!watch.sleepProblem().isEmpty()); // not known yet is no promise
        QSignalSpy known(&watch, &app::DesktopWatch::availabilityChanged);
        watch.listen(jobs);
        QTRY_COMPARE(known.size(), 1);
        QVERIFY(watch.sleepProblem().contains(QLatin1String("system bus")));
        QVERIFY(watch.screenLockProblem().contains(QLatin1String("session bus")));
    }

    void saysWhyWhereNobodyAnswersOnTheBus()
    {
        if (!hasBus()) QSKIP("there is none here");
        views::JobRunner jobs;
        app::DbusDesktopWatch watch;
        QSignalSpy known(&watch, &app::DesktopWatch::availabilityChanged);
        watch.listen(jobs);
        QTRY_COMPARE(known.size(), 1);
        QVERIFY(watch.sleepProblem().contains(QLatin1String("logind")));
        QVERIFY(watch.screenLockProblem().contains(QLatin1String("screen saver")));
    }

    void hearsSleepAndTheLockOfTheScreen()
    {
        if (!hasBus()) QSKIP("there is none here");
        QDBusConnection services = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("services"));
        Logind logind;
        QVERIFY(services.registerService(QStringLiteral("org.freedesktop.login1")));
        QVERIFY(services.registerService(QStringLiteral("org.freedesktop.ScreenSaver")));
        QVERIFY(services.registerObject(QStringLiteral("/org/freedesktop/login1"), &logind, QDBusConnection::ExportScriptableSlots));
        views::JobRunner jobs;
        app::DbusDesktopWatch watch;
        QSignalSpy known(&watch, &app::DesktopWatch::availabilityChanged);
        QSignalSpy sleep(&watch, &app::DesktopWatch::aboutToSleep);
        QSignalSpy screen(&watch, &app::DesktopWatch::screenLocked);
        watch.listen(jobs);
        QTRY_COMPARE(known.size(), 1);
        QCOMPARE(watch.sleepProblem(), QString());
        QCOMPARE(watch.screenLockProblem(), QString());
        QTRY_VERIFY(logind.isHeldBack());
        bool wasHeldBack = false;
        connect(&watch, &app::DesktopWatch::aboutToSleep, this, [&] { wasHeldBack = logind.isHeldBack(); });

        emitSignal(services, QStringLiteral("/org/freedesktop/login1"), "org.freedesktop.login1.Manager", "PrepareForSleep", {true});
        QTRY_COMPARE(sleep.size(), 1);
        QVERIFY(wasHeldBack);                 // while the databases are being locked
        QTRY_VERIFY(!logind.isHeldBack());    // and no longer
        emitSignal(services, QStringLiteral("/org/freedesktop/login1"), "org.freedesktop.login1.Manager", "PrepareForSleep", {false});
        QTRY_COMPARE(logind.asked, 2); // for the next time
        QCOMPARE(sleep.size(), 1);

        emitSignal(services, QStringLiteral("/ScreenSaver"), "org.freedesktop.ScreenSaver", "ActiveChanged", {true});
        QTRY_COMPARE(screen.size(), 1);
        emitSignal(services, QStringLiteral("/ScreenSaver"), "org.freedesktop.ScreenSaver", "ActiveChanged", {false});
        emitSignal(services, kSession, "org.freedesktop.login1.Session", "Lock", {});
        QTRY_COMPARE(screen.size(), 2);
        QDBusConnection::disconnectFromBus(QStringLiteral("services"));
    }
};

QTEST_GUILESS_MAIN(TestDesktopWatch)
#include "tst_desktop_watch.moc"
