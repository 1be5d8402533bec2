// Measures a source again and again while somebody looks: the clock behind every live view of the Monitor.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "engine/api/monitor.h"
#include "views/session/session.h"

namespace blazedb::views {

/// One measurement at a time, as a quiet job. A slow source is asked less often: what it took, times kBackOff, passes at
/// least before the next. GUI thread only.
class MeasurementLoop final : public QObject {
    Q_OBJECT

public:
    static constexpr int kIntervalsMs[] = {500, 1'000, 2'000, 5'000, 10'000, 30'000, 60'000};
    static constexpr int kIntervalMs = 2'000; ///< Where nothing was chosen.
    static constexpr int kBackOff = 10;

    /// Borrows the session. Begins stopped.
    explicit MeasurementLoop(Session& session, QObject* parent = nullptr);

    void setInterval(int milliseconds);
    [[nodiscard]] int interval() const { return m_intervalMs; }
    void setLookedAt(bool isLookedAt); ///< Nothing is measured while nobody looks.
    void setPaused(bool isPaused);
    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    void measureNow(); ///< Also while paused.

Q_SIGNALS:
    void measured(const blazedb::api::Measurement& measurement);
    void failed(const blazedb::Error& error);

private:
    void planNext();
    void accept(Result<api::Measurement> answer);

    Session& m_session;
    QTimer m_timer;
    QElapsedTimer m_duration;
    qint64 m_tookMs = 0; ///< The last measurement.
    int m_intervalMs = kIntervalMs;
    bool m_isLookedAt = false;
    bool m_isPaused = false;
    bool m_isMeasuring = false;
};

} // namespace blazedb::views
