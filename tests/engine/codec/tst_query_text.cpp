// Filter text: the vectors of QL-21, its extensions, where mistakes are, and that print and parse are each other's inverse.
#include <clocale>
#include <cmath>
#include <limits>

#include <QByteArray>

#include "engine/codec/query_text.h"
#include "engine/codec/typed_json.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Expression;
using model::ExpressionKind;
using model::Value;

namespace {

Expression cmp(const char* field, ExpressionKind kind, Value operand)
{
    return model::comparison(kind, field, std::move(operand));
}

Expression bare(const char* field, ExpressionKind kind)
{
    return {.kind = kind, .field = field, .operands = {}, .children = {}};
}

Value integer(std::int64_t number)
{
    return Value(number);
}

Value text(const char* content)
{
    return Value(std::string(content));
}

model::Query filtered(Expression filter)
{
    model::Query query;
    query.filter = std::move(filter);
    return query;
}

/// Values that words can spell; others print as something that is only close.
bool isTypable(const Value& value)
{
    switch (value.kind()) {
    case model::ValueKind::Data:
    case model::ValueKind::Array:
    case model::ValueKind::Vector:
    case model::ValueKind::Dictionary: return false;
    case model::ValueKind::Date: return codec::dateToText(value.as<model::Date>()->seconds).has_value();
    default: return true;
    }
}

bool isTypable(const Expression& expression)
{
    // `contains` takes texts, as ever; other elements are asked for by the filter rows.
    if (expression.kind == ExpressionKind::Contains && expression.operands.front().kind() != model::ValueKind::Text) return false;
    return std::all_of(expression.operands.begin(), expression.operands.end(), [](const Value& value) { return isTypable(value); })
        && std::all_of(expression.children.begin(), expression.children.end(), [](const Expression& child) { return isTypable(child); });
}

} // namespace

class TestQueryText final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void meansWhatTheOldGrammarMeant_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<model::Query>("query");
        using K = ExpressionKind;
        const auto row = [](const char* line, model::Query query) { QTest::newRow(line) << QByteArray(line) << std::move(query); };
        model::Query query = filtered(cmp("age", K::Greater, integer(60)));
        query.order = {{"age", true}};
        query.limit = 10;
        row("age > 60 sort age desc limit 10", query);
        query = filtered(model::allOf({cmp("status", K::Equal, text("open")), cmp("age", K::GreaterOrEqual, integer(18))}));
        query.offset = 5;
        row("status = open and age >= 18 offset 5 --json", query);
        row("name contains \"van der\"", filtered(cmp("name", K::Contains, text("van der"))));
        row("id = 3F2504E0-4F89-11D3-9A0C-0305E82C3301", filtered(cmp("id", K::Equal, Value(*model::Uuid::parse("3F2504E0-4F89-11D3-9A0C-0305E82C3301")))));
        // 2024-01-01 is 8,400 days after 2001-01-01: 23 years and 5 leap days (2004 to 2020).
        row("created > 2024-01-01T00:00:00Z", filtered(cmp("created", K::Greater, Value(model::Date{8'400 * 86'400.0}))));
        // Operators in every spelling, whatever their case.
        for (const char* line : {"a = 1", "a == 1", "a eq 1", "a EQ 1"}) row(line, filtered(cmp("a", K::Equal, integer(1))));
        for (const char* line : {"a != 1", "a <> 1", "a ne 1", "a Ne 1"}) row(line, filtered(cmp("a", K::NotEqual, integer(1))));
        row("a < 1", filtered(cmp("a", K::Less, integer(1))));
        row("a <= 1", filtered(cmp("a", K::LessOrEqual, integer(1))));
        row("a CONTAINS x", filtered(cmp("a", K::Contains, text("x"))));
        // `and` is a noise word, anywhere.
        row("and a = 1 and and b = 2 and", filtered(model::allOf({cmp("a", K::Equal, integer(1)), cmp("b", K::Equal, integer(2))})));
        row("a = 1 b = 2", filtered(model::allOf({cmp("a", K::Equal, integer(1)), cmp("b", K::Equal, integer(2))})));
        // The last of several sorts wins; clauses may come between conditions.
        query = filtered(model::allOf({cmp("a", K::Equal, integer(1)), cmp("b", K::Equal, integer(2))}));
        query.order = {{"y", false}};
        query.limit = 0;
        row("a = 1 sort x desc ORDERBY y asc --limit 0 b = 2 --ndjson", query);
        query = filtered(cmp("a", K::Equal, integer(1)));
        query.offset = 7;
        row("a = 1 --offset 7", query);
    }
    void meansWhatTheOldGrammarMeant()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const model::Query, query);

        const auto parsed = codec::parseQueryText(text.toStdString(), codec::ConditionRule::Required);

        QVERIFY2(!parsed.problem, parsed.problem ? parsed.problem->message.c_str() : "");
        QVERIFY2(model::isIdentical(parsed.query, query), codec::toQueryText(parsed.query).c_str());
    }

    void typesWordsInTheOldOrder_data()
    {
        QTest::addColumn<QByteArray>("word");
        QTest::addColumn<Value>("value");
        const auto row = [](const char* word, Value value) { QTest::newRow(word) << QByteArray(word) << std::move(value); };
        row("null", Value());
        row("NULL", Value());
        row("True", Value(true));
        row("false", Value(false));
        row("42", integer(42));
        row("+5", integer(5));
        row("-9223372036854775808", integer(INT64_MIN));
        row("9223372036854775808", Value(9'223'372'036'854'775'808.0));
        row("1.5", Value(1.5));
        row("1e3", Value(1000.0));
        row(".5", Value(0.5));
        row("0x1p4", Value(16.0));
        row("inf", Value(std::numeric_limits<double>::infinity()));
        row("-Infinity", Value(-std::numeric_limits<double>::infinity()));
        row("1e999", Value(std::numeric_limits<double>::infinity()));
        row("1,5", text("1,5"));
        row("+-5", text("+-5"));
        row("1_000", text("1_000"));
        row("3f2504e0-4f89-11d3-9a0c-0305e82c3301", Value(*model::Uuid::parse("3F2504E0-4F89-11D3-9A0C-0305E82C3301")));
        row("2001-01-01T00:00:01Z", Value(model::Date{1}));
        row("2001-01-01T00:00:00.5Z", Value(model::Date{0.5}));
        row("2001-01-01", text("2001-01-01"));
        row("open", text("open"));
        row("sort", text("sort")); // where a value is due, a keyword is a word
        row("\"42\"", text("42"));
        row("'true'", text("true"));
        row("\"null\"", text("null"));
        row("\"\"", text(""));
        row("\"say \"\"hi\"\"\"", text("say \"hi\""));
        row("'it''s'", text("it's"));
        row("\"a'b\"", text("a'b"));
        row("\"3F2504E0-4F89-11D3-9A0C-0305E82C3301\"", text("3F2504E0-4F89-11D3-9A0C-0305E82C3301"));
        row("foo(bar)", text("foo(bar)"));
    }
    void typesWordsInTheOldOrder()
    {
        QFETCH(const QByteArray, word);
        QFETCH(const Value, value);

        const auto parsed = codec::parseQueryText("f = " + word.toStdString());

        QVERIFY(!parsed.problem);
        QCOMPARE(parsed.query.filter.operands.size(), std::size_t{1});
        QVERIFY2(parsed.query.filter.operands.front().isIdenticalTo(value), codec::toTypedJson(parsed.query.filter.operands.front()).c_str());
    }

    void readsNotANumberAsOne()
    {
        const auto parsed = codec::parseQueryText("f = nan");
        const auto* real = parsed.query.filter.operands.front().as<double>();
        QVERIFY(real != nullptr && std::isnan(*real));
    }

    void readsThePointWhateverTheLanguage()
    {
        const char* const before = std::setlocale(LC_NUMERIC, nullptr);
        const std::string kept = before != nullptr ? before : "C";
        bool isSet = false;
        for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"}) isSet = isSet || std::setlocale(LC_NUMERIC, name) != nullptr;
        const auto parsed = codec::parseQueryText("f = 1.5");
        std::setlocale(LC_NUMERIC, kept.c_str());

        QVERIFY(parsed.query.filter.operands.front().isIdenticalTo(Value(1.5)));
        if (!isSet) QSKIP("no language with a decimal comma is installed here; the point was read in the one there is");
    }

    void readsTheExtensions_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<model::Query>("query");
        using K = ExpressionKind;
        const auto row = [](const char* line, Expression filter) { QTest::newRow(line) << QByteArray(line) << filtered(std::move(filter)); };
        const Expression a = cmp("a", K::Equal, integer(1));
        const Expression b = cmp("b", K::Equal, integer(2));
        const Expression c = cmp("c", K::Equal, integer(3));
        row("a = 1 or b = 2", model::anyOf({a, b}));
        row("a = 1 or b = 2 and c = 3", model::anyOf({a, model::allOf({b, c})}));
        row("(a = 1 or b = 2) and c = 3", model::allOf({model::anyOf({a, b}), c}));
        row("(a = 1 or b = 2) c = 3", model::allOf({model::anyOf({a, b}), c}));
        row("((a = 1))", a);
        row("not a = 1 and b = 2", model::allOf({model::negation(a), b}));
        row("not (a = 1 or b = 2)", model::negation(model::anyOf({a, b})));
        row("not not a = 1", model::negation(model::negation(a)));
        row("NOT a = 1 OR b = 2", model::anyOf({model::negation(a), b}));
        row("n like a%", cmp("n", K::Like, text("a%")));
        row("n not like a%", model::negation(cmp("n", K::Like, text("a%"))));
        row("n ilike 42", cmp("n", K::ILike, text("42"))); // a pattern is a text whatever it looks like
        row("n matches ^a.*$", cmp("n", K::Matches, text("^a.*$")));
        row("n matches (a|b)", cmp("n", K::Matches, text("(a|b)")));
        row("(n matches (a|b))", cmp("n", K::Matches, text("(a|b)")));
        row("n startswith x", cmp("n", K::StartsWith, text("x")));
        row("n endswith x", cmp("n", K::EndsWith, text("x")));
        Expression list{.kind = K::In, .field = "n", .operands = {integer(1), text("two"), text("3"), Value()}, .children = {}};
        row("n in (1, two, \"3\", null)", list);
        row("n IN(1,two,'3',null)", list);
        row("n not in (1, two, \"3\", null)", model::negation(list));
        list.operands.clear();
        row("n in ()", list);
        row("n is null", bare("n", K::IsNull));
        row("n is not null", model::negation(bare("n", K::IsNull)));
        row("n is missing", bare("n", K::IsMissing));
        row("n is not missing", model::negation(bare("n", K::IsMissing)));
        row("n is valued", bare("n", K::IsValued));
        row("n is explicit null", bare("n", K::IsExplicitNull));
        row("n is of type UUID", cmp("n", K::IsKind, text("UUID")));
        row("n is of type uuid", cmp("n", K::IsKind, text("UUID")));
        row("n is not of type integer", model::negation(cmp("n", K::IsKind, text("integer"))));
        row("`limit` = 1", cmp("limit", K::Equal, integer(1)));
        row("`two words` = 1", cmp("two words", K::Equal, integer(1)));
        row("`a``b` = 1", cmp("a`b", K::Equal, integer(1)));
        row("\"two words\" = 1", cmp("two words", K::Equal, integer(1)));
        row("`` = 1", cmp("", K::Equal, integer(1)));
        row("a.b[0] = 1", cmp("a.b[0]", K::Equal, integer(1)));
        row("(a = 1)and(b = 2)", model::allOf({a, b}));
    }
    void readsTheExtensions()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const model::Query, query);

        const auto parsed = codec::parseQueryText(text.toStdString());

        QVERIFY2(!parsed.problem, parsed.problem ? parsed.problem->message.c_str() : "");
        QVERIFY2(model::isIdentical(parsed.query, query), codec::toQueryText(parsed.query).c_str());
    }

    void readsClausesWithSeveralFields()
    {
        const auto parsed = codec::parseQueryText("sort a desc, `b c`, d asc select x, `y z` limit 18446744073709551615");

        QVERIFY(!parsed.problem);
        QVERIFY(parsed.query.filter.isAll());
        QCOMPARE(parsed.query.order, (std::vector<model::SortKey>{{"a", true}, {"b c", false}, {"d", false}}));
        QCOMPARE(parsed.query.fields, (std::vector<std::string>{"x", "y z"}));
        QCOMPARE(parsed.query.limit, std::optional<std::uint64_t>(UINT64_MAX));
    }

    void saysWhereItGoesWrong_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("offset");
        const auto row = [](const char* line, int offset) { QTest::newRow(*line != '\0' ? line : "empty") << QByteArray(line) << offset; };
        row("", 0);
        row("age >", 5);
        row("age ~ 5", 4);
        row("sort age", 0);
        row("a = 1 limit -1", 12);
        row("a = 1 limit", 11);
        row("a = 1 limit 1.5", 12);
        row("a = 1 limit 18446744073709551616", 12);
        row("a = 1 offset x", 13);
        row("age", 3);
        row("contains 42", 9);
        row("n contains 42", 11);
        row("n contains null", 11);
        row("a = 1 or", 8);
        row("or a = 1", 0);
        row("(a = 1", 0);
        row("a = 1 )", 6);
        row("()", 1);
        row("not", 3);
        row("n in 1", 5);
        row("n in (1 2)", 8);
        row("n in (1,", 8);
        row("n in (,)", 6);
        row("n is", 4);
        row("n is odd", 5);
        row("n is of type word", 13);
        row("n is explicit 5", 5);
        row("a = 1 sort", 10);
        row("a = 1 sort b,", 13);
        row("a = \"open", 4);
        row("`a = 1", 0);
        row("a=1", 3); // words need spaces around operators
    }
    void saysWhereItGoesWrong()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const int, offset);

        const auto parsed = codec::parseQueryText(text.toStdString(), codec::ConditionRule::Required);

        QVERIFY(parsed.problem.has_value());
        QVERIFY(!parsed.problem->message.empty());
        QCOMPARE(static_cast<int>(parsed.problem->offset), offset);
    }

    void aFilterLineMayBeEmpty()
    {
        QVERIFY(!codec::parseQueryText("").problem && codec::parseQueryText("  ").query.filter.isAll());
        QVERIFY(!codec::parseQueryText("sort a").problem);
    }

    void nestsDeeplyButNotWithoutBounds()
    {
        QVERIFY(!codec::parseQueryText(std::string(400, '(') + "a = 1" + std::string(400, ')')).problem);
        QVERIFY(codec::parseQueryText(std::string(100'000, '(') + "a = 1").problem.has_value());
        std::string negations;
        for (int i = 0; i < 100'000; ++i) negations += "not ";
        QVERIFY(codec::parseQueryText(negations + "a = 1").problem.has_value());
    }

    void printsWhatParsesToTheSame()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        int printed = 0;
        for (int i = 0; i < 5'000; ++i) {
            model::Query query = random.query();
            query.collection = model::kDefaultCollection; // these two are the caller's
            query.deleted = model::DeletedRecords::Hidden;
            if (i % 3 == 0) query.fields = {"a b", "select", "x"};
            if (!isTypable(query.filter)) continue;
            ++printed;

            const std::string text = codec::toQueryText(query);
            const auto parsed = codec::parseQueryText(text);

            const QString place = QStringLiteral("seed %1: %2").arg(seed).arg(QString::fromStdString(text));
            QVERIFY2(!parsed.problem && model::isIdentical(parsed.query, query), qPrintable(place));
            QCOMPARE(codec::toQueryText(parsed.query), text);
        }
        QVERIFY(printed > 1'000);
    }

    void printsOddNamesAndTextsSafely()
    {
        for (const char* name : {"limit", "AND", "not", "in", "is", "sort", "a`b", "a b", "", "a(b", "a,b", "\"q\"", "\u00e9", "null", "contains", "asc", "--json", "5"}) {
            for (const char* operand : {"", "a\"b", "a'b", "null", "5", ") or (", "a\nb", "`", "2001-01-01T00:00:00Z"}) {
                model::Query query = filtered(model::anyOf({cmp(name, ExpressionKind::Equal, text(operand)), model::negation(cmp(name, ExpressionKind::Like, text(operand)))}));
                query.order = {{name, true}, {name, false}};
                const auto parsed = codec::parseQueryText(codec::toQueryText(query));
                QVERIFY2(!parsed.problem && model::isIdentical(parsed.query, query), codec::toQueryText(query).c_str());
            }
        }
    }
};

BLAZEDB_REGISTER_TEST(TestQueryText);
#include "tst_query_text.moc"
