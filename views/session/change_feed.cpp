#include "views/session/change_feed.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "engine/api/unavailable.h"
#include "views/session/session.h"

namespace blazedb::views {
namespace {

using std::chrono::steady_clock;

std::int64_t secondOf(steady_clock::time_point time)
{
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

/// What two changes of one record come to.
model::Change::Kind joined(model::Change::Kind earlier, model::Change::Kind later)
{
    using Kind = model::Change::Kind;
    if (earlier == Kind::Insert && later == Kind::Update) return Kind::Insert;
    if (earlier == Kind::Delete && later == Kind::Insert) return Kind::Update;
    return later;
}

} // namespace

void ChangeRate::add(TimePoint now, std::uint64_t changes)
{
    const std::int64_t number = secondOf(now);
    Second& second = m_seconds[static_cast<std::size_t>(number) % m_seconds.size()];
    if (second.number != number) second = {number, 0};
    second.changes += changes;
}

double ChangeRate::perSecond(TimePoint now) const
{
    const std::int64_t current = secondOf(now);
    std::uint64_t changes = 0;
    for (const Second& second : m_seconds) {
        if (second.number < current && second.number >= current - kSpan.count()) changes += second.changes;
    }
    return static_cast<double>(changes) / static_cast<double>(kSpan.count());
}

/// Between the thread of the source and the GUI thread. Any thread.
class ChangeFeed::Inbox {
public:
    explicit Inbox(ChangeFeed* feed)
        : m_feed(feed)
    {
    }
    /// On the thread of the source.
    void put(const api::ChangeBatch& batch, std::size_t changesMax)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_feed) return;
        join(batch, changesMax);
        if (std::exchange(m_isAnnounced, true)) return;
        // Posting under the lock keeps the feed from going meanwhile; it runs nobody's code here.
        QMetaObject::invokeMethod(m_feed, [feed = m_feed] { feed->announce(); }, Qt::QueuedConnection);
    }
    std::optional<api::ChangeBatch> take()
    {
        const std::lock_guard lock(m_mutex);
        if (!std::exchange(m_isAnnounced, false)) return std::nullopt;
        m_places.clear();
        return std::exchange(m_batch, {});
    }
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_feed = nullptr;
    }

private:
    void join(const api::ChangeBatch& batch, std::size_t changesMax)
    {
        m_batch.sequence = batch.sequence;
        m_batch.event = batch.event;
        m_batch.isEverything |= batch.isEverything;
        m_batch.coalesced += batch.coalesced;
        m_batch.dropped += batch.dropped;
        m_batch.events.insert(m_batch.events.end(), batch.events.begin(), batch.events.end());
        // Of events only the newest can still matter to a window that did not look for so long.
        if (m_batch.events.size() > kEventsMax)
            m_batch.events.erase(m_batch.events.begin(), m_batch.events.end() - static_cast<std::ptrdiff_t>(kEventsMax));
        for (const model::Change& change : batch.changes) {
            const auto [known, isNew] = m_places.try_emplace(change.id, m_batch.changes.size());
            if (!isNew) {
                model::Change& earlier = m_batch.changes[known->second];
                const model::Change::Kind kind = joined(earlier.kind, change.kind);
                earlier = change;
                earlier.kind = kind;
                ++m_batch.coalesced;
            } else if (m_batch.changes.size() < changesMax) {
                m_batch.changes.push_back(change);
            } else {
                m_places.erase(known);
                ++m_batch.dropped;
                m_batch.isEverything = true;
            }
        }
    }

    static constexpr std::size_t kEventsMax = 100;

    std::mutex m_mutex;
    ChangeFeed* m_feed;
    api::ChangeBatch m_batch;
    std::unordered_map<model::Uuid, std::size_t, model::UuidHash> m_places; ///< Where in m_batch.changes.
    bool m_isAnnounced = false;
};

ChangeFeed::ChangeFeed(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, &ChangeFeed::deliver);
    start();
}

ChangeFeed::~ChangeFeed()
{
    if (m_inbox) m_inbox->close();
}

void ChangeFeed::start()
{
    api::Changes* const changes = m_session.source().changes();
    if (!changes) {
        m_error = api::unavailable("a record of changes");
        return setState(State::Unavailable);
    }
    setState(State::Starting);
    m_inbox = std::make_shared<Inbox>(this);
    api::WatchOptions options;
    options.after = m_sequence;
    options.afterEvent = m_event;
    options.interval = kInterval;
    m_session.jobs().run(
        {.title = tr("Follow the database"), .context = this, .isQuiet = true},
        [changes, options, inbox = m_inbox](const api::CallContext&) {
            return changes->watch(options, [inbox, changesMax = options.changesMax](const api::ChangeBatch& batch) { inbox->put(batch, changesMax); });
        },
        [this, inbox = m_inbox](Result<std::unique_ptr<api::Subscription>> subscription) {
            if (inbox == m_inbox) accept(std::move(subscription));
        });
}

void ChangeFeed::accept(Result<std::unique_ptr<api::Subscription>> subscription)
{
    if (!subscription) {
        m_error = subscription.error();
        return setState(State::Unavailable);
    }
    m_subscription = *std::move(subscription);
    setState(State::Following);
}

void ChangeFeed::pause()
{
    if (m_state != State::Starting && m_state != State::Following) return;
    deliver(); // what is here already is not told twice after the pause
    if (m_inbox) m_inbox->close();
    m_inbox.reset();
    m_subscription.reset();
    setState(State::Paused);
}

void ChangeFeed::resume()
{
    if (m_state == State::Paused) start();
}

FeedFigures ChangeFeed::figures() const
{
    FeedFigures figures = m_figures;
    figures.changesPerSecond = m_rate.perSecond(steady_clock::now());
    return figures;
}

api::ChangeStatus ChangeFeed::status() const
{
    api::Changes* const changes = m_session.source().changes();
    return changes ? changes->status() : api::ChangeStatus{};
}

/// Something is in the inbox: it is taken at once, or when the last delivery is long enough ago.
void ChangeFeed::announce()
{
    if (m_due.isActive()) return;
    const auto next = m_deliveredAt + kInterval;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - steady_clock::now());
    if (wait.count() <= 0) deliver();
    else m_due.start(wait);
}

void ChangeFeed::deliver()
{
    m_due.stop();
    auto batch = m_inbox ? m_inbox->take() : std::nullopt;
    if (!batch) return;
    m_deliveredAt = steady_clock::now();
    m_sequence = batch->sequence;
    m_event = batch->event;
    m_figures.coalesced += batch->coalesced;
    m_figures.dropped += batch->dropped;
    m_figures.lastAt = QDateTime::currentDateTime();
    m_rate.add(m_deliveredAt, batch->changes.size() + batch->coalesced + batch->dropped);
    Q_EMIT delivered(*batch);
}

void ChangeFeed::setState(State state)
{
    if (state == m_state) return;
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace blazedb::views
