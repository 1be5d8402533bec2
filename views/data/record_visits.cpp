#include "views/data/record_visits.h"

#include <utility>

#include "engine/api/records.h"
#include "views/session/session.h"
#include "views/widgets/text.h"

namespace blazedb::views {

std::optional<model::Uuid> referenceIn(const model::Value& value)
{
    if (const auto* id = value.as<model::Uuid>()) return *id;
    if (const auto* text = value.as<std::string>()) return model::Uuid::parse(*text);
    return std::nullopt;
}

RecordVisits::RecordVisits(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{}

void RecordVisits::follow(const Visit& here, const model::Query& shown, const model::Uuid& id)
{
    if (here.id == id) return Q_EMIT said(tr("This is the record itself."));
    m_session.jobs().cancel(m_job);
    m_job = m_session.jobs().run(
        {.title = tr("Look for %1").arg(toQString(id.toString())), .context = this, .isQuiet = true},
        [&records = m_session.source().records(), shown, id](const api::CallContext& context) -> Result<bool> {
            BLAZE_TRY(records.record(context, id));
            return records.positionOf(context, shown, id).has_value();
        },
        [this, here, id](const Result<bool>& isShown) {
            if (isShown) {
                m_back.push_back(here);
                if (m_back.size() > kVisitsMax) m_back.erase(m_back.begin());
                m_forward.clear();
                Q_EMIT changed();
                Q_EMIT referenceFound(id, *isShown);
            } else if (isShown.error().code == ErrorCode::NotFound) {
                Q_EMIT said(tr("No record of this database has the id %1.").arg(toQString(id.toString())));
            } else if (isShown.error().code != ErrorCode::Cancelled) {
                Q_EMIT said(errorHeadline(isShown.error()));
            }
        });
}

void RecordVisits::goBack(const Visit& here)
{
    if (m_back.empty()) return Q_EMIT said(tr("There is nothing to go back to."));
    m_forward.push_back(here);
    const Visit visit = std::move(m_back.back());
    m_back.pop_back();
    Q_EMIT changed();
    Q_EMIT visitRequested(visit);
}

void RecordVisits::goForward(const Visit& here)
{
    if (m_forward.empty()) return Q_EMIT said(tr("There is nothing to go forward to."));
    m_back.push_back(here);
    const Visit visit = std::move(m_forward.back());
    m_forward.pop_back();
    Q_EMIT changed();
    Q_EMIT visitRequested(visit);
}

} // namespace blazedb::views
