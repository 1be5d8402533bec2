#include "views/monitor/measurement_loop.h"

#include <algorithm>

namespace blazedb::views {

MeasurementLoop::MeasurementLoop(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &MeasurementLoop::measureNow);
}

void MeasurementLoop::setInterval(int milliseconds)
{
    m_intervalMs = milliseconds;
    planNext();
}

void MeasurementLoop::setLookedAt(bool isLookedAt)
{
    if (m_isLookedAt == isLookedAt) return;
    m_isLookedAt = isLookedAt;
    m_timer.stop();
    if (isLookedAt && !m_isPaused) measureNow();
}

void MeasurementLoop::setPaused(bool isPaused)
{
    if (m_isPaused == isPaused) return;
    m_isPaused = isPaused;
    m_timer.stop();
    if (!isPaused && m_isLookedAt) measureNow();
}

void MeasurementLoop::measureNow()
{
    api::Monitor* const monitor = m_session.source().monitor();
    if (m_isMeasuring || !monitor) return;
    m_isMeasuring = true;
    m_timer.stop();
    m_duration.start();
    m_session.jobs().run(
        {.title = tr("Measure"), .context = this, .isQuiet = true},
        [monitor](const api::CallContext& context) { return monitor->measure(context); },
        [this](Result<api::Measurement> answer) { accept(std::move(answer)); });
}

void MeasurementLoop::accept(Result<api::Measurement> answer)
{
    m_isMeasuring = false;
    m_tookMs = m_duration.elapsed();
    if (answer) Q_EMIT measured(*answer);
    else if (answer.error().code != ErrorCode::Cancelled) Q_EMIT failed(answer.error());
    planNext();
}

void MeasurementLoop::planNext()
{
    if (m_isPaused || !m_isLookedAt || m_isMeasuring) return;
    const qint64 backOff = std::min(m_tookMs * kBackOff, qint64{kIntervalsMs[std::size(kIntervalsMs) - 1]});
    m_timer.start(static_cast<int>(std::max<qint64>(m_intervalMs, backOff)));
}

} // namespace blazedb::views
