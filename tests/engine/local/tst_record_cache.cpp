#include "engine/local/record_cache.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

namespace {

local::RecordCache::SharedRow rowOf(std::size_t textBytes)
{
    auto row = std::make_shared<api::RecordRow>();
    row->record.fields.push_back({"text", model::Value(std::string(textBytes, 'x'))});
    return row;
}

local::RecordCache::Key keyAt(std::uint8_t place, std::uint64_t version = 1)
{
    local::RecordCache::Key key;
    key.version = version;
    key.id.bytes[0] = place;
    return key;
}

} // namespace

class TestRecordCache final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void staysWithinItsBound()
    {
        local::RecordCache cache(100'000);

        for (std::uint8_t i = 0; i < 50; ++i)
            cache.insert(keyAt(i), rowOf(10'000));

        QVERIFY(cache.bytes() <= 100'000);
        QVERIFY(cache.find(keyAt(49)) != nullptr);
        QVERIFY(cache.find(keyAt(0)) == nullptr);
    }

    void dropsTheLeastRecentlyUsed()
    {
        local::RecordCache cache(35'000);
        for (std::uint8_t i = 0; i < 3; ++i)
            cache.insert(keyAt(i), rowOf(10'000));
        cache.find(keyAt(0));

        cache.insert(keyAt(3), rowOf(10'000));

        QVERIFY(cache.find(keyAt(0)) != nullptr);
        QVERIFY(cache.find(keyAt(1)) == nullptr);
    }

    void keepsTheNewestEvenWhenItIsTooLarge()
    {
        local::RecordCache cache(1'000);

        cache.insert(keyAt(0), rowOf(500));
        cache.insert(keyAt(1), rowOf(50'000));

        QVERIFY(cache.find(keyAt(1)) != nullptr);
        QVERIFY(cache.find(keyAt(0)) == nullptr);
    }

    void knowsStatesApart()
    {
        local::RecordCache cache;

        cache.insert(keyAt(0, 1), rowOf(10));

        QVERIFY(cache.find(keyAt(0, 2)) == nullptr);
        QVERIFY(cache.find(keyAt(0, 1)) != nullptr);
    }
};
BLAZEDB_REGISTER_TEST(TestRecordCache);
#include "tst_record_cache.moc"
