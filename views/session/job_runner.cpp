#include "views/session/job_runner.h"

#include <atomic>
#include <chrono>
#include <deque>
#include <map>
#include <set>
#include <stop_token>

#include <QThreadPool>

#include "engine/base/guarded.h"

namespace blazedb::views {

/// The half of a job that its worker sees.
struct JobRunner::Task {
    Work work;
    std::stop_source stop;
    std::atomic<bool> hasBegun{false};
    Guarded<api::Progress> progress;
};

/// The half of a job that stays on the GUI thread.
struct JobRunner::Job {
    JobSnapshot snapshot;
    QPointer<QObject> context;
    QMetaObject::Connection contextWatch;
    Finish finish;
    std::shared_ptr<Task> task;
};

struct JobRunner::State {
    quint64 lastId = 0;
    std::map<quint64, Job> live;     ///< Waiting or running, and not cancelled.
    std::deque<JobSnapshot> history; ///< Oldest first, at most kHistoryMax.
    std::set<quint64> lent;          ///< Cancelled jobs still on a worker; each has an extra worker in its place.
    int tasksInPool = 0;             ///< Live ones and cancelled ones that have not ended yet.
    QThreadPool pool;

    void remember(const JobSnapshot& snapshot)
    {
        if (snapshot.isQuiet) return;
        history.push_back(snapshot);
        if (history.size() > static_cast<std::size_t>(kHistoryMax)) history.pop_front();
    }
};

namespace {

constexpr std::chrono::milliseconds kProgressInterval{100};

/// What `Work` answers when all went well.
bool isSuccess(const Error& error)
{
    return error.code == ErrorCode::Internal && error.message.empty();
}

} // namespace

JobRunner::JobRunner(QObject* parent)
    : QObject(parent)
    , m_state(std::make_unique<State>())
{
    m_state->pool.setMaxThreadCount(kWorkers);
    m_state->pool.setObjectName(QStringLiteral("session workers"));
}

JobRunner::~JobRunner()
{
    for (auto& [id, job] : m_state->live) {
        disconnect(job.contextWatch);
        job.task->stop.request_stop();
    }
    m_state->pool.waitForDone();
}

quint64 JobRunner::start(const JobRequest& request, Work work, Finish finish)
{
    const quint64 id = ++m_state->lastId;
    auto task = std::make_shared<Task>();
    task->work = std::move(work);

    Job job;
    job.snapshot.id = id;
    job.snapshot.title = request.title;
    job.snapshot.started = QDateTime::currentDateTime();
    job.snapshot.isQuiet = request.isQuiet;
    job.finish = std::move(finish);
    job.task = task;
    if (request.context) {
        job.context = request.context;
        job.contextWatch = connect(request.context, &QObject::destroyed, this, [this, id] { abandonWithContext(id); });
    } else {
        job.context = this;
    }
    m_state->live.emplace(id, std::move(job));
    ++m_state->tasksInPool;

    m_state->pool.start([this, id, task = std::move(task)]() mutable {
        const Error error = runTask(*task, id);
        task.reset(); // Before the message: a dropped answer, perhaps an opened file, is freed here, not on the GUI thread.
        QMetaObject::invokeMethod(
            this, [this, id, error] { noteWorkEnded(id); accept(id, error); }, Qt::QueuedConnection);
    });
    Q_EMIT jobChanged(id);
    return id;
}

Error JobRunner::runTask(Task& task, quint64 id)
{
    task.hasBegun = true;
    // A job that was cancelled while it waited never begins.
    if (task.stop.stop_requested()) return api::cancelled();
    api::CallContext context;
    context.stop = task.stop.get_token();
    context.onProgress = [this, id, &task,
                          last = std::chrono::steady_clock::time_point{}](const api::Progress& progress) mutable {
        *task.progress.lock() = progress;
        const auto now = std::chrono::steady_clock::now();
        if (now - last < kProgressInterval) return;
        last = now;
        QMetaObject::invokeMethod(
            this, [this, id] { if (isRunning(id)) Q_EMIT jobChanged(id); }, Qt::QueuedConnection);
    };
    return task.work(context);
}

void JobRunner::accept(quint64 id, const Error& error)
{
    const auto found = m_state->live.find(id);
    if (found == m_state->live.end()) return; // cancelled or abandoned before
    Job job = std::move(found->second);
    m_state->live.erase(found);
    disconnect(job.contextWatch);

    job.snapshot.finished = QDateTime::currentDateTime();
    job.snapshot.progress = *job.task->progress.lock();
    job.snapshot.error = error;
    job.snapshot.state = isSuccess(error)              ? JobState::Done
                         : error.code == ErrorCode::Cancelled ? JobState::Cancelled
                                                              : JobState::Failed;
    m_state->remember(job.snapshot);
    const QPointer<JobRunner> alive(this);
    job.finish(false); // May close the session, and with it this runner.
    if (alive) Q_EMIT jobChanged(id);
}

void JobRunner::cancel(quint64 id)
{
    const auto found = m_state->live.find(id);
    if (found == m_state->live.end()) return;
    const auto context = found->second.context;
    auto finish = std::move(found->second.finish);
    abandon(id);
    QMetaObject::invokeMethod(
        this, [context, finish = std::move(finish)] { if (context) finish(true); }, Qt::QueuedConnection);
    Q_EMIT jobChanged(id);
}

void JobRunner::abandonWithContext(quint64 id)
{
    if (!abandon(id)) return;
    QMetaObject::invokeMethod(
        this, [this, id] { Q_EMIT jobChanged(id); }, Qt::QueuedConnection);
}

bool JobRunner::abandon(quint64 id)
{
    const auto found = m_state->live.find(id);
    if (found == m_state->live.end()) return false;
    Job job = std::move(found->second);
    m_state->live.erase(found);
    disconnect(job.contextWatch);
    job.task->stop.request_stop();
    // A job that does not listen must not keep the next ones waiting: another worker stands in until it ends.
    if (job.task->hasBegun && m_state->lent.insert(id).second) m_state->pool.releaseThread();

    job.snapshot.finished = QDateTime::currentDateTime();
    job.snapshot.progress = *job.task->progress.lock();
    job.snapshot.state = JobState::Cancelled;
    m_state->remember(job.snapshot);
    return true;
}

void JobRunner::noteWorkEnded(quint64 id)
{
    if (m_state->lent.erase(id) > 0) m_state->pool.reserveThread();
    if (--m_state->tasksInPool == 0) Q_EMIT drained();
}

void JobRunner::cancelAll()
{
    QList<quint64> ids;
    for (const auto& [id, job] : m_state->live) ids.append(id);
    for (const quint64 id : ids) cancel(id);
}

bool JobRunner::isRunning(quint64 id) const
{
    return m_state->live.contains(id);
}

bool JobRunner::isDrained() const
{
    return m_state->tasksInPool == 0;
}

std::optional<JobSnapshot> JobRunner::job(quint64 id) const
{
    if (const auto found = m_state->live.find(id); found != m_state->live.end()) {
        JobSnapshot snapshot = found->second.snapshot;
        snapshot.progress = *found->second.task->progress.lock();
        return snapshot;
    }
    for (auto old = m_state->history.rbegin(); old != m_state->history.rend(); ++old) {
        if (old->id == id) return *old;
    }
    return std::nullopt;
}

QList<JobSnapshot> JobRunner::jobs() const
{
    QList<JobSnapshot> result(m_state->history.begin(), m_state->history.end());
    for (const auto& [id, job] : m_state->live) {
        JobSnapshot snapshot = job.snapshot;
        snapshot.progress = *job.task->progress.lock();
        result.append(snapshot);
    }
    return result;
}

} // namespace blazedb::views
