#include "views/shell/job_log.h"

#include "engine/base/logger.h"
#include "views/session/job_runner.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

constexpr const char* kJobLogArea = "job";

std::string outcomeOf(const JobSnapshot& job)
{
    switch (job.state) {
    case JobState::Running: return "running";
    case JobState::Done: return "done";
    case JobState::Failed: return "failed: " + std::string(errorCodeName(job.error.code));
    case JobState::Cancelled: return "cancelled";
    }
    return {};
}

} // namespace

JobLog::JobLog(Logger* logger, QObject* parent)
    : QObject(parent)
    , m_logger(logger)
{
}

void JobLog::follow(JobRunner& jobs, const QString& source)
{
    if (!m_logger) return;
    const std::string prefix = source.isEmpty() ? std::string() : toUtf8(source) + ": ";
    disconnect(&jobs, nullptr, this, nullptr); // several windows may show one session
    connect(&jobs, &JobRunner::jobChanged, this, [this, runner = &jobs, prefix](quint64 id) {
        const auto job = runner->job(id);
        if (!job || job->isQuiet || job->state == JobState::Running) return;
        const LogLevel level = job->state == JobState::Failed ? LogLevel::Warning : LogLevel::Info;
        m_logger->log(level, kJobLogArea,
                      prefix + toUtf8(job->title) + ": " + outcomeOf(*job) + " after " + std::to_string(job->started.msecsTo(job->finished)) + " ms");
    });
}

} // namespace blazedb::views
