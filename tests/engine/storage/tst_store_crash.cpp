// The power goes after any write or sync, and the unsynced rest survives whole, not at all, in part or torn: every acknowledged
// commit is there afterwards, and no half of any.
#include <cstdlib>
#include <random>

#include "tests/support/native_database.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::storage;
using namespace blazedb::tests;

namespace {

/// What a scenario did: the rows after each commit, and how many operations of the disk had passed when a commit was acknowledged.
struct History {
    std::vector<ExpectedRows> states{1}; ///< By sequence; 0 is the empty database.
    std::vector<std::pair<std::size_t, std::uint64_t>> acknowledged; ///< Operations, sequence.
    std::size_t firstOperation = 0; ///< Before it there is no database yet.

    [[nodiscard]] std::uint64_t acknowledgedBy(std::size_t operations) const
    {
        std::uint64_t newest = 0;
        for (const auto& [count, sequence] : acknowledged)
            if (count <= operations) newest = std::max(newest, sequence);
        return newest;
    }
};

std::string randomKey(std::mt19937_64& random)
{
    return "key " + std::to_string(random() % 150);
}

std::string randomValue(std::mt19937_64& random)
{
    const std::uint64_t kind = random() % 40;
    const std::size_t size = kind == 0 ? 3000 + random() % 60'000 : kind < 4 ? random() % 2900 : random() % 200;
    return std::string(size, static_cast<char>('a' + random() % 26));
}

/// One random commit on `store`; the rows it leads to are appended to the history.
Result<void> commitRandomly(NativeStore& store, std::mt19937_64& random, History& history, const SimulatedDisk& disk)
{
    ExpectedRows rows = history.states.back();
    BLAZE_TRY_VALUE(const auto batch, store.begin());
    const std::string name = random() % 4 == 0 ? "others" : "rows";
    BLAZE_TRY_VALUE(const std::uint32_t tree, batch->openTree(name));
    const std::uint64_t changes = random() % 12 == 0 ? 250 : 1 + random() % 6;
    bool hasChanged = store.nativeSnapshot()->tree(name) == nullptr;
    for (std::uint64_t i = 0; i < changes; ++i) {
        const std::string key = randomKey(random);
        if (random() % 3 == 0) {
            BLAZE_TRY_VALUE(const bool wasThere, batch->erase(tree, asBytes(key)));
            hasChanged = hasChanged || wasThere;
            rows.erase({name, key});
        } else {
            const std::string value = randomValue(random);
            BLAZE_TRY(batch->put(tree, asBytes(key), asBytes(value)));
            hasChanged = true;
            rows[{name, key}] = value;
        }
    }
    if (random() % 60 == 0) {
        BLAZE_TRY(batch->dropTree(tree));
        std::erase_if(rows, [&](const auto& row) { return row.first.first == name; });
        hasChanged = true;
    }
    if (random() % 10 == 0) return {}; // given up
    const Durability durability = random() % 5 == 0 ? Durability::Buffered : Durability::Synced;
    if (hasChanged) history.states.push_back(std::move(rows));
    BLAZE_TRY_VALUE(const std::uint64_t sequence, batch->commit(durability));
    if (sequence + 1 != history.states.size()) return Error{ErrorCode::Internal, "unexpected sequence " + std::to_string(sequence)};
    if (durability == Durability::Synced) history.acknowledged.emplace_back(disk.operationCount(), sequence);
    return {};
}

/// What somebody who opens the disk as it is would see.
Result<std::uint64_t> newestSequence(const SimulatedDisk& disk)
{
    SimulatedDisk copy(disk.contents());
    SeededRandom keys(1);
    BLAZE_TRY_VALUE(const auto store, openOn(copy, keys, {}, Access::ReadOnly));
    return store->nativeSnapshot()->sequence();
}

Result<History> runScenario(SimulatedDisk& disk, std::uint64_t seed, int sessions, int commits)
{
    std::mt19937_64 random(seed);
    SeededRandom keys(seed);
    History history;
    for (int session = 0; session < sessions; ++session) {
        BLAZE_TRY_VALUE(const auto store, openOn(disk, keys, tightOptions()));
        if (session == 0) history.firstOperation = disk.operationCount();
        std::shared_ptr<const NativeSnapshot> held;
        for (int i = 0; i < commits; ++i) {
            BLAZE_TRY(commitRandomly(*store, random, history, disk));
            if (random() % 15 == 0) BLAZE_TRY(store->checkpoint());
            if (random() % 40 == 0) {
                BLAZE_TRY(store->shrink({}));
                // Its commits change no row.
                while (history.states.size() <= store->nativeSnapshot()->sequence()) history.states.push_back(history.states.back());
            }
            if (random() % 10 == 0) held = random() % 2 == 0 ? store->nativeSnapshot() : nullptr;
        }
        held.reset();
        BLAZE_TRY(store->close());
        // Closing moves nodes, in commits that change no row.
        BLAZE_TRY_VALUE(const std::uint64_t newest, newestSequence(disk));
        while (history.states.size() <= newest) history.states.push_back(history.states.back());
        history.acknowledged.emplace_back(disk.operationCount(), history.states.size() - 1);
    }
    return history;
}

/// Opens what a cut left; empty when all is as it must be.
std::string judge(SimulatedDisk& disk, const History& history, std::uint64_t atLeast, bool goOn)
{
    SeededRandom keys(disk.contents().size());
    auto store = openOn(disk, keys, tightOptions());
    if (!store) return "does not open: " + store.error().message;
    const auto snapshot = (*store)->nativeSnapshot();
    const std::uint64_t sequence = snapshot->sequence();
    if (sequence < atLeast) return "lost commit " + std::to_string(atLeast) + ", has " + std::to_string(sequence);
    if (sequence >= history.states.size()) return "has a commit that was never made";
    const auto rows = rowsOf(*snapshot);
    if (!rows) return "does not read: " + rows.error().message;
    if (*rows != history.states[sequence]) return "the rows are not those of commit " + std::to_string(sequence);
    if (std::string findings = findingsOf(**store); !findings.empty()) return findings;
    if (!goOn) return {};
    // The database must also live on.
    auto batch = (*store)->begin();
    if (!batch) return batch.error().message;
    const auto tree = (*batch)->openTree("after");
    if (!tree || !(*batch)->put(*tree, asBytes("after"), asBytes("the cut"))) return "cannot be written";
    const auto committed = (*batch)->commit(Durability::Synced);
    if (!committed) return committed.error().message;
    if (auto closed = (*store)->close(); !closed) return closed.error().message;
    auto again = openOn(disk, keys, tightOptions(), Access::ReadOnly);
    if (!again) return "does not open again: " + again.error().message;
    ExpectedRows expected = history.states[sequence];
    expected[{"after", "after"}] = "the cut";
    const auto afterwards = rowsOf(*(*again)->nativeSnapshot());
    if (!afterwards || *afterwards != expected) return "lost something after it lived on";
    return findingsOf(**again);
}

int cutBudget()
{
    const char* chosen = std::getenv("BLAZEDB_CUTS");
    return chosen != nullptr ? std::atoi(chosen) : 8000;
}

} // namespace

class TestStoreCrash final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void survivesAPowerCutAnywhere()
    {
        const std::uint64_t seed = testSeed();
        std::mt19937_64 random(seed);
        int cuts = 0;
        for (std::uint64_t round = 0; cuts < cutBudget(); ++round) {
            SimulatedDisk disk;
            const auto history = runScenario(disk, seed + round, 3, 25);
            QVERIFY2(history.has_value(), history ? "" : history.error().message.c_str());
            for (std::size_t cut = history->firstOperation; cut <= disk.operationCount(); ++cut) {
                for (const CutMode mode : kCutModes) {
                    SimulatedDisk left(disk.afterCut(cut, mode, random));
                    const std::string wrong = judge(left, *history, history->acknowledgedBy(cut), random() % 8 == 0);
                    ++cuts;
                    if (wrong.empty()) continue;
                    QFAIL(qPrintable(QStringLiteral("seed %1, cut after operation %2, mode %3: %4")
                                         .arg(seed + round).arg(cut).arg(static_cast<int>(mode)).arg(QString::fromStdString(wrong))));
                }
            }
        }
        qInfo("seed %llu: %d cuts", static_cast<unsigned long long>(seed), cuts);
    }

    void survivesASecondCutWhileItRecovers()
    {
        const std::uint64_t seed = testSeed();
        std::mt19937_64 random(seed);
        int cuts = 0;
        SimulatedDisk disk;
        const auto history = runScenario(disk, seed, 2, 25);
        QVERIFY2(history.has_value(), history ? "" : history.error().message.c_str());
        while (cuts < cutBudget() / 4) {
            const std::size_t first = history->firstOperation + random() % (disk.operationCount() - history->firstOperation + 1);
            SimulatedDisk left(disk.afterCut(first, kCutModes[random() % 4], random));
            const auto recovered = newestSequence(left);
            QVERIFY2(recovered.has_value(), recovered ? "" : recovered.error().message.c_str());
            QCOMPARE(judge(left, *history, history->acknowledgedBy(first), false), std::string());
            // It lives on from what it recovered, in commits of the close that change no row.
            History since = *history;
            since.states.resize(*recovered + 1);
            since.states.resize(*newestSequence(left) + 1, since.states.back());
            for (std::size_t second = 0; second <= left.operationCount(); ++second) {
                SimulatedDisk rest(left.afterCut(second, kCutModes[random() % 4], random));
                const std::string wrong = judge(rest, since, history->acknowledgedBy(first), false);
                ++cuts;
                if (!wrong.empty())
                    QFAIL(qPrintable(QStringLiteral("seed %1, cuts %2 and %3: %4").arg(seed).arg(first).arg(second).arg(QString::fromStdString(wrong))));
            }
        }
        qInfo("seed %llu: %d cuts", static_cast<unsigned long long>(seed), cuts);
    }
};
BLAZEDB_REGISTER_TEST(TestStoreCrash);
#include "tst_store_crash.moc"
