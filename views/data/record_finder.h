// Where in the result something is: a text in some cell, or a record by its id.
#pragma once

#include <QObject>

#include "engine/model/query.h"

namespace blazedb::views {

class Session;

/// A new search replaces the one under way. GUI thread only.
class RecordFinder final : public QObject {
    Q_OBJECT

public:
    explicit RecordFinder(Session& session, QObject* parent = nullptr);

    /// From the row after (or before) `row` on, around the end. Looks at what cells show of a value, in any case of letters.
    void findText(const model::Query& query, const QString& text, int row, int rows, bool isForward);
    void findId(const model::Query& query, const model::Uuid& id);

Q_SIGNALS:
    void found(quint64 position, const QString& field);
    void missed(const QString& why);

private:
    Session& m_session;
    quint64 m_job = 0;
};

} // namespace blazedb::views
