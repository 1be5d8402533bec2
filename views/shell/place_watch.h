// Sees listed files come, go, grow and be replaced, by looking at their stamps again and again on a worker.
#pragma once

#include <array>
#include <optional>

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include "engine/base/file_system.h"
#include "views/session/job_runner.h"

namespace blazedb::views {

class SourceOpener;

/// What became of a file since it was looked at before.
enum class PlaceChange { None, Appeared, Vanished, Replaced, Grown, Changed };

/// None when there is nothing to tell; nullopt: no such file. Pure.
PlaceChange changeBetween(const std::optional<FileStamp>& before, const std::optional<FileStamp>& now);

/// Looks every second, on drives of other machines every half minute. Stamps instead of the kernel's notices: they are right on
/// every drive, and those of some dozens of files cost less than a thread for each folder that waits. A round begins when the last
/// one of its kind has ended, so that a drive that hangs is not asked again and again, and keeps nobody else waiting.
/// Jobs of its own: what it does is no task of anybody's. GUI thread only.
class PlaceWatch final : public QObject {
    Q_OBJECT

public:
    static constexpr int kEveryMs = 1000;
    static constexpr int kFarEveryMs = 30'000;

    explicit PlaceWatch(SourceOpener& opener, QObject* parent = nullptr); ///< Borrows it.
    void setPlaces(const QStringList& places); ///< Those that are new are looked at first without a signal.

Q_SIGNALS:
    void changed(const QString& place, blazedb::views::PlaceChange change);

private:
    struct Look {
        bool isFar = false;
        std::optional<FileStamp> stamp; ///< nullopt: no such file.
    };
    using Looks = QHash<QString, Look>; ///< Places that cannot be asked are left out.
    /// Which places a round is about. New: never looked at; where they lie is not known, so they go with those far away.
    enum Round { Near, Far, New, RoundCount };

    void lookAgain();
    void begin(Round round);
    void take(const Looks& looks);
    [[nodiscard]] Round roundOf(const QString& place) const;

    SourceOpener& m_opener;
    QStringList m_places;
    Looks m_known;
    QTimer m_timer;
    int m_ticks = 0;
    JobRunner m_jobs;
    std::array<quint64, RoundCount> m_job{};
};

} // namespace blazedb::views
