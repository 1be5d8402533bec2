// The Changes facet: on a family that another thread writes in the Swift order, and on rows in memory.
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

#include <QTemporaryDir>

#include "engine/api/changes.h"
#include "engine/api/records.h"
#include "engine/local/opener.h"
#include "tests/support/memory_database.h"
#include "tests/support/random_records.h"
#include "tests/support/swift_family_writer.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace std::chrono_literals;
using model::Change;
using tests::SwiftFamilyWriter;

namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

model::Uuid idOf(std::size_t number)
{
    model::Uuid id;
    id.bytes[14] = static_cast<std::uint8_t>(number / 256);
    id.bytes[15] = static_cast<std::uint8_t>(number % 256);
    return id;
}

std::vector<model::Field> fieldsOf(std::size_t revision)
{
    return {{"revision", model::Value(static_cast<std::int64_t>(revision))}, {"text", model::Value(std::string(100, 'x'))}};
}

/// Takes batches on the source's thread and lets the test wait for what they tell.
class Listener {
public:
    api::Changes::Sink sink()
    {
        return [this](const api::ChangeBatch& batch) {
            {
                const std::lock_guard lock(m_mutex);
                m_batches.push_back(batch);
                for (const Change& change : batch.changes) m_told[change.id].emplace_back(change.kind, std::chrono::steady_clock::now());
            }
            m_arrived.notify_all();
        };
    }

    /// Waits for a condition on all that was told; false after ten seconds.
    template <typename Condition>
    bool waitFor(Condition condition)
    {
        std::unique_lock lock(m_mutex);
        return m_arrived.wait_for(lock, 10s, [&] { return condition(m_batches); });
    }
    bool waitForChange(const model::Uuid& id, Change::Kind kind)
    {
        return waitFor([&](const auto&) { return std::any_of(m_told[id].begin(), m_told[id].end(), [&](const auto& told) { return told.first == kind; }); });
    }
    bool waitForEvent(api::SourceEvent::Kind kind)
    {
        return waitFor([&](const std::vector<api::ChangeBatch>& batches) {
            for (const api::ChangeBatch& batch : batches)
                for (const api::SourceEvent& event : batch.events)
                    if (event.kind == kind) return true;
            return false;
        });
    }
    std::vector<api::ChangeBatch> batches()
    {
        const std::lock_guard lock(m_mutex);
        return m_batches;
    }
    void forget()
    {
        const std::lock_guard lock(m_mutex);
        m_batches.clear();
        m_told.clear();
    }
    /// When the id was first told after it was forgotten.
    std::optional<SteadyTime> toldAt(const model::Uuid& id)
    {
        const std::lock_guard lock(m_mutex);
        const auto told = m_told.find(id);
        return told == m_told.end() ? std::nullopt : std::optional(told->second.front().second);
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::vector<api::ChangeBatch> m_batches;
    std::map<model::Uuid, std::vector<std::pair<Change::Kind, SteadyTime>>> m_told;
};

/// A family on disk with its writer, opened as a source.
struct FollowedFamily {
    QTemporaryDir folder;
    SwiftFamilyWriter writer{localFileSystem(), folder.filePath(QStringLiteral("app.blazedb")).toStdString(), true};
    std::unique_ptr<api::DataSource> source;
    Listener listener;
    std::unique_ptr<api::Subscription> subscription;

    explicit FollowedFamily(std::size_t records, FolderWatcher& watcher = localFolderWatcher())
    {
        for (std::size_t i = 0; i < records; ++i) writer.insert(idOf(i), fieldsOf(0));
        local::Opener opener(localFileSystem(), systemClock(), watcher);
        auto opened = opener.open({}, {writer.paths().pages, SecureBytes::fromText(SwiftFamilyWriter::kPassword), local::OpenMode::Observe});
        if (!opened) qFatal("%s", opened.error().message.c_str());
        source = *std::move(opened);
    }
    /// Returns once the source follows.
    bool follow(api::WatchOptions options = {})
    {
        auto watched = source->changes()->watch(options, listener.sink());
        if (!watched) return false;
        subscription = *std::move(watched);
        const bool follows = listener.waitFor([](const auto& batches) { return !batches.empty(); });
        listener.forget();
        return follows;
    }
    std::int64_t revisionShown(std::size_t number)
    {
        const auto row = source->records().record({}, idOf(number));
        if (!row) return -1;
        return *row->record.find("revision")->value.as<std::int64_t>();
    }
};

} // namespace

class TestLocalChanges final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKindOfChangeIsToldWithinASecond_data()
    {
        QTest::addColumn<bool>("isPolling");
        QTest::newRow("notified") << false;
        QTest::newRow("polling") << true;
    }

    void everyKindOfChangeIsToldWithinASecond()
    {
        QFETCH(bool, isPolling);
        FollowedFamily family(50, isPolling ? pollingFolderWatcher() : localFolderWatcher());
        QVERIFY(family.follow());
        std::vector<std::chrono::steady_clock::duration> delays;
        const auto told = [&](std::size_t number, Change::Kind kind, SteadyTime begin) {
            if (!family.listener.waitForChange(idOf(number), kind)) return false;
            delays.push_back(*family.listener.toldAt(idOf(number)) - begin);
            family.listener.forget();
            return true;
        };
        for (std::size_t i = 0; i < 5; ++i) {
            auto begin = std::chrono::steady_clock::now();
            QVERIFY(family.writer.insert(idOf(1'000 + i), fieldsOf(1)));
            QVERIFY(told(1'000 + i, Change::Kind::Insert, begin));
            QCOMPARE(family.revisionShown(1'000 + i), std::int64_t{1});
            begin = std::chrono::steady_clock::now();
            QVERIFY(family.writer.update(idOf(i), fieldsOf(7)));
            QVERIFY(told(i, Change::Kind::Update, begin));
            QCOMPARE(family.revisionShown(i), std::int64_t{7});
            begin = std::chrono::steady_clock::now();
            QVERIFY(family.writer.softDelete(idOf(10 + i)));
            QVERIFY(told(10 + i, Change::Kind::SoftDelete, begin));
            begin = std::chrono::steady_clock::now();
            QVERIFY(family.writer.remove(idOf(20 + i)));
            QVERIFY(told(20 + i, Change::Kind::Delete, begin));
            QCOMPARE(family.revisionShown(20 + i), std::int64_t{-1});
        }
        const auto worst = *std::max_element(delays.begin(), delays.end());
        qInfo("worst of %zu: %lld ms", delays.size(), static_cast<long long>(std::chrono::duration_cast<std::chrono::milliseconds>(worst).count()));
        QVERIFY(worst < 1s);
    }

    void aTransactionIsToldWhenItIsCommitted()
    {
        FollowedFamily family(20);
        QVERIFY(family.follow());

        QVERIFY(family.writer.begin());
        QVERIFY(family.listener.waitForEvent(api::SourceEvent::Kind::TransactionOpened));
        QVERIFY(family.writer.update(idOf(1), fieldsOf(1)));
        QVERIFY(family.writer.insert(idOf(500), fieldsOf(1)));
        QVERIFY(family.writer.remove(idOf(2)));
        QCOMPARE(family.revisionShown(1), std::int64_t{0});
        QCOMPARE(family.revisionShown(2), std::int64_t{0});
        QCOMPARE(family.revisionShown(500), std::int64_t{-1});
        QVERIFY(!family.source->changes()->status().findings.empty());
        for (const api::ChangeBatch& batch : family.listener.batches()) QVERIFY(batch.changes.empty() && !batch.isEverything);

        QVERIFY(family.writer.commit());
        QVERIFY(family.listener.waitForEvent(api::SourceEvent::Kind::TransactionEnded));
        QVERIFY(family.listener.waitForChange(idOf(1), Change::Kind::Update));
        QVERIFY(family.listener.waitForChange(idOf(500), Change::Kind::Insert));
        QVERIFY(family.listener.waitForChange(idOf(2), Change::Kind::Delete));
        QCOMPARE(family.revisionShown(1), std::int64_t{1});
        for (const api::ChangeBatch& batch : family.listener.batches()) QVERIFY(!batch.isEverything);
    }

    void aTransactionRolledBackTellsNoChange()
    {
        FollowedFamily family(20);
        QVERIFY(family.follow());

        QVERIFY(family.writer.begin());
        QVERIFY(family.listener.waitForEvent(api::SourceEvent::Kind::TransactionOpened));
        QVERIFY(family.writer.update(idOf(1), fieldsOf(1)));
        QVERIFY(family.writer.remove(idOf(2)));
        QVERIFY(family.writer.rollback());
        QVERIFY(family.listener.waitForEvent(api::SourceEvent::Kind::TransactionEnded));
        QVERIFY(family.writer.update(idOf(3), fieldsOf(1))); // a mark in time: all before it was told
        QVERIFY(family.listener.waitForChange(idOf(3), Change::Kind::Update));

        QVERIFY(!family.listener.toldAt(idOf(1)));
        QVERIFY(!family.listener.toldAt(idOf(2)));
        QCOMPARE(family.revisionShown(1), std::int64_t{0});
        for (const api::ChangeBatch& batch : family.listener.batches()) QVERIFY(!batch.isEverything);
    }

    void aVacuumTellsNoChange()
    {
        FollowedFamily family(20);
        QVERIFY(family.follow());

        QVERIFY(family.writer.vacuum());
        QVERIFY(family.listener.waitForEvent(api::SourceEvent::Kind::Rewritten));
        QVERIFY(family.writer.update(idOf(3), fieldsOf(1)));
        QVERIFY(family.listener.waitForChange(idOf(3), Change::Kind::Update));

        for (const api::ChangeBatch& batch : family.listener.batches()) {
            QVERIFY(!batch.isEverything);
            for (const Change& change : batch.changes) QCOMPARE(change.id, idOf(3));
        }
    }

    void aPauseIsMadeUpFor()
    {
        FollowedFamily family(20);
        QVERIFY(family.follow());
        QVERIFY(family.writer.update(idOf(1), fieldsOf(1)));
        QVERIFY(family.listener.waitForChange(idOf(1), Change::Kind::Update));
        const api::ChangeBatch last = family.listener.batches().back();
        family.subscription.reset();
        family.listener.forget();

        QVERIFY(family.writer.update(idOf(2), fieldsOf(1)));
        QVERIFY(family.writer.remove(idOf(3)));
        QVERIFY(family.writer.insert(idOf(500), fieldsOf(1)));
        const auto missed = family.source->changes()->since({}, last.sequence, 100);
        QVERIFY(missed.has_value());
        QVERIFY(!missed->isEverything);
        std::map<model::Uuid, Change::Kind> kinds;
        for (const Change& change : missed->changes) kinds[change.id] = change.kind;
        const std::map<model::Uuid, Change::Kind> expected{
            {idOf(2), Change::Kind::Update}, {idOf(3), Change::Kind::Delete}, {idOf(500), Change::Kind::Insert}};
        QVERIFY(kinds == expected);

        api::WatchOptions resumed;
        resumed.after = last.sequence;
        resumed.afterEvent = last.event;
        auto again = family.source->changes()->watch(resumed, family.listener.sink());
        QVERIFY(again.has_value());
        QVERIFY(family.listener.waitForChange(idOf(3), Change::Kind::Delete));
        QVERIFY(!family.listener.batches().front().isEverything);
    }

    void aForeignSequenceMeansEverything()
    {
        FollowedFamily family(3);
        const auto batch = family.source->changes()->since({}, 1'000'000, 10);
        QVERIFY(batch.has_value());
        QVERIFY(batch->isEverything);
    }

    void theBoundOfABatchIsTold()
    {
        FollowedFamily family(60);
        api::WatchOptions options;
        options.changesMax = 5;
        options.interval = 1s;
        QVERIFY(family.follow(options));
        for (std::size_t i = 0; i < 60; ++i) QVERIFY(family.writer.update(idOf(i), fieldsOf(1)));

        QVERIFY(family.listener.waitFor([](const std::vector<api::ChangeBatch>& batches) {
            return std::any_of(batches.begin(), batches.end(), [](const api::ChangeBatch& batch) { return batch.dropped > 0; });
        }));
        for (const api::ChangeBatch& batch : family.listener.batches()) {
            QVERIFY(batch.changes.size() <= 5);
            QCOMPARE(batch.isEverything, batch.dropped > 0);
        }
    }

    void manyChangesOfOneRecordAreOneChange()
    {
        FollowedFamily family(3);
        api::WatchOptions options;
        options.interval = 500ms;
        QVERIFY(family.follow(options));
        for (std::size_t i = 1; i <= 200; ++i) QVERIFY(family.writer.update(idOf(1), fieldsOf(i)));

        QVERIFY(family.listener.waitFor([](const std::vector<api::ChangeBatch>& batches) {
            std::uint64_t told = 0;
            for (const api::ChangeBatch& batch : batches) told += batch.changes.size() + batch.coalesced;
            return told >= 200;
        }));
        for (const api::ChangeBatch& batch : family.listener.batches()) QCOMPARE(batch.changes.size(), std::size_t{1});
        QCOMPARE(family.revisionShown(1), std::int64_t{200});
    }

    void removedFilesAreToldAndStillServed()
    {
        FollowedFamily family(20);
        QVERIFY(family.follow());
        const QDir folder(family.folder.path());

        for (const QString& name : folder.entryList(QDir::Files)) QVERIFY(QFile::remove(folder.filePath(name)));
        QVERIFY(family.listener.waitForEvent(api::SourceEvent::Kind::Removed));

        QVERIFY(family.source->changes()->status().isStale);
        QCOMPARE(family.revisionShown(7), std::int64_t{0});
        const auto count = family.source->records().count({}, {});
        QVERIFY(count.has_value());
        QCOMPARE(count->matching, std::uint64_t{20});
    }

    void nothingIsToldAfterTheSubscription()
    {
        FollowedFamily family(3);
        std::atomic<bool> isOver{false};
        std::atomic<bool> wasLate{false};
        std::atomic<int> calls{0};
        auto watched = family.source->changes()->watch({}, [&](const api::ChangeBatch&) {
            ++calls;
            if (isOver) wasLate = true;
        });
        QVERIFY(watched.has_value());
        for (std::size_t i = 1; i <= 300 && calls < 3; ++i) QVERIFY(family.writer.update(idOf(1), fieldsOf(i)));
        watched->reset();
        isOver = true;
        for (std::size_t i = 1; i <= 100; ++i) QVERIFY(family.writer.update(idOf(1), fieldsOf(i)));
        QVERIFY(family.follow()); // the same thread serves another one
        QVERIFY(!wasLate);
    }

    void destroyingASubscriptionWaitsForItsSink()
    {
        auto database = tests::openInMemory(std::vector<model::Record>{});
        std::mutex mutex;
        std::condition_variable_any moved;
        bool isInside = false;
        bool mayLeave = false;
        std::atomic<bool> hasLeft{false};
        auto watched = database.source->changes()->watch({}, [&](const api::ChangeBatch&) {
            std::unique_lock lock(mutex);
            isInside = true;
            moved.notify_all();
            moved.wait(lock, [&] { return mayLeave; });
            hasLeft = true;
        });
        QVERIFY(watched.has_value());
        database.store->replace({tests::storedRow({idOf(1), fieldsOf(1)})});
        {
            std::unique_lock lock(mutex);
            QVERIFY(moved.wait_for(lock, 10s, [&] { return isInside; }));
        }
        std::jthread opener([&] {
            const std::lock_guard lock(mutex);
            mayLeave = true;
            moved.notify_all();
        });
        watched->reset();
        QVERIFY(hasLeft);
    }

    void optionsThatMakeNoSenseAreRefused()
    {
        auto database = tests::openInMemory(std::vector<model::Record>{});
        const auto codeOf = [&](std::chrono::milliseconds interval) {
            api::WatchOptions options;
            options.interval = interval;
            const auto watched = database.source->changes()->watch(options, [](const api::ChangeBatch&) {});
            return watched ? ErrorCode::Internal : watched.error().code;
        };
        QCOMPARE(codeOf(49ms), ErrorCode::InvalidArgument);
        QCOMPARE(codeOf(10'001ms), ErrorCode::InvalidArgument);
        QCOMPARE(codeOf(50ms), ErrorCode::Internal);
        QVERIFY(!database.source->changes()->watch({}, nullptr));
    }

    /// Results of any query are brought up to date to what reading everything gives.
    void resultsFollowChanges()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        int updated = 0;
        for (int round = 0; round < 25; ++round) {
            std::vector<model::Record> records = random.records(300);
            auto database = tests::openInMemory(records);
            const model::Query query = random.query();
            if (!database.source->records().count({}, query)) continue; // a pattern that cannot be asked
            for (int turn = 0; turn < 4; ++turn) {
                for (std::size_t i = 0; i < 5; ++i) {
                    const std::size_t place = random.below(records.size());
                    model::Record fresh = random.record();
                    fresh.id = records[place].id;
                    std::erase_if(fresh.fields, [](const model::Field& field) { return field.name == "id"; });
                    records[place] = fresh;
                }
                records.push_back(random.record());
                records.erase(records.begin() + static_cast<std::ptrdiff_t>(random.below(records.size())));
                std::vector<tests::StoredRow> rows;
                for (const model::Record& record : records) rows.push_back(tests::storedRow(record));
                database.store->replace(rows);
                const std::uint64_t readBefore = database.store->rowsRead();
                api::Window window;
                window.count = 1'000;
                const auto counted = database.source->records().count({}, query);
                if (database.store->rowsRead() - readBefore < 150) ++updated;
                const auto shown = database.source->records().query({}, query, window);
                auto fresh = tests::openInMemory(rows);
                const auto expected = fresh.source->records().query({}, query, window);
                const QByteArray where = QByteArray("seed ") + QByteArray::number(static_cast<qulonglong>(seed)) + ", round " + QByteArray::number(round);
                QVERIFY2(counted && shown && expected, where.constData());
                QVERIFY2(shown->rows.size() == expected->rows.size(), where.constData());
                for (std::size_t i = 0; i < shown->rows.size(); ++i)
                    QVERIFY2(shown->rows[i].record.id == expected->rows[i].record.id, where.constData());
                QCOMPARE(shown->total.value, expected->total.value);
            }
        }
        qInfo("%d results were brought up to date", updated);
        QVERIFY(updated > 75);
    }
};

BLAZEDB_REGISTER_TEST(TestLocalChanges);
#include "tst_local_changes.moc"
