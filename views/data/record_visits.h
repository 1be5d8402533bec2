// From a record to the one it names, and back again.
#pragma once

#include <optional>
#include <vector>

#include <QObject>
#include <QString>

#include "engine/model/query.h"
#include "engine/model/uuid.h"
#include "engine/model/value.h"

namespace blazedb::views {

class Session;

/// A record as it was looked at: with the filter and the collection it was found in.
struct Visit {
    model::Uuid id;
    QString field;
    QString collection;
    QString filter;
};

/// The id a value names: a UUID, or a text that is one.
std::optional<model::Uuid> referenceIn(const model::Value& value);

/// GUI thread only. Knows where one was; the tab goes there.
class RecordVisits final : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t kVisitsMax = 100; ///< The oldest are forgotten.

    explicit RecordVisits(Session& session, QObject* parent = nullptr);

    /// From `here` to the record of that id, if the database has one; `shown` is what is on screen.
    void follow(const Visit& here, const model::Query& shown, const model::Uuid& id);
    void goBack(const Visit& here);
    void goForward(const Visit& here);
    [[nodiscard]] bool canGoBack() const { return !m_back.empty(); }
    [[nodiscard]] bool canGoForward() const { return !m_forward.empty(); }

Q_SIGNALS:
    void referenceFound(const blazedb::model::Uuid& id, bool isShown); ///< It is in what is on screen, or somewhere else.
    void visitRequested(const blazedb::views::Visit& visit);
    void said(const QString& text);
    void changed(); ///< What canGoBack() and canGoForward() say.

private:
    Session& m_session;
    std::vector<Visit> m_back;
    std::vector<Visit> m_forward;
    quint64 m_job = 0;
};

} // namespace blazedb::views
