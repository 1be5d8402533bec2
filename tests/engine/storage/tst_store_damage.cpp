// Bits that changed on the disk: found, or without effect on what is read; never another answer.
#include <cstdlib>
#include <random>

#include "engine/storage/log_entry.h"
#include "tests/support/native_database.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::storage;
using namespace blazedb::tests;

namespace {

struct Sample {
    Bytes contents;
    ExpectedRows rows;
};

/// A small database with two trees, a large value and a few checkpoints behind it; closed or, as after a kill, with a live log.
Sample makeSample(bool isClosed)
{
    SimulatedDisk disk;
    SeededRandom random(21);
    Sample sample;
    StoreOptions options;
    options.logExtents = {.pages = 2, .firstPages = 1};
    auto store = openOn(disk, random, options);
    const auto put = [&](const std::string& tree, const std::string& key, const std::string& value) {
        auto batch = (*store)->begin();
        static_cast<void>((*batch)->put(*(*batch)->openTree(tree), asBytes(key), asBytes(value)));
        static_cast<void>((*batch)->commit(Durability::Synced));
        sample.rows[{tree, key}] = value;
    };
    for (int i = 0; i < 40; ++i) {
        put("rows", "key " + std::to_string(i % 25), std::string(static_cast<std::size_t>(20 + i * 13), static_cast<char>('a' + i % 26)));
        if (i % 15 == 7) static_cast<void>((*store)->checkpoint());
    }
    put("files", "large", std::string(20'000, 'L'));
    if (!isClosed) {
        static_cast<void>((*store)->checkpoint());
        for (int i = 0; i < 12; ++i) put("rows", "late " + std::to_string(i), std::string(3000 - 250 * static_cast<std::size_t>(i), 'z'));
        sample.contents = disk.contents(); // before the close at the end of the scope
        return sample;
    }
    static_cast<void>((*store)->close());
    sample.contents = disk.contents();
    return sample;
}

/// Bytes from one flip to the next; BLAZEDB_FLIP_STEP=1 tries them all.
std::size_t flipStep(std::size_t byDefault)
{
    const char* chosen = std::getenv("BLAZEDB_FLIP_STEP");
    return chosen != nullptr ? std::strtoull(chosen, nullptr, 10) : byDefault;
}

enum class Answer { Refused, Found, Same, SameWithoutLast, Wrong };

/// How the database answers, read as an observer reads it.
Answer answerOf(Bytes contents, const Sample& sample)
{
    SimulatedDisk disk(std::move(contents));
    SeededRandom random(22);
    const auto store = openOn(disk, random, {}, Access::ReadOnly);
    if (!store) return store.error().message.empty() ? Answer::Wrong : Answer::Refused;
    const auto snapshot = (*store)->nativeSnapshot();
    const auto rows = rowsOf(*snapshot);
    if (!rows) return rows.error().code == ErrorCode::Corruption ? Answer::Found : Answer::Wrong;
    if (*rows == sample.rows) return Answer::Same;
    ExpectedRows withoutLast = sample.rows;
    withoutLast.erase({"rows", "late 11"});
    return *rows == withoutLast ? Answer::SameWithoutLast : Answer::Wrong;
}

} // namespace

class TestStoreDamage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyChangedByteOfAClosedFileIsFoundOrWithoutEffect()
    {
        const Sample sample = makeSample(true);
        QCOMPARE(answerOf(sample.contents, sample), Answer::Same);
        int found = 0;
        for (std::size_t at = 0; at < sample.contents.size(); at += flipStep(at < pageOffset(kFirstPage) ? 7 : 43)) {
            Bytes damaged = sample.contents;
            damaged[at] ^= static_cast<std::byte>(1U << (at % 8));
            const Answer answer = answerOf(std::move(damaged), sample);
            if (answer == Answer::Refused || answer == Answer::Found) ++found;
            else if (answer != Answer::Same) QFAIL(qPrintable(QStringLiteral("byte %1").arg(at)));
        }
        QVERIFY(found > 200);
    }

    void theNewestHeaderIsNotReplacedByTheOlderOne()
    {
        const Sample sample = makeSample(true);
        int refused = 0;
        for (const std::uint64_t slot : kHeaderOffset) {
            Bytes damaged = sample.contents;
            damaged[slot + 20] ^= std::byte{1};
            refused += answerOf(damaged, sample) == Answer::Refused ? 1 : 0;
        }
        QCOMPARE(refused, 1); // the newest; the other one has no effect
    }

    void damageInALiveLogIsFoundWhereALaterEntryFollows()
    {
        const Sample sample = makeSample(false);
        QCOMPARE(answerOf(sample.contents, sample), Answer::Same);
        int found = 0;
        int lastLost = 0;
        const std::size_t step = flipStep(11);
        for (std::size_t at = pageOffset(kFirstPage); at < sample.contents.size(); at += step) {
            Bytes damaged = sample.contents;
            damaged[at] ^= static_cast<std::byte>(1U << (at % 8));
            switch (answerOf(std::move(damaged), sample)) {
            case Answer::Refused:
            case Answer::Found: ++found; break;
            case Answer::SameWithoutLast: ++lastLost; break;
            case Answer::Same: break;
            case Answer::Wrong: QFAIL(qPrintable(QStringLiteral("byte %1").arg(at)));
            }
        }
        QVERIFY(found > 200);
        // The last entry has a value of 250 bytes: 56 of head, 8 of sequence, 7 + 7 of operation and key, so 328.
        QVERIFY2(lastLost >= static_cast<int>(320 / step) && lastLost <= static_cast<int>(336 / step) + 1, qPrintable(QString::number(lastLost)));
    }

    void aDamagedLargeValueIsATornCommitOnlyWhereNothingProvesThatItWasDurable_data()
    {
        QTest::addColumn<int>("commitsAfter");
        QTest::newRow("the last commit") << 0;
        QTest::newRow("one that was durable when the next was written") << 1;
    }
    void aDamagedLargeValueIsATornCommitOnlyWhereNothingProvesThatItWasDurable()
    {
        QFETCH(const int, commitsAfter);
        SimulatedDisk disk;
        SeededRandom random(27);
        auto store = openOn(disk, random);
        const auto put = [&](const std::string& key, const std::string& value) {
            auto batch = (*store)->begin();
            static_cast<void>((*batch)->put(*(*batch)->openTree("rows"), asBytes(key), asBytes(value)));
            return (*batch)->commit(Durability::Synced).has_value();
        };
        QVERIFY(put("before", "x"));
        const std::size_t before = disk.operationCount();
        QVERIFY(put("large", std::string(20'000, 'L')));
        // The first write of the commit is its first page.
        const std::uint64_t page = disk.operations()[before].offset;
        for (int i = 0; i < commitsAfter; ++i) QVERIFY(put("after", "y"));
        Bytes damaged = disk.contents();
        damaged[page + 4000] ^= std::byte{1};

        SimulatedDisk left(damaged);
        const auto again = openOn(left, random, {}, Access::ReadOnly);

        QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
        const auto snapshot = (*again)->nativeSnapshot();
        if (commitsAfter == 0) {
            QCOMPARE(*rowsOf(*snapshot), (ExpectedRows{{{"rows", "before"}, "x"}}));
            return;
        }
        QCOMPARE(snapshot->sequence(), std::uint64_t{3}); // nothing was taken for torn
        QCOMPARE(rowsOf(*snapshot).error().code, ErrorCode::Corruption);
    }

    void aShorterFileIsRefusedOrReadAlike()
    {
        const Sample sample = makeSample(true);
        for (std::size_t size = 1; size < sample.contents.size(); size += 509) {
            const Answer answer = answerOf(Bytes(sample.contents.begin(), sample.contents.begin() + static_cast<std::ptrdiff_t>(size)), sample);
            QVERIFY2(answer == Answer::Refused || answer == Answer::Found || answer == Answer::Same, qPrintable(QString::number(size)));
        }
    }

    void randomFlipsInALargeFileAreFoundOrWithoutEffect()
    {
        const char* chosen = std::getenv("BLAZEDB_FLIPS");
        const int flips = chosen != nullptr ? std::atoi(chosen) : 150;
        const std::uint64_t seed = testSeed();
        std::mt19937_64 engine(seed);
        SimulatedDisk disk;
        SeededRandom random(28);
        Sample sample;
        {
            auto store = openOn(disk, random);
            const auto batch = (*store)->begin();
            const auto tree = (*batch)->openTree("rows");
            for (int i = 0; i < 3000; ++i) {
                const std::string key = "key " + std::to_string(engine());
                const std::string value(i % 300 == 0 ? 20'000 : engine() % 700, static_cast<char>('a' + i % 26));
                QVERIFY((*batch)->put(*tree, asBytes(key), asBytes(value)).has_value());
                sample.rows[{"rows", key}] = value;
            }
            QVERIFY((*batch)->commit(Durability::Synced).has_value());
        }
        sample.contents = disk.contents();
        QVERIFY(sample.contents.size() > 1'000'000);
        int found = 0;
        for (int i = 0; i < flips; ++i) {
            Bytes damaged = sample.contents;
            const std::size_t at = engine() % damaged.size();
            damaged[at] ^= static_cast<std::byte>(1U << (engine() % 8));
            const Answer answer = answerOf(std::move(damaged), sample);
            if (answer == Answer::Refused || answer == Answer::Found) ++found;
            else if (answer != Answer::Same) QFAIL(qPrintable(QStringLiteral("seed %1, byte %2").arg(seed).arg(at)));
        }
        qInfo("seed %llu: %d flips, %d found", static_cast<unsigned long long>(seed), flips, found);
        QVERIFY(found > flips / 2); // most of the file is in use
    }

    void pagesOfAnOlderCopyAreRefused()
    {
        SimulatedDisk disk;
        SeededRandom random(29);
        Sample sample;
        Bytes older;
        auto store = openOn(disk, random);
        for (int round = 0; round < 6; ++round) {
            const auto batch = (*store)->begin();
            const auto tree = (*batch)->openTree("rows");
            for (int i = 0; i < 60; ++i) {
                const std::string key = "key " + std::to_string(i);
                const std::string value(400, static_cast<char>('a' + round));
                QVERIFY((*batch)->put(*tree, asBytes(key), asBytes(value)).has_value());
                sample.rows[{"rows", key}] = value;
            }
            QVERIFY((*batch)->commit(Durability::Synced).has_value());
            QVERIFY((*store)->checkpoint().has_value());
            if (round == 3) older = disk.contents(); // the pages of round 3 are those of round 5 again
        }
        QVERIFY((*store)->close().has_value());
        sample.contents = disk.contents();
        int refused = 0;
        for (std::size_t at = 0; at + kBlockBytes <= std::min(older.size(), sample.contents.size()); at += kBlockBytes) {
            Bytes mixed = sample.contents;
            std::copy_n(older.begin() + static_cast<std::ptrdiff_t>(at), kBlockBytes, mixed.begin() + static_cast<std::ptrdiff_t>(at));
            const Answer answer = answerOf(std::move(mixed), sample);
            QVERIFY2(answer == Answer::Refused || answer == Answer::Found || answer == Answer::Same, qPrintable(QString::number(at)));
            refused += answer != Answer::Same ? 1 : 0;
        }
        QVERIFY(refused > 3);
    }

    void logEntriesFromElsewhereAreRefused()
    {
        const Sample sample = makeSample(false);
        // Every place where an entry may begin, with what stands at others of them.
        std::vector<std::size_t> entries;
        for (std::size_t at = pageOffset(kFirstPage); at + LogEntryHead::kBytes <= sample.contents.size(); at += 8) {
            const auto head = parseLogEntryHead(ByteView(sample.contents).subspan(at));
            if (head && head->lsn < 1000) entries.push_back(at);
        }
        QVERIFY(entries.size() > 12);
        const auto strideAt = [&](std::size_t at) { return parseLogEntryHead(ByteView(sample.contents).subspan(at))->strideBytes(); };
        for (const std::size_t from : entries) {
            for (const std::size_t to : entries) {
                if (from == to) continue;
                // No more than one entry is written over: what damages the last two cannot be told from two torn ones.
                const std::size_t bytes = std::min(strideAt(from), strideAt(to));
                Bytes mixed = sample.contents;
                std::copy_n(sample.contents.begin() + static_cast<std::ptrdiff_t>(from), bytes, mixed.begin() + static_cast<std::ptrdiff_t>(to));
                QVERIFY2(answerOf(std::move(mixed), sample) != Answer::Wrong, qPrintable(QStringLiteral("%1 to %2").arg(from).arg(to)));
            }
        }
    }

    void pagesFromElsewhereAreRefused()
    {
        const Sample sample = makeSample(true);
        const std::size_t pages = sample.contents.size() / kPageBytes;
        for (std::size_t from = kFirstPage; from < pages; ++from) {
            for (std::size_t to = kFirstPage; to < pages; ++to) {
                if (from == to) continue;
                Bytes mixed = sample.contents;
                std::copy_n(sample.contents.begin() + static_cast<std::ptrdiff_t>(from * kPageBytes), kPageBytes,
                            mixed.begin() + static_cast<std::ptrdiff_t>(to * kPageBytes));
                const Answer answer = answerOf(std::move(mixed), sample);
                QVERIFY(answer == Answer::Refused || answer == Answer::Found || answer == Answer::Same);
            }
        }
    }
};
BLAZEDB_REGISTER_TEST(TestStoreDamage);
#include "tst_store_damage.moc"
