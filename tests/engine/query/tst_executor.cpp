#include "engine/query/executor.h"
#include "tests/support/memory_row_store.h"
#include "tests/support/query_oracle.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Value;

namespace {

std::vector<tests::StoredRow> stored(const std::vector<model::Record>& records)
{
    std::vector<tests::StoredRow> rows;
    for (const model::Record& record : records)
        rows.push_back(tests::storedRow(record));
    return rows;
}

std::vector<std::string> textsOf(const std::vector<model::Uuid>& ids)
{
    std::vector<std::string> texts;
    for (const model::Uuid& id : ids)
        texts.push_back(id.toString());
    return texts;
}

/// An id whose first byte is `place`, so that ids order as their numbers do.
model::Uuid idAt(std::uint8_t place)
{
    model::Uuid id;
    id.bytes[0] = place;
    return id;
}

model::Record recordAt(std::uint8_t place, std::optional<Value> v)
{
    model::Record record{idAt(place), {}};
    if (v) record.fields.push_back({"v", *std::move(v)});
    return record;
}

/// What a store answers to a query, through the executor.
Result<query::ResultKeys> answerOf(tests::MemoryRowStore& store, const model::Query& query,
                                   query::RunLimits limits = {})
{
    metrics::CounterSet counters;
    BLAZE_TRY_VALUE(const auto snapshot, store.snapshot());
    return query::Executor(*snapshot->tree(storage::kRecordTree), counters).collect(query, std::move(limits));
}

} // namespace

class TestExecutor final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Semantics, appendix B: true, {1.0, 1 by id}, date(ref+2), 2.5, "B", "a", uuid, data, {null, missing by
    // id}.
    void sortsTheValuesOfAppendixB_data()
    {
        QTest::addColumn<bool>("descending");
        QTest::addColumn<std::vector<int>>("places");
        QTest::newRow("ascending") << false << std::vector<int>{20, 2, 30, 9, 8, 7, 6, 5, 4, 1, 3};
        QTest::newRow("descending") << true << std::vector<int>{4, 5, 6, 7, 8, 9, 2, 30, 20, 1, 3};
    }
    void sortsTheValuesOfAppendixB()
    {
        QFETCH(const bool, descending);
        QFETCH(const std::vector<int>, places);
        tests::MemoryRowStore store(
            stored({recordAt(3, std::nullopt), recordAt(1, Value()), recordAt(30, Value(std::int64_t{1})),
                    recordAt(2, Value(1.0)), recordAt(20, Value(true)), recordAt(8, Value(2.5)),
                    recordAt(9, Value(model::Date{2.0})), recordAt(7, Value(std::string("B"))),
                    recordAt(6, Value(std::string("a"))), recordAt(5, Value(model::Uuid{})),
                    recordAt(4, Value(Bytes{std::byte{1}}))}));
        model::Query query;
        query.order = {{"v", descending}};

        const auto result = answerOf(store, query);

        QVERIFY(result.has_value());
        std::vector<int> found;
        for (const model::Uuid& id : result->ids)
            found.push_back(id.bytes[0]);
        QCOMPARE(found, places);
    }

    void agreesWithTheOracleOnRandomQueries()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        for (int round = 0; round < 10; ++round) {
            const auto records = random.records(120);
            tests::MemoryRowStore store(stored(records));
            for (int i = 0; i < 120; ++i) {
                model::Query query = random.query();
                query.offset = 0; // these two are the work of whoever asks for windows
                query.limit.reset();

                const auto result = answerOf(store, query);

                const QString place =
                    QStringLiteral("seed %1, round %2, query %3").arg(seed).arg(round).arg(i);
                QVERIFY2(result.has_value(), qPrintable(place));
                QVERIFY2(textsOf(result->ids) == textsOf(tests::answerByOracle(records, query)),
                         qPrintable(place));
            }
        }
    }

    void ordersMoreThanOneSortRun()
    {
        std::vector<model::Record> records;
        tests::RandomRecords random(1);
        for (int i = 0; i < 70'000; ++i) {
            model::Record record{random.id(), {}};
            record.fields.push_back({"v", Value(static_cast<std::int64_t>(random.below(1000)))});
            records.push_back(std::move(record));
        }
        tests::MemoryRowStore store(stored(records));
        model::Query query;
        query.order = {{"v", true}};

        const auto result = answerOf(store, query);

        QVERIFY(result.has_value());
        QVERIFY(result->ids == tests::answerByOracle(records, query));
    }

    void listsEveryRowItCouldNotRead()
    {
        auto rows = stored({recordAt(1, Value(true)), recordAt(2, Value(true))});
        rows.insert(rows.begin() + 1, tests::damagedRow(idAt(7), 12));
        rows.push_back(tests::goneRow(idAt(8), 13));
        tests::StoredRow undecodable = tests::storedRow(recordAt(9, Value(true)));
        undecodable.bytes.resize(undecodable.bytes.size() - 1);
        rows.push_back(undecodable);
        tests::MemoryRowStore store(std::move(rows));

        const auto result = answerOf(store, {});

        QVERIFY(result.has_value());
        QCOMPARE(result->ids.size(), std::size_t{2});
        QCOMPARE(result->rowsRead, std::uint64_t{5});
        QCOMPARE(result->skipped.size(), std::size_t{3});
        QCOMPARE(result->skipped[0].record, std::optional(idAt(7)));
        QCOMPARE(result->skipped[0].page, std::optional<std::uint64_t>(12));
        QVERIFY(result->skipped[0].severity == model::FindingSeverity::Damage);
        QVERIFY(result->skipped[1].severity == model::FindingSeverity::Remark);
        QVERIFY(result->skipped[2].kind == model::FindingKind::RecordDamaged);
    }

    void endsWithCancelledWhenStoppedBeforeItBegins()
    {
        tests::MemoryRowStore store(stored({recordAt(1, Value(true))}));
        std::stop_source stop;
        stop.request_stop();

        const auto result =
            answerOf(store, {}, {.stop = stop.get_token(), .isOverdue = {}, .onProgress = {}});

        QVERIFY(!result.has_value());
        QVERIFY(result.error().code == ErrorCode::Cancelled);
    }

    void looksAtItsLimitsEveryFewHundredRows()
    {
        tests::RandomRecords random(2);
        tests::MemoryRowStore store(stored(random.records(2'000)));
        int looks = 0;

        const auto result =
            answerOf(store, {}, {.stop = {}, .isOverdue = [&] { return ++looks == 3; }, .onProgress = {}});

        QVERIFY(!result.has_value());
        QVERIFY(result.error().code == ErrorCode::DeadlineExceeded);
        QVERIFY(store.rowsRead() <= 2 * query::RunWatch::kRowsBetweenLooks);
    }

    void tellsHowFarItIs()
    {
        tests::RandomRecords random(3);
        tests::MemoryRowStore store(stored(random.records(1'000)));
        std::vector<std::uint64_t> told;

        QVERIFY(answerOf(store, {}, {.stop = {}, .isOverdue = {}, .onProgress = [&](std::uint64_t rows) {
                                         told.push_back(rows);
                                     }}));

        QVERIFY(std::is_sorted(told.begin(), told.end()));
        QVERIFY(std::find(told.begin(), told.end(), std::uint64_t{768}) != told.end());
    }

    void refusesAPatternThatIsNotOne()
    {
        tests::MemoryRowStore store({});
        model::Query query;
        query.filter = model::comparison(model::ExpressionKind::Matches, "v", Value(std::string("(")));

        const auto result = answerOf(store, query);

        QVERIFY(!result.has_value());
        QVERIFY(result.error().code == ErrorCode::InvalidArgument);
    }
};
BLAZEDB_REGISTER_TEST(TestExecutor);
#include "tst_executor.moc"
