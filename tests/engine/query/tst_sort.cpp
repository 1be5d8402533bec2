#include "engine/query/key_collector.h"
#include "engine/query/sort.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

namespace {

/// Rows without fields, by descending id.
class FallingIds final : public query::Operator {
public:
    explicit FallingIds(std::uint32_t count)
        : m_left(count)
    {}
    Result<const query::Row*> next() override
    {
        if (m_left == 0) return nullptr;
        --m_left;
        for (std::size_t i = 0; i < 4; ++i)
            m_row.id.bytes[i] = static_cast<std::uint8_t>(m_left >> (24 - 8 * i));
        return &m_row;
    }

private:
    query::Row m_row;
    std::uint32_t m_left;
};

} // namespace

class TestSort final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ordersByIdWithoutSortKeys()
    {
        query::RunWatch watch({});
        query::Sort sort(std::make_unique<FallingIds>(100'000), {}, watch);

        const auto ids = query::collectIds(sort);

        QVERIFY(ids.has_value());
        QCOMPARE(ids->size(), std::size_t{100'000});
        QVERIFY(std::is_sorted(ids->begin(), ids->end()));
    }

    void seesAStopBetweenItsRuns()
    {
        std::stop_source stop;
        int looks = 0;
        const auto stopAtTheSecondRun = [&](std::uint64_t) {
            if (++looks == 1) stop.request_stop();
        };
        query::RunWatch watch({.stop = stop.get_token(), .isOverdue = {}, .onProgress = stopAtTheSecondRun});
        query::Sort sort(std::make_unique<FallingIds>(100'000), {}, watch);

        const auto ids = query::collectIds(sort);

        QVERIFY(!ids.has_value());
        QVERIFY(ids.error().code == ErrorCode::Cancelled);
        QCOMPARE(looks, 1);
    }
};
BLAZEDB_REGISTER_TEST(TestSort);
#include "tst_sort.moc"
