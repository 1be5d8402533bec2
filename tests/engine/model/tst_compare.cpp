// The relations of the semantics document as literal tables: appendix A, DM-6, DM-7, DM-9 and appendix B.
#include <limits>

#include "engine/model/compare.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Date;
using model::Relation;
using model::Value;

namespace {

const char* const kUuidText = "6FC4CF08-4F8B-4B9E-B831-CD261E59ED49";
const char* const kUuidTextLower = "6fc4cf08-4f8b-4b9e-b831-cd261e59ed49";

Value text(const char* content)
{
    return Value(std::string(content));
}

Value uuid(const char* content)
{
    return Value(*model::Uuid::parse(content));
}

Value bytes(std::initializer_list<int> content)
{
    Bytes data;
    for (const int byte : content) data.push_back(static_cast<std::byte>(byte));
    return Value(std::move(data));
}

Value integer(std::int64_t number)
{
    return Value(number);
}

/// The sign of the table: equality first, as `=` is asked before `<`.
char signOf(const Value& stored, const Value& literal)
{
    if (model::predicateEqual(stored, literal)) return '=';
    switch (model::predicateOrder(stored, literal)) {
    case Relation::Less: return '<';
    case Relation::Greater: return '>';
    default: return '-';
    }
}

const double kNan = std::numeric_limits<double>::quiet_NaN();
const double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t k2To53 = std::int64_t{1} << 53;

} // namespace

class TestCompare final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Appendix A, row by row. The row "missing" has no value and is in TestPredicate.
    void relatesAsAppendixASays_data()
    {
        QTest::addColumn<Value>("stored");
        QTest::addColumn<QByteArray>("signs");
        // Literals across: int 1, double 1.5, bool true, string "1", date ref+1 s, uuid U, text of U, data [1], null.
        // "string order" cells: "1" < "6FC4…", so "1" is less than the text of U and that one greater than "1".
        QTest::newRow("int 1") << integer(1) << QByteArray("=<--=----");
        QTest::newRow("double 1.0") << Value(1.0) << QByteArray("=<--=----");
        QTest::newRow("double NaN") << Value(kNan) << QByteArray("---------");
        QTest::newRow("bool true") << Value(true) << QByteArray("--=------");
        QTest::newRow("string \"1\"") << text("1") << QByteArray("---=--<--");
        QTest::newRow("date ref+1 s") << Value(Date{1}) << QByteArray("=<--=----");
        QTest::newRow("uuid U") << uuid(kUuidText) << QByteArray("-----==--");
        QTest::newRow("text of U, same case") << text(kUuidText) << QByteArray("--->-==--");
        QTest::newRow("text of U, other case") << text(kUuidTextLower) << QByteArray("--->-=>--");
        QTest::newRow("data [2]") << bytes({2}) << QByteArray("------->-");
        QTest::newRow("array [1]") << Value(model::Array{integer(1)}) << QByteArray("---------");
        QTest::newRow("null") << Value() << QByteArray("--------=");
    }
    void relatesAsAppendixASays()
    {
        QFETCH(const Value, stored);
        QFETCH(const QByteArray, signs);
        const std::vector<Value> literals{integer(1),          Value(1.5),      Value(true),  text("1"), Value(Date{1}),
                                          uuid(kUuidText), text(kUuidText), bytes({1}), Value()};

        QByteArray found;
        for (const Value& literal : literals) found += signOf(stored, literal);

        QCOMPARE(found, signs);
    }

    /// DM-6 and DM-7 beyond the matrix.
    void relatesValuesExactly_data()
    {
        QTest::addColumn<Value>("left");
        QTest::addColumn<Value>("right");
        QTest::addColumn<char>("sign");
        QTest::newRow("canonical equivalence") << text("\u00e9") << text("e\u0301") << '=';
        QTest::newRow("case counts") << text("a") << text("A") << '>';
        QTest::newRow("upper case sorts before lower case") << text("Z") << text("a") << '<';
        QTest::newRow("text is not numeric") << text("10") << text("9") << '<';
        QTest::newRow("scalars, not UTF-16 units") << text("\uFFFD") << text("\U0001F525") << '<';
        QTest::newRow("a beginning is less") << text("ab") << text("abc") << '<';
        QTest::newRow("order of NFC forms") << text("e\u0301") << text("f") << '>'; // U+00E9 is beyond f
        QTest::newRow("2^53 + 1 is not 2^53") << integer(k2To53 + 1) << Value(9'007'199'254'740'992.0) << '>';
        QTest::newRow("2^53") << integer(k2To53) << Value(9'007'199'254'740'992.0) << '=';
        QTest::newRow("int max against 2^63") << integer(INT64_MAX) << Value(9'223'372'036'854'775'808.0) << '<';
        QTest::newRow("int min against -2^63") << integer(INT64_MIN) << Value(-9'223'372'036'854'775'808.0) << '=';
        QTest::newRow("int max against infinity") << integer(INT64_MAX) << Value(kInfinity) << '<';
        QTest::newRow("int min against -infinity") << integer(INT64_MIN) << Value(-kInfinity) << '>';
        QTest::newRow("a negative fraction") << integer(-1) << Value(-1.5) << '>';
        QTest::newRow("a small fraction") << integer(0) << Value(5e-324) << '<';
        QTest::newRow("minus zero") << Value(-0.0) << Value(0.0) << '=';
        QTest::newRow("minus zero and int") << Value(-0.0) << integer(0) << '=';
        QTest::newRow("int and NaN") << integer(0) << Value(kNan) << '-';
        QTest::newRow("NaN and NaN") << Value(kNan) << Value(kNan) << '-';
        QTest::newRow("date and double within 1 ms") << Value(Date{10.0005}) << Value(10.0) << '=';
        QTest::newRow("date and double 1 ms apart") << Value(Date{0}) << Value(0.001) << '<'; // not below 0.001
        QTest::newRow("date and int within 1 ms") << Value(Date{9.9995}) << integer(10) << '=';
        QTest::newRow("int and date, other way round") << integer(10) << Value(Date{9.9995}) << '=';
        QTest::newRow("dates are exact among each other") << Value(Date{10.0005}) << Value(Date{10.0}) << '>';
        QTest::newRow("date and int beyond 2^53") << Value(Date{9'007'199'254'740'992.0}) << integer(k2To53 + 1) << '<';
        QTest::newRow("date NaN") << Value(Date{kNan}) << Value(0.0) << '-';
        QTest::newRow("bool") << Value(false) << Value(true) << '<';
        QTest::newRow("bool and int") << Value(true) << integer(1) << '-';
        QTest::newRow("uuids by bytes") << uuid("0F000000-0000-0000-0000-000000000000") << uuid("A0000000-0000-0000-0000-000000000000") << '<';
        QTest::newRow("uuid and text of another") << uuid(kUuidText) << text("0F000000-0000-0000-0000-000000000000") << '-';
        QTest::newRow("text and date") << text("2001-01-01T00:00:00Z") << Value(Date{0}) << '-';
        QTest::newRow("text and bytes") << text("a") << bytes({0x61}) << '-';
        QTest::newRow("bytes are unsigned") << bytes({0x7f}) << bytes({0x80}) << '<';
        QTest::newRow("shorter bytes first on a tie") << bytes({1}) << bytes({1, 0}) << '<';
        QTest::newRow("longer but smaller bytes") << bytes({1, 9, 9}) << bytes({2}) << '<';
        QTest::newRow("empty bytes") << bytes({}) << bytes({}) << '=';
        QTest::newRow("equal arrays") << Value(model::Array{integer(1), text("\u00e9")}) << Value(model::Array{integer(1), text("e\u0301")}) << '=';
        QTest::newRow("strict inside arrays") << Value(model::Array{integer(1)}) << Value(model::Array{Value(1.0)}) << '-';
        QTest::newRow("strict inside dictionaries") << Value(model::Dictionary{{"k", Value(Date{1})}}) << Value(model::Dictionary{{"k", integer(1)}}) << '-';
        QTest::newRow("dictionaries have no order of keys")
            << Value(model::Dictionary{{"a", integer(1)}, {"b", Value()}}) << Value(model::Dictionary{{"b", Value()}, {"a", integer(1)}}) << '=';
        QTest::newRow("keys by canonical equivalence") << Value(model::Dictionary{{"\u00e9", Value()}}) << Value(model::Dictionary{{"e\u0301", Value()}}) << '=';
        QTest::newRow("equal vectors") << Value(model::Vector{{1.0, 2.0}}) << Value(model::Vector{{1.0, 2.0}}) << '=';
        QTest::newRow("other vectors have no order") << Value(model::Vector{{1.0}}) << Value(model::Vector{{2.0}}) << '-';
        QTest::newRow("a vector is no array") << Value(model::Vector{{1.0}}) << Value(model::Array{Value(1.0)}) << '-';
        QTest::newRow("a null inside is equal") << Value(model::Array{Value()}) << Value(model::Array{Value()}) << '=';
        QTest::newRow("NaN inside is not equal") << Value(model::Array{Value(kNan)}) << Value(model::Array{Value(kNan)}) << '-';
    }
    void relatesValuesExactly()
    {
        QFETCH(const Value, left);
        QFETCH(const Value, right);
        QFETCH(const char, sign);

        QCOMPARE(signOf(left, right), sign);
        const char other = sign == '<' ? '>' : sign == '>' ? '<' : sign;
        QCOMPARE(signOf(right, left), other);
    }

    void equalityOfUuidTextsIsNotTransitive()
    {
        QVERIFY(model::predicateEqual(text(kUuidText), uuid(kUuidText)));
        QVERIFY(model::predicateEqual(uuid(kUuidText), text(kUuidTextLower)));
        QVERIFY(!model::predicateEqual(text(kUuidText), text(kUuidTextLower)));
    }

    /// DM-9: each of these before the next; those in one row tie.
    void sortsEverythingInOneOrder()
    {
        const std::vector<std::vector<Value>> rising{
            {Value(false)},
            {Value(true)},
            {Value(-kInfinity)},
            {integer(INT64_MIN), Value(-9'223'372'036'854'775'808.0)},
            {integer(0), Value(0.0), Value(-0.0)},
            {Value(Date{0})}, // after the number at the same position
            {integer(1), Value(1.0)},
            {Value(Date{1})},
            {Value(1.0005)},
            {integer(k2To53), Value(9'007'199'254'740'992.0)},
            {integer(k2To53 + 1)},
            {integer(INT64_MAX)},
            {Value(9'223'372'036'854'775'808.0)},
            {Value(kInfinity)},
            {Value(kNan)},
            {Value(Date{kNan})},
            {text("")},
            {text("10")},
            {text("9")},
            {text("Z")},
            {text("a")},
            {text("\u00e9"), text("e\u0301")},
            {text("\U0001F525")},
            {uuid("00000000-0000-0000-0000-000000000001")},
            {uuid(kUuidText)},
            {bytes({})},
            {bytes({1})},
            {bytes({1, 0})},
            {bytes({2})},
            {Value(model::Array{})},
            {Value(model::Array{integer(1)}), Value(model::Array{Value(1.0)})},
            {Value(model::Array{integer(1), Value(true)})},
            {Value(model::Array{text("a")})},
            {Value(model::Array{Value()})}, // null last, inside too
            {Value(model::Vector{})},
            {Value(model::Vector{{1.0}})},
            {Value(model::Vector{{1.0, 0.0}})},
            {Value(model::Vector{{2.0}})},
            {Value(model::Dictionary{})},
            {Value(model::Dictionary{{"a", integer(1)}})},
            {Value(model::Dictionary{{"b", integer(0)}, {"a", integer(1)}})},
            {Value(model::Dictionary{{"a", integer(2)}})},
            {Value(model::Dictionary{{"b", integer(0)}})},
            {Value()},
        };

        for (std::size_t i = 0; i < rising.size(); ++i)
            for (std::size_t j = 0; j < rising.size(); ++j)
                for (const Value& left : rising[i])
                    for (const Value& right : rising[j])
                        QVERIFY2(model::compareForSort(&left, &right) == (i <=> j), qPrintable(QStringLiteral("%1 against %2").arg(i).arg(j)));
    }

    void missingAndNullTieBehindEverything()
    {
        const Value null;
        const Value last(model::Dictionary{{"z", Value(true)}});
        QVERIFY(model::compareForSort(nullptr, &null) == 0);
        QVERIFY(model::compareForSort(nullptr, nullptr) == 0);
        QVERIFY(model::compareForSort(&last, nullptr) < 0);
        QVERIFY(model::compareForSort(&null, &last) > 0);
    }

    void theSortOrderIsATotalOrder()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        std::vector<Value> values;
        for (int i = 0; i < 120; ++i) values.push_back(random.value());
        for (const Value& a : values) {
            QVERIFY(model::compareForSort(&a, &a) == 0);
            for (const Value& b : values) {
                const auto order = model::compareForSort(&a, &b);
                QVERIFY2(order == 0 <=> model::compareForSort(&b, &a), qPrintable(QString::number(seed)));
                for (const Value& c : values)
                    if (order <= 0 && model::compareForSort(&b, &c) <= 0) QVERIFY2(model::compareForSort(&a, &c) <= 0, qPrintable(QString::number(seed)));
            }
        }
    }
};

BLAZEDB_REGISTER_TEST(TestCompare);
#include "tst_compare.moc"
