#include "views/shell/activity_model.h"

#include <algorithm>
#include <chrono>

#include <QTimer>

#include "views/widgets/format.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

using namespace std::chrono_literals;

/// Shorter jobs are not worth a row.
constexpr auto kQuietFor = 300ms;

bool isLive(const JobSnapshot& job) { return job.state == JobState::Running; }

QString durationText(const JobSnapshot& job)
{
    return formatDuration(std::chrono::milliseconds(job.started.msecsTo(job.finished)));
}

QString jobStateText(const JobSnapshot& job)
{
    switch (job.state) {
    case JobState::Running: return ActivityModel::tr("Running");
    case JobState::Done: return ActivityModel::tr("Done in %1").arg(durationText(job));
    case JobState::Failed: return errorHeadline(job.error);
    case JobState::Cancelled: return ActivityModel::tr("Cancelled after %1").arg(durationText(job));
    }
    return {};
}

const char* jobStateIcon(JobState state)
{
    switch (state) {
    case JobState::Running: return "activity";
    case JobState::Done: return "ok";
    case JobState::Failed: return "error";
    case JobState::Cancelled: return "stop";
    }
    return "activity";
}

ColorToken jobStateToken(JobState state)
{
    switch (state) {
    case JobState::Running: return ColorToken::Info;
    case JobState::Done: return ColorToken::Ok;
    case JobState::Failed: return ColorToken::Danger;
    case JobState::Cancelled: return ColorToken::Muted;
    }
    return ColorToken::Muted;
}

} // namespace

QString progressText(const api::Progress& progress)
{
    if (progress.done == 0 && !progress.total) return {};
    const bool isBytes = progress.unit == "bytes";
    const auto figure = [isBytes](std::uint64_t n) { return isBytes ? formatBytes(n) : formatCount(n); };
    const QString unit = isBytes ? QString() : QLatin1Char(' ') + toQString(progress.unit);
    if (!progress.total) return figure(progress.done) + unit;
    return ActivityModel::tr("%1 of %2", "progress").arg(figure(progress.done), figure(*progress.total)) + unit;
}

ActivityModel::ActivityModel(const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
{
}

void ActivityModel::follow(JobRunner& jobs, const QString& source)
{
    JobRunner* const runner = &jobs;
    disconnect(runner, nullptr, this, nullptr); // several windows may show one session
    connect(runner, &JobRunner::jobChanged, this, [this, runner, source](quint64 id) { update(runner, source, id); });
    connect(runner, &QObject::destroyed, this, &ActivityModel::runningChanged);
}

int ActivityModel::rowOf(const JobRunner* runner, quint64 id) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [=](const Row& row) { return row.runner == runner && row.job.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void ActivityModel::update(JobRunner* runner, const QString& source, quint64 id)
{
    const auto job = runner->job(id);
    const int row = rowOf(runner, id);
    if (!job) {
        if (row >= 0) removeRowAt(row); // a quiet one that has ended
        return;
    }
    if (row < 0) {
        if (!job->isQuiet) return insert(runner, source, *job);
        const QPointer<JobRunner> still(runner);
        const auto left = kQuietFor - std::chrono::milliseconds(job->started.msecsTo(QDateTime::currentDateTime()));
        QTimer::singleShot(std::max(left, std::chrono::milliseconds(0)), this, [this, still, source, id] {
            if (!still || rowOf(still, id) >= 0) return;
            if (const auto now = still->job(id)) insert(still, source, *now);
        });
        return;
    }
    Row& shown = m_rows[static_cast<std::size_t>(row)];
    const bool wasLive = isLive(shown.job);
    shown.job = *job;
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    if (wasLive != isLive(*job)) Q_EMIT runningChanged();
}

void ActivityModel::insert(JobRunner* runner, const QString& source, const JobSnapshot& job)
{
    beginInsertRows({}, 0, 0);
    m_rows.push_front({runner, source, job});
    endInsertRows();
    for (int row = rowCount() - 1; row > 0 && rowCount() > kRowsMax; --row) {
        if (!isRunning(row)) removeRowAt(row);
    }
    Q_EMIT runningChanged();
}

void ActivityModel::removeRowAt(int row)
{
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
    Q_EMIT runningChanged();
}

void ActivityModel::cancel(int row)
{
    if (row < 0 || row >= rowCount()) return;
    const Row& shown = m_rows[static_cast<std::size_t>(row)];
    if (shown.runner) shown.runner->cancel(shown.job.id);
}

bool ActivityModel::isRunning(int row) const
{
    if (row < 0 || row >= rowCount()) return false;
    const Row& shown = m_rows[static_cast<std::size_t>(row)];
    return shown.runner && isLive(shown.job);
}

int ActivityModel::runningCount() const
{
    int count = 0;
    for (int row = 0; row < rowCount(); ++row) count += isRunning(row) ? 1 : 0;
    return count;
}

void ActivityModel::clearFinished()
{
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (!isRunning(row)) removeRowAt(row);
    }
}

int ActivityModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ActivityModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ActivityModel::text(const Row& row, int column) const
{
    switch (column) {
    case Title: return row.job.title;
    case Source: return row.source;
    case Started: return formatClock(row.job.started);
    // How far a task got says nothing once it is done: its last report may be older than its end.
    case ProgressColumn: return row.job.state == JobState::Done ? QString() : progressText(row.job.progress);
    case State: return jobStateText(row.job);
    default: return {};
    }
}

QVariant ActivityModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const api::Progress& progress = row.job.progress;
    switch (role) {
    case Qt::DisplayRole: return text(row, index.column());
    case Qt::ToolTipRole:
        if (row.job.state == JobState::Failed && index.column() == State) return toQString(row.job.error.message);
        return text(row, index.column());
    case Qt::DecorationRole:
        if (index.column() != Title) return {};
        return m_theme.icon(QString::fromLatin1(jobStateIcon(row.job.state)), jobStateToken(row.job.state));
    case ShareRole:
        if (index.column() != ProgressColumn || !isLive(row.job) || !progress.total || *progress.total == 0) return {};
        return std::min(1.0, static_cast<double>(progress.done) / static_cast<double>(*progress.total));
    default: return {};
    }
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Title: return tr("Task");
    case Source: return tr("Database");
    case Started: return tr("Started");
    case ProgressColumn: return tr("Progress");
    case State: return tr("State");
    default: return {};
    }
}

} // namespace blazedb::views
