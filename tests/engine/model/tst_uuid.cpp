#include <algorithm>
#include <unordered_set>
#include <vector>

#include "engine/model/uuid.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

class TestUuid final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Ids that differ in two bytes only, wherever those stand, must not fall into few buckets: looking one up among them
    /// would take as long as walking through them.
    void idsThatAreNearlyAlikeSpreadOverAHashMap_data()
    {
        QTest::addColumn<int>("place");
        for (int place = 0; place < 15; ++place) QTest::newRow(qPrintable(QString::number(place))) << place;
    }

    void idsThatAreNearlyAlikeSpreadOverAHashMap()
    {
        QFETCH(int, place);
        constexpr int kIds = 10'000;
        constexpr std::size_t kBuckets = 16'384;
        std::unordered_set<std::size_t> hashes;
        std::vector<int> filled(kBuckets);
        for (int i = 0; i < kIds; ++i) {
            model::Uuid id;
            id.bytes[static_cast<std::size_t>(place)] = static_cast<std::uint8_t>(i >> 8);
            id.bytes[static_cast<std::size_t>(place) + 1] = static_cast<std::uint8_t>(i);
            const std::size_t hash = model::UuidHash{}(id);
            hashes.insert(hash);
            ++filled[hash % kBuckets];
        }
        QCOMPARE(hashes.size(), static_cast<std::size_t>(kIds)); // 64 bits: an equal pair is as good as impossible
        // Thrown at random, 0.6 ids a bucket on average: the fullest has about 7; 16 is beyond chance.
        QVERIFY(*std::max_element(filled.begin(), filled.end()) <= 16);
    }
};

BLAZEDB_REGISTER_TEST(TestUuid);
#include "tst_uuid.moc"
