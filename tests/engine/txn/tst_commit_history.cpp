#include <random>
#include <set>

#include "engine/txn/commit_history.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::txn;

namespace {

using Keys = std::set<std::string>;

std::shared_ptr<WriteSet> writesOf(const Keys& keys)
{
    auto writes = std::make_shared<WriteSet>();
    for (const std::string& key : keys) writes->set("tree", asBytes(key), ByteView());
    return writes;
}

/// Longer than a string keeps within itself, so that what was let go is seen by the sanitizers.
Keys randomKeys(std::mt19937_64& random)
{
    Keys keys;
    for (std::uint64_t i = random() % 6; i > 0; --i) keys.insert("a key that needs memory of its own, number " + std::to_string(random() % 12));
    return keys;
}

struct PlainCommit {
    std::uint64_t sequence = 0;
    Keys keys;
};

} // namespace

class TestCommitHistory final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWhatALaterCommitWrote()
    {
        const std::uint64_t seed = tests::testSeed();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 random(seed);
        CommitHistory history(0);
        std::vector<PlainCommit> plain;
        std::uint64_t newest = 0;
        std::uint64_t forgotten = 0;
        for (int step = 0; step < 5000; ++step) {
            switch (random() % 6) {
            case 0:
            case 1:
                plain.push_back({++newest, randomKeys(random)});
                history.add(newest, writesOf(plain.back().keys));
                break;
            case 2:
                if (plain.empty() || plain.back().sequence != newest) break;
                history.takeBack(newest--);
                plain.pop_back();
                break;
            case 3:
                if (random() % 4 != 0 || newest == forgotten) break;
                forgotten += 1 + random() % (newest - forgotten);
                history.forgetUpTo(forgotten);
                std::erase_if(plain, [&](const PlainCommit& commit) { return commit.sequence <= forgotten; });
                break;
            default: {
                const std::uint64_t snapshot = forgotten + random() % (newest - forgotten + 1);
                const Keys asked = randomKeys(random);
                const Keys readFrom = randomKeys(random);
                std::vector<KeyRange> reads;
                if (!readFrom.empty()) reads.push_back({"tree", *readFrom.begin(), *readFrom.rbegin()});

                const auto found = history.conflicts(snapshot, *writesOf(asked), reads, 1000);

                Keys expected;
                for (const PlainCommit& commit : plain) {
                    if (commit.sequence <= snapshot) continue;
                    for (const std::string& key : commit.keys)
                        if (asked.contains(key) || (!reads.empty() && key >= reads[0].from && key < reads[0].to)) expected.insert(key);
                }
                QVERIFY(found);
                Keys names;
                for (const RowName& row : *found) names.insert(row.key);
                QVERIFY(names == expected);
            }
            }
            std::size_t rows = 0;
            for (const PlainCommit& commit : plain) rows += commit.keys.size();
            QCOMPARE(history.rowCount(), rows);
        }
    }

    void refusesWhoIsOlderThanWhatItRemembers()
    {
        CommitHistory history(0, 2);
        history.add(1, writesOf({"a"}));
        history.add(2, writesOf({"b", "c"}));

        const auto tooOld = history.conflicts(0, *writesOf({"z"}), {});
        const auto newer = history.conflicts(1, *writesOf({"z"}), {});

        QVERIFY(!tooOld);
        QCOMPARE(tooOld.error().code, ErrorCode::Conflict);
        QVERIFY(newer && newer->empty());
    }
};
BLAZEDB_REGISTER_TEST(TestCommitHistory);
#include "tst_commit_history.moc"
