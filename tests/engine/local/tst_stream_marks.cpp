#include "engine/local/stream_marks.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

namespace {

local::ResultKey keyOf(const std::string& collection, std::uint64_t sequence = 1)
{
    model::Query query;
    query.collection = collection;
    return {sequence, query};
}

} // namespace

class TestStreamMarks final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheNearestMarkBefore_data()
    {
        QTest::addColumn<qulonglong>("position");
        QTest::addColumn<qulonglong>("mark");
        QTest::newRow("before the first") << 5ULL << 0ULL;
        QTest::newRow("on a mark") << 10ULL << 10ULL;
        QTest::newRow("behind it") << 19ULL << 10ULL;
        QTest::newRow("on the last") << 30ULL << 30ULL;
        QTest::newRow("behind the last") << 1'000ULL << 30ULL;
    }
    void findsTheNearestMarkBefore()
    {
        QFETCH(const qulonglong, position);
        QFETCH(const qulonglong, mark);
        local::StreamMarks marks;
        for (const std::uint64_t place : {30, 10, 20})
            marks.add(keyOf("bug"), {place, place, storage::RowKey{}});

        QCOMPARE(marks.nearest(keyOf("bug"), position).position, mark);
    }

    void keepsQueriesAndStatesApart()
    {
        local::StreamMarks marks;

        marks.add(keyOf("bug", 1), {10, 10, storage::RowKey{}});
        marks.setMatching(keyOf("bug", 1), 12);

        QCOMPARE(marks.nearest(keyOf("user", 1), 10).position, std::uint64_t{0});
        QCOMPARE(marks.nearest(keyOf("bug", 2), 10).position, std::uint64_t{0});
        QVERIFY(!marks.matching(keyOf("bug", 2)).has_value());
        QCOMPARE(marks.matching(keyOf("bug", 1)), std::optional<std::uint64_t>(12));
    }

    void remembersABoundedNumberOfQueries()
    {
        local::StreamMarks marks;
        marks.setMatching(keyOf("first"), 1);

        for (std::size_t i = 0; i < local::StreamMarks::kQueriesMax; ++i)
            marks.setMatching(keyOf("kind" + std::to_string(i)), 1);

        QVERIFY(!marks.matching(keyOf("first")).has_value());
    }
};
BLAZEDB_REGISTER_TEST(TestStreamMarks);
#include "tst_stream_marks.moc"
