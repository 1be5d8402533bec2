#include "views/session/session.h"

#include <utility>

#include <QCoreApplication>

namespace blazedb::views {
namespace {

std::string findingKey(const model::Finding& finding)
{
    std::string key = std::to_string(static_cast<int>(finding.severity)) + '/' + model::findingKindName(finding.kind);
    if (finding.record) key += '/' + finding.record->toString();
    if (finding.page) key += '/' + std::to_string(*finding.page);
    return key + '/' + finding.message;
}

} // namespace

Session::Session(std::shared_ptr<api::DataSource> source, StateStore& state, QObject* parent)
    : QObject(parent)
    , m_source(std::move(source))
    , m_description(m_source->describe())
    , m_state(state)
    , m_jobs(std::make_unique<JobRunner>())
{
    addFindings(m_source->openingFindings());
}

Session::~Session()
{
    m_jobs.reset(); // waits; only then may the source go
}

void Session::retire(std::unique_ptr<Session> session)
{
    if (!session) return;
    session->m_jobs->cancelAll();
    if (session->m_jobs->isDrained()) return;
    Session* const leaving = session.release();
    leaving->setParent(QCoreApplication::instance()); // so that the end of the program waits for it
    // deleteLater, as the signal comes out of the runner that goes with the session.
    connect(leaving->m_jobs.get(), &JobRunner::drained, leaving, &QObject::deleteLater);
}

void Session::addFindings(const std::vector<model::Finding>& findings)
{
    bool isNew = false;
    for (const model::Finding& finding : findings) {
        if (!m_findingKeys.insert(findingKey(finding)).second) continue;
        m_findings.push_back(finding);
        isNew = true;
    }
    if (isNew) Q_EMIT findingsChanged();
}

void Session::requestRecord(const model::Uuid& id, const QObject* asker)
{
    m_requestedRecord = id;
    Q_EMIT recordRequested(asker);
}

std::optional<model::Uuid> Session::takeRequestedRecord()
{
    return std::exchange(m_requestedRecord, std::nullopt);
}

} // namespace blazedb::views
