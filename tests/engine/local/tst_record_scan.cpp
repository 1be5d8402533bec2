// Records::scan of an open file: the same rows as its windows, in one state where there is one, and on when there is none.
#include <algorithm>

#include "engine/local/local_records.h"
#include "tests/support/memory_database.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Value;

namespace {

model::Uuid idAt(std::uint8_t place)
{
    model::Uuid id;
    id.bytes[0] = place;
    return id;
}

/// Records with ids 1 to `count` and `n` counting down.
std::vector<model::Record> numbered(std::uint8_t count)
{
    std::vector<model::Record> records;
    for (std::uint8_t place = 1; place <= count; ++place)
        records.push_back({idAt(place), {{"n", Value(static_cast<std::int64_t>(count - place))}}});
    return records;
}

std::vector<tests::StoredRow> stored(const std::vector<model::Record>& records)
{
    std::vector<tests::StoredRow> rows;
    for (const model::Record& record : records)
        rows.push_back(tests::storedRow(record));
    return rows;
}

struct Scanned {
    Result<api::ScanSummary> summary = Error{};
    std::vector<model::Uuid> ids;
};

Scanned scanOf(api::Records& records, const model::Query& query)
{
    Scanned scanned;
    scanned.summary = records.scan({}, query, {}, [&](const api::RecordRow& row) -> Result<void> {
        scanned.ids.push_back(row.record.id);
        return {};
    });
    return scanned;
}

bool saysThatItChanged(const api::ScanSummary& summary)
{
    return std::any_of(summary.skipped.begin(), summary.skipped.end(),
                       [](const model::Finding& finding) { return finding.kind == model::FindingKind::FileChanged; });
}

} // namespace

class TestRecordScan final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void handsOnWhatTheWindowsShow()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        for (int round = 0; round < 50; ++round) {
            const auto database = tests::openInMemory(random.records(60));
            const model::Query query = random.query();

            const Scanned scanned = scanOf(database.source->records(), query);

            const auto window = database.source->records().query({}, query, {0, 1'000});
            QVERIFY2(scanned.summary.has_value() && window.has_value(), qPrintable(QString::number(seed)));
            QCOMPARE(scanned.summary->rows, std::uint64_t{window->rows.size()});
            QCOMPARE(scanned.ids.size(), window->rows.size());
            for (std::size_t i = 0; i < scanned.ids.size(); ++i)
                QVERIFY2(scanned.ids[i] == window->rows[i].record.id, qPrintable(QString::number(seed)));
        }
    }

    void readsEachRecordOnce()
    {
        const auto database = tests::openInMemory(numbered(200));
        QCOMPARE(scanOf(database.source->records(), {}).summary->rows, 200U);
        QCOMPARE(database.store->rowsRead(), 200U);
    }

    void namesRecordsItCouldNotRead()
    {
        const auto database = tests::openInMemory(numbered(3));
        auto rows = stored(numbered(3));
        rows.push_back(tests::damagedRow(idAt(9), 7));
        database.store->replace(std::move(rows));

        const Scanned scanned = scanOf(database.source->records(), {});

        QCOMPARE(scanned.ids.size(), std::size_t{3});
        QCOMPARE(scanned.summary->skipped.size(), std::size_t{1});
        QCOMPARE(scanned.summary->skipped[0].severity, model::FindingSeverity::Damage);
    }

    void goesOnBehindTheLastRowWhenTheFilesMove()
    {
        const auto database = tests::openInMemory(numbered(10));
        // Meanwhile 2 and 8 were deleted and 11 was inserted.
        auto newer = numbered(11);
        newer.erase(newer.begin() + 7);
        newer.erase(newer.begin() + 1);
        database.store->replaceUnderScan(5, stored(newer));

        const Scanned scanned = scanOf(database.source->records(), {});

        QVERIFY(scanned.summary.has_value());
        const std::vector<model::Uuid> expected{idAt(1), idAt(2), idAt(3), idAt(4), idAt(5), idAt(6), idAt(7), idAt(9), idAt(10), idAt(11)};
        QVERIFY(scanned.ids == expected);
        QVERIFY(saysThatItChanged(*scanned.summary));
    }

    void keepsOffsetAndLimitOverStates()
    {
        const auto database = tests::openInMemory(numbered(10));
        database.store->replaceUnderScan(4, stored(numbered(10)));
        model::Query query;
        query.offset = 2;
        query.limit = 5;

        const Scanned scanned = scanOf(database.source->records(), query);

        const std::vector<model::Uuid> expected{idAt(3), idAt(4), idAt(5), idAt(6), idAt(7)};
        QVERIFY(scanned.ids == expected);
    }

    void leavesOutOfAnOrderWhatWasDeletedMeanwhile()
    {
        const auto database = tests::openInMemory(numbered(4));
        model::Query query;
        query.order = {{"n", false}};
        std::vector<model::Uuid> ids;

        const auto summary = database.source->records().scan({}, query, {}, [&](const api::RecordRow& row) -> Result<void> {
            if (ids.empty()) {
                // The first row is out; now the record behind it goes, and reads of the old state no longer work.
                auto newer = numbered(4);
                newer.erase(newer.begin() + 2);
                database.store->replace(stored(newer));
                database.store->conflictTimes(1);
            }
            ids.push_back(row.record.id);
            return {};
        });

        QVERIFY(summary.has_value());
        const std::vector<model::Uuid> expected{idAt(4), idAt(2), idAt(1)};
        QVERIFY(ids == expected);
        QVERIFY(saysThatItChanged(*summary));
    }

    void givesUpWhenNothingStandsStill()
    {
        const auto database = tests::openInMemory(numbered(4));
        database.store->conflictTimes(1'000);

        const Scanned scanned = scanOf(database.source->records(), {});

        QVERIFY(!scanned.summary.has_value());
        QCOMPARE(scanned.summary.error().code, ErrorCode::Unavailable);
    }

    void endsWithTheErrorOfItsSink_data()
    {
        QTest::addColumn<bool>("isSorted");
        QTest::newRow("by id") << false;
        QTest::newRow("in an order") << true;
    }

    void endsWithTheErrorOfItsSink()
    {
        QFETCH(bool, isSorted);
        const auto database = tests::openInMemory(numbered(4));
        model::Query query;
        if (isSorted) query.order = {{"n", false}};
        int rows = 0;

        // Conflict, the one code that would make a scan go on if it came from the files.
        const auto summary = database.source->records().scan({}, query, {}, [&](const api::RecordRow&) -> Result<void> {
            if (++rows == 2) return Error{ErrorCode::Conflict, "enough"};
            return {};
        });

        QVERIFY(!summary.has_value());
        QCOMPARE(summary.error().message, std::string("enough"));
        QCOMPARE(rows, 2);
    }
};

BLAZEDB_REGISTER_TEST(TestRecordScan);
#include "tst_record_scan.moc"
