// Background work of a session: the only bridge between the GUI thread and calls that block.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>

#include "engine/api/call_context.h"

namespace blazedb::views {

enum class JobState { Running, Done, Failed, Cancelled };

/// What the Activity panel and the status bar show of one job.
struct JobSnapshot {
    quint64 id = 0;
    QString title;
    QDateTime started;
    QDateTime finished; ///< Invalid while it waits for a worker or runs.
    JobState state = JobState::Running;
    api::Progress progress;
    Error error; ///< Why it failed; errorHeadline() says it to a person.
    bool isQuiet = false;
};

struct JobRequest {
    QString title;
    QObject* context = nullptr; ///< GUI thread; if it is gone by then, the answer is dropped and the job asked to stop.
    bool isQuiet = false;       ///< Part of ordinary browsing: shown while it runs for more than 300 ms, not kept in history.
};

/// GUI thread only. Up to 4 jobs run at once, the others wait in order.
class JobRunner final : public QObject {
    Q_OBJECT

public:
    static constexpr int kWorkers = 4;
    static constexpr int kHistoryMax = 500;

    explicit JobRunner(QObject* parent = nullptr);
    ~JobRunner() override; ///< Asks running jobs to stop and waits for them; answers nobody.

    /// Runs `job(const api::CallContext&)` on a worker, then `done(its answer)` on the GUI thread. The answer is a Result.
    /// After cancel(), `done` is called with Cancelled at once (queued), even if the job itself has not ended yet; what it
    /// answers later is dropped. Returns the job's id.
    template <typename Job, typename Done>
    quint64 run(const JobRequest& request, Job job, Done done)
    {
        using Answer = std::invoke_result_t<Job, const api::CallContext&>;
        auto answer = std::make_shared<std::unique_ptr<Answer>>();
        return start(
            request,
            [answer, job = std::move(job)](const api::CallContext& context) mutable -> Error {
                *answer = std::make_unique<Answer>(job(context));
                return **answer ? Error{ErrorCode::Internal, {}} : (*answer)->error();
            },
            [answer, done = std::move(done)](bool isCancelled) mutable {
                done(isCancelled ? Answer(api::cancelled()) : std::move(**answer));
            });
    }

    void cancel(quint64 id); ///< Nothing if it has ended.
    void cancelAll();
    [[nodiscard]] bool isRunning(quint64 id) const;
    /// One of jobs(); nullopt when it was quiet and has ended, or is too long ago.
    [[nodiscard]] std::optional<JobSnapshot> job(quint64 id) const;
    /// True when no work is left on any worker, that of cancelled jobs included: destroying would not wait.
    [[nodiscard]] bool isDrained() const;
    /// Running jobs and the last finished ones that were not quiet, newest last.
    [[nodiscard]] QList<JobSnapshot> jobs() const;

Q_SIGNALS:
    /// Started, ended, or got further (at most ten times a second). Never from within the destructor of a job's context, whose
    /// owner may be half gone: then it comes with the next turn of the event loop.
    void jobChanged(quint64 id);
    void drained();              ///< isDrained() became true.

private:
    /// Answers the error, or one with an empty message when all went well.
    using Work = std::function<Error(const api::CallContext&)>;
    using Finish = std::function<void(bool isCancelled)>;
    quint64 start(const JobRequest& request, Work work, Finish finish);

    struct Task;
    struct Job;
    Error runTask(Task& task, quint64 id); ///< On a worker.
    void accept(quint64 id, const Error& error);
    bool abandon(quint64 id); ///< Without a word; false when it had ended.
    void abandonWithContext(quint64 id);
    void noteWorkEnded(quint64 id);

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace blazedb::views
