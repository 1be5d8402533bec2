// Each read, write and sync fails once, and for good: a clear error, the database stays readable, nothing acknowledged is lost.
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
};
BLAZEDB_REGISTER_TEST(TestStoreFailures);
#include "tst_store_failures.moc"
