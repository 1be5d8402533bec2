#include "app/visualizer/dbus_desktop_watch.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>

#include "views/session/job_runner.h"

namespace blazedb::app {
namespace {

constexpr int kAnswerWithinMs = 3'000;
const QString kLogind = QStringLiteral("org.freedesktop.login1");
const QString kLogindPath = QStringLiteral("/org/freedesktop/login1");
const QString kLogindManager = QStringLiteral("org.freedesktop.login1.Manager");

/// The answer of a method, or an invalid one. Blocks for kAnswerWithinMs at most.
QVariant answerOf(const QDBusConnection& bus, const QString& service, const QString& path, const QString& face, const QString& method, const QVariantList& arguments)
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, face, method);
    call.setArguments(arguments);
    const QDBusMessage answer = bus.call(call, QDBus::Block, kAnswerWithinMs);
    return answer.type() == QDBusMessage::ReplyMessage ? answer.arguments().value(0) : QVariant();
}

bool hasOwner(const QDBusConnection& bus, const QString& service)
{
    return answerOf(bus, QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"), QStringLiteral("org.freedesktop.DBus"),
                    QStringLiteral("NameHasOwner"), {service})
        .toBool();
}

/// Holds the sleep back until the descriptor is closed; invalid where that is not allowed.
QDBusUnixFileDescriptor delaySleep(const QDBusConnection& bus)
{
    return answerOf(bus, kLogind, kLogindPath, kLogindManager, QStringLiteral("Inhibit"),
                    {QStringLiteral("sleep"), QStringLiteral("BlazeDB Visualizer"), QStringLiteral("Lock databases"), QStringLiteral("delay")})
        .value<QDBusUnixFileDescriptor>();
}

QString sessionPath(const QDBusConnection& bus)
{
    return answerOf(bus, kLogind, kLogindPath, kLogindManager, QStringLiteral("GetSession"), {QStringLiteral("auto")}).value<QDBusObjectPath>().path();
}

} // namespace

DbusDesktopWatch::DbusDesktopWatch(QObject* parent)
    : DesktopWatch(parent)
    , m_sleepProblem(tr("the desktop has not answered yet."))
    , m_screenLockProblem(m_sleepProblem)
{}

void DbusDesktopWatch::listen(views::JobRunner& jobs)
{
    m_jobs = &jobs;
    jobs.run(
        {.title = tr("Listen to the desktop"), .context = this, .isQuiet = true},
        [this](const api::CallContext&) -> Result<Heard> { return subscribe(); },
        [this](const Result<Heard>& heard) {
            if (!heard) return;
            m_sleepProblem = heard->sleepProblem;
            m_screenLockProblem = heard->screenLockProblem;
            m_delay = heard->delay;
            Q_EMIT availabilityChanged();
        });
}

/// Signals arrive on the thread of this object, whichever thread subscribes; and subscribing asks the bus who owns a name.
DbusDesktopWatch::Heard DbusDesktopWatch::subscribe()
{
    Heard heard;
    bool isLockHeard = false;
    QDBusConnection system = QDBusConnection::systemBus();
    if (!system.isConnected()) {
        heard.sleepProblem = tr("there is no system bus (D-Bus).");
    } else if (!hasOwner(system, kLogind)) {
        heard.sleepProblem = tr("no service on the system bus announces sleep (systemd-logind).");
    } else {
        if (!system.connect(kLogind, kLogindPath, kLogindManager, QStringLiteral("PrepareForSleep"), this, SLOT(noteSleep(bool))))
            heard.sleepProblem = tr("the system bus refused to announce sleep.");
        else heard.delay = delaySleep(system);
        const QString session = sessionPath(system);
        isLockHeard = !session.isEmpty()
                      && system.connect(kLogind, session, QStringLiteral("org.freedesktop.login1.Session"), QStringLiteral("Lock"), this, SLOT(noteSessionLock()));
    }
    QDBusConnection desktop = QDBusConnection::sessionBus();
    if (desktop.isConnected()) {
        for (const QString& saver : {QStringLiteral("org.freedesktop.ScreenSaver"), QStringLiteral("org.gnome.ScreenSaver")}) {
            // Also when it is not there yet: it may come later. Its path differs from desktop to desktop.
            const bool isSubscribed = desktop.connect(saver, {}, saver, QStringLiteral("ActiveChanged"), this, SLOT(noteScreenSaver(bool)));
            isLockHeard = (isSubscribed && hasOwner(desktop, saver)) || isLockHeard;
        }
    }
    if (!isLockHeard)
        heard.screenLockProblem = desktop.isConnected() ? tr("no screen saver on the session bus announces the lock of the screen.")
                                                        : tr("there is no session bus (D-Bus).");
    return heard;
}

void DbusDesktopWatch::noteSleep(bool isBeginning)
{
    if (!isBeginning) return askForDelay();
    Q_EMIT aboutToSleep();
    m_delay = {}; // all is locked: the computer may sleep
}

/// For the next time.
void DbusDesktopWatch::askForDelay()
{
    m_jobs->run(
        {.title = tr("Listen to the desktop"), .context = this, .isQuiet = true},
        [](const api::CallContext&) -> Result<QDBusUnixFileDescriptor> { return delaySleep(QDBusConnection::systemBus()); },
        [this](const Result<QDBusUnixFileDescriptor>& delay) {
            if (delay) m_delay = *delay;
        });
}

void DbusDesktopWatch::noteScreenSaver(bool isActive)
{
    if (isActive) Q_EMIT screenLocked();
}

void DbusDesktopWatch::noteSessionLock()
{
    Q_EMIT screenLocked();
}

} // namespace blazedb::app
