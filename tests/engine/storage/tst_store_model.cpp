// Many threads against a plain map: commits in one order, snapshots that never change, a cursor that goes both ways.
#include <atomic>
#include <mutex>
#include <random>
#include <thread>

#include "tests/support/native_database.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::storage;
using namespace blazedb::tests;

namespace {

std::string modelKey(std::mt19937_64& random)
{
    return std::to_string(random() % 800);
}

/// Empty, or how the cursor and the map differ around a random key.
std::string compareAround(const NativeTree* tree, const ExpectedRows& rows, const std::string& key)
{
    if (tree == nullptr) return rows.empty() ? "" : "the tree is missing";
    if (tree->rowCount() != rows.size()) return "another number of rows";
    auto expected = rows.lower_bound({"rows", key});
    TreeCursor cursor = tree->cursor();
    auto isOnRow = cursor.seek(asBytes(key));
    for (int i = 0; i < 20; ++i) {
        if (!isOnRow) return isOnRow.error().message;
        if (*isOnRow != (expected != rows.end())) return "seek and map end at different places";
        if (!*isOnRow) return {};
        if (asText(cursor.key()) != expected->first.second) return "another key";
        const auto value = tree->copyValue(cursor.value());
        if (!value || asText(*value) != expected->second) return "another value under " + expected->first.second;
        const auto rank = tree->rank(cursor.key());
        if (!rank || *rank != static_cast<std::uint64_t>(std::distance(rows.begin(), expected))) return "another rank";
        if (i % 3 == 2) {
            isOnRow = cursor.previous();
            if (expected == rows.begin()) return isOnRow && !*isOnRow ? "" : "went before the first row";
            --expected;
        } else {
            isOnRow = cursor.next();
            ++expected;
        }
    }
    return {};
}

} // namespace

class TestStoreModel final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void snapshotsAndCommitsAgreeWithAMap()
    {
        const std::uint64_t seed = testSeed();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        SimulatedDisk disk;
        SeededRandom keys(seed);
        StoreOptions options = tightOptions();
        options.cacheBytes = 64 * sizeof(Node);
        auto opened = openOn(disk, keys, options);
        QVERIFY(opened.has_value());
        NativeStore& store = **opened;

        std::mutex mutex; // guards the model and orders the writers as the lane does
        std::map<std::uint64_t, ExpectedRows> states{{0, {}}};
        std::atomic<bool> isDone{false};
        Guarded<std::string> wrong;
        const auto report = [&](const std::string& what) {
            if (what.empty()) return;
            auto text = wrong.lock();
            if (text->empty()) *text = what;
            isDone = true;
        };
        const auto write = [&](std::uint64_t own) {
            std::mt19937_64 random(own);
            for (int commit = 0; commit < 60 && !isDone; ++commit) {
                std::uint64_t sequence = 0;
                {
                    const std::lock_guard lock(mutex);
                    auto batch = store.begin();
                    if (!batch) return report(batch.error().message);
                    const auto tree = (*batch)->openTree("rows");
                    ExpectedRows rows = states.rbegin()->second;
                    const std::uint64_t changes = random() % 20 == 0 ? 600 : 1 + random() % 30;
                    for (std::uint64_t i = 0; i < changes; ++i) {
                        const std::string key = modelKey(random);
                        if (random() % 5 < 2) {
                            const auto wasThere = (*batch)->erase(*tree, asBytes(key));
                            if (!wasThere || *wasThere != (rows.erase({"rows", key}) == 1)) return report("erase says otherwise");
                        } else {
                            const std::string value(random() % (random() % 50 == 0 ? 12'000 : 300), static_cast<char>('a' + random() % 26));
                            const auto isNew = (*batch)->put(*tree, asBytes(key), asBytes(value));
                            if (!isNew || *isNew != rows.insert_or_assign({"rows", key}, value).second) return report("put says otherwise");
                        }
                    }
                    const std::uint64_t expected = (*batch)->baseSequence() + 1;
                    states[expected] = std::move(rows);
                    const auto committed = (*batch)->commit(Durability::Synced);
                    if (!committed) return report(committed.error().message);
                    sequence = *committed;
                    if (sequence != expected && sequence + 1 != expected) return report("sequences are not in a row");
                }
                if (store.nativeSnapshot()->sequence() < sequence) report("an acknowledged commit is not seen");
            }
        };
        const auto read = [&](std::uint64_t own) {
            std::mt19937_64 random(own);
            while (!isDone) {
                const auto snapshot = store.nativeSnapshot();
                ExpectedRows rows;
                {
                    const std::lock_guard lock(mutex);
                    rows = states.at(snapshot->sequence());
                }
                for (int i = 0; i < 4; ++i) report(compareAround(snapshot->tree("rows"), rows, modelKey(random)));
            }
        };
        const auto checkpoint = [&] {
            while (!isDone) {
                if (auto made = store.checkpoint(); !made) report(made.error().message);
                std::this_thread::yield();
            }
        };
        {
            std::jthread firstReader(read, seed + 1);
            std::jthread secondReader(read, seed + 2);
            std::jthread background(checkpoint);
            {
                std::jthread firstWriter(write, seed + 3);
                std::jthread secondWriter(write, seed + 4);
            }
            isDone = true;
        }
        QCOMPARE(*wrong.lock(), std::string());
        QVERIFY(*rowsOf(*store.nativeSnapshot()) == states.rbegin()->second);
        QCOMPARE(findingsOf(store), std::string());
        QCOMPARE(store.figures().liveSnapshots, std::uint64_t{0});
    }
};
BLAZEDB_REGISTER_TEST(TestStoreModel);
#include "tst_store_model.moc"
