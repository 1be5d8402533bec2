// What the facet does beyond the conformance suite: how much it reads, what it keeps, what it does when files
// move.
#include <algorithm>
#include <thread>

#include "engine/local/local_records.h"
#include "tests/support/fake_clock.h"
#include "tests/support/memory_database.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Value;
using std::chrono::milliseconds;

namespace {

/// Records with `n` counting up and every tenth of kind "rare", in random order of ids.
std::vector<model::Record> numbered(std::size_t count)
{
    tests::RandomRecords random(21);
    std::vector<model::Record> records;
    for (std::size_t i = 0; i < count; ++i) {
        model::Record record{random.id(), {{"n", Value(static_cast<std::int64_t>(i))}}};
        if (i % 10 == 0) record.fields.push_back({"_blazeKind", Value(std::string("rare"))});
        records.push_back(std::move(record));
    }
    return records;
}

std::vector<tests::StoredRow> stored(const std::vector<model::Record>& records)
{
    std::vector<tests::StoredRow> rows;
    for (const model::Record& record : records)
        rows.push_back(tests::storedRow(record));
    return rows;
}

model::Query sortedByNumber()
{
    model::Query query;
    query.order = {{"n", true}};
    return query;
}

} // namespace

class TestLocalRecords final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsOnlyAPrefixForTheFirstWindow()
    {
        const auto database = tests::openInMemory(numbered(20'000));

        const auto window = database.source->records().query({}, {}, {0, 200});

        QVERIFY(window.has_value());
        QCOMPARE(window->rows.size(), std::size_t{200});
        QCOMPARE(database.store->rowsRead(), std::uint64_t{200});
        QCOMPARE(window->total, (model::Count{20'000, model::Count::Certainty::Estimate}));
    }

    void readsEachRecordOnceWindowByWindow()
    {
        const auto database = tests::openInMemory(numbered(2'050));
        std::uint64_t rows = 0;

        for (std::uint64_t first = 0; first < 2'050; first += 100) {
            const auto window = database.source->records().query({}, {}, {first, 100});
            QVERIFY(window.has_value());
            rows += window->rows.size();
        }

        QCOMPARE(rows, std::uint64_t{2'050});
        QCOMPARE(database.store->rowsRead(), std::uint64_t{2'050});
        QCOMPARE(database.source->records().query({}, {}, {0, 10})->total,
                 (model::Count{2'050, model::Count::Certainty::Exact}));
    }

    void readsTheWholeResultOnceForADeepWindow()
    {
        const auto database = tests::openInMemory(numbered(10'000));

        QVERIFY(database.source->records().query({}, {}, {9'000, 100}));
        QCOMPARE(database.store->rowsRead(), std::uint64_t{10'100});

        const auto another = database.source->records().query({}, {}, {5'000, 100});
        QCOMPARE(database.store->rowsRead(), std::uint64_t{10'200});
        QVERIFY(another->total.isExact());
    }

    void readsTheWholeResultWhenMatchesAreRare()
    {
        const auto database = tests::openInMemory(numbered(20'000));
        model::Query query;
        query.filter = model::comparison(model::ExpressionKind::Equal, "n", Value(std::int64_t{19'999}));

        const auto window = database.source->records().query({}, query, {0, 200});

        QCOMPARE(window->rows.size(), std::size_t{1});
        QCOMPARE(window->total, (model::Count{1, model::Count::Certainty::Exact}));
    }

    void readsSortedRecordsOnce()
    {
        const auto database = tests::openInMemory(numbered(5'000));

        const auto first = database.source->records().query({}, sortedByNumber(), {0, 10});
        const auto last = database.source->records().query({}, sortedByNumber(), {4'990, 10});

        QCOMPARE(database.store->rowsRead(), std::uint64_t{5'020});
        QVERIFY(first->rows.front().record.find("n")->value.isIdenticalTo(Value(std::int64_t{4'999})));
        QVERIFY(last->rows.back().record.find("n")->value.isIdenticalTo(Value(std::int64_t{0})));
    }

    void keepsDecodedRecords()
    {
        const auto database = tests::openInMemory(numbered(100));
        QVERIFY(database.source->records().query({}, sortedByNumber(), {0, 100}));
        const std::uint64_t readBefore = database.store->rowsRead();

        QVERIFY(database.source->records().query({}, sortedByNumber(), {0, 100}));

        QCOMPARE(database.store->rowsRead(), readBefore);
    }

    void estimatesByTheShareThatMatched()
    {
        auto records = numbered(20'000);
        for (std::size_t i = 0; i < records.size(); i += 2)
            records[i].fields.push_back({"isDeleted", Value(true)});
        const auto database = tests::openInMemory(records);

        const auto window = database.source->records().query({}, {}, {0, 1'000});

        QVERIFY(!window->total.isExact());
        QVERIFY(window->total.value > 9'000 && window->total.value < 11'000);
    }

    void knowsTheTotalWhenTheLimitIsReached()
    {
        const auto database = tests::openInMemory(numbered(10'000));
        model::Query query;
        query.offset = 5;
        query.limit = 50;

        const auto window = database.source->records().query({}, query, {0, 200});

        QCOMPARE(window->rows.size(), std::size_t{50});
        QCOMPARE(window->total, (model::Count{50, model::Count::Certainty::Exact}));
        QCOMPARE(database.store->rowsRead(), std::uint64_t{55});
    }

    void startsOverOnANewSnapshotAfterAConflict()
    {
        const auto database = tests::openInMemory(numbered(100));
        const auto before = database.source->records().query({}, {}, {0, 10});

        database.store->conflictTimes(2);
        const auto after = database.source->records().query({}, sortedByNumber(), {0, 10});

        QVERIFY(before.has_value() && after.has_value());
        QCOMPARE(after->sequence, before->sequence + 2);
        QCOMPARE(after->rows.size(), std::size_t{10});
    }

    void startsOverWhenARecordOfAKeptResultMovesAway()
    {
        const auto database = tests::openInMemory(numbered(100));
        QVERIFY(database.source->records().query({}, sortedByNumber(), {0, 10}));

        database.store->conflictTimes(1);
        const auto window = database.source->records().query({}, sortedByNumber(), {50, 10});

        QVERIFY(window.has_value());
        QCOMPARE(window->rows.size(), std::size_t{10});
    }

    void givesUpWhenTheDatabaseKeepsChanging()
    {
        const auto database = tests::openInMemory(numbered(100));

        database.store->conflictTimes(1'000);
        const auto window = database.source->records().query({}, {}, {0, 10});

        QVERIFY(!window.has_value());
        QVERIFY(window.error().code == ErrorCode::Unavailable);
    }

    void showsTheNewStateAfterAChange()
    {
        const auto database = tests::openInMemory(numbered(100));
        const auto before = database.source->records().query({}, {}, {0, 10});

        database.store->replace(stored(numbered(3)));
        const auto after = database.source->records().query({}, {}, {0, 10});

        QCOMPARE(after->rows.size(), std::size_t{3});
        QVERIFY(after->sequence > before->sequence);
    }

    void endsWhenTheTimeRunsOut()
    {
        tests::FakeClock clock;
        const auto database = tests::openInMemory(stored(numbered(5'000)), {}, clock);
        const api::CallContext context{.stop = {}, .timeout = milliseconds{100}, .onProgress = {}};

        clock.advanceWithEachReading(milliseconds{30});
        const auto window = database.source->records().query(context, sortedByNumber(), {0, 10});

        QVERIFY(!window.has_value());
        QVERIFY(window.error().code == ErrorCode::DeadlineExceeded);
    }

    void reportsProgressAtMostTwentyTimesASecond()
    {
        tests::FakeClock clock;
        const auto database = tests::openInMemory(stored(numbered(10'000)), {}, clock);
        std::vector<api::Progress> told;
        api::CallContext context;
        context.onProgress = [&](const api::Progress& progress) { told.push_back(progress); };

        clock.advanceWithEachReading(
            milliseconds{25}); // one reading for each look: every second one may speak
        QVERIFY(database.source->records().count(context, {}));

        QVERIFY(told.size() >= 15 && told.size() <= 21); // 10,000 rows are 39 looks
        QCOMPARE(told.back().total, std::optional<std::uint64_t>(10'000));
        QCOMPARE(told.back().unit, std::string("records"));
    }

    void doesNotFailOthersWhenOneCallerIsCancelled()
    {
        const auto database = tests::openInMemory(numbered(1'000));
        database.store->gate().closeAt(500);
        std::stop_source stop;
        Result<api::RecordWindow> cancelled = api::cancelled();
        Result<api::RecordWindow> patient = api::cancelled();
        std::jthread first([&] {
            cancelled = database.source->records().query(
                {.stop = stop.get_token(), .timeout = {}, .onProgress = {}}, sortedByNumber(), {0, 10});
        });
        database.store->gate().waitForArrival();
        std::jthread second(
            [&] { patient = database.source->records().query({}, sortedByNumber(), {0, 10}); });

        stop.request_stop();
        first.join();
        database.store->gate().open();
        second.join();

        QVERIFY(!cancelled.has_value());
        QVERIFY(cancelled.error().code == ErrorCode::Cancelled);
        QVERIFY(patient.has_value());
        QCOMPARE(patient->rows.size(), std::size_t{10});
    }

    void measuresAPlanByRunningIt()
    {
        const auto database = tests::openInMemory(numbered(100));
        model::Query query;
        query.collection = "rare";

        const auto plan = database.source->records().explain({}, query, api::ExplainMode::Measure);

        QVERIFY(plan.has_value());
        QCOMPARE(plan->recordsToRead, std::uint64_t{100});
        QVERIFY(plan->root.detail.find("10 of 100 records match") != std::string::npos);
        QCOMPARE(plan->root.operation, std::string("Sort"));
        QCOMPARE(plan->root.inputs.size(), std::size_t{1});
        QCOMPARE(plan->root.inputs[0].inputs[0].operation, std::string("Scan"));
    }

    void cannotChangeAnything()
    {
        const auto database = tests::openInMemory(numbered(1));

        const auto committed = database.source->records().apply({}, {});

        QVERIFY(!committed.has_value());
        QVERIFY(committed.error().code == ErrorCode::Unsupported);
    }
};
BLAZEDB_REGISTER_TEST(TestLocalRecords);
#include "tst_local_records.moc"
