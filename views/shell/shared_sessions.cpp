#include "views/shell/shared_sessions.h"

#include <utility>

#include "engine/api/data_source.h"
#include "views/session/open_sessions.h"
#include "views/session/session.h"

namespace blazedb::views {

std::shared_ptr<Session> SharedSessions::find(const QString& place) const
{
    const auto known = m_sessions.find(place);
    return known == m_sessions.end() ? nullptr : known->second.lock();
}

void SharedSessions::open(const QString& place, std::shared_ptr<api::DataSource> source, StateStore& state, const std::shared_ptr<OpenSessions>& open)
{
    if (find(place)) return;
    const std::shared_ptr<Session> session(new Session(std::move(source), state), [open](Session* leaving) {
        open->remove(*leaving);
        Session::retire(std::unique_ptr<Session>(leaving));
    });
    open->add(*session);
    m_sessions[place] = session;
    Q_EMIT opened(place);
}

void SharedSessions::leave(const QString& place, const std::shared_ptr<Session>& session)
{
    if (session.use_count() <= 1) m_sessions.erase(place);
}

void SharedSessions::lock(const QString& place, const QString& why)
{
    Q_EMIT lockRequested(place, why);
}

} // namespace blazedb::views
