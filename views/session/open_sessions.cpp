#include "views/session/open_sessions.h"

#include <algorithm>

namespace blazedb::views {

void OpenSessions::add(Session& session)
{
    m_sessions.push_back(&session);
    Q_EMIT changed();
}

void OpenSessions::remove(Session& session)
{
    if (std::erase(m_sessions, &session) > 0) Q_EMIT changed();
}

} // namespace blazedb::views
