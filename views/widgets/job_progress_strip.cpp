#include "views/widgets/job_progress_strip.h"

#include <algorithm>

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "engine/base/pause_gate.h"
#include "views/session/job_runner.h"
#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

using namespace std::chrono_literals;

constexpr auto kTick = 100ms;
constexpr auto kPaceFrom = 500ms;
constexpr int kBarSteps = 1000;

QString doneText(const api::Progress& progress)
{
    if (!progress.total) return JobProgressStrip::tr("%1 %2", "a number, a unit").arg(formatCount(progress.done), toQString(progress.unit));
    return JobProgressStrip::tr("%1 of %2 %3", "two numbers, a unit").arg(formatCount(progress.done), formatCount(*progress.total), toQString(progress.unit));
}

} // namespace

void ProgressPace::start(Time now)
{
    m_start = now;
    m_paused = {};
    m_isPaused = false;
}

void ProgressPace::setPaused(bool isPaused, Time now)
{
    if (isPaused == m_isPaused) return;
    if (isPaused) m_pausedSince = now;
    else m_paused += now - m_pausedSince;
    m_isPaused = isPaused;
}

std::chrono::nanoseconds ProgressPace::worked(Time now) const
{
    return (m_isPaused ? m_pausedSince : now) - m_start - m_paused;
}

std::optional<double> ProgressPace::perSecond(std::uint64_t done, Time now) const
{
    const auto time = worked(now);
    if (time < kPaceFrom || done == 0) return std::nullopt;
    return static_cast<double>(done) / std::chrono::duration<double>(time).count();
}

std::optional<std::chrono::nanoseconds> ProgressPace::remaining(const api::Progress& progress, Time now) const
{
    const auto pace = perSecond(progress.done, now);
    if (!pace || !progress.total || *progress.total < progress.done) return std::nullopt;
    const double seconds = static_cast<double>(*progress.total - progress.done) / *pace;
    return std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
}

JobProgressStrip::JobProgressStrip(JobRunner& jobs, const QString& area, QWidget* parent)
    : QWidget(parent)
    , m_jobs(jobs)
{
    build(area);
    m_timer.setInterval(kTick);
    m_appearance.setSingleShot(true);
    m_appearance.setInterval(kQuietFor);
    connect(&m_timer, &QTimer::timeout, this, &JobProgressStrip::refresh);
    connect(&m_appearance, &QTimer::timeout, this, [this] { setVisible(m_jobs.isRunning(m_job)); });
    connect(&jobs, &JobRunner::jobChanged, this, [this](quint64 id) {
        if (id == m_job) refresh();
    });
    hide();
}

void JobProgressStrip::build(const QString& area)
{
    const QString name = area + QStringLiteral(".progress");
    nameControl(this, name, tr("Progress"));
    m_text = makeLabel({}, TextRole::Muted, this);
    m_text->setObjectName(name + QStringLiteral(".text"));
    m_bar = new QProgressBar(this);
    nameControl(m_bar, name + QStringLiteral(".bar"), tr("How far the work is"));
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(Theme::unit(2));
    m_pause = new QPushButton(tr("Pause"), this);
    nameControl(m_pause, name + QStringLiteral(".pause"), tr("Pause"));
    m_cancel = new QPushButton(tr("Cancel"), this);
    nameControl(m_cancel, name + QStringLiteral(".cancel"), tr("Cancel"));
    auto* words = makeColumn();
    words->setSpacing(Theme::unit());
    words->addWidget(m_text);
    words->addWidget(m_bar);
    auto* row = makeRow(this);
    row->addLayout(words, 1);
    row->addWidget(m_pause);
    row->addWidget(m_cancel);
    connect(m_pause, &QPushButton::clicked, this, [this] { setPaused(!isPaused()); });
    connect(m_cancel, &QPushButton::clicked, this, &JobProgressStrip::cancel);
}

void JobProgressStrip::follow(quint64 job, const QString& title, std::shared_ptr<PauseGate> gate)
{
    m_job = job;
    m_title = title;
    m_gate = std::move(gate);
    m_pause->setVisible(m_gate != nullptr);
    m_pause->setText(tr("Pause"));
    m_pace.start(std::chrono::steady_clock::now());
    m_timer.start();
    m_appearance.start();
    refresh();
}

bool JobProgressStrip::isPaused() const
{
    return m_gate && m_gate->isPaused();
}

void JobProgressStrip::setPaused(bool isPaused)
{
    if (!m_gate || isPaused == m_gate->isPaused()) return;
    if (isPaused) m_gate->pause();
    else m_gate->resume();
    m_pace.setPaused(isPaused, std::chrono::steady_clock::now());
    m_pause->setText(isPaused ? tr("Resume") : tr("Pause"));
    m_pause->setAccessibleName(m_pause->text());
    refresh();
    Q_EMIT pausedChanged(isPaused);
}

void JobProgressStrip::cancel()
{
    m_jobs.cancel(m_job);
}

void JobProgressStrip::refresh()
{
    const auto job = m_jobs.isRunning(m_job) ? m_jobs.job(m_job) : std::nullopt;
    if (!job) {
        m_timer.stop();
        m_appearance.stop();
        hide();
        return;
    }
    const api::Progress& progress = job->progress;
    const auto now = std::chrono::steady_clock::now();
    QStringList parts{m_title};
    if (progress.done > 0 || progress.total) parts << doneText(progress);
    if (const auto bytes = m_pace.perSecond(progress.bytesDone, now)) parts << tr("%1/s", "bytes per second").arg(formatBytes(static_cast<std::uint64_t>(*bytes)));
    else if (const auto things = m_pace.perSecond(progress.done, now)) parts << formatRate(*things);
    if (isPaused()) parts << tr("paused");
    else if (const auto left = m_pace.remaining(progress, now)) parts << tr("%1 left").arg(formatDuration(*left));
    m_text->setText(parts.join(QStringLiteral(" · ")));
    m_text->setProperty("done", QVariant::fromValue<qulonglong>(progress.done));
    const bool isKnown = progress.total && *progress.total > 0;
    m_bar->setRange(0, isKnown ? kBarSteps : 0);
    if (isKnown) m_bar->setValue(static_cast<int>(std::min<std::uint64_t>(kBarSteps, progress.done * kBarSteps / *progress.total)));
}

} // namespace blazedb::views
