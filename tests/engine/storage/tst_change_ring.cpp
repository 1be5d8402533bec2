#include "engine/storage/change_ring.h"
#include "tests/support/test_registry.h"

using namespace blazedb::storage;

namespace {

RowChange changeOf(std::uint64_t sequence, std::uint8_t row, RowChangeKind kind = RowChangeKind::Updated)
{
    RowChange change;
    change.sequence = sequence;
    change.key[0] = row;
    change.kind = kind;
    return change;
}

} // namespace

class TestChangeRing final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersWhatCameAfterAState()
    {
        ChangeRing ring;
        ring.add(2, {changeOf(2, 1)}, 0);
        ring.add(3, {changeOf(3, 2), changeOf(3, 3)}, 4);

        const RowNews news = ring.since(2, 0, 100);

        QVERIFY(news.isComplete);
        QCOMPARE(news.sequence, std::uint64_t{3});
        QCOMPARE(news.merged, std::uint64_t{4});
        QCOMPARE(news.changes.size(), std::size_t{2});
        QCOMPARE(news.changes[0].key[0], std::uint8_t{2});
        QCOMPARE(news.changes[1].key[0], std::uint8_t{3});
        QVERIFY(ring.since(3, 0, 100).changes.empty());
    }

    void namesEachRowOnce_data()
    {
        QTest::addColumn<int>("earlier");
        QTest::addColumn<int>("later");
        QTest::addColumn<int>("told");
        const auto row = [](const char* name, RowChangeKind earlier, RowChangeKind later, RowChangeKind told) {
            QTest::newRow(name) << static_cast<int>(earlier) << static_cast<int>(later) << static_cast<int>(told);
        };
        row("new and changed is new", RowChangeKind::Inserted, RowChangeKind::Updated, RowChangeKind::Inserted);
        row("new and gone is gone", RowChangeKind::Inserted, RowChangeKind::Removed, RowChangeKind::Removed);
        row("gone and back is changed", RowChangeKind::Removed, RowChangeKind::Inserted, RowChangeKind::Updated);
        row("changed and gone is gone", RowChangeKind::Updated, RowChangeKind::Removed, RowChangeKind::Removed);
        row("changed twice is changed", RowChangeKind::Updated, RowChangeKind::Updated, RowChangeKind::Updated);
    }

    void namesEachRowOnce()
    {
        QFETCH(int, earlier);
        QFETCH(int, later);
        QFETCH(int, told);
        ChangeRing ring;
        ring.add(1, {changeOf(1, 7, static_cast<RowChangeKind>(earlier))}, 0);
        ring.add(2, {changeOf(2, 7, static_cast<RowChangeKind>(later))}, 0);

        const RowNews news = ring.since(0, 0, 100);

        QCOMPARE(news.changes.size(), std::size_t{1});
        QCOMPARE(static_cast<int>(news.changes[0].kind), told);
        QCOMPARE(news.changes[0].sequence, std::uint64_t{2});
        QCOMPARE(news.merged, std::uint64_t{1});
    }

    void saysWhenItNoLongerKnows()
    {
        ChangeRing ring;
        for (std::uint64_t sequence = 1; sequence <= ChangeRing::kChangesMax + 10; ++sequence)
            ring.add(sequence, {changeOf(sequence, static_cast<std::uint8_t>(sequence))}, 0);

        QVERIFY(!ring.since(9, 0, 100).isComplete);
        QVERIFY(ring.since(10, 0, 1'000).isComplete); // 256 rows in all
        ring.addUnknown(ChangeRing::kChangesMax + 11);
        QVERIFY(!ring.since(ChangeRing::kChangesMax + 10, 0, 100).isComplete);
        QVERIFY(ring.since(ChangeRing::kChangesMax + 11, 0, 100).isComplete);
        QVERIFY(!ring.since(ChangeRing::kChangesMax + 12, 0, 100).isComplete);
    }

    void countsWhatItDoesNotList()
    {
        ChangeRing ring;
        ring.add(1, {changeOf(1, 1), changeOf(1, 2), changeOf(1, 3)}, 0);

        const RowNews news = ring.since(0, 0, 2);

        QVERIFY(!news.isComplete);
        QCOMPARE(news.dropped, std::uint64_t{1});
        QCOMPARE(news.changes.size(), std::size_t{2});
        QCOMPARE(news.changes[0].key[0], std::uint8_t{2});
    }

    void numbersEventsAndKeepsTheLast()
    {
        ChangeRing ring;
        for (std::size_t i = 0; i < ChangeRing::kEventsMax + 3; ++i) ring.addEvent({});

        const RowNews all = ring.since(0, 0, 1);
        QCOMPARE(all.events.size(), ChangeRing::kEventsMax);
        QCOMPARE(all.events.front().number, std::uint64_t{4});
        QCOMPARE(all.lastEvent, std::uint64_t{ChangeRing::kEventsMax + 3});
        QVERIFY(ring.since(0, all.lastEvent, 1).events.empty());
        QCOMPARE(ring.since(0, all.lastEvent - 1, 1).events.size(), std::size_t{1});
    }
};

BLAZEDB_REGISTER_TEST(TestChangeRing);
#include "tst_change_ring.moc"
