// The background look through all records that completes collections, columns and counts.
#pragma once

#include <vector>

#include <QObject>

#include "engine/model/schema.h"

namespace blazedb::views {

class Session;

/// GUI thread only.
class DataSurvey final : public QObject {
    Q_OBJECT

public:
    explicit DataSurvey(Session& session, QObject* parent = nullptr);

    /// Of all collections, and the fields of this one. A new run replaces the one under way. Nothing when the source has no structure.
    void run(const QString& collection);
    [[nodiscard]] bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    void surveyed(const std::vector<blazedb::model::CollectionSummary>& collections, const blazedb::model::CollectionStatistics& statistics);
    void failed();

private:
    Session& m_session;
    quint64 m_job = 0;
    quint64 m_runs = 0;
    bool m_isRunning = false;
};

} // namespace blazedb::views
