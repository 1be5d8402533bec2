#include <random>

#include "engine/txn/write_set.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::txn;

class TestWriteSet final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goesBackToWhatItWas()
    {
        const std::uint64_t seed = tests::testSeed();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 random(seed);
        WriteSet writes;
        std::vector<std::tuple<WriteSet::Mark, WriteSet::Rows, std::size_t>> kept;
        for (int step = 0; step < 2000; ++step) {
            if (random() % 10 == 0) kept.emplace_back(writes.mark(), writes.rows(), writes.bytes());
            if (random() % 25 == 0 && !kept.empty()) {
                kept.resize(1 + random() % kept.size());
                const auto& [mark, rows, bytes] = kept.back();
                writes.goBack(mark);
                QVERIFY(writes.rows() == rows);
                QCOMPARE(writes.bytes(), bytes);
            }
            WriteSet::Value value;
            if (random() % 3 != 0) value = Bytes(random() % 50, std::byte{1});
            writes.set({"tree", std::to_string(random() % 30)}, std::move(value));
        }
    }

    void tellsErasedFromNotWritten()
    {
        WriteSet writes;
        writes.set({"t", "erased"}, std::nullopt);

        QVERIFY(writes.find({"t", "erased"}) != nullptr);
        QVERIFY(!writes.find({"t", "erased"})->has_value());
        QVERIFY(writes.find({"t", "other"}) == nullptr);
        QVERIFY(writes.find({"u", "erased"}) == nullptr);
    }
};
BLAZEDB_REGISTER_TEST(TestWriteSet);
#include "tst_write_set.moc"
