// Index keys order as values do, and the ranges of a condition hold everything that it matches.
#include <algorithm>
#include <limits>

#include <rapidcheck.h>

#include "engine/index/index_key.h"
#include "engine/model/compare.h"
#include "engine/model/predicate.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Expression;
using model::ExpressionKind;
using model::Value;

namespace {

std::string keyOf(const Value* value, const model::Uuid& id = {})
{
    std::string key;
    index::appendIndexKey(key, value, id);
    return key;
}

int signOf(int number)
{
    return (number > 0) - (number < 0);
}

int signOf(std::weak_ordering order)
{
    return order < 0 ? -1 : order > 0 ? 1 : 0;
}

bool holds(const index::KeyRanges& ranges, const std::string& key)
{
    return std::any_of(ranges.begin(), ranges.end(), [&](const index::KeyRange& range) { return key >= range.from && (range.to.empty() || key < range.to); });
}

bool matches(const Expression& comparison, const Value* value)
{
    const auto predicate = model::Predicate::compile(comparison);
    model::Record record;
    if (value != nullptr) record.fields.push_back({comparison.field, *value});
    model::RecordFieldSource source(record);
    return predicate && predicate->matches(source);
}

Value text(const char* characters)
{
    return Value(std::string(characters));
}

/// A value of each kind that is ordered, and the edges of numbers.
std::vector<Value> variedValues()
{
    const auto id = *model::Uuid::parse("6FC4CF08-4F8B-4B9E-B831-CD261E59ED49");
    std::vector<Value> values{Value(), Value(false), Value(true), Value(id), text(id.toString().c_str()), text("6fc4cf08-4f8b-4b9e-b831-cd261e59ed49"),
                              text("6fC4cF08-4f8b-4b9e-b831-cd261e59ed49"), Value(Bytes{}), Value(Bytes{std::byte{1}}), Value(model::Array{Value(true)}),
                              Value(model::Vector{{1.0}}), Value(model::Dictionary{{"a", Value()}})};
    for (const char* characters : {"", "a", "A", "ab", "b", "\u00e9", "e\u0301", "\xF4\x8F\xBF\xBF"}) values.push_back(text(characters));
    for (const std::int64_t integer : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{9'007'199'254'740'993}, std::int64_t{-9'007'199'254'740'993},
                                       std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()})
        values.emplace_back(integer);
    for (const double real : {0.0, -0.0, 1.0, 1.0005, 0.9995, 1.001, 0.999, 0.9991, 9'007'199'254'740'992.0, 1e300, -1e300, std::numeric_limits<double>::infinity(),
                              -std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
        values.emplace_back(real);
        values.emplace_back(model::Date{real});
    }
    return values;
}

} // namespace

class TestIndexKey final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ordersAsTheTotalOrderOfValues()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        for (int i = 0; i < 20'000; ++i) {
            const Value left = random.value();
            const Value right = random.value();

            const int found = signOf(keyOf(&left).compare(keyOf(&right)));

            QVERIFY2(found == signOf(model::compareForSort(&left, &right)), qPrintable(QStringLiteral("seed %1, pair %2").arg(seed).arg(i)));
        }
    }

    void ordersAllIntegersAndDoublesTogether()
    {
        const bool holdsForAll = rc::check("an integer and a double order by their exact values", [](std::int64_t integer, std::int64_t near) {
            const Value left(integer);
            const Value right(static_cast<double>(near));
            const Value close(static_cast<double>(integer));
            RC_ASSERT(signOf(keyOf(&left).compare(keyOf(&right))) == signOf(model::compareForSort(&left, &right)));
            RC_ASSERT(signOf(keyOf(&left).compare(keyOf(&close))) == signOf(model::compareForSort(&left, &close)));
        });

        QVERIFY(holdsForAll);
    }

    void equalValuesOrderById()
    {
        model::Uuid low;
        model::Uuid high;
        high.bytes[15] = 1;
        const Value value = text("x");
        const Value greater = text("x ");

        QVERIFY(keyOf(&value, low) < keyOf(&value, high));
        QVERIFY(keyOf(&value, high) < keyOf(&greater, low));
        QVERIFY(keyOf(nullptr, low) < keyOf(nullptr, high));
        QVERIFY(index::idOfIndexKey(asBytes(keyOf(&value, high))) == high);
    }

    void longValuesAreCutAndStayInOrder()
    {
        const Value low(std::string(1'200, 'a') + "a");
        const Value high(std::string(1'200, 'a') + "b");
        const Value greater(std::string(1'199, 'a') + "b" );
        const Value behind(std::string(500, 'a') + "b");

        QCOMPARE(keyOf(&low).size(), index::kMaxValueBytes + index::kIdBytes);
        QCOMPARE(keyOf(&low), keyOf(&high)); // told apart by the record
        QCOMPARE(keyOf(&low), keyOf(&greater));
        QVERIFY(keyOf(&high) < keyOf(&behind));
        for (const ExpressionKind kind : {ExpressionKind::Equal, ExpressionKind::Less, ExpressionKind::GreaterOrEqual})
            for (const Value* operand : {&low, &high, &behind})
                for (const Value* value : {&low, &high, &behind})
                    if (matches(model::comparison(kind, "f", *operand), value))
                        QVERIFY(holds(*index::rangesOf(model::comparison(kind, "f", *operand)), keyOf(value)));
    }

    void rangesHoldEveryMatch()
    {
        const std::vector<Value> values = variedValues();
        constexpr ExpressionKind kKinds[] = {ExpressionKind::Equal,   ExpressionKind::Less,           ExpressionKind::LessOrEqual, ExpressionKind::Greater,
                                             ExpressionKind::GreaterOrEqual, ExpressionKind::In,      ExpressionKind::IsMissing,   ExpressionKind::IsNull,
                                             ExpressionKind::IsExplicitNull, ExpressionKind::IsValued, ExpressionKind::StartsWith};
        model::Uuid id;
        id.bytes.fill(0xFF);
        int matching = 0;
        for (const Value& operand : values) {
            for (const ExpressionKind kind : kKinds) {
                const Expression comparison = model::comparison(kind, "f", operand);
                if (!model::Predicate::compile(comparison)) continue;
                const auto ranges = index::rangesOf(comparison);
                QVERIFY(ranges);
                for (std::size_t i = 0; i <= values.size(); ++i) {
                    const Value* value = i < values.size() ? &values[i] : nullptr;
                    if (!matches(comparison, value)) continue;
                    ++matching;
                    QVERIFY2(holds(*ranges, keyOf(value)) && holds(*ranges, keyOf(value, id)), qPrintable(QStringLiteral("kind %1, value %2").arg(static_cast<int>(kind)).arg(i)));
                }
            }
        }
        QVERIFY(matching > 1'000);
    }

    void rangesHoldEveryMatchOfRandomConditions()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        for (int i = 0; i < 20'000; ++i) {
            Expression comparison = random.condition();
            comparison.field = std::string("f");
            if (!comparison.children.empty()) continue;
            const auto ranges = index::rangesOf(comparison);
            const Value value = random.value();
            if (!ranges || !matches(comparison, &value)) continue;
            QVERIFY2(holds(*ranges, keyOf(&value)), qPrintable(QStringLiteral("seed %1, condition %2").arg(seed).arg(i)));
        }
    }

    void equalityLeavesOthersOut()
    {
        const auto ranges = index::rangesOf(model::comparison(ExpressionKind::Equal, "f", text("open")));
        const Value same = text("open");
        const Value longer = text("opened");
        const Value shorter = text("ope");

        QCOMPARE(ranges->size(), std::size_t{1});
        QVERIFY(holds(*ranges, keyOf(&same)));
        QVERIFY(!holds(*ranges, keyOf(&longer)));
        QVERIFY(!holds(*ranges, keyOf(&shorter)));
        const Value two(std::int64_t{2});
        const Value one(std::int64_t{1});
        QVERIFY(!holds(*index::rangesOf(model::comparison(ExpressionKind::Equal, "f", two)), keyOf(&one)));
    }

    void nothingMatchesNoRange_data()
    {
        QTest::addColumn<Expression>("comparison");
        QTest::newRow("= NaN") << model::comparison(ExpressionKind::Equal, "f", Value(std::numeric_limits<double>::quiet_NaN()));
        QTest::newRow("< null") << model::comparison(ExpressionKind::Less, "f", Value());
        QTest::newRow("> array") << model::comparison(ExpressionKind::Greater, "f", Value(model::Array{}));
        QTest::newRow("in nothing") << Expression{ExpressionKind::In, "f", {}, {}};
    }
    void nothingMatchesNoRange()
    {
        QFETCH(const Expression, comparison);
        const auto ranges = index::rangesOf(comparison);
        QVERIFY(ranges && ranges->empty());
    }

    void whatIsNotInARunHasNoRanges_data()
    {
        QTest::addColumn<ExpressionKind>("kind");
        QTest::newRow("!=") << ExpressionKind::NotEqual;
        QTest::newRow("contains") << ExpressionKind::Contains;
        QTest::newRow("like") << ExpressionKind::Like;
        QTest::newRow("ends with") << ExpressionKind::EndsWith;
        QTest::newRow("matches") << ExpressionKind::Matches;
    }
    void whatIsNotInARunHasNoRanges()
    {
        QFETCH(const ExpressionKind, kind);
        QVERIFY(!index::rangesOf(model::comparison(kind, "f", text("a"))));
    }

    void intersectionsAreWhatIsInBoth()
    {
        using index::KeyRange;
        const index::KeyRanges left{{"b", "d"}, {"f", ""}};
        const index::KeyRanges right{{"a", "c"}, {"g", "h"}};

        QVERIFY((index::intersectionOf(left, right) == index::KeyRanges{{"b", "c"}, {"g", "h"}}));
        QVERIFY(index::intersectionOf(left, {}).empty());
    }
};
BLAZEDB_REGISTER_TEST(TestIndexKey);
#include "tst_index_key.moc"
