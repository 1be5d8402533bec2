#include "engine/query/scan.h"
#include "tests/support/memory_row_store.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

namespace {

/// A scan with all it borrows.
struct ScanBench {
    explicit ScanBench(std::vector<tests::StoredRow> rows, std::uint64_t rowsMax = UINT64_MAX)
        : store(std::move(rows))
        , snapshot(*store.snapshot())
        , scan(*snapshot->tree(storage::kRecordTree)->scan(storage::ScanOrder::Storage, {}, {}), watch,
               skipped, counters, {rowsMax})
    {}

    std::size_t countRows()
    {
        std::size_t rows = 0;
        for (auto row = scan.next(); row && *row != nullptr; row = scan.next())
            ++rows;
        return rows;
    }

    tests::MemoryRowStore store;
    std::shared_ptr<const storage::RowSnapshot> snapshot;
    query::RunWatch watch{{}};
    query::SkippedRecords skipped;
    metrics::CounterSet counters;
    query::Scan scan;
};

std::vector<tests::StoredRow> randomRows(std::size_t count)
{
    tests::RandomRecords random(7);
    std::vector<tests::StoredRow> rows;
    for (const model::Record& record : random.records(count))
        rows.push_back(tests::storedRow(record));
    return rows;
}

} // namespace

class TestScan final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void handsOnRecordsWithTheirFields()
    {
        tests::RandomRecords random(5);
        model::Record record = random.record();
        ScanBench bench({tests::storedRow(record)});

        const auto row = bench.scan.next();

        QVERIFY(row && *row != nullptr);
        QCOMPARE((*row)->id, record.id);
        const model::Value* id = (*row)->fields->field("id");
        QVERIFY(id != nullptr);
        QVERIFY(id->isIdenticalTo(model::Value(record.id)));
    }

    void endsAtItsLimitAndSaysSo()
    {
        ScanBench bench(randomRows(5), 3);

        QCOMPARE(bench.countRows(), std::size_t{3});
        QVERIFY(bench.scan.isCutShort());
        QCOMPARE(bench.scan.rowsRead(), std::uint64_t{3});
    }

    void isNotCutShortWhenTheTreeEndsFirst()
    {
        ScanBench bench(randomRows(2), 3);

        QCOMPARE(bench.countRows(), std::size_t{2});
        QVERIFY(!bench.scan.isCutShort());
    }

    void countsDamageButNotWhatIsGone()
    {
        tests::RandomRecords random(9);
        ScanBench bench({tests::damagedRow(random.id(), 1), tests::goneRow(random.id(), 2)});

        QCOMPARE(bench.countRows(), std::size_t{0});
        QCOMPARE(bench.counters.recordsDamaged.load(), std::uint64_t{1});
        QCOMPARE(bench.skipped.findings().size(), std::size_t{2});
    }

    void namesRecordPageAndReason()
    {
        const model::Uuid id = *model::Uuid::parse("6FC4CF08-4F8B-4B9E-B831-CD261E59ED49");
        ScanBench bench({tests::damagedRow(id, 12)});

        bench.countRows();

        QCOMPARE(bench.skipped.findings().at(0).message,
                 std::string("record 6FC4CF08-4F8B-4B9E-B831-CD261E59ED49: page 12: the tag does not fit"));
    }
};
BLAZEDB_REGISTER_TEST(TestScan);
#include "tst_scan.moc"
