#include "engine/local/local_changes.h"

#include <algorithm>
#include <utility>

#include "engine/base/assert.h"
#include "engine/codec/row_form.h"
#include "engine/local/deadline.h"
#include "engine/local/snapshot_call.h"
#include "engine/query/visibility.h"

namespace blazedb::local {

namespace {

/// A look that took long is followed by a pause of this many times as long.
constexpr int kLookShare = 4;

api::SourceEvent::Kind eventKind(storage::StoreEventKind kind)
{
    using storage::StoreEventKind;
    switch (kind) {
    case StoreEventKind::TransactionOpened: return api::SourceEvent::Kind::TransactionOpened;
    case StoreEventKind::TransactionEnded: return api::SourceEvent::Kind::TransactionEnded;
    case StoreEventKind::Rewritten: return api::SourceEvent::Kind::Rewritten;
    case StoreEventKind::Replaced: return api::SourceEvent::Kind::Replaced;
    case StoreEventKind::Removed: return api::SourceEvent::Kind::Removed;
    case StoreEventKind::Damaged: return api::SourceEvent::Kind::Damaged;
    case StoreEventKind::Recovered: return api::SourceEvent::Kind::Recovered;
    }
    return api::SourceEvent::Kind::Recovered;
}

/// Whether updated records now say of themselves that they are deleted. Thread-safety: none; one owner.
class DeletionMarks {
public:
    explicit DeletionMarks(const SnapshotView& view)
        : m_records(*view.records)
        , m_reader(view.reading.form->reader())
    {
    }
    /// False for a record that cannot be read: readers will say why.
    bool isSet(const storage::RowKey& key)
    {
        const auto row = m_records.read(key);
        return row && m_reader->open({key}, row->bytes) && query::isSoftDeleted(*m_reader);
    }

private:
    const storage::RowTree& m_records;
    const std::unique_ptr<codec::StoredRecord> m_reader;
};

} // namespace

struct LocalChanges::Subscriber {
    Sink sink;
    api::WatchOptions options;
    // Touched by the following thread alone.
    std::uint64_t sequence = 0;
    std::uint64_t event = 0;
    bool isFirst = false; ///< The first batch comes even when it is empty.
    std::chrono::steady_clock::time_point dueAt{};
    // Guarded by Shared.
    bool isRunning = false;
    bool isGone = false;
    std::thread::id runsOn;
};

struct LocalChanges::Shared {
    Guarded<std::vector<std::shared_ptr<Subscriber>>> subscribers;
    std::condition_variable_any hasSubscribers;
    std::condition_variable sinkEnded;
};

/// Ends the delivery when it goes.
class LocalChanges::Feed final : public api::Subscription {
public:
    Feed(std::shared_ptr<Shared> shared, std::shared_ptr<Subscriber> subscriber)
        : m_shared(std::move(shared))
        , m_subscriber(std::move(subscriber))
    {
    }
    ~Feed() override
    {
        auto subscribers = m_shared->subscribers.lock();
        BLAZE_ASSERT(!m_subscriber->isRunning || m_subscriber->runsOn != std::this_thread::get_id());
        m_subscriber->isGone = true;
        std::erase(*subscribers, m_subscriber);
        m_shared->sinkEnded.wait(subscribers.lock(), [&] { return !m_subscriber->isRunning; });
    }

private:
    std::shared_ptr<Shared> m_shared;
    std::shared_ptr<Subscriber> m_subscriber;
};

LocalChanges::LocalChanges(Database& database)
    : m_database(database)
    , m_shared(std::make_shared<Shared>())
{
}

LocalChanges::~LocalChanges() = default;

Result<api::ChangeBatch> LocalChanges::since(const api::CallContext& context, std::uint64_t sequence, std::size_t changesMax)
{
    const Deadline deadline(context, m_database.clock());
    BLAZE_TRY(deadline.check());
    BLAZE_TRY(takeSnapshot(m_database)); // the newest state
    return batchOf(m_database.store().newsSince(sequence, UINT64_MAX, changesMax));
}

Result<std::unique_ptr<api::Subscription>> LocalChanges::watch(api::WatchOptions options, Sink sink)
{
    if (!sink) return Error{ErrorCode::InvalidArgument, "watching needs a sink"};
    if (options.interval < kIntervalMin || options.interval > kIntervalMax)
        return Error{ErrorCode::InvalidArgument, "batches come every 50 ms to 10 s, not every " + std::to_string(options.interval.count()) + " ms"};
    if (!m_database.store().isWatchable()) return Error{ErrorCode::Unsupported, "this source does not change while it is open"};

    const auto subscriber = std::make_shared<Subscriber>();
    const storage::RowNews now = m_database.store().newsSince(UINT64_MAX, UINT64_MAX, 0);
    subscriber->sink = std::move(sink);
    subscriber->options = options;
    subscriber->sequence = options.after.value_or(now.sequence);
    subscriber->event = options.after ? options.afterEvent : now.lastEvent;
    subscriber->isFirst = options.after.has_value();
    {
        const auto subscribers = m_shared->subscribers.lock();
        subscribers->push_back(subscriber);
        if (!m_thread.joinable()) m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
    }
    m_shared->hasSubscribers.notify_all();
    return std::unique_ptr<api::Subscription>(std::make_unique<Feed>(m_shared, subscriber));
}

api::ChangeStatus LocalChanges::status()
{
    storage::StoreCondition condition = m_database.store().condition();
    const storage::RowNews now = m_database.store().newsSince(UINT64_MAX, UINT64_MAX, 0);
    return {now.sequence, condition.isStale, condition.goodAt, std::move(condition.findings)};
}

void LocalChanges::run(const std::stop_token& stop)
{
    for (;;) {
        {
            auto subscribers = m_shared->subscribers.lock();
            if (!m_shared->hasSubscribers.wait(subscribers.lock(), stop, [&] { return !subscribers->empty(); })) return;
        }
        const auto watch = m_database.store().watch();
        BLAZE_ASSERT(watch != nullptr);
        followWhileWatched(*watch, stop);
    }
}

void LocalChanges::followWhileWatched(storage::RowWatch& watch, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    const auto pauseUntil = [&](std::chrono::steady_clock::time_point when) {
        std::unique_lock lock(mutex);
        wake.wait_until(lock, stop, when, [] { return false; });
    };
    while (!stop.stop_requested()) {
        const auto begin = std::chrono::steady_clock::now();
        // A look that fails shows itself as the state of the store; the next one tries again.
        static_cast<void>(watch.look());
        const auto cost = std::chrono::steady_clock::now() - begin;
        deliver();

        std::chrono::steady_clock::duration pause = kIntervalMax;
        auto due = std::chrono::steady_clock::now() + kLookAnyway;
        {
            const auto subscribers = m_shared->subscribers.lock();
            if (subscribers->empty()) return;
            for (const auto& subscriber : *subscribers) {
                pause = std::min<std::chrono::steady_clock::duration>(pause, subscriber->options.interval);
                if (subscriber->dueAt > begin) due = std::min(due, subscriber->dueAt);
            }
        }
        const auto untilDue = std::chrono::ceil<std::chrono::milliseconds>(due - std::chrono::steady_clock::now());
        const bool mayHaveMoved = watch.wait(std::max(untilDue, std::chrono::milliseconds(1)), stop);
        const auto notBefore = begin + std::max(pause, cost * kLookShare);
        pauseUntil(mayHaveMoved ? std::max(notBefore, std::chrono::steady_clock::now() + kSettle) : notBefore);
    }
}

void LocalChanges::deliver()
{
    std::vector<std::shared_ptr<Subscriber>> subscribers = *m_shared->subscribers.lock();
    for (const auto& subscriber : subscribers)
        if (std::chrono::steady_clock::now() >= subscriber->dueAt) deliverTo(*subscriber);
}

void LocalChanges::deliverTo(Subscriber& subscriber)
{
    storage::RowNews news = m_database.store().newsSince(subscriber.sequence, subscriber.event, subscriber.options.changesMax);
    const bool isNews = news.sequence != subscriber.sequence || !news.events.empty() || subscriber.isFirst;
    if (!isNews) return;
    auto batch = batchOf(std::move(news));
    if (!batch) return; // the next look tries again
    {
        const auto subscribers = m_shared->subscribers.lock();
        if (subscriber.isGone) return;
        subscriber.isRunning = true;
        subscriber.runsOn = std::this_thread::get_id();
    }
    subscriber.sink(*batch);
    subscriber.sequence = batch->sequence;
    subscriber.event = batch->event;
    subscriber.isFirst = false;
    subscriber.dueAt = std::chrono::steady_clock::now() + subscriber.options.interval;
    {
        const auto subscribers = m_shared->subscribers.lock();
        subscriber.isRunning = false;
    }
    m_shared->sinkEnded.notify_all();
}

Result<api::ChangeBatch> LocalChanges::batchOf(storage::RowNews news)
{
    api::ChangeBatch batch;
    batch.sequence = news.sequence;
    batch.event = news.lastEvent;
    batch.isEverything = !news.isComplete;
    batch.coalesced = news.merged;
    batch.dropped = news.dropped;
    for (storage::StoreEvent& event : news.events) batch.events.push_back({eventKind(event.kind), std::move(event.finding), event.time});
    if (news.changes.empty()) return batch;

    BLAZE_TRY_VALUE(const SnapshotView view, takeSnapshot(m_database));
    DeletionMarks deletions(view);
    for (const storage::RowChange& row : news.changes) {
        model::Change change;
        change.sequence = row.sequence;
        change.id = model::Uuid{row.key};
        change.time = row.time;
        switch (row.kind) {
        case storage::RowChangeKind::Inserted: change.kind = model::Change::Kind::Insert; break;
        case storage::RowChangeKind::Removed: change.kind = model::Change::Kind::Delete; break;
        case storage::RowChangeKind::Updated:
            change.kind = deletions.isSet(row.key) ? model::Change::Kind::SoftDelete : model::Change::Kind::Update;
            break;
        }
        batch.changes.push_back(std::move(change));
    }
    return batch;
}

} // namespace blazedb::local
