// Tree nodes in bytes against a sorted map.
#include <map>
#include <random>

#include "engine/storage/node_layout.h"
#include "tests/support/simulated_disk.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::storage;

namespace {

Bytes restOf(std::string_view value)
{
    Bytes rest;
    appendLeafRest(rest, asBytes(value), false);
    return rest;
}

std::string randomText(std::mt19937_64& random, std::size_t maxBytes, unsigned letters)
{
    std::string text(random() % (maxBytes + 1), '\0');
    for (char& letter : text) letter = static_cast<char>(random() % letters);
    return text;
}

} // namespace

class TestNodeLayout final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ordersKeysAsUnsignedBytesShorterFirst()
    {
        Bytes body(kPageBodyBytes);
        NodeEditor node(body.data());
        node.clear(BodyKind::Leaf, 0);
        // In order; the pairs agree in their first four bytes, or in all that the shorter has.
        const std::vector<std::string> keys{"", std::string(1, '\0'), std::string(5, '\0'), "a", std::string("a\0", 2), "ab", "abcd", "abcda", "abcdb", "\x80", "\xff\xff\xff\xff\xff"};
        for (std::size_t i = keys.size(); i-- > 0;) QVERIFY(node.insert(0, asBytes(keys[i]), restOf(keys[i])));

        QVERIFY(validateNode(body, 0).has_value());
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const auto place = node.view().lowerBound(asBytes(keys[i]));
            QVERIFY(place.isExact);
            QCOMPARE(place.index, i);
        }
        QCOMPARE(node.view().lowerBound(asBytes("abcdaa")).index, std::size_t{8});
        QVERIFY(!node.view().lowerBound(asBytes("abcdaa")).isExact);
    }

    void behavesAsASortedMap()
    {
        const std::uint64_t seed = tests::testSeed();
        qInfo("seed %llu", static_cast<unsigned long long>(seed));
        std::mt19937_64 random(seed);
        for (int round = 0; round < 30; ++round) {
            Bytes body(kPageBodyBytes);
            NodeEditor node(body.data());
            node.clear(BodyKind::Leaf, 0);
            std::map<std::string, std::string> expected;
            for (int step = 0; step < 400; ++step) {
                const std::string key = randomText(random, 6, 3);
                const auto place = node.view().lowerBound(asBytes(key));
                QCOMPARE(place.isExact, expected.contains(key));
                if (place.isExact) {
                    QCOMPARE(std::string(asText(node.view().value(place.index).bytes)), expected[key]);
                    node.remove(place.index);
                    expected.erase(key);
                } else {
                    const std::string value = randomText(random, 300, 256);
                    const std::size_t free = kNodeRoomBytes - node.view().usedBytes();
                    const bool fits = kSlotBytes + key.size() + 2 + value.size() <= free;
                    QCOMPARE(node.insert(place.index, asBytes(key), restOf(value)), fits);
                    if (fits) expected[key] = value;
                }
                QVERIFY(validateNode(body, 0).has_value());
            }
            QCOMPARE(node.view().count(), expected.size());
        }
    }

    void refusesWhatDoesNotHoldTogether()
    {
        Bytes body(kPageBodyBytes);
        NodeEditor node(body.data());
        node.clear(BodyKind::Leaf, 0);
        QVERIFY(node.insert(0, asBytes("key"), restOf("value")));
        QVERIFY(node.insert(1, asBytes("other"), restOf("value")));

        QCOMPARE(validateNode(body, 1).error().code, ErrorCode::Corruption); // not the level its parent says
        const auto breakAt = [&](std::size_t offset, std::uint16_t value) {
            Bytes broken = body;
            storeLe<std::uint16_t>(broken.data() + offset, value);
            return !validateNode(broken, 0).has_value();
        };
        QVERIFY(breakAt(2, 3));       // more cells than there are
        QVERIFY(breakAt(2, 0xFFFF));
        QVERIFY(breakAt(4, 0));       // heap over the slots
        QVERIFY(breakAt(6, 1));       // another sum of cell bytes
        QVERIFY(breakAt(8 + 4, 8135)); // a cell past the end
        QVERIFY(breakAt(8 + 6, 2000)); // a key past the limit
        QVERIFY(breakAt(8, 0xFFFF));  // a head that is not the key's
    }
};
BLAZEDB_REGISTER_TEST(TestNodeLayout);
#include "tst_node_layout.moc"
