// BlazeBinary: the golden vectors of the file-format specification 11.1 both ways, and what must be refused and accepted.
#include <bit>

#include <QByteArray>

#include "engine/codec/blaze_binary.h"
#include "tests/support/expected_records.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Field;
using model::Value;

namespace {

using Fields = std::vector<Field>;

Bytes fromHex(const QByteArray& hex)
{
    const QByteArray decoded = QByteArray::fromHex(hex);
    const ByteView view = asBytes({decoded.constData(), static_cast<std::size_t>(decoded.size())});
    return {view.begin(), view.end()};
}

QByteArray toHex(ByteView bytes)
{
    return QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())).toHex();
}

Value integer(std::int64_t number)
{
    return Value(number);
}

Value text(const char* content)
{
    return Value(std::string(content));
}

Value uuid(const char* content)
{
    return Value(*model::Uuid::parse(content));
}

Value data(const char* hex)
{
    return Value(fromHex(hex));
}

QString difference(const Fields& actual, const Fields& expected)
{
    return tests::differenceOf({{}, actual}, {{}, expected});
}

/// A record with the field `a` whose value is nested so many levels deep.
Bytes nested(std::size_t levels, std::uint8_t tag)
{
    ByteWriter out(16);
    out.text("BLAZE");
    out.be<std::uint8_t>(1);
    out.be<std::uint16_t>(1);
    out.be<std::uint8_t>(0x01);
    for (std::size_t i = 0; i < levels; ++i) {
        out.be<std::uint8_t>(tag);
        out.be<std::uint16_t>(1);
        if (tag == 0x09) out.be<std::uint16_t>(0); // an empty key
    }
    out.be<std::uint8_t>(0x0B);
    return out.take();
}

} // namespace

class TestBlazeBinary final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsTheGoldenVectors_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<Fields>("fields");
        const auto row = [](const char* name, const char* hex, Fields fields) { QTest::newRow(name) << QByteArray(hex) << std::move(fields); };
        const Value id = uuid("550e8400-e29b-41d4-a716-446655440000");
        row("no fields", "424c415a45010000", {});
        row("a=1, b=2", "424c415a45010002ff0001611201ff0001621202", {{"a", integer(1)}, {"b", integer(2)}});
        row("a=42", "424c415a45010001ff000161122a", {{"a", integer(42)}});
        row("a=Hi", "424c415a45010001ff000161224869", {{"a", text("Hi")}});
        row("message", "424c415a45010001ff00076d6573736167652648656c6c6f21", {{"message", text("Hello!")}});
        row("priority=1", "424c415a45010001091201", {{"priority", integer(1)}});
        row("num=1000", "424c415a45010001ff00036e756d0200000000000003e8", {{"num", integer(1000)}});
        row("num=1234567890ABCDEF", "424c415a45010001ff00036e756d021234567890abcdef", {{"num", integer(0x1234567890ABCDEF)}});
        row("id", "424c415a450100010105550e8400e29b41d4a716446655440000", {{"id", id}});
        row("id, timestamp, value", "424c415a450100030105550e8400e29b41d4a716446655440000ff000974696d657374616d700600000000000000002e122a",
            {{"id", id}, {"timestamp", Value(model::Date{0})}, {"value", integer(42)}});
        row("num=-1", "424c415a45010001ff00036e756d02ffffffffffffffff", {{"num", integer(-1)}});
        row("num=255", "424c415a45010001ff00036e756d12ff", {{"num", integer(255)}});
        row("num=256", "424c415a45010001ff00036e756d020000000000000100", {{"num", integer(256)}});
        row("num=-2^63", "424c415a45010001ff00036e756d028000000000000000", {{"num", integer(INT64_MIN)}});
        row("value=3.14", "424c415a450100012e0340091eb851eb851f", {{"value", Value(3.14)}});
        row("value=-0.0", "424c415a450100012e038000000000000000", {{"value", Value(-0.0)}});
        row("bools", "424c415a45010002350401360400", {{"isActive", Value(true)}, {"isDeleted", Value(false)}});
        row("empty text", "424c415a450100010611", {{"title", text("")}});
        row("15 bytes", "424c415a45010001062f313233343536373839303132333435", {{"title", text("123456789012345")}});
        row("16 bytes", "424c415a4501000106010000001031323334353637383930313233343536", {{"title", text("1234567890123456")}});
        row("U+1F525", "424c415a450100010624f09f94a5", {{"title", text("\U0001F525")}});
        row("bytes", "424c415a450100012e070000000400ffaa55", {{"value", data("00ffaa55")}});
        row("no bytes", "424c415a450100012e0700000000", {{"value", data("")}});
        row("array", "424c415a450100010b08000312012261620b", {{"tags", Value(model::Array{integer(1), text("ab"), Value()})}});
        row("empty containers", "424c415a4501000227190b18", {{"metadata", Value(model::Dictionary{})}, {"tags", Value(model::Array{})}});
        row("dictionary, keys sorted", "424c415a450100012709000200016112010001621202", {{"metadata", Value(model::Dictionary{{"b", integer(2)}, {"a", integer(1)}})}});
        row("nested", "424c415a450100012709000100016b080002040119",
            {{"metadata", Value(model::Dictionary{{"k", Value(model::Array{Value(true), Value(model::Dictionary{})})}})}});
        row("order by name", "424c415a450100031612020112031b1201", {{"zip", integer(1)}, {"age", integer(2)}, {"id", integer(3)}});
        row("upper case first", "424c415a45010002ff0001421202ff0001621201", {{"b", integer(1)}, {"B", integer(2)}});
        row("vector", "424c415a450100012e0a000000023ff00000bfe00000", {{"value", Value(model::Vector{{1.0, -0.5}})}});
        row("key-value entry",
            "424c415a45010006ff000a5f626c617a654b696e64235f6b76ff00065f6b764b65792568656c6c6fff00085f6b7656616c756507000000020001020600000000000000"
            "0001052cf24dba5fb0a30e26e83b2ac5b9e29eff000770726f6a6563742744656661756c74",
            {{"_blazeKind", text("_kv")}, {"_kvKey", text("hello")}, {"_kvValue", data("0001")}, {"createdAt", Value(model::Date{0})},
             {"id", uuid("2CF24DBA-5FB0-A30E-26E8-3B2AC5B9E29E")}, {"project", text("Default")}});
    }
    void holdsTheGoldenVectors()
    {
        QFETCH(const QByteArray, hex);
        QFETCH(const Fields, fields);

        const auto encoded = codec::encodeRecord(fields);
        const auto decoded = codec::decodeRecord(fromHex(hex));

        QVERIFY2(encoded && decoded, decoded ? "" : decoded.error().message.c_str());
        QCOMPARE(toHex(*encoded), hex);
        QCOMPARE(difference(*decoded, fields), QString());
    }

    void readsRecordsWithAChecksum()
    {
        const Bytes small = fromHex("424c415a450200010912018f4fe9dc");
        const Bytes three = fromHex("424c415a450200030105550e8400e29b41d4a716446655440000ff000974696d657374616d700600000000000000002e122a0b4ad109");
        QCOMPARE(small.size(), std::size_t{15});
        QCOMPARE(difference(*codec::decodeRecord(small), {{"priority", integer(1)}}), QString());
        QCOMPARE(codec::decodeRecord(three)->size(), std::size_t{3});
        QCOMPARE(*codec::decodeRecordId(three), model::Uuid::parse("550e8400-e29b-41d4-a716-446655440000"));
        for (std::size_t i = 0; i < three.size(); ++i) {
            Bytes changed = three;
            changed[i] ^= std::byte{0x04};
            QVERIFY2(!codec::decodeRecord(changed), qPrintable(QString::number(i)));
        }
    }

    void refusesWhatIsNoRecord_data()
    {
        QTest::addColumn<QByteArray>("hex");
        const QByteArray header("424c415a45010001");
        QTest::newRow("short") << QByteArray("424c415a45");
        QTest::newRow("magic") << QByteArray("004c415a45010000");
        QTest::newRow("version") << QByteArray("424c415a45990000");
        QTest::newRow("version 03") << QByteArray("424c415a45030000");
        QTest::newRow("field missing") << header;
        QTest::newRow("field number 0") << header + "001201";
        QTest::newRow("field number 3B") << header + "3b1201";
        QTest::newRow("field number FE") << header + "fe1201";
        QTest::newRow("tag 0C") << header + "010c";
        QTest::newRow("tag 10") << header + "0110";
        QTest::newRow("tag 30") << header + "0130";
        QTest::newRow("not UTF-8") << header + "0122c328";
        QTest::newRow("long text not UTF-8") << header + "010100000002c328";
        QTest::newRow("name not UTF-8") << header + "ff0002c3281201";
        QTest::newRow("text over 100,000,000 bytes") << header + "010105f5e101";
        QTest::newRow("bytes over 100,000,000") << header + "010705f5e101";
        QTest::newRow("vector of 1,000,001") << header + "010a000f4241";
        QTest::newRow("checksum") << QByteArray("424c415a4502000109120100000000");
        QTest::newRow("text cut short") << header + "01234142";
        QTest::newRow("integer cut short") << header + "0102000000";
        QTest::newRow("array cut short") << header + "0108ffff1201";
        QTest::newRow("dictionary without value") << header + "010900010001" + "61";
        QTest::newRow("checksum cut short") << QByteArray("424c415a4502000000");
    }
    void refusesWhatIsNoRecord()
    {
        QFETCH(const QByteArray, hex);
        const Bytes bytes = fromHex(hex);

        const auto decoded = codec::decodeRecord(bytes);

        QVERIFY(!decoded);
        QCOMPARE(decoded.error().code, hex.startsWith("424c415a4503") ? ErrorCode::Unsupported : ErrorCode::Corruption);
        QVERIFY(!decoded.error().message.empty());
        codec::RecordReader reader;
        QVERIFY(!reader.open(bytes));
    }

    void acceptsWhatOtherWritersMayWrite()
    {
        const QByteArray header("424c415a45010001");
        const auto valueOf = [&](const QByteArray& rest) { return codec::decodeRecord(fromHex(header + rest))->front().value; };
        QVERIFY(codec::decodeRecord(fromHex("424c415a45010000dead"))->empty()); // bytes after the last field
        QVERIFY(valueOf("0120").isIdenticalTo(text("")));
        QVERIFY(valueOf("010407").isIdenticalTo(Value(true)));
        QVERIFY(valueOf("01020000000000000005").isIdenticalTo(integer(5)));
        QVERIFY(valueOf("01080000").isIdenticalTo(Value(model::Array{})));
        QVERIFY(valueOf("01090000").isIdenticalTo(Value(model::Dictionary{})));
        QVERIFY(valueOf("010100000000").isIdenticalTo(text("")));
        QVERIFY(valueOf("01010000000141").isIdenticalTo(text("A")));
        QVERIFY(valueOf("ff000269641201").isIdenticalTo(integer(1))); // a numbered name written out
    }

    void theLastOfEqualNamesCounts()
    {
        const Bytes twice = fromHex("424c415a45010002011201011202");
        QCOMPARE(difference(*codec::decodeRecord(twice), {{"id", integer(2)}}), QString());
        codec::RecordReader reader;
        QVERIFY(reader.open(twice));
        QVERIFY(reader.field("id")->isIdenticalTo(integer(2)));
        // The id of the record is the id it shows.
        const Bytes ids = fromHex("424c415a450100020105550e8400e29b41d4a7164466554400000105" + QByteArray(32, '0'));
        QCOMPARE(*codec::decodeRecordId(ids), std::optional(model::Uuid{}));
        // "é" composed and decomposed are one name: the first spelling, the last value.
        const auto merged = codec::decodeRecord(fromHex("424c415a45010002ff0002c3a91201ff000365cc811202"));
        QCOMPARE(merged->size(), std::size_t{1});
        QCOMPARE(merged->front().name, std::string("\u00e9"));
        QVERIFY(merged->front().value.isIdenticalTo(integer(2)));
    }

    void readsTheIdWithoutTheRest()
    {
        QCOMPARE(*codec::decodeRecordId(fromHex("424c415a45010000")), std::optional<model::Uuid>());
        QCOMPARE(*codec::decodeRecordId(fromHex("424c415a450100010112ff")), std::optional<model::Uuid>());
        const auto spelled = codec::encodeRecord({{"id", text("550e8400-e29b-41d4-a716-446655440000")}});
        QCOMPARE(*codec::decodeRecordId(*spelled), model::Uuid::parse("550e8400-e29b-41d4-a716-446655440000"));
        QCOMPARE(codec::decodeRecordId(fromHex("424c415a450100010105")).error().code, ErrorCode::Corruption);
    }

    void readsDeepNestingButNotWithoutBounds()
    {
        for (const std::uint8_t tag : {std::uint8_t{0x08}, std::uint8_t{0x09}}) {
            QVERIFY(codec::decodeRecord(nested(512, tag)).has_value());
            QVERIFY(codec::decodeRecord(nested(codec::kNestingMax, tag)).has_value());
            const Bytes tooDeep = nested(codec::kNestingMax + 1, tag);
            QCOMPARE(codec::decodeRecord(tooDeep).error().code, ErrorCode::Corruption);
            QVERIFY(!codec::decodeRecord(nested(100'000, tag)));
        }
        const auto deepest = codec::decodeRecord(nested(codec::kNestingMax, 0x08));
        QVERIFY(codec::encodeRecord(*deepest).has_value());
    }

    void refusesToWriteWhatOthersCannotRead()
    {
        const auto codeOf = [](const Fields& fields) {
            const auto encoded = codec::encodeRecord(fields);
            return encoded ? std::optional<ErrorCode>() : encoded.error().code;
        };
        const std::optional<ErrorCode> refused = ErrorCode::InvalidArgument;
        QCOMPARE(codeOf({{"a", Value(std::string("\xc3\x28"))}}), refused);
        QCOMPARE(codeOf({{"\xc3\x28", Value()}}), refused);
        QCOMPARE(codeOf({{std::string(65'536, 'n'), Value()}}), refused);
        QCOMPARE(codeOf({{std::string(65'535, 'n'), Value()}}), std::optional<ErrorCode>());
        QCOMPARE(codeOf({{"a", Value(model::Array(65'536))}}), refused);
        QCOMPARE(codeOf({{"a", Value(model::Array(65'535))}}), std::optional<ErrorCode>());
        QCOMPARE(codeOf({{"a", Value(model::Dictionary{{std::string(65'536, 'k'), Value()}})}}), refused);
        QCOMPARE(codeOf({{"a", Value()}, {"a", Value()}}), refused);
        QCOMPARE(codeOf({{"\u00e9", Value()}, {"e\u0301", Value()}}), refused);
        QCOMPARE(codeOf({{"a", Value(model::Dictionary{{"\u00e9", Value()}, {"e\u0301", Value()}})}}), refused);
        QCOMPARE(codeOf({{"a", text("begin"), 70}}), refused); // a cut value
        QCOMPARE(codeOf(Fields(65'536)), refused);
        QCOMPARE(codeOf({{"\ufeffa", Value()}}), refused); // 4.5: readers drop the mark, and then it may be another field
        QCOMPARE(codeOf({{"a", Value(model::Dictionary{{"\ufeff", Value()}})}}), refused);
    }

    void keepsTheHighHalfOfVectorElements()
    {
        const double exact = std::bit_cast<double>(0x3FF0'0001'0000'0000ULL);
        const double rounded = std::bit_cast<double>(0x3FF0'0001'FFFF'FFFFULL);

        const auto read = codec::decodeRecord(*codec::encodeRecord({{"v", Value(model::Vector{{exact, rounded}})}}));

        QVERIFY(read->front().value.isIdenticalTo(Value(model::Vector{{exact, exact}})));
    }

    void cutsLongValuesBetweenCharacters()
    {
        const auto bytes = codec::encodeRecord({{"a", Value(std::string("\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac"))}, {"b", data("00112233445566778899aabbccddeeff00")}, {"c", Value(model::Array{text("0123456789")})}, {"d", Value(1.5)}});
        codec::DecodeOptions options;
        options.valueBytesMax = 10;

        const auto cut = codec::decodeRecord(*bytes, options);

        QCOMPARE((*cut)[0].wholeBytes, std::uint64_t{24});
        QCOMPARE(*(*cut)[0].value.as<std::string>(), std::string("\u20ac\u20ac\u20ac"));
        QCOMPARE((*cut)[1].wholeBytes, std::uint64_t{17});
        QCOMPARE((*cut)[1].value.as<Bytes>()->size(), std::size_t{10});
        QVERIFY((*cut)[2].isCut() && (*cut)[2].value.as<model::Array>()->empty());
        QVERIFY(!(*cut)[3].isCut());
        options = {UINT64_MAX, {"b", "d", "none"}};
        QCOMPARE(codec::decodeRecord(*bytes, options)->size(), std::size_t{2});
    }

    void roundsRandomRecords()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        for (int i = 0; i < 2'000; ++i) {
            const model::Record record = random.record();
            const auto encoded = codec::encodeRecord(record.fields);
            QVERIFY(encoded.has_value());
            const auto decoded = codec::decodeRecord(*encoded);
            QVERIFY2(decoded && difference(*decoded, record.fields).isEmpty(), qPrintable(QStringLiteral("seed %1, record %2").arg(seed).arg(i)));
            QVERIFY(*codec::encodeRecord(*decoded) == *encoded); // equal records, equal bytes
            QCOMPARE(*codec::decodeRecordId(*encoded), std::optional(record.id));
            // Every beginning of it is refused, and without a look past its end.
            for (std::size_t cut = 8; cut < encoded->size(); cut += 1 + random.below(encoded->size() / 4))
                QVERIFY(!codec::decodeRecord(Bytes(encoded->begin(), encoded->begin() + static_cast<std::ptrdiff_t>(cut))));
        }
    }
};

BLAZEDB_REGISTER_TEST(TestBlazeBinary);
#include "tst_blaze_binary.moc"
