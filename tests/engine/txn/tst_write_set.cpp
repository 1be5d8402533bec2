#include <random>

#include "engine/txn/write_set.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::txn;

namespace {

using PlainRows = std::map<std::pair<std::string, std::string>, std::optional<Bytes>>;

PlainRows plain(const WriteSet& writes)
{
    PlainRows all;
    for (const auto& [tree, rows] : writes.trees())
        for (const auto& [key, value] : rows) all[{tree, std::string(key)}] = value ? std::optional(Bytes(value->begin(), value->end())) : std::nullopt;
    return all;
}

void setRandomly(WriteSet& writes, std::mt19937_64& random)
{
    const std::string key = std::to_string(random() % 30);
    if (random() % 3 == 0) writes.set("tree", asBytes(key), std::nullopt);
    else writes.set("tree", asBytes(key), ByteView(Bytes(random() % 50, std::byte{1})));
}

} // namespace

class TestWriteSet final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goesBackToWhatItWas()
    {
        const std::uint64_t seed = tests::testSeed();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 random(seed);
        WriteSet writes;
        std::vector<std::tuple<WriteSet::Mark, PlainRows, std::size_t>> kept;
        for (int step = 0; step < 2000; ++step) {
            if (random() % 10 == 0) kept.emplace_back(writes.mark(), plain(writes), writes.bytes());
            if (random() % 25 == 0 && !kept.empty()) {
                kept.resize(1 + random() % kept.size());
                const auto& [mark, rows, bytes] = kept.back();
                writes.goBack(mark);
                QVERIFY(plain(writes) == rows);
                QCOMPARE(writes.rowCount(), rows.size());
                QCOMPARE(writes.bytes(), bytes);
            }
            setRandomly(writes, random);
        }
    }

    void countsOnlyWhatIsThereWhenNobodyGoesBack()
    {
        std::mt19937_64 random(tests::testSeed());
        WriteSet overwritten;
        WriteSet marked;
        marked.mark();
        for (int step = 0; step < 500; ++step) {
            const auto sameAgain = random;
            setRandomly(overwritten, random);
            random = sameAgain;
            setRandomly(marked, random);
        }
        WriteSet once;
        for (const auto& [row, value] : plain(overwritten))
            once.set(row.first, asBytes(row.second), value ? std::optional<ByteView>(*value) : std::nullopt);

        QCOMPARE(overwritten.bytes(), once.bytes());
        QVERIFY(marked.bytes() > once.bytes());
        marked.forgetMarks();
        QCOMPARE(marked.bytes(), once.bytes());
    }

    void keepsTheRowsWhenItsValuesGo()
    {
        WriteSet writes;
        writes.set("t", asBytes("a"), ByteView(Bytes(100, std::byte{1})));
        writes.set("u", asBytes("b"), std::nullopt);

        writes.dropValues();

        const PlainRows expected{{{"t", "a"}, std::nullopt}, {{"u", "b"}, std::nullopt}};
        QVERIFY(plain(writes) == expected);
        QCOMPARE(writes.rowCount(), std::size_t{2});
    }

    void tellsErasedFromNotWritten()
    {
        WriteSet writes;
        writes.set("t", asBytes("erased"), std::nullopt);

        QVERIFY(writes.find("t", asBytes("erased")) != nullptr);
        QVERIFY(!writes.find("t", asBytes("erased"))->has_value());
        QVERIFY(writes.find("t", asBytes("other")) == nullptr);
        QVERIFY(writes.find("u", asBytes("erased")) == nullptr);
    }
};
BLAZEDB_REGISTER_TEST(TestWriteSet);
#include "tst_write_set.moc"
