#include <thread>

#include "engine/txn/change_feed.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::txn;

namespace {

CommittedChanges changesOf(std::uint64_t sequence, std::size_t bytes = 1)
{
    return {sequence, {{{"rows", "key"}, std::nullopt, Bytes(bytes)}}, true};
}

std::chrono::steady_clock::time_point now()
{
    return std::chrono::steady_clock::now();
}

} // namespace

class TestChangeFeed final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsCommitsInOrderWithoutGaps()
    {
        ChangeFeed feed(7);
        feed.add(changesOf(9));

        QVERIFY(feed.after(7, 10, {}, now())->empty()); // 8 is not here yet
        feed.add(changesOf(8));

        const auto both = feed.after(7, 10, {}, now());
        QCOMPARE(both->size(), std::size_t{2});
        QCOMPARE(both->front().sequence, std::uint64_t{8});
        QCOMPARE(both->back().sequence, std::uint64_t{9});
        QCOMPARE(feed.after(7, 1, {}, now())->size(), std::size_t{1});
        QVERIFY(feed.after(9, 10, {}, now())->empty());
    }

    void saysWhenItNoLongerHasThem()
    {
        ChangeFeed feed(0, 4000);
        for (std::uint64_t sequence = 1; sequence <= 10; ++sequence) feed.add(changesOf(sequence, 1000));

        const std::uint64_t dropped = feed.droppedUpTo();
        QVERIFY(dropped >= 6 && dropped < 10);
        QCOMPARE(feed.after(0, 10, {}, now()).error().code, ErrorCode::FailedPrecondition);
        QCOMPARE(feed.after(dropped, 10, {}, now())->size(), static_cast<std::size_t>(10 - dropped));
    }

    void aCommitWithoutItsRowsCountsAsDropped()
    {
        ChangeFeed feed(0);
        feed.add(changesOf(1));
        feed.add({2, {}, false});
        feed.add(changesOf(3));

        QCOMPARE(feed.after(0, 10, {}, now()).error().code, ErrorCode::FailedPrecondition);
        QCOMPARE(feed.after(2, 10, {}, now())->size(), std::size_t{1});
    }

    void wakesWhoWaits()
    {
        ChangeFeed feed(0);
        Result<std::vector<CommittedChanges>> got;
        {
            std::jthread waiter([&] { got = feed.after(0, 10, {}, now() + std::chrono::seconds(60)); });
            feed.add(changesOf(1));
        }
        QCOMPARE(got->size(), std::size_t{1});
        std::stop_source stop;
        {
            std::jthread waiter([&] { got = feed.after(1, 10, stop.get_token(), now() + std::chrono::seconds(60)); });
            stop.request_stop();
        }
        QCOMPARE(got.error().code, ErrorCode::Cancelled);
    }
};
BLAZEDB_REGISTER_TEST(TestChangeFeed);
#include "tst_change_feed.moc"
