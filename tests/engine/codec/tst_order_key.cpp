#include <limits>

#include "engine/codec/order_key.h"
#include "tests/support/query_oracle.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Value;

namespace {

std::string keyOf(const Value& value, bool isDescending = false)
{
    std::string key;
    codec::appendOrderKey(key, &value, isDescending);
    return key;
}

int signOf(int number)
{
    return (number > 0) - (number < 0);
}

Value text(const char* characters)
{
    return Value(std::string(characters));
}

constexpr std::int64_t k2To53 = 9'007'199'254'740'992;
constexpr std::int64_t kIntegerMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kIntegerMin = std::numeric_limits<std::int64_t>::min();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

} // namespace

class TestOrderKey final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ordersAsTheSemanticsSay_data()
    {
        QTest::addColumn<Value>("smaller");
        QTest::addColumn<Value>("greater");
        const auto row = [](const char* name, const Value& smaller, const Value& greater) {
            QTest::newRow(name) << smaller << greater;
        };
        row("false before true", Value(false), Value(true));
        row("bool before number", Value(true), Value(kIntegerMin));
        row("number before text", Value(kInfinity), text(""));
        row("text before UUID", text("\xF4\x8F\xBF\xBF"), Value(model::Uuid{}));
        row("UUID before bytes", Value(*model::Uuid::parse("FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF")),
            Value(Bytes{}));
        row("bytes before array", Value(Bytes{std::byte{0xFF}}), Value(model::Array{}));
        row("array before vector", Value(model::Array{Value(std::int64_t{1})}), Value(model::Vector{}));
        row("vector before dictionary", Value(model::Vector{{1.0}}), Value(model::Dictionary{}));
        row("2^53 before 2^53 + 1", Value(static_cast<double>(k2To53)), Value(k2To53 + 1));
        row("2^53 + 1 before 2^53 + 2", Value(k2To53 + 1), Value(static_cast<double>(k2To53 + 2)));
        row("-2^53 - 1 before -2^53", Value(-k2To53 - 1), Value(-static_cast<double>(k2To53)));
        row("greatest integer before 2^63", Value(kIntegerMax), Value(9'223'372'036'854'775'808.0));
        row("the two greatest integers", Value(kIntegerMax - 1), Value(kIntegerMax));
        row("the two smallest integers", Value(kIntegerMin), Value(kIntegerMin + 1));
        row("below the smallest integer", Value(-9'223'372'036'854'777'856.0), Value(kIntegerMin));
        row("number before date at its place", Value(2.0), Value(model::Date{2.0}));
        row("date before the next number", Value(model::Date{2.0}), Value(2.5));
        row("infinity before NaN", Value(kInfinity), Value(kNan));
        row("minus infinity first", Value(-kInfinity), Value(-1e308));
        row("upper case before lower case", text("Z"), text("a"));
        row("digits as text", text("10"), text("9"));
        row("text before its continuation", text("a"), Value(std::string("a\0", 2)));
        row("NUL before other letters", Value(std::string("a\0b", 3)), text("a\x01"));
        row("bytes lexicographically", Value(Bytes{std::byte{1}, std::byte{9}}), Value(Bytes{std::byte{2}}));
        row("array before its continuation", Value(model::Array{Value(true)}),
            Value(model::Array{Value(true), Value(false)}));
        row("null last inside an array", Value(model::Array{text("x")}), Value(model::Array{Value()}));
        row("vector element by element", Value(model::Vector{{1.0, 9.0}}), Value(model::Vector{{2.0}}));
        row("dictionary by key", Value(model::Dictionary{{"a", Value(true)}}),
            Value(model::Dictionary{{"b", Value(false)}}));
        row("dictionary by value", Value(model::Dictionary{{"a", Value(false)}}),
            Value(model::Dictionary{{"a", Value(true)}}));
    }
    void ordersAsTheSemanticsSay()
    {
        QFETCH(const Value, smaller);
        QFETCH(const Value, greater);

        QVERIFY(keyOf(smaller) < keyOf(greater));
        QVERIFY(keyOf(greater, true) < keyOf(smaller, true));
    }

    void tiesAsTheSemanticsSay_data()
    {
        QTest::addColumn<Value>("left");
        QTest::addColumn<Value>("right");
        QTest::newRow("integer and double") << Value(std::int64_t{1}) << Value(1.0);
        QTest::newRow("both zeros") << Value(0.0) << Value(-0.0);
        QTest::newRow("zeros of dates") << Value(model::Date{0.0}) << Value(model::Date{-0.0});
        QTest::newRow("any NaN") << Value(kNan) << Value(-kNan);
        QTest::newRow("composed and decomposed") << text("\u00e9") << text("e\u0301");
        QTest::newRow("dictionaries in another order")
            << Value(model::Dictionary{{"a", Value(true)}, {"b", Value(true)}})
            << Value(model::Dictionary{{"b", Value(true)}, {"a", Value(true)}});
    }
    void tiesAsTheSemanticsSay()
    {
        QFETCH(const Value, left);
        QFETCH(const Value, right);

        QCOMPARE(keyOf(left), keyOf(right));
    }

    void putsNullAndMissingLastInBothDirections()
    {
        std::string missing;
        std::string missingDescending;
        codec::appendOrderKey(missing, nullptr, false);
        codec::appendOrderKey(missingDescending, nullptr, true);

        QCOMPARE(missing, keyOf(Value()));
        QCOMPARE(missingDescending, keyOf(Value(), true));
        QVERIFY(keyOf(Value(model::Dictionary{})) < missing);
        QVERIFY(keyOf(Value(false), true) < missingDescending);
    }

    void agreesWithTheOracleOnRandomValues()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        for (int i = 0; i < 20'000; ++i) {
            const Value left = random.value();
            const Value right = random.value();
            const int expected = tests::oracleSortOrder(&left, &right);

            const int found = signOf(keyOf(left).compare(keyOf(right)));

            QVERIFY2(found == expected, qPrintable(QStringLiteral("seed %1, pair %2").arg(seed).arg(i)));
        }
    }
};
BLAZEDB_REGISTER_TEST(TestOrderKey);
#include "tst_order_key.moc"
