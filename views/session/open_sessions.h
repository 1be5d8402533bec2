// The sessions that are open in the window, for views that show all of them at once.
#pragma once

#include <vector>

#include <QObject>

namespace blazedb::views {

class Session;

/// The shell adds a session when its database is unlocked and removes it before it is locked or closed. GUI thread only.
class OpenSessions final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    void add(Session& session);
    void remove(Session& session);
    [[nodiscard]] const std::vector<Session*>& sessions() const { return m_sessions; } ///< In the order of opening.

Q_SIGNALS:
    void changed();

private:
    std::vector<Session*> m_sessions;
};

} // namespace blazedb::views
