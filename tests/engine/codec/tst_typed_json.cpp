// The lossless typed JSON of semantics 1.2 (DM-5): every kind nested, the listed edges, and what is no typed JSON.
#include <cmath>
#include <limits>

#include <QByteArray>

#include "engine/codec/blaze_binary.h"
#include "engine/codec/typed_json.h"
#include "tests/support/expected_records.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Value;

namespace {

constexpr std::int64_t k2To53 = std::int64_t{1} << 53;
const double kInfinity = std::numeric_limits<double>::infinity();

bool isSame(const Value& left, const Value& right)
{
    return tests::differenceOf({{}, {{"f", left, 0}}}, {{}, {{"f", right, 0}}}).isEmpty(); // NaN payloads aside
}

} // namespace

class TestTypedJson final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesEachKindInItsForm_data()
    {
        QTest::addColumn<Value>("value");
        QTest::addColumn<QByteArray>("json");
        const auto row = [](const char* name, Value value, const char* json) { QTest::newRow(name) << std::move(value) << QByteArray(json); };
        row("null", Value(), "null");
        row("true", Value(true), "true");
        row("text", Value(std::string("a\"\\\n/\x01")), "\"a\\\"\\\\\\n/\\u0001\"");
        row("text with NUL", Value(std::string("a\0b", 3)), R"("a\u0000b")");
        row("empty text", Value(std::string()), R"("")");
        row("text not in NFC", Value(std::string("e\u0301")), "\"e\u0301\"");
        row("text that spells a UUID", Value(std::string("550E8400-E29B-41D4-A716-446655440000")), R"("550E8400-E29B-41D4-A716-446655440000")");
        row("0", Value(std::int64_t{0}), "0");
        row("2^53", Value(k2To53), "9007199254740992");
        row("-2^53", Value(-k2To53), "-9007199254740992");
        row("2^53 + 1", Value(k2To53 + 1), R"({"$int":"9007199254740993"})");
        row("int max", Value(std::int64_t{INT64_MAX}), R"({"$int":"9223372036854775807"})");
        row("int min", Value(std::int64_t{INT64_MIN}), R"({"$int":"-9223372036854775808"})");
        row("1.5", Value(1.5), "1.5");
        row("5.0", Value(5.0), R"({"$double":5.0})");
        row("0.0", Value(0.0), R"({"$double":0.0})");
        row("-0.0", Value(-0.0), R"({"$double":-0.0})");
        row("1e300", Value(1e300), R"({"$double":1e+300})");
        row("NaN", Value(std::nan("")), R"({"$double":"NaN"})");
        row("infinity", Value(kInfinity), R"({"$double":"Infinity"})");
        row("-infinity", Value(-kInfinity), R"({"$double":"-Infinity"})");
        row("date", Value(model::Date{0}), R"({"$date":"2001-01-01T00:00:00Z"})");
        row("date with fraction", Value(model::Date{0.5}), R"({"$date":"2001-01-01T00:00:00.500Z"})");
        row("date -0.0", Value(model::Date{-0.0}), R"({"$date":{"ref":-0.0}})");
        row("date far away", Value(model::Date{1e300}), R"({"$date":{"ref":1e+300}})");
        row("date between the texts", Value(model::Date{1e-12}), R"({"$date":{"ref":1e-12}})");
        row("date NaN", Value(model::Date{std::nan("")}), R"({"$date":{"ref":"NaN"}})");
        row("date infinity", Value(model::Date{-kInfinity}), R"({"$date":{"ref":"-Infinity"}})");
        row("uuid", Value(*model::Uuid::parse("550e8400-e29b-41d4-a716-446655440000")), R"({"$uuid":"550E8400-E29B-41D4-A716-446655440000"})");
        row("bytes", Value(Bytes{std::byte{'f'}}), R"({"$data":"Zg=="})");
        row("no bytes", Value(Bytes{}), R"({"$data":""})");
        row("vector", Value(model::Vector{{1.0, -0.5}}), R"({"$vector":[1.0,-0.5]})");
        row("vector of odd doubles", Value(model::Vector{{-0.0, std::nan(""), kInfinity}}), R"({"$vector":[-0.0,"NaN","Infinity"]})");
        row("empty vector", Value(model::Vector{}), R"({"$vector":[]})");
        row("array", Value(model::Array{Value(std::int64_t{1}), Value(1.0), Value()}), R"([1,{"$double":1.0},null])");
        row("empty array", Value(model::Array{}), "[]");
        row("dictionary", Value(model::Dictionary{{"b", Value(true)}, {"a", Value()}}), R"({"b":true,"a":null})");
        row("empty dictionary", Value(model::Dictionary{}), "{}");
        row("a key $uuid", Value(model::Dictionary{{"$uuid", Value(std::string("x"))}}), R"({"$$uuid":"x"})");
        row("a key $$uuid", Value(model::Dictionary{{"$$uuid", Value()}}), R"({"$$$uuid":null})");
        row("a key $", Value(model::Dictionary{{"$", Value()}}), R"({"$$":null})");
        row("an empty key", Value(model::Dictionary{{"", Value()}}), R"({"":null})");
    }
    void writesEachKindInItsForm()
    {
        QFETCH(const Value, value);
        QFETCH(const QByteArray, json);

        QCOMPARE(codec::toTypedJson(value), json.toStdString());
        const auto read = codec::parseTypedJson(json.toStdString());
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        QVERIFY(isSame(*read, value));
        const auto indented = codec::parseTypedJson(codec::toIndentedTypedJson(value));
        QVERIFY(indented && isSame(*indented, value));
        // And inside everything that can hold it.
        const Value nested(model::Array{value, Value(model::Dictionary{{"k", Value(model::Array{value, value})}, {"$l", value}})});
        const auto readNested = codec::parseTypedJson(codec::toTypedJson(nested));
        QVERIFY(readNested && isSame(*readNested, nested));
    }

    void readsOtherSpellingsOfTheSame()
    {
        const auto reads = [](const char* json, const Value& value) {
            const auto read = codec::parseTypedJson(json);
            return read && isSame(*read, value);
        };
        QVERIFY(reads(R"({"$double":5})", Value(5.0)));
        QVERIFY(reads(R"({"$int":"5"})", Value(std::int64_t{5})));
        QVERIFY(reads(R"({"$int":5})", Value(std::int64_t{5})));
        QVERIFY(reads(R"({"$date":{"ref":5}})", Value(model::Date{5})));
        QVERIFY(reads(R"({"$date":"2001-01-01T01:00:00.25+01:00"})", Value(model::Date{0.25})));
        QVERIFY(reads(R"({"$uuid":"550e8400-e29b-41d4-a716-446655440000"})", Value(*model::Uuid::parse("550e8400-e29b-41d4-a716-446655440000"))));
        QVERIFY(reads("1e2", Value(100.0))); // an exponent makes a double
        QVERIFY(reads("1.0", Value(1.0)));
        QVERIFY(reads("-9223372036854775808", Value(std::int64_t{INT64_MIN})));
        QVERIFY(reads(" [ 1 , 2 ] ", Value(model::Array{Value(std::int64_t{1}), Value(std::int64_t{2})})));
        QVERIFY(reads(R"({"$vector":[1,2.5]})", Value(model::Vector{{1.0, 2.5}})));
    }

    void refusesWhatWouldBeAGuess_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char* json :
             {"", "{", "[1,", "nul", "1 2", "NaN", "01", "'a'", "\"\\x\"", "\"a", "{\"a\":1,}", "[1,]", R"({"$word":1})", R"({"$uuid":"x"})", R"({"$uuid":5})",
              R"({"$uuid":"550e8400-e29b-41d4-a716-446655440000","a":1})", R"({"a":1,"$int":"5"})", R"({"$":1})", R"({"$date":"2001-01-01"})", R"({"$date":5})",
              R"({"$date":{"ref":"x"}})", R"({"$date":{"ref":1,"x":2}})", R"({"$date":{}})", R"({"$data":"Zg"})", R"({"$data":5})", R"({"$vector":5})",
              R"({"$vector":[null]})", R"({"$vector":["x"]})", R"({"$int":"5x"})", R"({"$int":""})", R"({"$int":"9223372036854775808"})", R"({"$int":1.5})",
              R"({"$double":"x"})", R"({"$double":null})", "9223372036854775808", "18446744073709551616", R"({"a":1,"a":2})", "{\"\u00e9\":1,\"e\u0301\":2}", "\"\xc3\x28\""})
            QTest::newRow(json) << QByteArray(json);
    }
    void refusesWhatWouldBeAGuess()
    {
        QFETCH(const QByteArray, json);

        const auto read = codec::parseTypedJson(json.toStdString());

        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::InvalidArgument);
        QVERIFY(!read.error().message.empty());
    }

    void aNewRecordMayHaveNoId()
    {
        const auto without = codec::parseTypedJsonNewRecord(R"({"n":1})");
        const auto with = codec::parseTypedJsonNewRecord(R"({"n":1,"id":"550E8400-E29B-41D4-A716-446655440000"})");

        QVERIFY(without.has_value() && !without->hasId);
        QCOMPARE(without->record.fields.size(), std::size_t{1});
        QVERIFY(without->record.id == model::Uuid{});
        QVERIFY(with.has_value() && with->hasId);
        QCOMPARE(with->record.id.toString(), std::string("550E8400-E29B-41D4-A716-446655440000"));
        QCOMPARE(codec::parseTypedJsonRecord(R"({"n":1})").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(codec::parseTypedJsonNewRecord(R"({"id":7})").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(codec::parseTypedJsonNewRecord("[]").error().code, ErrorCode::InvalidArgument);
    }

    void writesRecordsWithTheirIdFirst()
    {
        const model::Uuid id = *model::Uuid::parse("550e8400-e29b-41d4-a716-446655440000");
        const model::Record record{id, {{"a", Value(std::int64_t{1})}, {"id", Value(id)}, {"$b", Value()}}};
        std::string json;
        codec::appendTypedJson(json, record);

        QCOMPARE(json, std::string(R"({"id":{"$uuid":"550E8400-E29B-41D4-A716-446655440000"},"a":1,"$$b":null})"));
        const auto read = codec::parseTypedJsonRecord(json);
        QVERIFY(read.has_value());
        QCOMPARE(tests::differenceOf(*read, record), QString());
        QCOMPARE(codec::parseTypedJsonRecord(R"({"id":"550e8400-E29B-41D4-A716-446655440000"})")->id, id);
    }

    void refusesRecordsWithoutOneId()
    {
        for (const char* json : {"[]", "5", "{}", R"({"a":1})", R"({"id":5})", R"({"id":"x"})", R"({"id":null})",
                                 R"({"id":"550e8400-e29b-41d4-a716-446655440000","id":"550e8400-e29b-41d4-a716-446655440000"})",
                                 R"({"id":"550e8400-e29b-41d4-a716-446655440000","a":1,"a":2})", R"({"id":"550e8400-e29b-41d4-a716-446655440000","$a":1})"}) {
            const auto read = codec::parseTypedJsonRecord(json);
            QVERIFY2(!read, json);
            QCOMPARE(read.error().code, ErrorCode::InvalidArgument);
        }
    }

    void roundsWhatABlazeBinaryRecordCanHold()
    {
        Value deepest;
        for (std::size_t i = 0; i < codec::kNestingMax; ++i) deepest = Value(model::Array{std::move(deepest)});
        const model::Record record{{}, {{"deep", std::move(deepest)}}};
        QVERIFY(codec::encodeRecord(record.fields).has_value());
        std::string json;
        codec::appendTypedJson(json, record);

        const auto read = codec::parseTypedJsonRecord(json);

        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        QVERIFY(read->find("deep")->value.isIdenticalTo(record.find("deep")->value));
        QVERIFY(!codec::parseTypedJson(std::string(100'000, '[')));
        QVERIFY(!codec::parseTypedJson(std::string(2'000, '[') + std::string(2'000, ']')));
    }

    void roundsRandomRecords()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        for (int i = 0; i < 2'000; ++i) {
            const model::Record record = random.record();
            std::string json;
            codec::appendTypedJson(json, record);
            QVERIFY(json.find('\n') == std::string::npos);
            const auto read = codec::parseTypedJsonRecord(json);
            QVERIFY2(read && tests::differenceOf(*read, record).isEmpty(), qPrintable(QStringLiteral("seed %1, record %2").arg(seed).arg(i)));
            const auto indented = codec::parseTypedJsonRecord(codec::toIndentedTypedJson(record));
            QVERIFY2(indented && tests::differenceOf(*indented, record).isEmpty(), qPrintable(QStringLiteral("seed %1, record %2").arg(seed).arg(i)));
        }
    }
};

BLAZEDB_REGISTER_TEST(TestTypedJson);
#include "tst_typed_json.moc"
