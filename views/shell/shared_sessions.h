// The unlocked databases of the program by place: windows that show the same database share its session – one engine handle, one
// set of rights and findings, one list of jobs. Each window has its own tabs on it.
#pragma once

#include <map>
#include <memory>

#include <QObject>
#include <QString>

namespace blazedb::api {
class DataSource;
}

namespace blazedb::views {

class OpenSessions;
class Session;
class StateStore;

/// GUI thread only. A session lives as long as a view holds it: the last one to let go retires it (Session::retire).
class SharedSessions final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Null while the place is locked.
    [[nodiscard]] std::shared_ptr<Session> find(const QString& place) const;

    /// For a place that was just unlocked. Every view of it is told; they take the session by find(). When another view was
    /// faster, its session stays and `source` goes. `open` lists the session while it lives.
    void open(const QString& place, std::shared_ptr<api::DataSource> source, StateStore& state, const std::shared_ptr<OpenSessions>& open);

    /// From a view that will go when control is back in the event loop: nobody joins the session any more if it is the last to
    /// hold it, so what is closed and opened again at once is locked.
    void leave(const QString& place, const std::shared_ptr<Session>& session);

    /// Asks every view of the place to let go.
    void lock(const QString& place, const QString& why);

Q_SIGNALS:
    void opened(const QString& place);
    void lockRequested(const QString& place, const QString& why);

private:
    std::map<QString, std::weak_ptr<Session>> m_sessions;
};

} // namespace blazedb::views
