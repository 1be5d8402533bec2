#include "views/shell/database_view.h"

#include <algorithm>
#include <utility>

#include <QPixmapCache>
#include <QStackedLayout>

#include "views/session/session.h"
#include "views/session/state_store.h"
#include "views/shell/place_list.h"
#include "views/shell/source_view.h"
#include "views/shell/unlock_page.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"

namespace blazedb::views {

DatabaseView::DatabaseView(const ShellParts& parts, JobRunner& jobs, const QString& place, QWidget* parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_jobs(jobs)
    , m_place(place)
    , m_layout(new QStackedLayout(this))
{
    setObjectName(QStringLiteral("main.database"));
    showUnlockPage({});
    const SharedSessions* const shared = m_parts.sharedSessions.get();
    connect(shared, &SharedSessions::opened, this, [this](const QString& opened) {
        if (opened == m_place) join();
    });
    connect(shared, &SharedSessions::lockRequested, this, [this](const QString& leaving, const QString& why) {
        if (leaving == m_place) letGo(why);
    });
}

DatabaseView::~DatabaseView()
{
    dropSession();
}

QString DatabaseView::name() const
{
    if (m_session && !m_session->description().name.empty()) return toQString(m_session->description().name);
    return shortPlaceName(m_place);
}

void DatabaseView::showUnlockPage(const QString& why)
{
    setProperty("state", QStringLiteral("locked"));
    m_unlockPage = new UnlockPage(m_parts, m_jobs, m_place, m_parts.publicPassword ? m_parts.publicPassword(m_place) : QString(), this);
    if (!why.isEmpty()) m_unlockPage->sayWhyLocked(why);
    connect(m_unlockPage, &UnlockPage::opened, this, &DatabaseView::take);
    connect(m_unlockPage, &UnlockPage::rescueRequested, this, &DatabaseView::rescueRequested);
    m_layout->addWidget(m_unlockPage);
    m_layout->setCurrentWidget(m_unlockPage);
    setFocusTarget(this, m_unlockPage);
}

void DatabaseView::take(const std::shared_ptr<api::DataSource>& source)
{
    m_parts.sharedSessions->open(m_place, source, m_parts.state, m_parts.sessions);
}

void DatabaseView::join()
{
    if (m_session) return;
    m_session = m_parts.sharedSessions->find(m_place);
    if (!m_session) return;
    m_sourceView = new SourceView(m_parts, *m_session, this);
    connect(m_sourceView, &SourceView::rescueRequested, this, &DatabaseView::rescueRequested);
    connect(m_sourceView, &SourceView::statusTextChanged, this, &DatabaseView::statusTextChanged);
    m_layout->addWidget(m_sourceView);
    m_layout->setCurrentWidget(m_sourceView);
    setFocusTarget(this, m_sourceView);
    // The page may have emitted the signal we are in; it goes when control has left it.
    m_layout->removeWidget(m_unlockPage);
    m_unlockPage->hide();
    std::exchange(m_unlockPage, nullptr)->deleteLater();
    setProperty("state", QStringLiteral("open"));
    Q_EMIT opened();
}

bool DatabaseView::hasTasks() const
{
    if (!m_session) return false;
    const QList<JobSnapshot> jobs = m_session->jobs().jobs();
    return std::any_of(jobs.begin(), jobs.end(), [](const JobSnapshot& job) { return job.state == JobState::Running && !job.isQuiet; });
}

QString DatabaseView::locksItselfKey() const
{
    return QStringLiteral("source/%1/security/locksItself").arg(toQString(m_session->description().identity));
}

bool DatabaseView::locksItself() const
{
    return !m_session || m_parts.state.value(locksItselfKey(), true).toBool();
}

void DatabaseView::setLocksItself(bool isOn)
{
    if (m_session) m_parts.state.setValue(locksItselfKey(), isOn);
}

void DatabaseView::unlock()
{
    if (m_unlockPage) m_unlockPage->unlock();
}

void DatabaseView::lock(const QString& why)
{
    if (m_session) m_parts.sharedSessions->lock(m_place, why);
}

void DatabaseView::letGo(const QString& why)
{
    if (!m_session) return;
    dropSession();
    showUnlockPage(why);
    Q_EMIT locked();
}

void DatabaseView::leave()
{
    disconnect(m_parts.sharedSessions.get(), nullptr, this, nullptr);
    if (m_session) m_parts.sharedSessions->leave(m_place, m_session);
}

/// Widgets first, since they borrow the session; it then ends without anybody waiting, unless another window holds it too.
void DatabaseView::dropSession()
{
    if (!m_session) return;
    setFocusTarget(this, nullptr);
    delete std::exchange(m_sourceView, nullptr);
    m_session.reset();
    QPixmapCache::clear(); // may hold pictures out of the database
}

} // namespace blazedb::views
