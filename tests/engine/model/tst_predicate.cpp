// Conditions on records: DM-10 (missing and null), QL-9 (LIKE), QL-10 (patterns), DM-2 (paths), and what is refused.
#include <QElapsedTimer>

#include "engine/model/predicate.h"
#include "tests/support/query_oracle.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Expression;
using model::ExpressionKind;
using model::Value;

namespace {

/// "field present with a null", "with the integer 5", or "absent".
model::Record recordWith(std::optional<Value> f)
{
    model::Record record;
    if (f) record.fields.push_back({"f", *std::move(f)});
    return record;
}

bool matches(const model::Record& record, const Expression& expression)
{
    const auto predicate = model::Predicate::compile(expression);
    model::RecordFieldSource source(record);
    return predicate.has_value() && predicate->matches(source);
}

Expression on(ExpressionKind kind, Value operand)
{
    return model::comparison(kind, "f", std::move(operand));
}

Expression bare(ExpressionKind kind, const char* field = "f")
{
    return {.kind = kind, .field = field, .operands = {}, .children = {}};
}

Expression in(std::vector<Value> operands)
{
    return {.kind = ExpressionKind::In, .field = "f", .operands = std::move(operands), .children = {}};
}

Value text(const char* content)
{
    return Value(std::string(content));
}

} // namespace

class TestPredicate final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// DM-10: two-valued logic. The columns are the answers for an absent field, for a stored null, and for the integer 5.
    void knowsMissingFromNull_data()
    {
        QTest::addColumn<Expression>("condition");
        QTest::addColumn<bool>("whenAbsent");
        QTest::addColumn<bool>("whenNull");
        QTest::addColumn<bool>("whenFive");
        const Value five(std::int64_t{5});
        const auto row = [](const char* name, Expression condition, bool absent, bool null, bool isFive) {
            QTest::newRow(name) << std::move(condition) << absent << null << isFive;
        };
        row("= 5", on(ExpressionKind::Equal, five), false, false, true);
        row("= null", on(ExpressionKind::Equal, Value()), false, true, false);
        row("!= 5", on(ExpressionKind::NotEqual, five), true, true, false);
        row("!= null", on(ExpressionKind::NotEqual, Value()), true, false, true);
        row("< 6", on(ExpressionKind::Less, Value(std::int64_t{6})), false, false, true);
        row("> 4", on(ExpressionKind::Greater, Value(std::int64_t{4})), false, false, true);
        row("< null", on(ExpressionKind::Less, Value()), false, false, false);
        row("> null", on(ExpressionKind::Greater, Value()), false, false, false);
        row("<= 5", on(ExpressionKind::LessOrEqual, five), false, false, true);
        row(">= null", on(ExpressionKind::GreaterOrEqual, Value()), false, true, false);
        row("<= null", on(ExpressionKind::LessOrEqual, Value()), false, true, false);
        row("contains", on(ExpressionKind::Contains, text("a")), false, false, false);
        row("like", on(ExpressionKind::Like, text("%")), false, false, false);
        row("matches", on(ExpressionKind::Matches, text("")), false, false, false);
        row("not like", model::negation(on(ExpressionKind::Like, text("%"))), true, true, true);
        row("not matches", model::negation(on(ExpressionKind::Matches, text(""))), true, true, true);
        row("in [5]", in({five}), false, false, true);
        row("in [5, null]", in({five, Value()}), false, true, true);
        row("in []", in({}), false, false, false);
        row("not in [5]", model::negation(in({five})), true, true, false);
        row("is missing", bare(ExpressionKind::IsMissing), true, false, false);
        row("is null", bare(ExpressionKind::IsNull), true, true, false);
        row("is explicit null", bare(ExpressionKind::IsExplicitNull), false, true, false);
        row("is valued", bare(ExpressionKind::IsValued), false, false, true);
        row("is of type null", on(ExpressionKind::IsKind, text("null")), false, true, false);
        row("is of type integer", on(ExpressionKind::IsKind, text("integer")), false, false, true);
    }
    void knowsMissingFromNull()
    {
        QFETCH(const Expression, condition);
        QFETCH(const bool, whenAbsent);
        QFETCH(const bool, whenNull);
        QFETCH(const bool, whenFive);

        QCOMPARE(matches(recordWith(std::nullopt), condition), whenAbsent);
        QCOMPARE(matches(recordWith(Value()), condition), whenNull);
        QCOMPARE(matches(recordWith(Value(std::int64_t{5})), condition), whenFive);
    }

    /// Appendix A, row "missing": never equal, never ordered, and so always unequal.
    void aMissingFieldIsUnequalToEverything()
    {
        const std::vector<Value> literals{Value(std::int64_t{1}), Value(1.5),     Value(true), text("1"), Value(model::Date{1}),
                                          Value(model::Uuid{}),   Value(Bytes{std::byte{1}}), Value()};
        for (const Value& literal : literals) {
            QVERIFY(matches(recordWith(std::nullopt), on(ExpressionKind::NotEqual, literal)));
            for (const ExpressionKind kind : {ExpressionKind::Equal, ExpressionKind::Less, ExpressionKind::LessOrEqual, ExpressionKind::Greater, ExpressionKind::GreaterOrEqual})
                QVERIFY(!matches(recordWith(std::nullopt), on(kind, literal)));
        }
    }

    /// The corollaries of DM-7.
    void lessOrEqualIsLessOrEqualByItsOwnEquality()
    {
        const model::Record late = recordWith(Value(model::Date{9.9995}));
        QVERIFY(matches(late, on(ExpressionKind::GreaterOrEqual, Value(10.0))));
        QVERIFY(matches(late, on(ExpressionKind::Less, Value(10.0))));
        const model::Record id = recordWith(Value(*model::Uuid::parse("6FC4CF08-4F8B-4B9E-B831-CD261E59ED49")));
        QVERIFY(matches(id, on(ExpressionKind::LessOrEqual, text("6fc4cf08-4f8b-4b9e-b831-cd261e59ed49"))));
        QVERIFY(!matches(id, on(ExpressionKind::Less, text("zzz"))));
    }

    /// QL-9.
    void likesAsTheTableSays_data()
    {
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<Value>("value");
        QTest::addColumn<bool>("isLike");
        QTest::addColumn<bool>("isLikeInAnyCase");
        const auto row = [](const char* name, const char* pattern, Value value, bool like, bool ilike) {
            QTest::newRow(name) << QByteArray(pattern) << std::move(value) << like << ilike;
        };
        row("a% abc", "a%", text("abc"), true, true);
        row("a% crosses lines", "a%", text("a\nb"), true, true);
        row("anchored before a newline", "abc", text("abc\n"), false, false);
        row("100\\% 100%", "100\\%", text("100%"), true, true);
        row("100\\% 1000", "100\\%", text("1000"), false, false);
        row("_ is one scalar", "_", text("\U0001F525"), true, true);
        row("_ is not a cluster", "_", text("\U0001F469\U0001F3FD"), false, false);
        row("A% abc", "A%", text("abc"), false, true);
        row("% empty", "%", text(""), true, true);
        row("x on an integer", "x", Value(std::int64_t{5}), false, false);
        row("\\_ is literal", "a\\_c", text("a_c"), true, true);
        row("\\_ is not any", "a\\_c", text("abc"), false, false);
        row("\\\\ is a backslash", "a\\\\c", text("a\\c"), true, true);
        row("a backslash at the end", "a\\", text("a\\"), true, true);
        row("a dot is a dot", "a.c", text("abc"), false, false);
        row("regex characters are literal", "(a+)[b]*^$", text("(a+)[b]*^$"), true, true);
        row("_ crosses lines", "a_b", text("a\nb"), true, true);
        row("empty pattern", "", text(""), true, true);
        row("empty pattern, some text", "", text("a"), false, false);
        row("NUL", "a%b", Value(std::string("a\0b", 3)), true, true);
        row("canonical equivalence", "caf_", text("cafe\u0301"), true, true);
        row("pattern is normalised too", "e\u0301%", text("\u00e9t\u00e9"), true, true);
        row("ILIKE beyond ASCII", "\u00c9%", text("\u00e9t\u00e9"), false, true);
        row("many wildcards", "%a%a%a%a%", text("aaa"), false, false);
    }
    void likesAsTheTableSays()
    {
        QFETCH(const QByteArray, pattern);
        QFETCH(const Value, value);
        QFETCH(const bool, isLike);
        QFETCH(const bool, isLikeInAnyCase);
        const Value operand(pattern.toStdString());
        const model::Record record = recordWith(value);

        QCOMPARE(matches(record, on(ExpressionKind::Like, operand)), isLike);
        QCOMPARE(matches(record, on(ExpressionKind::ILike, operand)), isLikeInAnyCase);
        QCOMPARE(matches(record, model::negation(on(ExpressionKind::Like, operand))), !isLike);
    }

    /// QL-10.
    void searchesPatternsAnywhereAndRefusesBadOnes()
    {
        QVERIFY(matches(recordWith(text("xaby")), on(ExpressionKind::Matches, text("a.")))); // not anchored
        QVERIFY(!matches(recordWith(text("xaby")), on(ExpressionKind::Matches, text("^a"))));
        QVERIFY(matches(recordWith(text("ABC")), on(ExpressionKind::Matches, text("(?i)abc"))));
        QVERIFY(!matches(recordWith(text("ABC")), on(ExpressionKind::Matches, text("abc"))));
        QVERIFY(matches(recordWith(text("")), on(ExpressionKind::Matches, text(""))));
        QVERIFY(!matches(recordWith(Value(std::int64_t{5})), on(ExpressionKind::Matches, text("5")))); // texts only
        for (const char* bad : {"(", "[a", "(?=a)", "\\1", "*"}) {
            const auto compiled = model::Predicate::compile(on(ExpressionKind::Matches, text(bad)));
            QVERIFY2(!compiled, bad);
            QCOMPARE(compiled.error().code, ErrorCode::InvalidArgument);
        }
    }

    void aPatternThatExplodesElsewhereIsQuick()
    {
        const model::Record record = recordWith(Value(std::string(50'000, 'a')));
        QElapsedTimer timer;
        timer.start();

        QVERIFY(!matches(record, on(ExpressionKind::Matches, text("^(a+)+$b"))));

        QVERIFY(timer.elapsed() < 2'000);
    }

    void containsTextsAndElements()
    {
        QVERIFY(matches(recordWith(text("cafe\u0301")), on(ExpressionKind::Contains, text("f\u00e9"))));
        QVERIFY(!matches(recordWith(text("abc")), on(ExpressionKind::Contains, text("B")))); // case counts
        QVERIFY(matches(recordWith(text("abc")), on(ExpressionKind::Contains, text(""))));
        QVERIFY(!matches(recordWith(Value(std::int64_t{1})), on(ExpressionKind::Contains, text(""))));
        const Value list(model::Array{Value(std::int64_t{1}), text("a")});
        QVERIFY(matches(recordWith(list), on(ExpressionKind::Contains, Value(1.0)))); // by the equality of =
        QVERIFY(matches(recordWith(list), on(ExpressionKind::Contains, text("a"))));
        QVERIFY(!matches(recordWith(list), on(ExpressionKind::Contains, text("b"))));
        QVERIFY(matches(recordWith(text("caf\u00e9")), on(ExpressionKind::EndsWith, text("e\u0301"))));
        QVERIFY(matches(recordWith(text("e\u0301t")), on(ExpressionKind::StartsWith, text("\u00e9"))));
    }

    /// DM-2: a literal name wins; otherwise dots and brackets lead into containers.
    void followsPathsUnlessAFieldHasThatName()
    {
        const Value inner(model::Dictionary{{"b", Value(model::Array{text("zero"), Value(model::Dictionary{{"c", text("deep")}})})}});
        const model::Record nested{{}, {{"a", inner}}};
        const auto valueAt = [](const model::Record& record, const char* path) {
            model::RecordFieldSource source(record);
            const Value* value = model::resolveField(source, path);
            const auto* content = value != nullptr ? value->as<std::string>() : nullptr;
            return content != nullptr ? *content : std::string("-");
        };
        QCOMPARE(valueAt(nested, "a.b[0]"), std::string("zero"));
        QCOMPARE(valueAt(nested, "a.b[1].c"), std::string("deep"));
        for (const char* nowhere : {"a.b[2]", "a.b[-1]", "a.b[0", "a.b[x]", "a.b[]", "a.", "a..b", "a.c", ".a", "[0]", "b", "a.b[99999999999999999999]"})
            QCOMPARE(valueAt(nested, nowhere), std::string("-"));
        const model::Record literal{{}, {{"a", inner}, {"a.b[0]", text("literal")}}};
        QCOMPARE(valueAt(literal, "a.b[0]"), std::string("literal"));
    }

    void refusesConditionsThatSayNothing()
    {
        const auto codeOf = [](const Expression& expression) {
            const auto compiled = model::Predicate::compile(expression);
            return compiled ? std::optional<ErrorCode>() : compiled.error().code;
        };
        QCOMPARE(codeOf(bare(ExpressionKind::Equal)), std::optional(ErrorCode::InvalidArgument));
        QCOMPARE(codeOf(bare(ExpressionKind::Not)), std::optional(ErrorCode::InvalidArgument));
        QCOMPARE(codeOf(on(ExpressionKind::Like, Value(std::int64_t{1}))), std::optional(ErrorCode::InvalidArgument));
        QCOMPARE(codeOf(on(ExpressionKind::IsKind, text("word"))), std::optional(ErrorCode::InvalidArgument));
        Expression deep = on(ExpressionKind::Equal, Value());
        for (int i = 0; i < 2'000; ++i) deep = model::negation(std::move(deep));
        QCOMPARE(codeOf(deep), std::optional(ErrorCode::InvalidArgument));
    }

    void agreesWithTheOracle()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        const auto records = random.records(60);
        for (int i = 0; i < 400; ++i) {
            const Expression condition = random.condition();
            for (const model::Record& record : records)
                QVERIFY2(matches(record, condition) == tests::oracleMatches(record, condition), qPrintable(QStringLiteral("seed %1, condition %2").arg(seed).arg(i)));
        }
    }
};

BLAZEDB_REGISTER_TEST(TestPredicate);
#include "tst_predicate.moc"
