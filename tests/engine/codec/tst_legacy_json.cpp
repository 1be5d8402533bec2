// Records of very old files, stored as JSON text: the forms of the file-format specification 4.9 and 5.6.
#include <QByteArray>

#include "engine/codec/legacy_json.h"
#include "tests/support/expected_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Value;

namespace {

QString difference(const char* json, const std::vector<model::Field>& expected)
{
    const auto decoded = codec::decodeJsonRecord(asBytes(json));
    return decoded ? tests::differenceOf({{}, *decoded}, {{}, expected}) : QString::fromStdString(decoded.error().message);
}

} // namespace

class TestLegacyJson final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsBothForms()
    {
        const std::vector<model::Field> expected{{"id", Value(*model::Uuid::parse("550e8400-e29b-41d4-a716-446655440000"))}, {"n", Value(std::int64_t{5})}};
        QCOMPARE(difference(R"({"id":"550E8400-E29B-41D4-A716-446655440000","n":5})", expected), QString());
        QCOMPARE(difference(R"({"storage":{"id":"550e8400-e29b-41d4-a716-446655440000","n":5}})", expected), QString());
        // A field of that name beside others is a field.
        QCOMPARE(difference(R"({"storage":{"n":5},"n":5})", {{"storage", Value(model::Dictionary{{"n", Value(std::int64_t{5})}})}, {"n", Value(std::int64_t{5})}}), QString());
    }

    void guessesKindsAsTheTextAllows()
    {
        QCOMPARE(difference(R"({"a":1,"b":1.5,"c":true,"d":null,"e":"2026-01-02T03:04:05Z","f":[1,"x"],"g":{},"h":18446744073709551615,"i":[],"j":1.0})",
                            {{"a", Value(std::int64_t{1})}, {"b", Value(1.5)}, {"c", Value(true)}, {"d", Value()}, {"e", Value(std::string("2026-01-02T03:04:05Z"))},
                             {"f", Value(model::Array{Value(std::int64_t{1}), Value(std::string("x"))})}, {"g", Value(model::Dictionary{})},
                             {"h", Value(18'446'744'073'709'551'615.0)}, {"i", Value(model::Array{})}, {"j", Value(1.0)}}),
                 QString());
    }

    void theLastOfEqualNamesCounts()
    {
        QCOMPARE(difference("{\"\u00e9\":1,\"e\u0301\":2}", {{"\u00e9", Value(std::int64_t{2})}}), QString());
        QCOMPARE(difference("{\"\ufeffa\":1,\"a\":2}", {{"a", Value(std::int64_t{2})}}), QString()); // a byte order mark is no part of a name
    }

    void refusesWhatIsNoRecord()
    {
        for (const char* wrong : {"", "[]", "5", "{", "{\"a\":}", "{\"a\":1", "\"text\"", "{\"a\":\"\xc3\x28\"}"}) {
            const auto decoded = codec::decodeJsonRecord(asBytes(wrong));
            QVERIFY2(!decoded, wrong);
            QCOMPARE(decoded.error().code, ErrorCode::Corruption);
        }
        QVERIFY(!codec::decodeJsonRecord(asBytes("{\"a\":" + std::string(5'000, '[') + std::string(5'000, ']') + "}")));
    }

    void isToldFromBlazeBinaryByItsFirstByte()
    {
        QVERIFY(codec::looksLikeJsonRecord(asBytes("{}")) && codec::looksLikeJsonRecord(asBytes("[")));
        QVERIFY(!codec::looksLikeJsonRecord(asBytes("BLAZE")) && !codec::looksLikeJsonRecord({}));
    }
};
BLAZEDB_REGISTER_TEST(TestLegacyJson);
#include "tst_legacy_json.moc"
