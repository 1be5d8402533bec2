// Keeps the records on screen up with the database, or says how much newer it is.
#pragma once

#include <optional>
#include <unordered_map>

#include <QDateTime>
#include <QObject>

#include "views/session/change_feed.h"

namespace blazedb::views {

class RecordTableModel;

/// GUI thread only. Decides; the model reads, the feed watches.
class RecordFollow final : public QObject {
    Q_OBJECT

public:
    enum class Mode {
        Unavailable, ///< The source cannot be followed: feed().error() says why.
        Off,         ///< Newer changes are counted, and taken over on refresh().
        On,
        Paused,      ///< Of On: nothing is watched until it goes on.
    };

    /// Borrows both.
    RecordFollow(Session& session, RecordTableModel& records, QObject* parent = nullptr);

    [[nodiscard]] Mode mode() const;
    [[nodiscard]] bool isOn() const { return m_isOn; } ///< Also while paused.
    void setOn(bool isOn);
    void setPaused(bool isPaused);
    /// Whether anybody can see the records: while not, nothing is read, and all of it when they are seen again.
    void setVisible(bool isVisible);
    void refresh(); ///< Takes newer changes over, once.

    [[nodiscard]] const ChangeFeed& feed() const { return m_feed; }
    /// Records with changes that are not shown; nullopt: there are some, nobody knows how many.
    [[nodiscard]] std::optional<std::uint64_t> newerChanges() const;
    [[nodiscard]] QDateTime shownSince() const { return m_shownAt; } ///< When the state on screen was read; invalid: nothing yet.

Q_SIGNALS:
    void changed(); ///< Mode, newer changes or the time of what is shown.
    void eventsCame(const std::vector<blazedb::api::SourceEvent>& events);

private:
    void take(const api::ChangeBatch& batch);
    void noteShown();
    void update();
    [[nodiscard]] bool mayConcern(const api::ChangeBatch& batch) const;

    RecordTableModel& m_records;
    ChangeFeed m_feed;
    bool m_isOn = false;
    bool m_isVisible = false;
    bool m_isDue = false;      ///< To be read as soon as somebody can see it.
    bool m_hasBegun = false;   ///< The first delivery was there.
    bool m_isNewerUnknown = false;
    std::uint64_t m_newestSequence = 0;
    std::unordered_map<model::Uuid, std::uint64_t, model::UuidHash> m_newer; ///< With the sequence of the newest change.
    std::optional<std::uint64_t> m_shownSequence;
    QDateTime m_shownAt;
};

} // namespace blazedb::views
