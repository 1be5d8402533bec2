#include "views/shell/database_view.h"

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
    m_layout->addWidget(m_unlockPage);
    m_layout->setCurrentWidget(m_unlockPage);
    setFocusTarget(this, m_unlockPage);
}

void DatabaseView::take(const std::shared_ptr<api::DataSource>& source)
{
    if (m_session) return;
    m_session = std::make_unique<Session>(source, m_parts.state);
    m_parts.sessions->add(*m_session);
    m_sourceView = new SourceView(m_parts, *m_session, this);
    connect(m_sourceView, &SourceView::statusTextChanged, this, &DatabaseView::statusTextChanged);
    m_layout->addWidget(m_sourceView);
    m_layout->setCurrentWidget(m_sourceView);
    setFocusTarget(this, m_sourceView);
    // The page emitted the signal we are in; it goes when control has left it.
    m_layout->removeWidget(m_unlockPage);
    m_unlockPage->hide();
    std::exchange(m_unlockPage, nullptr)->deleteLater();
    setProperty("state", QStringLiteral("open"));
    Q_EMIT opened();
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
    if (!m_session) return;
    dropSession();
    showUnlockPage(why);
    Q_EMIT locked();
}

/// Widgets first, since they borrow the session; the session then ends without anybody waiting.
void DatabaseView::dropSession()
{
    if (!m_session) return;
    setFocusTarget(this, nullptr);
    delete std::exchange(m_sourceView, nullptr);
    m_parts.sessions->remove(*m_session);
    Session::retire(std::move(m_session));
    QPixmapCache::clear(); // may hold pictures out of the database
}

} // namespace blazedb::views
