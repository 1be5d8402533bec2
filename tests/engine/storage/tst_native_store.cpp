// The native form from outside: what is committed is there, what is not is not, and how the file answers to keys.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <set>
#include <thread>

#include <QTemporaryDir>

#include "engine/base/exclusive_file.h"
#include "engine/crypto/digest.h"
#include "tests/support/fake_clock.h"
#include "tests/support/native_database.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::storage;
using namespace blazedb::tests;

namespace {

std::string keyOf(int number)
{
    return QStringLiteral("key-%1").arg(number, 6, 10, QLatin1Char('0')).toStdString();
}

/// Puts rows `from` to `to` (not included) into the tree "rows".
Result<std::uint64_t> putRange(NativeStore& store, int from, int to, std::string_view value, Durability durability = Durability::Synced)
{
    BLAZE_TRY_VALUE(const auto batch, store.begin());
    BLAZE_TRY_VALUE(const auto tree, batch->openTree("rows"));
    for (int i = from; i < to; ++i) BLAZE_TRY(batch->put(tree, asBytes(keyOf(i)), asBytes(value)));
    return batch->commit(durability);
}

ExpectedRows expectedRange(int from, int to, const std::string& value)
{
    ExpectedRows rows;
    for (int i = from; i < to; ++i) rows[{"rows", keyOf(i)}] = value;
    return rows;
}

} // namespace

class TestNativeStore final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatIsCommittedAndNothingElse()
    {
        SimulatedDisk disk;
        SeededRandom random(1);
        {
            auto store = openOn(disk, random);
            QVERIFY2(store.has_value(), store ? "" : store.error().message.c_str());
            QCOMPARE(*putRange(**store, 0, 500, "value"), std::uint64_t{1});
            auto batch = (*store)->begin();
            QVERIFY(batch.has_value());
            QVERIFY((*batch)->put(*(*batch)->openTree("rows"), asBytes("given up"), asBytes("x")).has_value());
            (*batch)->giveUp();
            QCOMPARE(*rowsOf(*(*store)->nativeSnapshot()), expectedRange(0, 500, "value"));
            QVERIFY((*store)->close().has_value());
        }
        auto store = openOn(disk, random);
        QVERIFY(store.has_value());
        QCOMPARE(*rowsOf(*(*store)->nativeSnapshot()), expectedRange(0, 500, "value"));
        QCOMPARE(findingsOf(**store), std::string());
    }

    void aCommitCostsOneSync()
    {
        SimulatedDisk disk;
        SeededRandom random(2);
        auto store = openOn(disk, random);
        QVERIFY(putRange(**store, 0, 1, "value").has_value());
        const std::size_t before = disk.syncCount();

        for (int i = 1; i < 21; ++i) QVERIFY(putRange(**store, i, i + 1, "value").has_value());

        QCOMPARE(disk.syncCount() - before, std::size_t{20});
    }

    void aCommitWithLargeValuesCostsOneSyncAndTwoAbove2MiB()
    {
        SimulatedDisk disk;
        SeededRandom random(26);
        auto store = openOn(disk, random);
        QVERIFY(putRange(**store, 0, 1, "value").has_value());
        std::size_t before = disk.syncCount();
        for (int i = 1; i < 11; ++i) QVERIFY(putRange(**store, i, i + 1, std::string(100'000, 'v')).has_value());
        QCOMPARE(disk.syncCount() - before, std::size_t{10});

        before = disk.syncCount();
        QVERIFY(putRange(**store, 11, 12, std::string(3'000'000, 'v')).has_value());
        QCOMPARE(disk.syncCount() - before, std::size_t{2});

        SimulatedDisk killed(disk.contents());
        const auto again = openOn(killed, random);
        const auto rows = rowsOf(*(*again)->nativeSnapshot());
        QCOMPARE(rows->size(), std::size_t{12});
        QCOMPARE((rows->at({"rows", keyOf(5)})), std::string(100'000, 'v'));
        QCOMPARE(findingsOf(**again), std::string());
    }

    void snapshotsStayAsTheyWere()
    {
        SimulatedDisk disk;
        SeededRandom random(3);
        auto store = openOn(disk, random, tightOptions());
        QVERIFY(putRange(**store, 0, 300, "old").has_value());
        const auto snapshot = (*store)->nativeSnapshot();

        for (int round = 0; round < 10; ++round) {
            QVERIFY(putRange(**store, 0, 300, "new " + std::to_string(round)).has_value());
            QVERIFY((*store)->checkpoint().has_value());
        }

        QCOMPARE(*rowsOf(*snapshot), expectedRange(0, 300, "old"));
        QCOMPARE(*rowsOf(*(*store)->nativeSnapshot()), expectedRange(0, 300, "new 9"));
        QCOMPARE((*store)->figures().oldestSnapshot, snapshot->sequence());
    }

    void pagesAreUsedAgainOnceNobodyReadsThem()
    {
        SimulatedDisk disk;
        SeededRandom random(4);
        auto store = openOn(disk, random);
        const std::string value(2000, 'v');
        for (int round = 0; round < 5; ++round) {
            QVERIFY(putRange(**store, 0, 200, value).has_value());
            QVERIFY((*store)->checkpoint().has_value());
        }
        const std::size_t sizeBefore = disk.contents().size();

        for (int round = 0; round < 20; ++round) {
            QVERIFY(putRange(**store, 0, 200, value).has_value());
            QVERIFY((*store)->checkpoint().has_value());
        }

        // Log extents come on top; without reuse the file would have grown by 20 times 50 pages.
        QVERIFY(disk.contents().size() < sizeBefore + (std::size_t{3} << 20));
        QCOMPARE(findingsOf(**store), std::string());
    }

    void ascendingRowsLeaveFullLeaves()
    {
        SimulatedDisk disk;
        SeededRandom random(23);
        StoreOptions options;
        options.closeShrinkTime = std::chrono::minutes(5); // also where everything is slow
        {
            auto store = openOn(disk, random, options);
            QVERIFY(putRange(**store, 0, 20'000, std::string(300, 'v')).has_value());
        }
        // A cell is 10 bytes of key, 2 of length, 300 of value and 8 of slot: 25 go into the 8,128 bytes of a leaf, so 800 leaves. Four inner
        // nodes and their root, 16 pages of log, 3 at the start, catalogue and free list: less than 32.
        QVERIFY2(disk.contents().size() < (800 + 32) * kPageBytes, qPrintable(QString::number(disk.contents().size())));
    }

    void rowsInRandomOrderFillFourFifthsOfTheirLeaves_data()
    {
        QTest::addColumn<int>("batchRows");
        QTest::addColumn<int>("valueBytes");
        QTest::newRow("one transaction") << 20'000 << 300;
        QTest::newRow("batches of 500, their old pages given back on closing") << 500 << 300;
        QTest::newRow("without values, as an index") << 2000 << 0;
    }
    void rowsInRandomOrderFillFourFifthsOfTheirLeaves()
    {
        QFETCH(const int, batchRows);
        QFETCH(const int, valueBytes);
        constexpr int kRows = 20'000;
        SimulatedDisk disk;
        SeededRandom random(24);
        StoreOptions options;
        options.closeShrinkTime = std::chrono::minutes(5); // also where everything is slow
        {
            auto store = openOn(disk, random, options);
            const std::string value(static_cast<std::size_t>(valueBytes), 'v');
            std::vector<int> order(kRows);
            std::iota(order.begin(), order.end(), 0);
            std::shuffle(order.begin(), order.end(), std::mt19937_64(testSeed()));
            for (int from = 0; from < kRows; from += batchRows) {
                const auto batch = (*store)->begin();
                const auto tree = (*batch)->openTree("rows");
                for (int i = from; i < from + batchRows; ++i)
                    QVERIFY((*batch)->put(*tree, asBytes(keyOf(order[static_cast<std::size_t>(i)])), asBytes(value)).has_value());
                QVERIFY((*batch)->commit(Durability::Synced).has_value());
                if (from / batchRows % 5 == 4) QVERIFY((*store)->checkpoint().has_value());
            }
            QCOMPARE((*store)->nativeSnapshot()->tree("rows")->rowCount(), std::uint64_t{kRows});
            QCOMPARE(findingsOf(**store), std::string());
        }
        const double cellBytes = 10 + 2 + valueBytes + kSlotBytes;
        const double leaves = kRows / std::floor(static_cast<double>(kNodeRoomBytes) / cellBytes);
        // 32 pages as above, and 1 part in 128 or 16 pages that closing does not care for.
        const double most = leaves / 0.8 * (1 + 1.0 / 100) + 32 + 16;
        QVERIFY2(static_cast<double>(disk.contents().size()) < most * kPageBytes,
                 qPrintable(QStringLiteral("%1 pages, %2 are allowed").arg(disk.contents().size() / kPageBytes).arg(most)));
        auto store = openOn(disk, random, {}, Access::ReadOnly);
        QCOMPARE((*store)->nativeSnapshot()->tree("rows")->rowCount(), std::uint64_t{kRows});
        QCOMPARE(findingsOf(**store), std::string());
    }

    void shrinksToWhatItHolds()
    {
        SimulatedDisk disk;
        SeededRandom random(19);
        {
            auto store = openOn(disk, random);
            QVERIFY(putRange(**store, 0, 4000, std::string(1000, 'v')).has_value());
            QVERIFY((*store)->checkpoint().has_value());
            const auto batch = (*store)->begin();
            for (int i = 0; i < 4000; ++i)
                if (i % 10 != 0) QVERIFY((*batch)->erase(*(*batch)->openTree("rows"), asBytes(keyOf(i))).has_value());
            QVERIFY((*batch)->commit(Durability::Synced).has_value());
            QVERIFY(disk.contents().size() > 4'000'000);

            QVERIFY((*store)->shrink({}).has_value());

            QCOMPARE((*store)->nativeSnapshot()->tree("rows")->rowCount(), std::uint64_t{400});
            QCOMPARE(findingsOf(**store), std::string());
        }
        // 400 rows of 1,000 bytes in leaves that are a quarter full at least, and two small log extents.
        QVERIFY2(disk.contents().size() < 4 * 400 * 1024 + 20 * kPageBytes + 65'536, qPrintable(QString::number(disk.contents().size())));
        auto store = openOn(disk, random);
        QCOMPARE((*store)->nativeSnapshot()->tree("rows")->rowCount(), std::uint64_t{400});
        QCOMPARE(findingsOf(**store), std::string());
    }

    void largeValuesAreReadInParts()
    {
        SimulatedDisk disk;
        SeededRandom random(5);
        auto store = openOn(disk, random);
        Bytes value(5'000'000); // two levels of index pages: one holds 406 pages of 8128 bytes
        for (std::size_t i = 0; i < value.size(); ++i) value[i] = static_cast<std::byte>(i * 31 >> 3U);
        {
            auto batch = (*store)->begin();
            QVERIFY((*batch)->put(*(*batch)->openTree("files"), asBytes("big"), value).has_value());
            QVERIFY((*batch)->commit(Durability::Synced).has_value());
        }

        const auto snapshot = (*store)->nativeSnapshot();
        const NativeTree* tree = snapshot->tree("files");
        QVERIFY(tree != nullptr);
        const auto found = tree->find(asBytes("big"));
        QVERIFY(found && *found);
        QCOMPARE((*found)->size(), std::uint64_t{5'000'000});
        for (const std::size_t offset : {std::size_t{0}, std::size_t{8127}, std::size_t{3'299'967}, std::size_t{4'999'000}}) {
            Bytes part(3000);
            const auto got = tree->readPart(**found, offset, part);
            QVERIFY(got.has_value());
            QCOMPARE(*got, std::min<std::size_t>(3000, value.size() - offset));
            QVERIFY(std::equal(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(*got), value.begin() + static_cast<std::ptrdiff_t>(offset)));
        }
    }

    void aBatchLargerThanItsMemoryIsOneCommit()
    {
        SimulatedDisk disk;
        SeededRandom random(6);
        {
            auto store = openOn(disk, random, tightOptions());
            QVERIFY(putRange(**store, 0, 10, "before").has_value());
            QCOMPARE(*putRange(**store, 0, 5000, std::string(200, 'v')), std::uint64_t{2}); // 1 MB, limits of 40 nodes and 24 KiB
            QVERIFY((*store)->figures().dirtyNodes <= 48);
            QCOMPARE(*rowsOf(*(*store)->nativeSnapshot()), expectedRange(0, 5000, std::string(200, 'v')));
            QCOMPARE(findingsOf(**store), std::string());
            {
                auto batch = (*store)->begin();
                const auto tree = (*batch)->openTree("rows");
                for (int i = 0; i < 5000; ++i) QVERIFY((*batch)->put(*tree, asBytes(keyOf(i)), asBytes(std::string(200, 'w'))).has_value());
            } // given up, after its pages were written
            QCOMPARE(*rowsOf(*(*store)->nativeSnapshot()), expectedRange(0, 5000, std::string(200, 'v')));
        }
        auto store = openOn(disk, random);
        QCOMPARE(*rowsOf(*(*store)->nativeSnapshot()), expectedRange(0, 5000, std::string(200, 'v')));
        QCOMPARE(findingsOf(**store), std::string());
    }

    void countsRowsBeforeAKeyWithoutVisitingThem()
    {
        SimulatedDisk disk;
        SeededRandom random(7);
        auto store = openOn(disk, random);
        QVERIFY(putRange(**store, 0, 20'000, "some value of a row").has_value());
        const auto snapshot = (*store)->nativeSnapshot();
        const NativeTree* tree = snapshot->tree("rows");

        QCOMPARE(tree->rowCount(), std::uint64_t{20'000});
        for (const int number : {0, 1, 777, 12'345, 19'999}) {
            QCOMPARE(*tree->rank(asBytes(keyOf(number))), static_cast<std::uint64_t>(number));
            TreeCursor cursor = tree->cursor();
            QVERIFY(*cursor.seekRank(static_cast<std::uint64_t>(number)));
            QCOMPARE(asText(cursor.key()), std::string_view(keyOf(number)));
            QCOMPARE(*cursor.previous(), number > 0);
            if (number > 0) QCOMPARE(asText(cursor.key()), std::string_view(keyOf(number - 1)));
        }
        TreeCursor cursor = tree->cursor();
        QVERIFY(!*cursor.seekRank(20'000));
    }

    void tellsAWrongPasswordFromDamage()
    {
        SimulatedDisk disk;
        SeededRandom random(8);
        QVERIFY(openOn(disk, random).has_value());
        const NativeStore::Environment environment{random, systemClock(), {}, {}};

        QCOMPARE(NativeStore::open(disk.open(), testPassword("guess"), Access::ReadOnly, environment).error().code, ErrorCode::Unauthenticated);
        Bytes damaged = disk.contents();
        damaged[kKeyAreaOffset[0] + 100] ^= std::byte{1};
        SimulatedDisk oneCopy(damaged);
        QVERIFY(NativeStore::open(oneCopy.open(), testPassword(), Access::ReadOnly, environment).has_value());
        damaged[kKeyAreaOffset[1] + 100] ^= std::byte{1};
        SimulatedDisk noCopy(damaged);
        QCOMPARE(NativeStore::open(noCopy.open(), testPassword(), Access::ReadOnly, environment).error().code, ErrorCode::Corruption);
        SimulatedDisk foreign(Bytes(100'000, std::byte{'x'}));
        QCOMPARE(NativeStore::open(foreign.open(), testPassword(), Access::ReadOnly, environment).error().code, ErrorCode::InvalidArgument);
        Bytes newer = disk.contents();
        for (const std::uint64_t copy : kKeyAreaOffset) storeLe<std::uint32_t>(newer.data() + copy + 8, 2);
        SimulatedDisk future(newer);
        QCOMPARE(NativeStore::open(future.open(), testPassword(), Access::ReadOnly, environment).error().code, ErrorCode::Unsupported);
    }

    void changesPasswordsWithoutRewritingData()
    {
        SimulatedDisk disk;
        SeededRandom random(9);
        const NativeStore::Environment environment{random, systemClock(), {}, {}};
        const KeyFile keyFile{SecureBytes(Bytes(32, std::byte{7}))};
        {
            auto store = openOn(disk, random);
            QVERIFY(putRange(**store, 0, 100, "value").has_value());
            QVERIFY((*store)->checkpoint().has_value());
            const Bytes before = disk.contents();
            QVERIFY((*store)->addKey(testPassword("new password"), crypto::Argon2Cost{64, 1, 1}, "new").has_value());
            QVERIFY((*store)->addKey(KeyFile{keyFile.contents.clone()}, cheapCost(), "file").has_value());
            QVERIFY((*store)->removeKey(0).has_value());
            const Bytes after = disk.contents();
            QCOMPARE(after.size(), before.size());
            QVERIFY(std::equal(before.begin() + 2 * kBlockBytes, before.end(), after.begin() + 2 * kBlockBytes));
            QCOMPARE((*store)->keySlots().size(), std::size_t{2});
        }

        QCOMPARE(NativeStore::open(disk.open(), testPassword(), Access::ReadOnly, environment).error().code, ErrorCode::Unauthenticated);
        for (const Credential& credential : {testPassword("new password"), Credential(KeyFile{keyFile.contents.clone()})}) {
            auto store = NativeStore::open(disk.open(), credential, Access::ReadOnly, environment);
            QVERIFY(store.has_value());
            QCOMPARE(*rowsOf(*(*store)->nativeSnapshot()), expectedRange(0, 100, "value"));
        }
        auto store = NativeStore::open(disk.open(), testPassword("new password"), Access::ReadWrite, environment);
        QVERIFY((*store)->removeKey(2).error().code == ErrorCode::NotFound || (*store)->keySlots().size() == 1);
    }

    void refusesCostsAboveTheCapsBeforePayingThem()
    {
        FileId id{};
        SeededRandom random(10);
        KeyArea area(id);
        QVERIFY(area.add(testPassword(), Pbkdf2Cost{1}, Bytes(32), {}, random, systemClock()).has_value());
        QCOMPARE(area.add(testPassword(), crypto::Argon2Cost{kMaxArgon2MemoryKib + 1, 1, 1}, Bytes(32), {}, random, systemClock()).error().code,
                 ErrorCode::InvalidArgument);
        Bytes block = area.encode();
        storeLe<std::uint32_t>(block.data() + 64 + 4, kMaxPbkdf2Rounds + 1);
        const auto checksum = crypto::sha256(ByteView(block).first(kBlockBytes - 32));
        std::copy(checksum.begin(), checksum.end(), block.end() - 32);

        const auto greedy = KeyArea::decode(block);

        QVERIFY(greedy.has_value());
        QCOMPARE(greedy->unlock(testPassword()).error().code, ErrorCode::ResourceExhausted);
    }

    void twoCopiesWrittenApartShareNoKeyAndNonce()
    {
        SimulatedDisk disk;
        SeededRandom random(11);
        {
            auto store = openOn(disk, random);
            QVERIFY(putRange(**store, 0, 200, "common").has_value());
        }
        const Bytes common = disk.contents();
        SimulatedDisk twin(common);
        const auto writeTo = [](SimulatedDisk& target, std::uint64_t seed) {
            SeededRandom own(seed);
            auto store = openOn(target, own);
            QVERIFY(putRange(**store, 0, 200, "apart").has_value());
            QVERIFY((*store)->checkpoint().has_value());
        };
        writeTo(disk, 12);
        writeTo(twin, 13);

        // Both wrote the same rows in the same order, so both counters ran alike: only the salts keep the keys apart.
        const auto saltsWrittenIn = [&common](const Bytes& contents) {
            std::set<std::string> salts;
            for (std::size_t at = kFirstPage * kPageBytes; at + kPageBytes <= contents.size(); at += kPageBytes) {
                const ByteView page(contents.data() + at, kPageBytes);
                const bool isNew = at + kPageBytes > common.size() || !std::equal(page.begin(), page.end(), common.begin() + static_cast<std::ptrdiff_t>(at));
                const bool isOfLog = parseLogEntryHead(page).has_value() || std::all_of(page.begin(), page.end(), [](std::byte b) { return b == std::byte{0}; });
                if (isNew && !isOfLog) salts.emplace(asText(page.first(kSaltBytes)));
            }
            return salts;
        };
        const auto left = saltsWrittenIn(disk.contents());
        const auto right = saltsWrittenIn(twin.contents());
        QCOMPARE(left.size(), std::size_t{1});
        QCOMPARE(right.size(), std::size_t{1});
        QVERIFY(*left.begin() != *right.begin());
    }

    void readingOnlyWritesNothing()
    {
        SimulatedDisk disk;
        SeededRandom random(14);
        auto writer = openOn(disk, random);
        QVERIFY(putRange(**writer, 0, 50, "only in the log").has_value());
        const std::size_t before = disk.operationCount();

        auto reader = openOn(disk, random, {}, Access::ReadOnly);

        QVERIFY(reader.has_value());
        QCOMPARE(*rowsOf(*(*reader)->nativeSnapshot()), expectedRange(0, 50, "only in the log"));
        QCOMPARE((*reader)->begin().error().code, ErrorCode::FailedPrecondition);
        QCOMPARE(disk.operationCount(), before);
    }

    void saysWhoHasItOpen()
    {
        SimulatedDisk disk;
        SeededRandom random(17);
        QVERIFY(openOn(disk, random).has_value());
        const auto file = disk.open();
        QCOMPARE(NativeStore::holderOf(*file), std::string());
        {
            const auto store = NativeStore::open(disk.open(), testPassword(), Access::ReadWrite, {random, systemClock(), {}, "tests, process 1"});
            QVERIFY(store.has_value());
            QCOMPARE(NativeStore::holderOf(*file), std::string("tests, process 1"));
        }
        QCOMPARE(NativeStore::holderOf(*file), std::string());
    }

    void oneFileHasOneWriter()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("x.blaze")).toStdString();
        SeededRandom random(18);
        auto store = NativeStore::create(*openExclusive(path, OpenMode::CreateNew), testPassword(), cheapCost(), {random, systemClock(), {}, {}});
        QVERIFY(store.has_value());

        QCOMPARE(openExclusive(path, OpenMode::Existing).error().code, ErrorCode::Unavailable);
        QCOMPARE(openExclusive(path, OpenMode::CreateNew).error().code, ErrorCode::AlreadyExists);
        QCOMPARE(openExclusive(folder.path().toStdString(), OpenMode::Existing).error().code, ErrorCode::InvalidArgument);
        QVERIFY(putRange(**store, 0, 100, "value").has_value());
        store->reset();

        auto again = NativeStore::open(*openExclusive(path, OpenMode::Existing), testPassword(), Access::ReadWrite, {random, systemClock(), {}, {}});
        QVERIFY(again.has_value());
        QCOMPARE(*rowsOf(*(*again)->nativeSnapshot()), expectedRange(0, 100, "value"));
    }

    void commitsThatWaitTogetherShareASync()
    {
        SimulatedDisk disk;
        SeededRandom random(15);
        auto store = openOn(disk, random);
        QVERIFY(putRange(**store, 0, 1, "value").has_value());
        constexpr int kThreads = 4;
        constexpr int kCommits = 50;
        std::vector<std::jthread> threads;
        std::atomic<int> failures{0};
        for (int t = 0; t < kThreads; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < kCommits; ++i) {
                    const int number = 1 + t * kCommits + i;
                    if (!putRange(**store, number, number + 1, "value")) ++failures;
                }
            });
        threads.clear();

        QCOMPARE(failures.load(), 0);
        QCOMPARE(*rowsOf(*(*store)->nativeSnapshot()), expectedRange(0, 1 + kThreads * kCommits, "value"));
        QCOMPARE((*store)->figures().commits, std::uint64_t{1 + kThreads * kCommits});
    }

    void timedCommitsSyncOnceInTheirTime()
    {
        SimulatedDisk disk;
        SeededRandom random(25);
        FakeClock clock;
        StoreOptions options;
        options.timedSync = std::chrono::milliseconds(100);
        auto store = NativeStore::create(disk.open(), testPassword(), cheapCost(), {random, clock, options, {}});
        QVERIFY(putRange(**store, 0, 1, "value").has_value());
        const std::size_t before = disk.syncCount();
        // Ten, 30 ms apart: the first waits from 0 ms on, that of 120 ms syncs; the next waits from 150 ms on, that of 270 ms syncs.
        for (int i = 0; i < 10; ++i) {
            QVERIFY(putRange(**store, 1 + i, 2 + i, "value", Durability::Timed).has_value());
            QCOMPARE(disk.syncCount() - before, std::size_t{i < 4 ? 0U : i < 9 ? 1U : 2U});
            QCOMPARE((*store)->nativeSnapshot()->tree("rows")->rowCount(), static_cast<std::uint64_t>(2 + i)); // seen at once
            clock.advance(std::chrono::milliseconds(30));
        }

        // After the last one somebody else has to look at the clock.
        QVERIFY(putRange(**store, 11, 12, "value", Durability::Timed).has_value());
        clock.advance(std::chrono::milliseconds(99));
        QVERIFY((*store)->syncIfDue().has_value());
        QCOMPARE(disk.syncCount() - before, std::size_t{2});
        clock.advance(std::chrono::milliseconds(1));
        QVERIFY((*store)->syncIfDue().has_value());
        QCOMPARE(disk.syncCount() - before, std::size_t{3});
        clock.advance(std::chrono::milliseconds(1000));
        QVERIFY((*store)->syncIfDue().has_value());
        QCOMPARE(disk.syncCount() - before, std::size_t{3}); // nothing waits
        std::mt19937_64 engine(1);
        SimulatedDisk left(disk.afterCut(disk.operationCount(), CutMode::DropAll, engine));
        const auto again = openOn(left, random, {}, Access::ReadOnly);
        QCOMPARE(*rowsOf(*(*again)->nativeSnapshot()), expectedRange(0, 12, "value"));
    }

    void acknowledgesNothingAfterAFailedSync()
    {
        SimulatedDisk disk;
        SeededRandom random(16);
        auto store = openOn(disk, random);
        QVERIFY(putRange(**store, 0, 10, "kept").has_value());
        bool isSyncNext = false;
        disk.setJudge([&](bool isRead, std::size_t) -> std::optional<SimulatedDisk::Failure> {
            if (isRead || !std::exchange(isSyncNext, !isSyncNext)) return std::nullopt; // a commit is a write, then a sync
            return SimulatedDisk::Failure{{ErrorCode::Io, "the disk says no"}, false};
        });
        QCOMPARE(putRange(**store, 10, 20, "lost").error().code, ErrorCode::Io);
        disk.setJudge({});

        QCOMPARE(putRange(**store, 20, 30, "later").error().code, ErrorCode::Io);
        QCOMPARE((*store)->checkpoint().error().code, ErrorCode::Io);
        QCOMPARE(*rowsOf(*(*store)->nativeSnapshot()), expectedRange(0, 10, "kept")); // still readable
    }
};
BLAZEDB_REGISTER_TEST(TestNativeStore);
#include "tst_native_store.moc"
