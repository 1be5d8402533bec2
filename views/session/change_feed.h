// What changes in a source, brought to the GUI thread: the only bridge from api::Changes to views.
#pragma once

#include <array>
#include <chrono>
#include <memory>

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include "engine/api/changes.h"

namespace blazedb::views {

class Session;

/// How many changes a second there were, over the last few seconds. Thread-safety: none.
class ChangeRate {
public:
    static constexpr std::chrono::seconds kSpan{5};

    using TimePoint = std::chrono::steady_clock::time_point;
    void add(TimePoint now, std::uint64_t changes);
    [[nodiscard]] double perSecond(TimePoint now) const;

private:
    struct Second {
        std::int64_t number = -1; ///< Of the steady clock.
        std::uint64_t changes = 0;
    };
    std::array<Second, kSpan.count() + 1> m_seconds{}; ///< The second that is going on is not counted.
};

/// What a feed has told so far.
struct FeedFigures {
    double changesPerSecond = 0;
    std::uint64_t coalesced = 0; ///< Not told because a later change of the same record was.
    std::uint64_t dropped = 0;   ///< Not told because there were too many; "everything may have changed" was told instead.
    QDateTime lastAt;            ///< Of the last batch; invalid when there was none.
};

/// Watches from its making on. What comes faster than the window takes it is put together: at most one delivery in 100 ms,
/// of at most WatchOptions::changesMax changes. GUI thread only; never waits. Destroying it ends the watch.
class ChangeFeed final : public QObject {
    Q_OBJECT

public:
    enum class State {
        Unavailable, ///< The source cannot be watched; error() says why. Nothing is polled.
        Starting,
        Following,
        Paused,
    };
    static constexpr std::chrono::milliseconds kInterval{100};

    explicit ChangeFeed(Session& session, QObject* parent = nullptr);
    ~ChangeFeed() override;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const Error& error() const { return m_error; }
    [[nodiscard]] FeedFigures figures() const;
    /// How the served state relates to the source. Default values where the source cannot be watched.
    [[nodiscard]] api::ChangeStatus status() const;

    void pause();
    void resume(); ///< The first delivery then tells what happened meanwhile, or that everything may have changed.

Q_SIGNALS:
    void delivered(const blazedb::api::ChangeBatch& batch);
    void stateChanged();

private:
    class Inbox;

    void start();
    void accept(Result<std::unique_ptr<api::Subscription>> subscription);
    void announce();
    void deliver();
    void setState(State state);

    Session& m_session;
    State m_state = State::Starting;
    Error m_error;
    std::shared_ptr<Inbox> m_inbox; ///< A new one with each watch: what an old one still brings is not for us.
    std::unique_ptr<api::Subscription> m_subscription;
    std::optional<std::uint64_t> m_sequence; ///< Of the last delivery: where to go on after a pause.
    std::uint64_t m_event = 0;
    FeedFigures m_figures;
    ChangeRate m_rate;
    QTimer m_due;
    std::chrono::steady_clock::time_point m_deliveredAt{};
};

} // namespace blazedb::views
