// Each read, write and sync fails once, and for good: a clear error, the database stays readable, nothing acknowledged is lost.
#include <limits>

#include "tests/support/native_database.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::storage;
using namespace blazedb::tests;

namespace {

struct Outcome {
    std::uint64_t acknowledged = 0;
    std::uint64_t attempted = 0;
    bool hasOpened = false;
    std::string wrong;
};

std::string valueOf(std::uint64_t commit)
{
    return std::string(commit % 5 == 0 ? 5000 : 300, static_cast<char>('a' + commit % 26));
}

ExpectedRows stateOf(std::uint64_t commit)
{
    ExpectedRows rows;
    for (std::uint64_t c = 1; c <= commit; ++c) rows[{"rows", "key " + std::to_string(c % 12)}] = valueOf(c);
    return rows;
}

/// Twenty commits, a checkpoint on the way, and a close; each commit goes on after an error of the one before.
Outcome work(SimulatedDisk& disk)
{
    SeededRandom random(disk.contents().size() + 1);
    Outcome outcome;
    auto store = openOn(disk, random, tightOptions());
    if (!store) return outcome;
    outcome.hasOpened = true;
    for (int i = 0; i < 20; ++i) {
        if (i == 10) static_cast<void>((*store)->checkpoint());
        auto batch = (*store)->begin();
        if (!batch) continue;
        const std::uint64_t next = (*batch)->baseSequence() + 1;
        const auto tree = (*batch)->openTree("rows");
        if (!tree || !(*batch)->put(*tree, asBytes("key " + std::to_string(next % 12)), asBytes(valueOf(next)))) continue;
        outcome.attempted = std::max(outcome.attempted, next);
        const auto committed = (*batch)->commit(Durability::Synced);
        if (committed) outcome.acknowledged = *committed;
        // Readable all the while, unless the reads themselves fail.
        const auto snapshot = (*store)->nativeSnapshot();
        const auto rows = rowsOf(*snapshot);
        if (snapshot->sequence() < outcome.acknowledged) outcome.wrong = "an acknowledged commit is not seen";
        if (rows && *rows != stateOf(snapshot->sequence())) outcome.wrong = "other rows";
    }
    static_cast<void>((*store)->close());
    return outcome;
}

} // namespace

class TestStoreFailures final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCallMayFail_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("isForGood");
        QTest::addColumn<bool>("keepsPart");
        QTest::newRow("EIO once") << static_cast<int>(ErrorCode::Io) << false << false;
        QTest::newRow("EIO for good") << static_cast<int>(ErrorCode::Io) << true << false;
        QTest::newRow("disk full once") << static_cast<int>(ErrorCode::ResourceExhausted) << false << true;
        QTest::newRow("disk full for good, after a short write") << static_cast<int>(ErrorCode::ResourceExhausted) << true << true;
    }
    void everyCallMayFail()
    {
        QFETCH(const int, code);
        QFETCH(const bool, isForGood);
        QFETCH(const bool, keepsPart);
        SimulatedDisk empty;
        {
            SeededRandom random(41);
            QVERIFY(openOn(empty, random, tightOptions()).has_value());
        }
        const Bytes start = empty.contents();
        std::size_t calls = 0;
        {
            SimulatedDisk counted(start);
            counted.setJudge([&calls](bool, std::size_t count) -> std::optional<SimulatedDisk::Failure> {
                calls = count + 1;
                return std::nullopt;
            });
            QCOMPARE(work(counted).acknowledged, std::uint64_t{20});
        }
        QVERIFY(calls > 100);
        for (std::size_t failing = 0; failing < calls; ++failing) {
            SimulatedDisk disk(start);
            disk.setJudge([&](bool isRead, std::size_t count) -> std::optional<SimulatedDisk::Failure> {
                if (count < failing || (count > failing && !isForGood)) return std::nullopt;
                if (isRead && isForGood) return std::nullopt; // a full or dying disk that still reads
                return SimulatedDisk::Failure{{static_cast<ErrorCode>(code), "the disk says no"}, keepsPart};
            });
            const Outcome outcome = work(disk);
            disk.setJudge({});
            const QByteArray place = "call " + QByteArray::number(static_cast<qulonglong>(failing));
            QVERIFY2(outcome.wrong.empty(), (place + ": " + QByteArray::fromStdString(outcome.wrong)).constData());

            SeededRandom random(42);
            auto store = openOn(disk, random, tightOptions());
            QVERIFY2(store.has_value(), (place + ": " + QByteArray::fromStdString(store ? "" : store.error().message)).constData());
            const auto snapshot = (*store)->nativeSnapshot();
            QVERIFY2(snapshot->sequence() >= outcome.acknowledged && snapshot->sequence() <= outcome.attempted, place.constData());
            QVERIFY2(*rowsOf(*snapshot) == stateOf(snapshot->sequence()), place.constData());
            QCOMPARE(findingsOf(**store), std::string());
        }
    }

    void aFullDiskRefusesCommitsAndTakesThemWhenThereIsSpace_data()
    {
        QTest::addColumn<int>("valueBytes");
        QTest::addColumn<int>("rowsPerCommit");
        QTest::newRow("small commits") << 300 << 1;
        QTest::newRow("commits that span several extents of the log") << 1000 << 60;
        QTest::newRow("large values") << 30'000 << 2;
        QTest::newRow("more than the log takes") << 1000 << 200;
    }
    void aFullDiskRefusesCommitsAndTakesThemWhenThereIsSpace()
    {
        QFETCH(const int, valueBytes);
        QFETCH(const int, rowsPerCommit);
        SimulatedDisk disk;
        SeededRandom random(43);
        StoreOptions options = tightOptions();
        options.maxBatchLogBytes = 100 * 1024;
        auto store = openOn(disk, random, options);
        ExpectedRows expected;
        int next = 0;
        const auto commit = [&]() -> Result<void> {
            ExpectedRows after = expected;
            BLAZE_TRY_VALUE(const auto batch, (*store)->begin());
            BLAZE_TRY_VALUE(const auto tree, batch->openTree("rows"));
            for (int i = 0; i < rowsPerCommit; ++i) {
                const std::string key = "key " + std::to_string(next * 1000 + i);
                const std::string value(static_cast<std::size_t>(valueBytes), static_cast<char>('a' + next % 26));
                BLAZE_TRY(batch->put(tree, asBytes(key), asBytes(value)));
                after[{"rows", key}] = value;
            }
            BLAZE_TRY(batch->commit(Durability::Synced));
            expected = std::move(after);
            ++next;
            return {};
        };
        QVERIFY(commit().has_value());
        std::uint64_t capacity = disk.contents().size();
        int refusals = 0;
        for (int round = 0; round < 12; ++round) {
            capacity += 50'000; // not a whole page, so that writes end in their midst
            disk.setCapacity(capacity);
            Result<void> outcome;
            for (int i = 0; i < 400 && outcome; ++i) outcome = commit();
            QVERIFY(!outcome.has_value());
            QCOMPARE(outcome.error().code, ErrorCode::ResourceExhausted);
            ++refusals;
            QVERIFY(*rowsOf(*(*store)->nativeSnapshot()) == expected);
            for (int i = 0; i < 5; ++i) static_cast<void>(commit()); // again and again does no harm, though a smaller part may fit
            QVERIFY(*rowsOf(*(*store)->nativeSnapshot()) == expected);
        }
        QCOMPARE(refusals, 12);
        disk.setCapacity(std::numeric_limits<std::uint64_t>::max());

        QVERIFY(commit().has_value());

        QVERIFY(*rowsOf(*(*store)->nativeSnapshot()) == expected);
        QCOMPARE(findingsOf(**store), std::string());
        QVERIFY((*store)->close().has_value());
        store = openOn(disk, random, options);
        QVERIFY(*rowsOf(*(*store)->nativeSnapshot()) == expected);
        QCOMPARE(findingsOf(**store), std::string());
        // Nothing was lost of the file's pages by the refusals: a leaf is 4 fifths full, an extent of the log has 2 pages.
        const std::size_t bytes = static_cast<std::size_t>(next * rowsPerCommit) * static_cast<std::size_t>(valueBytes + 30);
        QVERIFY2(disk.contents().size() < bytes * 3 / 2 + 60 * kPageBytes, qPrintable(QString::number(disk.contents().size())));
    }
};
BLAZEDB_REGISTER_TEST(TestStoreFailures);
#include "tst_store_failures.moc"
