// Tables out: RFC 4180, tabs, Markdown; missing, null and empty apart; the guard against formulas.
#include <QByteArray>

#include "engine/codec/csv.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using codec::TableFormat;
using model::Value;

namespace {

model::Record oneField(Value value)
{
    return {{}, {{"f", std::move(value)}}};
}

std::string lineOf(const model::Record& record, TableFormat format, std::vector<std::string> columns = {"f"}, bool guardFormulas = false)
{
    std::string out;
    codec::appendTableRow(out, record, {format, std::move(columns), "null", guardFormulas});
    return out;
}

std::string csv(const char* text)
{
    return lineOf(oneField(Value(std::string(text))), TableFormat::Csv);
}

} // namespace

class TestTableText final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quotesWhatRfc4180Asks()
    {
        QCOMPARE(csv("plain"), std::string("plain\r\n"));
        QCOMPARE(csv("a,b"), std::string("\"a,b\"\r\n"));
        QCOMPARE(csv("say \"hi\""), std::string("\"say \"\"hi\"\"\"\r\n"));
        QCOMPARE(csv("two\nlines"), std::string("\"two\nlines\"\r\n"));
        QCOMPARE(csv("two\r\nlines"), std::string("\"two\r\nlines\"\r\n"));
        QCOMPARE(csv(" spaces "), std::string(" spaces \r\n"));
        QCOMPARE(csv("\u00e9\U0001F525"), std::string("\u00e9\U0001F525\r\n"));
    }

    void tellsMissingNullAndEmptyApart()
    {
        const std::vector<std::string> columns{"missing", "null", "empty", "word"};
        const model::Record record{{}, {{"null", Value()}, {"empty", Value(std::string())}, {"word", Value(std::string("null"))}}};
        QCOMPARE(lineOf(record, TableFormat::Csv, columns), std::string(",null,\"\",null\r\n"));
        QCOMPARE(lineOf(record, TableFormat::Tsv, columns), std::string("\tnull\t\"\"\tnull\n"));
    }

    void writesEachKindAsAPersonReadsIt()
    {
        const auto cell = [](Value value) {
            std::string line = lineOf(oneField(std::move(value)), TableFormat::Tsv);
            line.pop_back();
            return line;
        };
        QCOMPARE(cell(Value(true)), std::string("true"));
        QCOMPARE(cell(Value(std::int64_t{-5})), std::string("-5"));
        QCOMPARE(cell(Value(5.0)), std::string("5.0"));
        QCOMPARE(cell(Value(model::Date{0})), std::string("2001-01-01T00:00:00Z"));
        QCOMPARE(cell(Value(*model::Uuid::parse("550e8400-e29b-41d4-a716-446655440000"))), std::string("550E8400-E29B-41D4-A716-446655440000"));
        QCOMPARE(cell(Value(Bytes{std::byte{'f'}})), std::string("Zg=="));
        QCOMPARE(cell(Value(model::Array{Value(std::int64_t{1}), Value()})), std::string("[1,null]"));
        QCOMPARE(cell(Value(model::Dictionary{{"k", Value(true)}})), std::string("{\"k\":true}"));
    }

    void escapesTabsAndLinesInTsv()
    {
        QCOMPARE(lineOf(oneField(Value(std::string("a\tb\nc\rd\\e"))), TableFormat::Tsv), std::string("a\\tb\\nc\\rd\\\\e\n"));
    }

    void keepsMarkdownInItsCells()
    {
        std::string header;
        codec::appendTableHeader(header, {TableFormat::Markdown, {"a", "b|c"}, "null", false});
        QCOMPARE(header, std::string("| a | b\\|c |\n| --- | --- |\n"));
        QCOMPARE(lineOf(oneField(Value(std::string("x|y\nz"))), TableFormat::Markdown), std::string("| x\\|y<br>z |\n"));
    }

    void writesTheIdEvenWhenItIsNoField()
    {
        QCOMPARE(lineOf({{}, {}}, TableFormat::Csv, {"id"}), std::string("00000000-0000-0000-0000-000000000000\r\n"));
    }

    void guardsAgainstFormulasOnlyInTexts()
    {
        const auto guarded = [](Value value) { return lineOf(oneField(std::move(value)), TableFormat::Csv, {"f"}, true); };
        QCOMPARE(guarded(Value(std::string("=1+1"))), std::string("'=1+1\r\n"));
        QCOMPARE(guarded(Value(std::string("+1"))), std::string("'+1\r\n"));
        QCOMPARE(guarded(Value(std::string("-1"))), std::string("'-1\r\n"));
        QCOMPARE(guarded(Value(std::string("@SUM(A1)"))), std::string("'@SUM(A1)\r\n"));
        QCOMPARE(guarded(Value(std::string("\t=1"))), std::string("'\t=1\r\n"));
        QCOMPARE(guarded(Value(std::string("=\"a\""))), std::string("\"'=\"\"a\"\"\"\r\n"));
        QCOMPARE(guarded(Value(std::string("a=1"))), std::string("a=1\r\n"));
        // A negative number is a number; a text before it would make it one no longer.
        QCOMPARE(guarded(Value(std::int64_t{-5})), std::string("-5\r\n"));
        QCOMPARE(guarded(Value(-0.5)), std::string("-0.5\r\n"));
        std::string header;
        codec::appendTableHeader(header, {TableFormat::Csv, {"=cmd"}, "null", true});
        QCOMPARE(header, std::string("'=cmd\r\n"));
    }
};
BLAZEDB_REGISTER_TEST(TestTableText);
#include "tst_table_text.moc"
