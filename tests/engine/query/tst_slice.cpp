#include "engine/query/key_collector.h"
#include "engine/query/slice.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

namespace {

/// Hands on ten rows whose first id bytes are 0 to 9.
class TenRows final : public query::Operator {
public:
    Result<const query::Row*> next() override
    {
        if (m_next == 10) return nullptr;
        m_row.id.bytes[0] = m_next++;
        return &m_row;
    }

private:
    query::Row m_row;
    std::uint8_t m_next = 0;
};

} // namespace

class TestSlice final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void handsOnTheRowsOfItsRange_data()
    {
        QTest::addColumn<int>("offset");
        QTest::addColumn<int>("limit"); // -1: none
        QTest::addColumn<std::vector<int>>("rows");
        QTest::newRow("everything") << 0 << -1 << std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        QTest::newRow("from the third") << 8 << -1 << std::vector<int>{8, 9};
        QTest::newRow("the first two") << 0 << 2 << std::vector<int>{0, 1};
        QTest::newRow("in between") << 3 << 2 << std::vector<int>{3, 4};
        QTest::newRow("limit beyond the end") << 8 << 5 << std::vector<int>{8, 9};
        QTest::newRow("offset beyond the end") << 10 << 5 << std::vector<int>{};
        QTest::newRow("nothing wanted") << 0 << 0 << std::vector<int>{};
    }
    void handsOnTheRowsOfItsRange()
    {
        QFETCH(const int, offset);
        QFETCH(const int, limit);
        QFETCH(const std::vector<int>, rows);
        const auto most = limit < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(limit));
        query::Slice slice(std::make_unique<TenRows>(), static_cast<std::uint64_t>(offset), most);

        const auto ids = query::collectIds(slice);

        QVERIFY(ids.has_value());
        std::vector<int> found;
        for (const model::Uuid& id : *ids)
            found.push_back(id.bytes[0]);
        QCOMPARE(found, rows);
    }
};
BLAZEDB_REGISTER_TEST(TestSlice);
#include "tst_slice.moc"
