// One running job in a tab: how far it is, how fast, how long it still takes; Pause and Cancel.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include <QTimer>
#include <QWidget>

#include "engine/api/call_context.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace blazedb {
class PauseGate;
}

namespace blazedb::views {

class JobRunner;

/// Speed and remaining time from what was done in which time, pauses left out. Pure.
/// Thread-safety: none; one owner.
class ProgressPace {
public:
    using Time = std::chrono::steady_clock::time_point;

    void start(Time now);
    void setPaused(bool isPaused, Time now);
    [[nodiscard]] std::chrono::nanoseconds worked(Time now) const; ///< Without pauses.
    /// Things of Progress::unit, or bytes, in a second; nullopt in the first half second and before anything was done.
    [[nodiscard]] std::optional<double> perSecond(std::uint64_t done, Time now) const;
    [[nodiscard]] std::optional<std::chrono::nanoseconds> remaining(const api::Progress& progress, Time now) const;

private:
    Time m_start;
    Time m_pausedSince;
    std::chrono::nanoseconds m_paused{0};
    bool m_isPaused = false;
};

/// Hidden while nothing is followed. `area` begins the object names: "tests" gives tests.progress, tests.progress.text,
/// tests.progress.pause and tests.progress.cancel. GUI thread only.
class JobProgressStrip final : public QWidget {
    Q_OBJECT

public:
    /// Shorter jobs are over before a person has read the strip.
    static constexpr std::chrono::milliseconds kQuietFor{300};

    JobProgressStrip(JobRunner& jobs, const QString& area, QWidget* parent = nullptr);

    /// `gate` holds the job; null: it cannot be paused.
    void follow(quint64 job, const QString& title, std::shared_ptr<PauseGate> gate);
    void setPaused(bool isPaused);
    void cancel();
    [[nodiscard]] bool isPaused() const;

Q_SIGNALS:
    void pausedChanged(bool isPaused);

private:
    void build(const QString& area);
    void refresh();

    JobRunner& m_jobs;
    QTimer m_timer;
    QTimer m_appearance;
    quint64 m_job = 0;
    QString m_title;
    std::shared_ptr<PauseGate> m_gate;
    ProgressPace m_pace;
    QLabel* m_text = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_pause = nullptr;
    QPushButton* m_cancel = nullptr;
};

} // namespace blazedb::views
