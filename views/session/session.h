// One opened source in the window, with its jobs; shared by all its tabs.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include <QObject>

#include "engine/api/data_source.h"
#include "views/session/job_runner.h"

namespace blazedb::views {

class StateStore;

/// GUI thread only. Calls to the source go through jobs(). Destroying it stops the jobs, waits for them, then drops the source.
class Session final : public QObject {
    Q_OBJECT

public:
    /// Borrows `state`, where tabs keep layouts and texts by the source's identity.
    Session(std::shared_ptr<api::DataSource> source, StateStore& state, QObject* parent = nullptr);
    ~Session() override;

    /// Cancels all jobs and deletes the session as soon as the last has left its worker, so that nobody waits. For locking
    /// and closing: the caller has destroyed its widgets before, and gives the ownership away.
    static void retire(std::unique_ptr<Session> session);

    [[nodiscard]] api::DataSource& source() const { return *m_source; }
    [[nodiscard]] const api::SourceDescription& description() const { return m_description; }
    [[nodiscard]] JobRunner& jobs() { return *m_jobs; }
    [[nodiscard]] StateStore& state() const { return m_state; }

    /// What opening met and what reading met since: remarks, damaged and lost records. Each once.
    [[nodiscard]] const std::vector<model::Finding>& findings() const { return m_findings; }
    void addFindings(const std::vector<model::Finding>& findings);

    /// Asks to show a record in Data. The tab may have to be made first: it takes the request when it is there. `asker` is a
    /// part of the window that is to show it; null: any that shows this session.
    void requestRecord(const model::Uuid& id, const QObject* asker = nullptr);
    /// The record asked for last, once.
    [[nodiscard]] std::optional<model::Uuid> takeRequestedRecord();

Q_SIGNALS:
    void findingsChanged();
    void recordRequested(const QObject* asker);

private:
    std::shared_ptr<api::DataSource> m_source; ///< Goes last: jobs use it.
    api::SourceDescription m_description;
    StateStore& m_state;
    std::vector<model::Finding> m_findings;
    std::unordered_set<std::string> m_findingKeys; ///< What each of m_findings says, to take each once.
    std::optional<model::Uuid> m_requestedRecord;
    std::unique_ptr<JobRunner> m_jobs;
};

} // namespace blazedb::views
