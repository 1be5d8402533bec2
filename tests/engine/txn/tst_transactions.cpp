// What two transactions may and may not do to each other: the anomalies by name, savepoints, ends from outside, sizes.
#include <atomic>
#include <random>
#include <thread>

#include "engine/txn/transactions.h"
#include "tests/support/native_database.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::storage;
using namespace blazedb::tests;
using namespace blazedb::txn;

namespace {

/// A store and its transactions, on a disk of their own.
struct Fixture {
    explicit Fixture(const TransactionLimits& limits = {})
        : store(*openOn(disk, random))
        , transactions(std::make_unique<Transactions>(*store, systemClock(), limits))
    {
    }
    /// Commits `key` = `value` in a transaction of its own.
    Result<std::uint64_t> put(std::string_view key, std::string_view value)
    {
        BLAZE_TRY_VALUE(const auto transaction, transactions->begin());
        BLAZE_TRY(transaction->put("rows", asBytes(key), asBytes(value)));
        return transaction->commit();
    }

    SimulatedDisk disk;
    SeededRandom random{51};
    std::unique_ptr<NativeStore> store;
    std::unique_ptr<Transactions> transactions;
};

/// The value as text; "-" for no row, the error's name for an error.
std::string read(Transaction& transaction, std::string_view key)
{
    const auto value = transaction.get("rows", asBytes(key));
    if (!value) return std::string(errorCodeName(value.error().code));
    return *value ? std::string(asText(**value)) : "-";
}

std::string keysOf(Transaction& transaction, std::string_view from = {}, std::string_view to = {})
{
    std::string keys;
    const auto scanned = transaction.scan("rows", asBytes(from), asBytes(to), [&](ByteView key, ByteView) {
        keys += std::string(asText(key)) + " ";
        return true;
    });
    return scanned ? keys : std::string(errorCodeName(scanned.error().code));
}

bool put(Transaction& transaction, std::string_view key, std::string_view value)
{
    return transaction.put("rows", asBytes(key), asBytes(value)).has_value();
}

} // namespace

class TestTransactions final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsOneStateAndItsOwnWrites()
    {
        Fixture f;
        QVERIFY(f.put("b", "old").has_value());
        QVERIFY(f.put("d", "old").has_value());
        const auto transaction = f.transactions->begin();
        QVERIFY(f.put("b", "new").has_value());
        QVERIFY(f.put("c", "new").has_value());

        QVERIFY(put(**transaction, "a", "mine"));
        QVERIFY((*transaction)->erase("rows", asBytes("d")).has_value());

        QCOMPARE(read(**transaction, "b"), std::string("old"));
        QCOMPARE(read(**transaction, "c"), std::string("-"));
        QCOMPARE(read(**transaction, "a"), std::string("mine"));
        QCOMPARE(read(**transaction, "d"), std::string("-"));
        QCOMPARE(keysOf(**transaction), std::string("a b "));
        QCOMPARE(keysOf(**transaction, "b", "c"), std::string("b "));
        (*transaction)->rollback();
        const auto after = f.transactions->begin();
        QCOMPARE(keysOf(**after), std::string("b c d "));
    }

    void theFirstToCommitWins()
    {
        Fixture f;
        QVERIFY(f.put("counter", "1").has_value());
        const auto first = f.transactions->begin();
        const auto second = f.transactions->begin();
        QVERIFY(put(**first, "counter", "2"));
        QVERIFY(put(**first, "other", "x"));
        QVERIFY(put(**second, "counter", "3"));

        QVERIFY((*first)->commit().has_value());
        QCOMPARE((*second)->commit().error().code, ErrorCode::Conflict);

        QCOMPARE((*second)->conflicts().size(), std::size_t{1});
        QCOMPARE((*second)->conflicts().front().key, std::string("counter"));
        (*second)->rollback();
        QCOMPARE(read(**f.transactions->begin(), "counter"), std::string("2"));
        QCOMPARE(f.transactions->figures().conflicted, std::uint64_t{1});
    }

    void writeSkewIsAllowedBySnapshotAndRefusedBySerializable_data()
    {
        QTest::addColumn<bool>("isSerializable");
        QTest::newRow("snapshot") << false;
        QTest::newRow("serializable") << true;
    }
    void writeSkewIsAllowedBySnapshotAndRefusedBySerializable()
    {
        QFETCH(const bool, isSerializable);
        const Isolation isolation = isSerializable ? Isolation::Serializable : Isolation::Snapshot;
        Fixture f;
        QVERIFY(f.put("alice", "on call").has_value());
        QVERIFY(f.put("bob", "on call").has_value());
        const auto first = f.transactions->begin(isolation);
        const auto second = f.transactions->begin(isolation);
        QCOMPARE(read(**first, "bob"), std::string("on call"));
        QCOMPARE(read(**second, "alice"), std::string("on call"));
        QVERIFY(put(**first, "alice", "off"));
        QVERIFY(put(**second, "bob", "off"));

        QVERIFY((*first)->commit().has_value());
        QCOMPARE((*second)->commit().has_value(), !isSerializable);
    }

    void aPhantomConflictsWhenItsRangeWasRead()
    {
        Fixture f;
        QVERIFY(f.put("b", "1").has_value());
        const auto counts = f.transactions->begin(Isolation::Serializable);
        const auto elsewhere = f.transactions->begin(Isolation::Serializable);
        QCOMPARE(keysOf(**counts, "a", "m"), std::string("b "));
        QCOMPARE(keysOf(**elsewhere, "m", "z"), std::string());
        QVERIFY(put(**counts, "result", "1"));
        QVERIFY(put(**elsewhere, "nothing", "0"));

        QVERIFY(f.put("c", "2").has_value());

        QCOMPARE((*counts)->commit().error().code, ErrorCode::Conflict);
        QVERIFY((*elsewhere)->commit().has_value());
    }

    void savepointsNestAndNamesMayComeAgain()
    {
        Fixture f;
        const auto transaction = f.transactions->begin();
        QVERIFY(put(**transaction, "a", "1"));
        QVERIFY((*transaction)->savepoint("s").has_value());
        QVERIFY(put(**transaction, "a", "2"));
        QVERIFY((*transaction)->savepoint("s").has_value());
        QVERIFY(put(**transaction, "a", "3"));
        QVERIFY(put(**transaction, "b", "3"));

        QVERIFY((*transaction)->rollbackTo("s").has_value()); // the newest of the name; it stays
        QCOMPARE(read(**transaction, "a") + read(**transaction, "b"), std::string("2-"));
        QVERIFY((*transaction)->release("s").has_value());
        QVERIFY((*transaction)->rollbackTo("s").has_value());
        QCOMPARE(read(**transaction, "a"), std::string("1"));
        QCOMPARE((*transaction)->rollbackTo("t").error().code, ErrorCode::NotFound);
        QVERIFY((*transaction)->commit().has_value());
        QCOMPARE(keysOf(**f.transactions->begin()), std::string("a "));
    }

    void rollsBackWhenItIsDestroyed()
    {
        Fixture f;
        {
            const auto transaction = f.transactions->begin();
            QVERIFY(put(**transaction, "a", "1"));
        }
        QCOMPARE(keysOf(**f.transactions->begin()), std::string());
        QCOMPARE(f.transactions->live().size(), std::size_t{0});
        QCOMPARE(f.store->figures().liveSnapshots, std::uint64_t{0});
    }

    void aLongReaderIsListedAndCanBeEnded()
    {
        Fixture f({.maxLive = 2});
        QVERIFY(f.put("a", "1").has_value());
        const auto reader = f.transactions->begin();
        const auto other = f.transactions->begin();
        QCOMPARE(f.transactions->begin().error().code, ErrorCode::ResourceExhausted);
        QCOMPARE(f.transactions->live().front().id, (*reader)->id());

        QVERIFY(f.transactions->end((*reader)->id()).has_value());

        QCOMPARE(read(**reader, "a"), std::string("Cancelled"));
        QCOMPARE(read(**other, "a"), std::string("1"));
        QCOMPARE(f.store->figures().liveSnapshots, std::uint64_t{1});
        QCOMPARE(f.transactions->end(999).error().code, ErrorCode::NotFound);
    }

    void whatIsTooLargeForMemoryGoesOnInTheLane()
    {
        Fixture f({.maxPrivateBytes = 20'000});
        QVERIFY(f.put("seed", "1").has_value());
        const auto large = f.transactions->begin();
        for (int i = 0; i < 500; ++i) QVERIFY(put(**large, "key " + std::to_string(i), std::string(300, 'v')));
        QCOMPARE(read(**large, "key 7"), std::string(300, 'v'));
        QCOMPARE(read(**large, "key 499"), std::string(300, 'v'));
        QVERIFY((*large)->erase("rows", asBytes("key 8")).has_value());
        QCOMPARE(read(**large, "key 8"), std::string("-"));
        QCOMPARE((*large)->savepoint("late").error().code, ErrorCode::FailedPrecondition);
        const auto older = f.transactions->begin();
        QVERIFY((*large)->commit().has_value());

        QVERIFY(put(**older, "key 3", "stale"));
        QCOMPARE((*older)->commit().error().code, ErrorCode::Conflict); // its rows were not kept, so any may have been written
        const auto after = f.transactions->begin();
        QCOMPARE(read(**after, "key 499"), std::string(300, 'v'));
        QCOMPARE(f.transactions->changes().droppedUpTo(), (*after)->snapshotSequence());
    }

    void aCommitThatStaysAsideDoesNotStopAGrowingTransaction_data()
    {
        QTest::addColumn<bool>("staysAside");
        QTest::newRow("aside") << true;
        QTest::newRow("ordinary") << false;
    }
    void aCommitThatStaysAsideDoesNotStopAGrowingTransaction()
    {
        QFETCH(const bool, staysAside);
        Fixture f({.maxPrivateBytes = 20'000});
        const auto large = f.transactions->begin();
        QVERIFY(put(**large, "first", "1"));
        QVERIFY(!(*large)->holdsLane());
        const auto other = f.transactions->begin();
        if (staysAside) (*other)->stayAside();
        QVERIFY((*other)->put("names", asBytes("1"), asBytes("name")).has_value());
        QVERIFY((*other)->commit().has_value());

        Result<void> written;
        for (int i = 0; i < 100 && written; ++i) written = (*large)->put("rows", asBytes("key " + std::to_string(i)), asBytes(std::string(300, 'v')));

        QCOMPARE(written.has_value(), staysAside);
        if (!staysAside) {
            QCOMPARE(written.error().code, ErrorCode::Conflict);
            return;
        }
        QVERIFY((*large)->holdsLane());
        QVERIFY((*large)->commit().has_value());
        const auto after = f.transactions->begin();
        QCOMPARE(read(**after, "first"), std::string("1"));
        QCOMPARE(read(**after, "key 99"), std::string(300, 'v'));
        QVERIFY((*after)->get("names", asBytes("1"))->has_value());
    }

    void aRowThatShouldStayMakesItConflict()
    {
        Fixture f;
        QVERIFY(f.put("rule", "1").has_value());
        const auto first = f.transactions->begin();
        const auto second = f.transactions->begin();
        for (const auto* transaction : {&first, &second}) (**transaction)->expectUnchanged("rows", asBytes("rule"));
        QVERIFY(put(**first, "a", "1"));
        QVERIFY(put(**second, "b", "1"));

        QVERIFY((*first)->commit().has_value()); // nobody changed it
        QVERIFY(f.put("rule", "2").has_value());

        QCOMPARE((*second)->commit().error().code, ErrorCode::Conflict);
        QCOMPARE((*second)->conflicts().size(), std::size_t{1});
        QCOMPARE((*second)->conflicts().front().key, std::string("rule"));
    }

    void watchersGetEveryCommitOnceInOrder()
    {
        Fixture f;
        constexpr int kThreads = 4;
        constexpr int kCommits = 40;
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < kThreads; ++t)
                threads.emplace_back([&f, t] {
                    for (int i = 0; i < kCommits; ++i) static_cast<void>(f.put("key " + std::to_string(t), std::to_string(i)));
                });
        }
        const auto seen = f.transactions->changes().after(0, 1000, {}, std::chrono::steady_clock::now());
        QVERIFY(seen.has_value());
        QCOMPARE(seen->size(), std::size_t{kThreads * kCommits});
        std::map<std::string, std::string> rows;
        for (std::size_t i = 0; i < seen->size(); ++i) {
            QCOMPARE((*seen)[i].sequence, static_cast<std::uint64_t>(i + 1));
            const txn::RowChange& change = (*seen)[i].rows.front();
            const auto before = rows.find(change.row.key);
            QCOMPARE(change.before.has_value(), before != rows.end()); // what was there is what the last change left
            if (change.before) QCOMPARE(std::string(asText(*change.before)), before->second);
            rows[change.row.key] = asText(*change.after);
        }
    }

    void incrementsOfManyThreadsAddUp_data() { writeSkewIsAllowedBySnapshotAndRefusedBySerializable_data(); }
    void incrementsOfManyThreadsAddUp()
    {
        QFETCH(const bool, isSerializable);
        Fixture f;
        QVERIFY(f.put("sum", "0").has_value());
        constexpr int kThreads = 4;
        constexpr int kAdds = 25;
        std::atomic<int> wrong{0};
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < kThreads; ++t)
                threads.emplace_back([&] {
                    for (int i = 0; i < kAdds;) {
                        const auto transaction = f.transactions->begin(isSerializable ? Isolation::Serializable : Isolation::Snapshot);
                        const int sum = std::stoi(read(**transaction, "sum"));
                        put(**transaction, "sum", std::to_string(sum + 1));
                        const auto committed = (*transaction)->commit();
                        if (committed) ++i;
                        else if (committed.error().code != ErrorCode::Conflict) ++wrong;
                    }
                });
        }
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(read(**f.transactions->begin(), "sum"), std::to_string(kThreads * kAdds));
        QCOMPARE(f.transactions->figures().remembered, std::uint64_t{0}); // nobody old is left who could conflict
    }
};
BLAZEDB_REGISTER_TEST(TestTransactions);
#include "tst_transactions.moc"
