// Dumps as text: the worked example of the specification (9.3), the value rules both ways (5.6), numbers and texts (5.8).
#include <cmath>

#include "engine/codec/blaze_binary.h"
#include "engine/codec/dump_text.h"
#include "engine/codec/foundation_json.h"
#include "engine/crypto/digest.h"
#include "tests/support/expected_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using codec::DumpReader;

namespace {

/// The header and the records of 9.3, in the order in which release 2.7.0 hashed them.
constexpr const char* kHeader270 =
    R"({"databaseName":"hello","toolVersion":"BlazeDB-1.0","databaseId":"FF0FB73D-805D-4D4E-ACC3-10379A299224","schemaVersion":{"minor":0,"major":0},"formatVersion":1,"exportedAt":"2026-03-16T21:28:54Z"})";
constexpr const char* kPayload270 =
    R"([{"storage":{"id":"6FC4CF08-4F8B-4B9E-B831-CD261E59ED49","name":"Bob","age":25,"createdAt":"2026-03-16T21:28:50Z","active":false,"project":"Default"}},{"storage":{"id":"9FC88B04-CCED-4FC1-962B-CE8BA50E98B2","name":"Charlie","age":35,"createdAt":"2026-03-16T21:28:52Z","active":true,"project":"Default"}},{"storage":{"id":"AFCCA996-6104-4E58-9F68-36FD533AABB0","name":"Alice","age":30,"createdAt":"2026-03-16T21:28:49Z","active":true,"project":"Default"}}])";
constexpr const char* kHeader013 =
    R"({"schemaVersion":{"major":0,"minor":0},"toolVersion":"BlazeDB-1.0","formatVersion":1,"databaseName":"hello","exportedAt":"2026-03-16T21:29:56Z","databaseId":"F71BFBA4-ECB5-4114-94B0-467335F753DE"})";

std::string hex(std::string_view text)
{
    return crypto::toHex(crypto::sha256(asBytes(text)));
}

std::vector<model::Field> fieldsOf(const std::string& storage)
{
    DumpReader reader;
    auto fields = reader.record("{\"storage\":" + storage + "}");
    return fields ? *std::move(fields) : std::vector<model::Field>();
}

model::Value valueOf(const std::string& json)
{
    const auto fields = fieldsOf("{\"v\":" + json + "}");
    return fields.size() == 1 ? fields.front().value : model::Value();
}

std::string written(const std::vector<model::Field>& fields)
{
    std::string out;
    return codec::appendDumpRecord(out, fields) ? out : std::string("refused");
}

} // namespace

class TestDumpText final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hashesOfTheWorkedExample()
    {
        QCOMPARE(hex(kHeader270), std::string("d2b7f0cd155294b318c8406b7996270c1115775363ad5ea611bedb9fa7144add"));
        QCOMPARE(std::string_view(kPayload270).size(), std::size_t{455});
        QCOMPARE(hex(kPayload270), std::string("e930b0efafd3c62c270c46c8c33813e60f3d7c9625ff30c7ddbea509997e02d1"));
        QCOMPARE(hex(hex(kHeader270) + hex(kPayload270)), std::string("4f9445e28d62ed32a640244819fed59aa07da24ea94895b9dcf065045ad66fb8"));
        QCOMPARE(hex(kHeader013), std::string("8cb45684bc41671e192d27b061f53d0b6d7faca4c634cfaeae025b27fef76c58"));
    }

    /// Sorting the keys changes neither content nor length.
    void readsTheWorkedExampleWhateverTheOrderOfKeys()
    {
        DumpReader reader;
        for (const char* text : {kHeader270, kHeader013}) {
            const auto header = reader.header(text);
            QVERIFY(header.has_value());
            QCOMPARE(header->databaseName, std::string("hello"));
            QCOMPARE(header->toolVersion.value_or(""), std::string("BlazeDB-1.0"));
            QCOMPARE(codec::dumpHeaderText(*header).size(), std::string_view(text).size());
        }
        const auto sorted = codec::dumpHeaderText(*reader.header(kHeader270));
        QCOMPARE(sorted, std::string(R"({"databaseId":"FF0FB73D-805D-4D4E-ACC3-10379A299224","databaseName":"hello","exportedAt":"2026-03-16T21:28:54Z","formatVersion":1,"schemaVersion":{"major":0,"minor":0},"toolVersion":"BlazeDB-1.0"})"));
        const auto fields = reader.record(
            R"({"storage":{"id":"6FC4CF08-4F8B-4B9E-B831-CD261E59ED49","name":"Bob","age":25,"createdAt":"2026-03-16T21:28:50Z","active":false,"project":"Default"}})");
        QVERIFY(fields.has_value());
        QCOMPARE(written(*fields),
                 std::string(R"({"storage":{"active":false,"age":25,"createdAt":"2026-03-16T21:28:50Z","id":"6FC4CF08-4F8B-4B9E-B831-CD261E59ED49","name":"Bob","project":"Default"}})"));
    }

    void splitsADumpAndNamesWhereItIsCut()
    {
        const std::string whole = std::string("{\"header\":") + kHeader270 + ",\"manifest\":{\"a\":\"}]\\\"\"},\"records\":" + kPayload270 + "}";
        const codec::DumpPieces pieces = codec::splitDump(whole);
        QVERIFY(!pieces.problem.has_value());
        QCOMPARE(pieces.header, std::string_view(kHeader270));
        QCOMPARE(pieces.records, std::string_view(kPayload270));
        QCOMPARE(pieces.items.size(), std::size_t{3});
        QVERIFY(codec::looksLikeDump(whole));
        QVERIFY(!codec::looksLikeDump(R"({"encodingFormat":"blazeBinary"})"));
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const codec::DumpPieces cut = codec::splitDump(std::string_view(whole).substr(0, length));
            QVERIFY2(cut.problem.has_value(), qPrintable(QString::number(length)));
            QVERIFY(cut.items.size() <= 3);
        }
        const codec::DumpPieces twoRecords = codec::splitDump(std::string_view(whole).substr(0, whole.size() - 40));
        QCOMPARE(twoRecords.items.size(), std::size_t{2});
    }

    void valuesAreReadByTheRulesOfTheLibrary_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("again");
        const auto row = [](const char* name, const char* json, model::ValueKind kind, const char* again) {
            QTest::newRow(name) << QString::fromUtf8(json) << static_cast<int>(kind) << QString::fromUtf8(again);
        };
        using enum model::ValueKind;
        row("null", "null", Null, "null");
        row("bool", "true", Bool, "true");
        row("int", "-7", Integer, "-7");
        row("a whole double is an int", "5.0", Integer, "5");
        row("a whole double over 2^53", "1e+16", Integer, "10000000000000000");
        row("minus zero", "-0", Integer, "0");
        row("beyond 64 bits", "1e+19", Double, "1e+19");
        row("double", "0.1", Double, "0.1");
        row("uuid", R"("6FC4CF08-4F8B-4B9E-B831-CD261E59ED49")", Uuid, R"("6FC4CF08-4F8B-4B9E-B831-CD261E59ED49")");
        row("lower-case uuid", R"("6fc4cf08-4f8b-4b9e-b831-cd261e59ed49")", Uuid, R"("6FC4CF08-4F8B-4B9E-B831-CD261E59ED49")");
        row("date", R"("2026-01-02T03:04:05Z")", Date, R"("2026-01-02T03:04:05Z")");
        row("date with an offset", R"("2026-01-02T03:04:05+02:00")", Date, R"("2026-01-02T01:04:05Z")");
        row("date with a fraction", R"("2026-01-02T03:04:05.75Z")", Date, R"("2026-01-02T03:04:05Z")");
        row("a text that begins with a date", R"("2026-01-02T03:04:05Z and more")", Date, R"("2026-01-02T03:04:05Z")");
        row("before 2001", R"("1969-12-31T23:59:59Z")", Date, R"("1969-12-31T23:59:59Z")");
        row("a leap day", R"("2024-02-29T00:00:00Z")", Date, R"("2024-02-29T00:00:00Z")");
        row("a date without a zone", R"("2026-01-02T03:04:05")", Text, R"("2026-01-02T03:04:05")");
        row("a day alone", R"("2026-01-02")", Text, R"("2026-01-02")");
        row("text", R"("a/b")", Text, R"("a\/b")");
        row("no elements", "[]", Vector, "[]");
        row("numbers", "[1,2.5]", Vector, "[1,2.5]");
        row("a large integer among numbers", "[9007199254740993]", Vector, "[9007199254740992]");
        row("mixed", R"([1,"a"])", Array, R"([1,"a"])");
        row("nested", "[[1],[]]", Array, "[[1],[]]");
        row("object", R"({"b":1,"a":2})", Dictionary, R"({"a":2,"b":1})");
    }

    void valuesAreReadByTheRulesOfTheLibrary()
    {
        QFETCH(QString, json);
        QFETCH(int, kind);
        QFETCH(QString, again);
        const model::Value value = valueOf(json.toStdString());
        QCOMPARE(static_cast<int>(value.kind()), kind);
        QCOMPARE(written({{"v", value, 0}}), "{\"storage\":{\"v\":" + again.toStdString() + "}}");
    }

    void datesCountFrom2001()
    {
        QCOMPARE(codec::leadingDate("2001-01-01T00:00:00Z").value_or(-1), 0.0);
        QCOMPARE(codec::leadingDate("1970-01-01T00:00:00Z").value_or(0), -978'307'200.0);
        QCOMPARE(codec::leadingDate("2001-01-01T01:00:00+0100").value_or(-1), 0.0);
        QCOMPARE(codec::leadingDate("2001-01-01T00:00:00GMT").value_or(-1), 0.0);
        QVERIFY(!codec::leadingDate("2001-13-01T00:00:00Z"));
        QVERIFY(!codec::leadingDate("2001-01-01 00:00:00Z"));
        QCOMPARE(codec::wholeSecondsText(-978'307'200.5), std::string("1969-12-31T23:59:59Z"));
        QVERIFY(!codec::wholeSecondsText(1e300).empty());
    }

    void numbersAsFoundationWritesThem_data()
    {
        QTest::addColumn<double>("number");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("5.8, small") << 1e-5 << QByteArray("1e-05");
        QTest::newRow("5.8, large") << 1e16 << QByteArray("1e+16");
        QTest::newRow("5.8, just over 2^53") << 9007199254740994.0 << QByteArray("9.007199254740994e+15");
        QTest::newRow("2^53") << 9007199254740992.0 << QByteArray("9007199254740992");
        QTest::newRow("0.0001") << 0.0001 << QByteArray("0.0001");
        QTest::newRow("whole") << 5.0 << QByteArray("5");
        QTest::newRow("minus zero") << -0.0 << QByteArray("-0");
        QTest::newRow("three exponent digits") << 1e-300 << QByteArray("1e-300");
    }

    void numbersAsFoundationWritesThem()
    {
        QFETCH(double, number);
        QFETCH(QByteArray, text);
        std::string out;
        codec::appendFoundationNumber(out, number);
        QCOMPARE(QByteArray::fromStdString(out), text);
    }

    void textsAsFoundationWritesThem()
    {
        std::string out;
        codec::appendFoundationText(out, std::string_view("\"\\/\b\f\n\r\t\x01\x1f é", 13));
        QCOMPARE(out, std::string("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f é\""));
    }

    /// The fuzzer's find: what was written of it changed when it was read and written once more.
    void minusZeroInAVectorComesAsZero()
    {
        const auto fields = fieldsOf("{\"v\":[1.5,-0,-0.0,-1e-400]}");

        QVERIFY(fields.front().value.isIdenticalTo(model::Value(model::Vector{{1.5, 0.0, 0.0, 0.0}})));
        QCOMPARE(written(fields), std::string("{\"storage\":{\"v\":[1.5,0,0,0]}}"));
    }

    void refusesWhatJsonCannotHold()
    {
        QCOMPARE(written({{"v", model::Value(std::nan("")), 0}}), std::string("refused"));
        QCOMPARE(written({{"v", model::Value(model::Date{INFINITY}), 0}}), std::string("refused"));
        QCOMPARE(written({{"v", model::Value(model::Vector{{1, INFINITY}}), 0}}), std::string("refused"));
    }

    void refusesOtherVersionsAndMissingParts()
    {
        DumpReader reader;
        QCOMPARE(reader.header(R"({"formatVersion":2})").error().code, ErrorCode::Unsupported);
        QCOMPARE(reader.header(R"({"formatVersion":1})").error().code, ErrorCode::Corruption);
        QCOMPARE(reader.manifest(R"({"recordCount":"3"})").error().code, ErrorCode::Corruption);
        QCOMPARE(reader.record(R"({"other":{}})").error().code, ErrorCode::Corruption);
        QCOMPARE(reader.record(R"([1])").error().code, ErrorCode::Corruption);
        QCOMPARE(reader.record("{\"storage\":{\"a\":\"\xff\"}}").error().code, ErrorCode::Corruption);
    }

    void theLastOfEquivalentNamesCounts()
    {
        const auto fields = fieldsOf("{\"e\xcc\x81\":1,\"\xc3\xa9\":2}");
        QCOMPARE(fields.size(), std::size_t{1});
        QVERIFY(fields.front().value.isIdenticalTo(model::Value(std::int64_t{2})));
    }

    /// 0.1 has no 32 zero bits: a family's vector would shorten it.
    void rowsInMemoryKeepWholeVectors()
    {
        const std::vector<model::Field> fields{{"v", model::Value(model::Vector{{0.1, -1.5, 1e300}}), 0}, {"w", model::Value(std::string("x")), 0}};
        const auto inMemory = codec::encodeRecord(fields, codec::RecordForm::InMemory);
        const auto stored = codec::encodeRecord(fields);
        QVERIFY(inMemory && stored);
        QVERIFY(codec::isInMemoryForm(*inMemory) && !codec::isInMemoryForm(*stored));
        const auto whole = codec::decodeRecord(*inMemory);
        QVERIFY(whole.has_value());
        QVERIFY(whole->front().value.isIdenticalTo(fields.front().value));
        QVERIFY(whole->back().value.isIdenticalTo(fields.back().value));
        QVERIFY(!codec::decodeRecord(*stored)->front().value.isIdenticalTo(fields.front().value));
        Bytes cut = *inMemory;
        cut.resize(cut.size() - 5);
        QVERIFY(!codec::decodeRecord(cut).has_value());
    }
};

BLAZEDB_REGISTER_TEST(TestDumpText);
#include "tst_dump_text.moc"
