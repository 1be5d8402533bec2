// Rows of the native form: their bytes as ROW_FORMAT.md says, what is refused, and that reading one field is reading the record.
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <thread>

#include <rapidcheck.h>

#include "engine/codec/row_encoder.h"
#include "engine/codec/row_field_source.h"
#include "engine/codec/row_reader.h"
#include "engine/codec/row_values.h"
#include "engine/model/predicate.h"
#include "tests/support/expected_records.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Value;

namespace {

/// Numbers names as they come.
class Numbering final : public codec::FieldNumbering {
public:
    Result<codec::FieldNumber> numberOf(std::string_view name) override { return names.add(name); }
    codec::FieldNames names;
};

Bytes hex(const char* digits)
{
    const QByteArray bytes = QByteArray::fromHex(digits);
    const ByteView view = asBytes({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    return {view.begin(), view.end()};
}

QByteArray shown(ByteView bytes)
{
    return QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())).toHex(' ');
}

Bytes valueBytes(const Value& value)
{
    Bytes bytes;
    const auto appended = codec::row::appendValue(bytes, value, false);
    return appended ? bytes : Bytes{};
}

Bytes rowOf(Numbering& numbering, const model::Record& record)
{
    codec::RowEncoder encoder(numbering);
    const auto row = encoder.encode(record);
    return row ? Bytes(row->begin(), row->end()) : Bytes{};
}

model::Uuid countingId()
{
    model::Uuid id;
    for (std::size_t i = 0; i < id.bytes.size(); ++i) id.bytes[i] = static_cast<std::uint8_t>(i);
    return id;
}

model::Record sampleRecord()
{
    return {countingId(),
            {{"title", Value(std::string("Hi there"))}, {"done", Value(true)}, {"size", Value(std::int64_t{300})}, {"id", Value(countingId())}}};
}

void addSampleNames(codec::FieldNames& names)
{
    for (const char* name : {"id", "title", "done", "size"}) QVERIFY(names.add(name));
}

Value nested(std::size_t depth)
{
    Value value;
    for (std::size_t i = 0; i < depth; ++i) value = Value(model::Array{std::move(value)});
    return value;
}

} // namespace

class TestRow final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isTheExampleOfTheFormat()
    {
        Numbering numbering;
        addSampleNames(numbering.names);

        const Bytes row = rowOf(numbering, sampleRecord());

        QCOMPARE(shown(row), QByteArray("30 03 02 03 01 01 04 02 23 2c 01 06 48 69 20 74 68 65 72 65"));
        const auto fields = codec::decodeRow(countingId(), row, numbering.names);
        QVERIFY(fields);
        QCOMPARE(tests::differenceOf({countingId(), *fields}, sampleRecord()), QString());
    }

    void writesEachKindAsTheFormatSays_data()
    {
        QTest::addColumn<Value>("value");
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, Value value, const char* bytes) { QTest::newRow(name) << std::move(value) << QByteArray(bytes); };
        const auto bits = [](std::uint64_t pattern) { return std::bit_cast<double>(pattern); };
        row("null", Value(), "00");
        row("false", Value(false), "01");
        row("true", Value(true), "02");
        row("0", Value(std::int64_t{0}), "03");
        row("1", Value(std::int64_t{1}), "13 01");
        row("-1", Value(std::int64_t{-1}), "13 ff");
        row("127", Value(std::int64_t{127}), "13 7f");
        row("128 needs a sign bit", Value(std::int64_t{128}), "23 80 00");
        row("-128", Value(std::int64_t{-128}), "13 80");
        row("-129", Value(std::int64_t{-129}), "23 7f ff");
        row("greatest integer", Value(std::numeric_limits<std::int64_t>::max()), "83 ff ff ff ff ff ff ff 7f");
        row("least integer", Value(std::numeric_limits<std::int64_t>::min()), "83 00 00 00 00 00 00 00 80");
        row("plus zero", Value(0.0), "04");
        row("minus zero", Value(-0.0), "14 80");
        row("1.5 is 3FF8000000000000", Value(1.5), "24 f8 3f");
        row("0.1 is 3FB999999999999A", Value(0.1), "84 9a 99 99 99 99 99 b9 3f");
        row("least denormal", Value(std::numeric_limits<double>::denorm_min()), "84 01 00 00 00 00 00 00 00");
        row("infinity", Value(std::numeric_limits<double>::infinity()), "24 f0 7f");
        row("a NaN with its payload", Value(bits(0x7FF4000000000001)), "84 01 00 00 00 00 00 f4 7f");
        row("date", Value(model::Date{-2.0}), "15 c0");
        row("empty text", Value(std::string()), "06");
        row("text", Value(std::string("\u00e9")), "06 c3 a9");
        row("UUID", Value(countingId()), "07 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f");
        row("bytes", Value(Bytes{std::byte{0}, std::byte{255}}), "08 00 ff");
        row("empty array", Value(model::Array{}), "09");
        row("array", Value(model::Array{Value(std::string("ab")), Value(), Value(std::int64_t{5}), Value(model::Array{Value(true)})}),
            "09 06 02 61 62 00 13 05 09 01 02");
        row("empty vector", Value(model::Vector{}), "0b");
        row("vector of floats", Value(model::Vector{{1.5, -0.0}}), "0b 00 00 c0 3f 00 00 00 80");
        row("vector of doubles", Value(model::Vector{{0.1}}), "0a 9a 99 99 99 99 99 b9 3f");
        row("vector with a NaN", Value(model::Vector{{bits(0x7FF8000000000000)}}), "0a 00 00 00 00 00 00 f8 7f");
        row("dictionary by key", Value(model::Dictionary{{"b", Value(false)}, {"a", Value(std::string("x"))}}), "0c 01 61 06 01 78 01 62 01");
    }
    void writesEachKindAsTheFormatSays()
    {
        QFETCH(const Value, value);
        QFETCH(const QByteArray, bytes);

        const Bytes encoded = valueBytes(value);

        QCOMPARE(shown(encoded), bytes);
        const auto read = codec::RowValue::parse(encoded);
        QVERIFY(read);
        QCOMPARE(read->kind(), value.kind());
        Value decoded;
        QVERIFY(read->decode(decoded));
        if (value.kind() != model::ValueKind::Dictionary) QVERIFY(decoded.isIdenticalTo(value));
        QVERIFY(valueBytes(decoded) == encoded);
    }

    void keepsEveryIntegerAndDouble()
    {
        const bool integersHold = rc::check("an integer comes back, in as few bytes as hold it", [](std::int64_t integer) {
            const Bytes bytes = valueBytes(Value(integer));
            const auto read = codec::RowValue::parse(bytes);
            RC_ASSERT(read.has_value());
            RC_ASSERT(read->integer() == integer);
            const std::size_t payload = bytes.size() - 1;
            if (payload > 0 && payload < 8) {
                const std::int64_t end = std::int64_t{1} << (8 * payload - 1);
                RC_ASSERT(integer >= -end && integer < end);
            }
        });
        const bool doublesHold = rc::check("a double comes back bit by bit", [](std::uint64_t pattern) {
            const Bytes bytes = valueBytes(Value(std::bit_cast<double>(pattern)));
            const auto read = codec::RowValue::parse(bytes);
            RC_ASSERT(read.has_value());
            RC_ASSERT(std::bit_cast<std::uint64_t>(read->real()) == pattern);
        });
        const bool vectorsHold = rc::check("a vector comes back bit by bit", [](const std::vector<std::uint64_t>& patterns) {
            model::Vector vector;
            for (const std::uint64_t pattern : patterns) vector.elements.push_back(std::bit_cast<double>(pattern));
            const Bytes bytes = valueBytes(Value(vector));
            const auto read = codec::RowValue::parse(bytes);
            Value decoded;
            RC_ASSERT(read.has_value() && read->decode(decoded).has_value());
            RC_ASSERT(decoded.isIdenticalTo(Value(vector)));
        });

        QVERIFY(integersHold);
        QVERIFY(doublesHold);
        QVERIFY(vectorsHold);
    }

    void randomRecordsComeBackWhole()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        Numbering numbering;
        codec::RowEncoder encoder(numbering);
        for (int i = 0; i < 5'000; ++i) {
            const model::Record record = random.record();

            const auto row = encoder.encode(record);

            QVERIFY2(row.has_value(), qPrintable(QStringLiteral("seed %1, record %2").arg(seed).arg(i)));
            const auto fields = codec::decodeRow(record.id, *row, numbering.names);
            QVERIFY2(fields.has_value(), fields ? "" : fields.error().message.c_str());
            QCOMPARE(tests::differenceOf({record.id, *fields}, record), QString());
        }
    }

    void orderOfFieldsDoesNotMatter()
    {
        tests::RandomRecords random(11);
        Numbering numbering;
        for (int i = 0; i < 500; ++i) {
            model::Record record = random.record();
            const Bytes row = rowOf(numbering, record);
            std::reverse(record.fields.begin(), record.fields.end());
            QVERIFY(rowOf(numbering, record) == row);
            std::rotate(record.fields.begin(), record.fields.begin() + static_cast<std::ptrdiff_t>(record.fields.size() / 2), record.fields.end());
            QVERIFY(rowOf(numbering, record) == row);
        }
    }

    void widensItsTableOnlyAsFarAsItNeeds_data()
    {
        QTest::addColumn<int>("fields");
        QTest::addColumn<int>("bytesEach");
        QTest::addColumn<int>("firstByte");
        QTest::addColumn<int>("tableBytes");
        // Texts of equal length: a value has one byte more for its tag. The start of the last is (fields - 1) * (bytesEach + 1).
        QTest::newRow("starts to 255") << 52 << 4 << 0x20 << 52 + 51;
        QTest::newRow("start 256") << 2 << 255 << 0x21 << 2 + 2;
        QTest::newRow("256 names fit one byte") << 256 << 0 << 0x20 << 256 + 255;
        QTest::newRow("257 names do not") << 257 << 0 << 0x25 << 2 * 257 + 2 * 256;
        QTest::newRow("start 65,536") << 2 << 65'535 << 0x22 << 2 + 4;
    }
    void widensItsTableOnlyAsFarAsItNeeds()
    {
        QFETCH(const int, fields);
        QFETCH(const int, bytesEach);
        QFETCH(const int, firstByte);
        QFETCH(const int, tableBytes);
        Numbering numbering;
        model::Record record;
        for (int i = 0; i < fields; ++i) record.fields.push_back({"f" + std::to_string(i), Value(std::string(static_cast<std::size_t>(bytesEach), 'x'))});

        const Bytes row = rowOf(numbering, record);

        QCOMPARE(std::to_integer<int>(row[0]), firstByte);
        QCOMPARE(row.size(), std::size_t(1 + (fields < 128 ? 1 : 2) + tableBytes + fields * (bytesEach + 1)));
        const auto view = codec::RowView::open(row);
        QVERIFY(view);
        for (int i = 0; i < fields; ++i) {
            const auto index = view->find(static_cast<codec::FieldNumber>(i));
            QVERIFY(index);
            QCOMPARE(view->value(*index)->text().size(), std::size_t(bytesEach));
        }
        QVERIFY(!view->find(static_cast<codec::FieldNumber>(fields)));
        QVERIFY(!view->find(1'000'000));
    }

    void leavesOutAnIdThatIsTheKey()
    {
        Numbering numbering;
        addSampleNames(numbering.names);
        const model::Uuid other{};
        codec::RowEncoder encoder(numbering);

        QCOMPARE(shown(rowOf(numbering, {countingId(), {{"id", Value(countingId())}}})), QByteArray("30 00"));
        QCOMPARE(shown(rowOf(numbering, {countingId(), {}})), QByteArray("20 00"));
        QCOMPARE(shown(*encoder.encode({countingId(), {}}, codec::RowEncoder::MissingId::BecomesKey)), QByteArray("30 00"));
        QCOMPARE(rowOf(numbering, {countingId(), {{"id", Value(other)}}}).size(), std::size_t(2 + 1 + 17));
        QCOMPARE(shown(*encoder.encode({countingId(), {{"id", Value(true)}}}, codec::RowEncoder::MissingId::BecomesKey)), QByteArray("20 01 00 02"));
    }

    void refusesWhatCannotComeBack_data()
    {
        QTest::addColumn<QString>("which");
        for (const char* which : {"text that is not UTF-8", "a name that is not UTF-8", "a key that is not UTF-8", "two fields of one name",
                                  "two spellings of one name", "two spellings of one key", "a cut field", "nesting of 1,001"})
            QTest::newRow(which) << QString::fromUtf8(which);
    }
    void refusesWhatCannotComeBack()
    {
        QFETCH(const QString, which);
        const std::map<QString, std::vector<model::Field>> cases{
            {"text that is not UTF-8", {{"a", Value(std::string("\xFF"))}}},
            {"a name that is not UTF-8", {{"\xFF", Value()}}},
            {"a key that is not UTF-8", {{"a", Value(model::Dictionary{{"\xFF", Value()}})}}},
            {"two fields of one name", {{"a", Value()}, {"a", Value(true)}}},
            {"two spellings of one name", {{"\u00e9", Value()}, {"e\u0301", Value(true)}}},
            {"two spellings of one key", {{"a", Value(model::Dictionary{{"\u00e9", Value()}, {"e\u0301", Value()}})}}},
            {"a cut field", {{"a", Value(std::string("begin")), 1'000}}},
            {"nesting of 1,001", {{"a", nested(1'001)}}}};
        Numbering numbering;
        codec::RowEncoder encoder(numbering);
        QVERIFY(encoder.encode(sampleRecord()));

        const auto row = encoder.encode({countingId(), cases.at(which)});

        QVERIFY(!row);
        QCOMPARE(row.error().code, ErrorCode::InvalidArgument);
        QVERIFY(encoder.encode(sampleRecord())); // and goes on
    }

    void acceptsNestingOf1000()
    {
        Numbering numbering;
        const Bytes row = rowOf(numbering, {countingId(), {{"a", nested(1'000)}}});
        QVERIFY(!row.empty());
        QVERIFY(codec::decodeRow(countingId(), row, numbering.names));
    }

    void refusesRowsThatItDoesNotWrite_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isNewer");
        const auto row = [](const char* name, const char* bytes, bool isNewer = false) { QTest::newRow(name) << QByteArray(bytes) << isNewer; };
        row("nothing", "");
        row("no number of fields", "30");
        row("version 2", "50 00", true);
        row("version 0", "10 00", true);
        row("a width of 3", "33 00");
        row("a number width of 3", "3c 00");
        row("a long number of fields", "30 80 00");
        row("table cut off", "30 02 01");
        row("bytes behind no fields", "30 00 00");
        row("value without bytes", "30 01 01");
        row("starts behind the end", "30 02 01 02 09 00 00");
        row("starts descend", "30 03 01 02 03 02 01 00 00 00");
        row("numbers descend", "30 03 02 01 03 01 02 00 00 00");
        row("a number twice", "30 03 01 02 01 01 02 00 00 00");
        row("the longest not last", "30 02 01 02 02 13 05 00");
        row("of equals the greater not last", "30 02 02 01 01 00 00");
        row("wide numbers", "34 01 01 00 00");
        row("wide starts", "31 01 01 00");
        row("an unknown number", "30 01 09 00");
        row("an unknown kind", "30 01 01 0d");
        row("null with a payload", "30 01 01 00 00");
        row("null with a count", "30 01 01 10");
        row("zero in a byte", "30 01 01 13 00");
        row("an integer that is too long", "30 01 01 23 05 00");
        row("an integer of 9 bytes", "30 01 01 93 01 01 01 01 01 01 01 01 01");
        row("a count that does not fit", "30 01 01 23 05");
        row("a double that is too long", "30 01 01 24 00 3f");
        row("a short UUID", "30 01 01 07 00");
        row("text that is not UTF-8", "30 01 01 06 ff");
        row("a vector of odd length", "30 01 01 0b 00 00");
        row("floats as doubles", "30 01 01 0a 00 00 00 00 00 00 f8 3f");
        row("array cut off", "30 01 01 09 06 05 61");
        row("a long length", "30 01 01 09 06 81 00 61");
        row("keys descend", "30 01 01 0c 01 62 00 01 61 00");
        row("a key twice", "30 01 01 0c 01 61 00 01 61 00");
        row("id stored although it is the key", "20 01 00 07 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f");
        row("id twice", "30 01 00 02");
    }
    void refusesRowsThatItDoesNotWrite()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const bool, isNewer);
        codec::FieldNames names;
        addSampleNames(names);

        const auto fields = codec::decodeRow(countingId(), hex(bytes), names);

        QVERIFY(!fields);
        QCOMPARE(fields.error().code, isNewer ? ErrorCode::Unsupported : ErrorCode::Corruption);
    }

    void anyBeginningAndAnyChangedByteIsAnErrorOrAnotherRecord()
    {
        tests::RandomRecords random(3);
        Numbering numbering;
        for (int i = 0; i < 15; ++i) {
            const model::Record record = random.record();
            const Bytes row = rowOf(numbering, record);
            for (std::size_t length = 0; length < row.size(); ++length) {
                const auto fields = codec::decodeRow(record.id, ByteView(row).first(length), numbering.names);
                // Only the last value may lose its end and still be one.
                if (fields) QVERIFY(tests::differenceOf({record.id, *fields}, record) != QString());
            }
            for (std::size_t at = 0; at < row.size(); ++at) {
                Bytes changed = row;
                changed[at] ^= static_cast<std::byte>(1 + random.below(255));
                const auto fields = codec::decodeRow(record.id, changed, numbering.names);
                if (fields) QVERIFY(rowOf(numbering, {record.id, *fields}) == changed);
            }
        }
    }

    void oneFieldIsTheFieldOfTheRecord()
    {
        tests::RandomRecords random(5);
        Numbering numbering;
        codec::RowFieldSource source(numbering.names);
        for (int i = 0; i < 2'000; ++i) {
            const model::Record record = random.record();
            const Bytes row = rowOf(numbering, record);
            const auto view = codec::RowView::open(row);
            QVERIFY(view);
            source.move(record.id, *view);
            for (const model::Field& field : record.fields) {
                const Value* found = source.field(field.name);
                QVERIFY(found != nullptr);
                if (field.value.kind() != model::ValueKind::Dictionary && field.value.kind() != model::ValueKind::Array)
                    QVERIFY(found->isIdenticalTo(field.value));
            }
            QVERIFY(source.field("none") == nullptr);
            QVERIFY(source.problem() == nullptr);
        }
    }

    void conditionsFindTheSameOnRowsAsOnRecords()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        Numbering numbering;
        std::vector<model::Record> records = random.records(60);
        std::vector<Bytes> rows;
        for (const model::Record& record : records) rows.push_back(rowOf(numbering, record));
        for (int i = 0; i < 400; ++i) {
            const auto predicate = model::Predicate::compile(random.condition());
            if (!predicate) continue;
            codec::RowFieldSource source(numbering.names);
            for (std::size_t at = 0; at < records.size(); ++at) {
                model::RecordFieldSource expected(records[at]);
                source.move(records[at].id, *codec::RowView::open(rows[at]));
                QVERIFY2(predicate->matches(source) == predicate->matches(expected), qPrintable(QStringLiteral("seed %1, condition %2, record %3").arg(seed).arg(i).arg(at)));
            }
        }
    }

    void aSourceSeesNamesThatComeLater()
    {
        Numbering numbering;
        codec::RowFieldSource source(numbering.names);
        const Bytes before = rowOf(numbering, {countingId(), {{"a", Value(true)}}});
        source.move(countingId(), *codec::RowView::open(before));
        QVERIFY(source.field("late") == nullptr);

        const Bytes after = rowOf(numbering, {countingId(), {{"late", Value(true)}}});
        source.move(countingId(), *codec::RowView::open(after));

        QVERIFY(source.field("late") != nullptr);
        QVERIFY(source.field("a") == nullptr);
    }

    void aBeginningServesTheFieldsInIt()
    {
        Numbering numbering;
        addSampleNames(numbering.names);
        model::Record record = sampleRecord();
        record.fields[0].value = Value(std::string(100'000, 'x'));
        const Bytes row = rowOf(numbering, record);

        const auto view = codec::RowView::open(ByteView(row).first(64), row.size());

        QVERIFY(view);
        QCOMPARE(*codec::RowView::headBytes(ByteView(row).first(codec::RowView::kMinHeadBytes)), std::uint64_t(2 + 3 + 2));
        QCOMPARE(view->value(*view->find(3))->integer(), std::int64_t{300});
        QCOMPARE(view->value(*view->find(1)).error().code, ErrorCode::FailedPrecondition);
        QCOMPARE(view->span(*view->find(1))->end, std::uint64_t(row.size()));
    }

    void cutsLongValuesWhenAsked()
    {
        Numbering numbering;
        const model::Record record{countingId(), {{"a", Value(std::string("\u00e9\u00e9\u00e9"))}, {"b", Value(model::Array{Value(true), Value(true)})}, {"c", Value(0.1)}}};
        const Bytes row = rowOf(numbering, record);
        codec::DecodeOptions options;
        options.valueBytesMax = 3;

        const auto fields = codec::decodeRow(countingId(), row, numbering.names, options);

        QVERIFY(fields);
        QCOMPARE((*fields)[0].wholeBytes, std::uint64_t{6}); // content bytes of the text
        QVERIFY((*fields)[0].value.isIdenticalTo(Value(std::string("\u00e9")))); // not inside a sequence
        QCOMPARE((*fields)[1].wholeBytes, std::uint64_t{0}); // 3 bytes
        QVERIFY((*fields)[2].value.isIdenticalTo(Value(0.1))); // a scalar is never cut
        options.valueBytesMax = 2;
        QCOMPARE((*codec::decodeRow(countingId(), row, numbering.names, options))[1].wholeBytes, std::uint64_t{3});
    }

    void decodesOnlyTheFieldsThatAreWanted()
    {
        Numbering numbering;
        const Bytes row = rowOf(numbering, {countingId(), {{"a", Value(true)}, {"caf\u00e9", Value(false)}, {"id", Value(countingId())}}});
        codec::DecodeOptions options;
        options.fields = {"cafe\u0301", "id"};

        const auto fields = codec::decodeRow(countingId(), row, numbering.names, options);

        QVERIFY(fields);
        QCOMPARE(fields->size(), std::size_t{2});
        QVERIFY((*fields)[0].name == "caf\u00e9");
        QVERIFY((*fields)[1].value.isIdenticalTo(Value(countingId())));
    }

    void namesKeepTheirNumbers()
    {
        codec::FieldNames names;

        QCOMPARE(*names.add("a"), codec::FieldNumber{0});
        QCOMPARE(*names.add("e\u0301"), codec::FieldNumber{1});
        QCOMPARE(*names.add("\u00e9"), codec::FieldNumber{2});
        QCOMPARE(*names.add("a"), codec::FieldNumber{0});
        QCOMPARE(*names.add(""), codec::FieldNumber{3});
        QVERIFY(*names.name(1) == "e\u0301");
        QVERIFY(!names.name(4));
        QVERIFY(!names.find("b"));
        QVERIFY((names.equivalents("\u00e9") == std::vector<codec::FieldNumber>{1, 2}));
        QVERIFY((names.equivalents("e\u0301") == std::vector<codec::FieldNumber>{1, 2}));
        QVERIFY(names.equivalents("b").empty());
        QCOMPARE(names.add(std::string(65'536, 'x')).error().code, ErrorCode::InvalidArgument);
        QVERIFY(names.add(std::string(65'535, 'x')));
    }

    void namesMayBeReadWhileOthersCome()
    {
        codec::FieldNames names;
        constexpr std::size_t kNames = 5'000; // over several chunks
        std::jthread writer([&] {
            for (std::size_t i = 0; i < kNames; ++i) static_cast<void>(names.add("name" + std::to_string(i)));
        });

        std::size_t checked = 0;
        while (checked < kNames) {
            const std::size_t there = names.size();
            for (; checked < there; ++checked) QCOMPARE(std::string(*names.name(static_cast<codec::FieldNumber>(checked))), "name" + std::to_string(checked));
        }
        QCOMPARE(*names.find("name4999"), codec::FieldNumber{4'999});
    }
};
BLAZEDB_REGISTER_TEST(TestRow);
#include "tst_row.moc"
