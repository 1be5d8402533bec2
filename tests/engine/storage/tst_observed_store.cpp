// Somebody reads a file that somebody else writes: always one commit, whole, whatever the writer does between two reads.
#include <algorithm>

#include "engine/storage/observed_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/native_database.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::storage;
using namespace blazedb::tests;

namespace {

/// A file that lets something happen before each read.
class InterruptedFile final : public File, public ReaderMarks {
public:
    InterruptedFile(std::unique_ptr<File> file, std::function<void()> interrupt, bool hasMarks)
        : m_file(std::move(file))
        , m_interrupt(std::move(interrupt))
        , m_hasMarks(hasMarks)
    {
    }
    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
    {
        if (m_interrupt) m_interrupt();
        return m_file->readAt(offset, into);
    }
    Result<FileStamp> stamp() const override { return m_file->stamp(); }
    Result<void> writeAt(std::uint64_t, ByteView) override { return Error{ErrorCode::PermissionDenied, "read only"}; }
    Result<void> truncate(std::uint64_t) override { return Error{ErrorCode::PermissionDenied, "read only"}; }
    Result<void> sync() override { return Error{ErrorCode::PermissionDenied, "read only"}; }
    Result<void> holdMark(std::uint64_t mark) override
    {
        if (!m_hasMarks) return Error{ErrorCode::Unsupported, "no marks here"};
        return readerMarksOf(*m_file)->holdMark(mark);
    }
    void dropMark(std::uint64_t mark) override { readerMarksOf(*m_file)->dropMark(mark); }
    [[nodiscard]] std::vector<std::uint64_t> marksOfOthers(std::uint64_t below) const override { return readerMarksOf(*m_file)->marksOfOthers(below); }

private:
    std::unique_ptr<File> m_file;
    std::function<void()> m_interrupt;
    bool m_hasMarks;
};

/// Every commit writes all rows with its own number, so a mixture of two states is seen.
constexpr int kRows = 300;

std::string valueOf(std::uint64_t number)
{
    return std::to_string(number) + std::string(200, static_cast<char>('a' + number % 26));
}

Result<std::uint64_t> writeAll(NativeStore& store, std::uint64_t number)
{
    BLAZE_TRY_VALUE(const auto batch, store.begin());
    BLAZE_TRY_VALUE(const auto tree, batch->openTree("rows"));
    for (int i = 0; i < kRows; ++i) BLAZE_TRY(batch->put(tree, asBytes("key " + std::to_string(i)), asBytes(valueOf(number))));
    BLAZE_TRY(batch->put(tree, asBytes("large"), asBytes(std::string(20'000, static_cast<char>('a' + number % 26)))));
    return batch->commit(Durability::Synced);
}

/// The number that all rows of the snapshot bear; 0: they differ, or some are missing.
Result<std::uint64_t> numberIn(const NativeSnapshot& snapshot)
{
    BLAZE_TRY_VALUE(const ExpectedRows rows, rowsOf(snapshot));
    if (rows.size() != kRows + 1) return std::uint64_t{0};
    const std::uint64_t number = std::stoull(rows.begin()->second);
    const std::string large(20'000, static_cast<char>('a' + number % 26));
    const bool isWhole = std::all_of(rows.begin(), rows.end(), [&](const auto& row) {
        return row.second == (row.first.second == "large" ? large : valueOf(number));
    });
    return isWhole ? number : 0;
}

Result<std::unique_ptr<ObservedStore>> observe(SimulatedDisk& disk, Random& random, std::function<void()> interrupt = {}, bool hasMarks = true)
{
    StoreOptions options;
    options.cacheBytes = 1; // so that each node is read from the disk
    return ObservedStore::open(std::make_unique<InterruptedFile>(disk.open(), std::move(interrupt), hasMarks), testPassword(),
                               {random, systemClock(), options, {}});
}

} // namespace

class TestObservedStore final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsTheWriter()
    {
        SimulatedDisk disk;
        SeededRandom random(51);
        auto writer = openOn(disk, random, tightOptions());
        QVERIFY(writeAll(**writer, 1).has_value());
        auto observer = observe(disk, random);
        QVERIFY2(observer.has_value(), observer ? "" : observer.error().message.c_str());
        QVERIFY((*observer)->isAnnounced());
        const std::size_t before = disk.operationCount();
        QCOMPARE(*numberIn(*(*observer)->nativeSnapshot()), std::uint64_t{1});
        QCOMPARE(*(*observer)->refresh(), false);
        QCOMPARE(disk.operationCount(), before); // nothing is written

        for (std::uint64_t number = 2; number < 60; ++number) {
            QVERIFY(writeAll(**writer, number).has_value());
            if (number % 3 == 0) QVERIFY((*writer)->checkpoint().has_value());
            if (number % 10 == 0) QVERIFY((*writer)->shrink({}).has_value());
            if (number % 20 == 0) {
                writer->reset();
                writer = openOn(disk, random, tightOptions());
            }
            QCOMPARE(*(*observer)->refresh(), true);
            QCOMPARE(*numberIn(*(*observer)->nativeSnapshot()), number);
            QCOMPARE(*(*observer)->refresh(), false);
        }
    }

    void pagesOfAnAnnouncedStateAreKept()
    {
        SimulatedDisk disk;
        SeededRandom random(52);
        auto writer = openOn(disk, random, tightOptions());
        QVERIFY(writeAll(**writer, 1).has_value());
        QVERIFY((*writer)->checkpoint().has_value());
        auto observer = observe(disk, random);
        auto snapshot = (*observer)->nativeSnapshot();

        for (std::uint64_t number = 2; number < 12; ++number) {
            QVERIFY(writeAll(**writer, number).has_value());
            QVERIFY((*writer)->checkpoint().has_value());
            if (number == 6) { // another writer does not know what this one freed
                writer->reset();
                writer = openOn(disk, random, tightOptions());
            }
            if (number == 8) QVERIFY((*observer)->refresh().has_value()); // the old state stays announced as long as it is read
            const auto seen = numberIn(*snapshot);
            QVERIFY2(seen.has_value(), seen ? "" : seen.error().message.c_str());
            QCOMPARE(*seen, std::uint64_t{1});
            QVERIFY((*writer)->figures().observedStates >= 1);
            QVERIFY((*writer)->figures().pagesWaitingForSnapshots > 0);
        }

        snapshot.reset();
        QVERIFY((*observer)->refresh().has_value());
        QCOMPARE(*numberIn(*(*observer)->nativeSnapshot()), std::uint64_t{11});
        observer->reset();
        QVERIFY((*writer)->checkpoint().has_value());
        QCOMPARE((*writer)->figures().observedStates, std::uint64_t{0});
        QCOMPARE((*writer)->figures().pagesWaitingForSnapshots, std::uint64_t{0});
        QCOMPARE(findingsOf(**writer), std::string());
    }

    void aWriterDoesNotWaitForeverAndTheObserverIsTold_data()
    {
        QTest::addColumn<bool>("hasMarks");
        QTest::newRow("announced, but for longer than the writer waits") << true;
        QTest::newRow("on a file system without marks") << false;
    }
    void aWriterDoesNotWaitForeverAndTheObserverIsTold()
    {
        QFETCH(const bool, hasMarks);
        SimulatedDisk disk;
        SeededRandom random(53);
        StoreOptions impatient = tightOptions();
        impatient.observerPatience = std::chrono::milliseconds(0);
        auto writer = openOn(disk, random, impatient);
        QVERIFY(writeAll(**writer, 1).has_value());
        QVERIFY((*writer)->checkpoint().has_value());
        auto observer = observe(disk, random, {}, hasMarks);
        QCOMPARE((*observer)->isAnnounced(), hasMarks);
        auto snapshot = (*observer)->nativeSnapshot();

        for (std::uint64_t number = 2; number < 12; ++number) {
            QVERIFY(writeAll(**writer, number).has_value());
            QVERIFY((*writer)->checkpoint().has_value());
        }

        const auto seen = numberIn(*snapshot);
        QVERIFY(!seen.has_value());
        QCOMPARE(seen.error().code, ErrorCode::Conflict);
        snapshot.reset();
        QCOMPARE(*(*observer)->refresh(), true);
        QCOMPARE(*numberIn(*(*observer)->nativeSnapshot()), std::uint64_t{11});
    }

    void damageIsStillToldFromAWriterThatMovedOn()
    {
        SimulatedDisk disk;
        SeededRandom random(54);
        {
            auto writer = openOn(disk, random, tightOptions());
            QVERIFY(writeAll(**writer, 1).has_value());
        }
        Bytes damaged = disk.contents();
        for (std::size_t page = kFirstPage; (page + 1) * kPageBytes <= damaged.size(); ++page) damaged[page * kPageBytes + 4000] ^= std::byte{1};
        SimulatedDisk left(damaged);

        auto observer = observe(left, random);

        const auto code = observer ? numberIn(*(*observer)->nativeSnapshot()).error().code : observer.error().code;
        QCOMPARE(code, ErrorCode::Corruption);
    }

    void seesWholeCommitsWhateverHappensBetweenTwoReads_data()
    {
        QTest::addColumn<bool>("hasMarks");
        QTest::newRow("announced") << true;
        QTest::newRow("not announced") << false;
    }
    void seesWholeCommitsWhateverHappensBetweenTwoReads()
    {
        QFETCH(const bool, hasMarks);
        const std::uint64_t seed = testSeed();
        std::mt19937_64 steps(seed);
        SimulatedDisk disk;
        SeededRandom random(seed);
        auto writer = openOn(disk, random, tightOptions());
        std::uint64_t number = 1;
        QVERIFY(writeAll(**writer, number).has_value());
        bool isWriting = false; // the writer reads as well
        int oneIn = 20;
        const auto interrupt = [&] {
            if (isWriting || steps() % static_cast<std::uint64_t>(oneIn) != 0) return;
            isWriting = true;
            switch (steps() % 8) {
            case 0: static_cast<void>((*writer)->checkpoint()); break;
            case 1: static_cast<void>((*writer)->shrink({})); break;
            case 2:
                writer->reset();
                writer = openOn(disk, random, tightOptions());
                break;
            default: static_cast<void>(writeAll(**writer, ++number)); break;
            }
            isWriting = false;
        };
        auto observer = observe(disk, random, interrupt, hasMarks);
        QVERIFY2(observer.has_value(), observer ? "" : observer.error().message.c_str());
        int whole = 0;
        int conflicts = 0;
        std::uint64_t newest = 0;
        for (int round = 0; round < 150; ++round) {
            oneIn = round % 3 == 0 ? 5 : 40;
            const auto refreshed = (*observer)->refresh();
            if (!refreshed) {
                QCOMPARE(refreshed.error().code, ErrorCode::Conflict);
                ++conflicts;
                continue;
            }
            const auto seen = numberIn(*(*observer)->nativeSnapshot());
            if (!seen) {
                QVERIFY2(seen.error().code == ErrorCode::Conflict && !hasMarks, seen.error().message.c_str());
                ++conflicts;
                continue;
            }
            QVERIFY2(*seen != 0, qPrintable(QStringLiteral("seed %1: a mixture").arg(seed)));
            QVERIFY(*seen >= newest);
            newest = *seen;
            ++whole;
        }
        qInfo("seed %llu: %d whole, %d conflicts, %llu commits", static_cast<unsigned long long>(seed), whole, conflicts, static_cast<unsigned long long>(number));
        QVERIFY(whole > 10);
        QVERIFY(number > 100);
    }
};
BLAZEDB_REGISTER_TEST(TestObservedStore);
#include "tst_observed_store.moc"
