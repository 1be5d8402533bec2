// Rows and filter text say the same thing.
#include "engine/codec/query_text.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"
#include "views/data/filter_draft.h"

using namespace blazedb;
using views::FilterDraft;
using views::FilterNode;
using views::FilterOperator;
using views::FilterProblem;

namespace {

model::Expression parsed(const std::string& text)
{
    return codec::parseQueryText(text).query.filter;
}

std::string textOf(const FilterDraft& draft)
{
    return codec::toFilterText(draft.toExpression());
}

void type(FilterDraft& draft, const FilterDraft::Path& path, model::ValueKind kind, const char* text)
{
    FilterNode& row = *draft.node(path);
    row.operands.resize(1);
    row.operands.front().setKind(kind);
    row.operands.front().setText(text);
}

} // namespace

class TestFilterDraft final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textToRowsToTextIsStable_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("rows");
        const auto row = [](const char* text, int rows) { QTest::newRow(text) << QString::fromUtf8(text) << rows; };
        row("", 0);
        row("status = \"open\"", 1);
        row("status = \"open\" and priority > 2", 2);
        row("status = \"open\" or (priority > 2 and title contains \"\"\"quoted\"\"\")", 4);
        row("not (a = 1 or b = null)", 2);
        row("not a = 1", 1);
        row("not not a = 1", 1);
        row("not not (a = 1 or b = 2)", 3);
        row("age >= 18 and age <= 65", 1);
        row("name like \"a%\" and age >= 18 and age <= 65", 2);
        row("not (age >= 18 and age <= 65) or name ilike \"b_\"", 2);
        row("id = 3F2504E0-4F89-11D3-9A0C-0305E82C3301", 1);
        row("created > 2024-01-01T00:00:00Z", 1);
        row("`a b` in (1, \"x, y\", true, 2.5)", 1);
        row("a in ()", 1);
        row("a is missing and b is null and c is valued and d is explicit null and e is of type integer", 5);
        row("path matches \"^/x\" and name startswith \"42\" and name endswith \"\"", 3);
    }

    void textToRowsToTextIsStable()
    {
        QFETCH(QString, text);
        QFETCH(int, rows);
        const model::Expression expression = parsed(text.toStdString());

        const FilterDraft draft(expression);

        QCOMPARE(static_cast<int>(draft.size()), rows);
        QVERIFY(model::isIdentical(draft.toExpression(), expression));
        QCOMPARE(QString::fromStdString(textOf(draft)), text);
    }

    void anyConditionComesBackIdentical()
    {
        const std::uint64_t seed = tests::testSeed();
        tests::RandomRecords random(seed);
        for (int i = 0; i < 3000; ++i) {
            const model::Expression expression = random.condition();
            const FilterDraft draft(expression);
            QVERIFY2(model::isIdentical(draft.toExpression(), expression),
                     qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(QString::fromStdString(codec::toFilterText(expression)))));
        }
    }

    void aRangeIsOneRow()
    {
        const FilterDraft draft(parsed("age >= 18 and age <= 65"));

        QCOMPARE(draft.node({0})->operation, FilterOperator::Between);
        QCOMPARE(draft.node({0})->operands[0].text, std::string("18"));
        QCOMPARE(draft.node({0})->operands[1].text, std::string("65"));
    }

    void whatNoRowCanShowStaysAsText()
    {
        const model::Expression bytes = model::comparison(model::ExpressionKind::Equal, "photo", model::Value(Bytes{std::byte{1}}));
        const model::Expression both = model::allOf({bytes, parsed("a = 1")});
        FilterDraft draft(both);

        QCOMPARE(draft.node({0})->type, FilterNode::Type::Text);
        QVERIFY(model::isIdentical(draft.toExpression(), both));

        draft.setText({0}, "photo is missing");
        QCOMPARE(QString::fromStdString(textOf(draft)), QStringLiteral("photo is missing and a = 1"));
        draft.setText({0}, "photo is");
        QCOMPARE(FilterDraft::problemOf(*draft.node({0})), FilterProblem::BadText);
        QCOMPARE(QString::fromStdString(textOf(draft)), QStringLiteral("a = 1"));
    }

    void rowsAreAddedNegatedAndRemoved()
    {
        FilterDraft draft(parsed("status = \"open\""));
        const auto group = draft.addGroup({}, true);
        QCOMPARE(QString::fromStdString(textOf(draft)), QStringLiteral("status = \"open\"")); // an empty group says nothing
        const auto first = draft.addCondition(group, "priority", model::ValueKind::Integer);
        type(draft, first, model::ValueKind::Integer, "3");
        const auto second = draft.addCondition(group, "title", model::ValueKind::Text);
        QCOMPARE(FilterDraft::problemOf(*draft.node(second)), FilterProblem::NoValue);
        QCOMPARE(QString::fromStdString(textOf(draft)), QStringLiteral("status = \"open\" and priority = 3"));

        type(draft, second, model::ValueKind::Text, "42");
        draft.node(group)->isNegated = true;
        QCOMPARE(QString::fromStdString(textOf(draft)), QStringLiteral("status = \"open\" and not (priority = 3 or title = \"42\")"));
        QVERIFY(model::isIdentical(parsed(textOf(draft)), draft.toExpression()));

        draft.remove(first);
        QCOMPARE(QString::fromStdString(textOf(draft)), QStringLiteral("status = \"open\" and not title = \"42\""));
        draft.remove({});
        QVERIFY(draft.toExpression().isAll());
    }

    void valuesAreCheckedByKind_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("fits");
        const auto row = [](model::ValueKind kind, const char* text, bool fits) {
            QTest::newRow(text) << static_cast<int>(kind) << QString::fromLatin1(text) << fits;
        };
        row(model::ValueKind::Integer, "9223372036854775807", true);
        row(model::ValueKind::Integer, "9223372036854775808", false);
        row(model::ValueKind::Integer, "1.5", false);
        row(model::ValueKind::Double, "1e300", true);
        row(model::ValueKind::Double, "one", false);
        row(model::ValueKind::Bool, "true", true);
        row(model::ValueKind::Bool, "yes", false);
        row(model::ValueKind::Date, "2024-02-29", true);
        row(model::ValueKind::Date, "2023-02-29", false);
        row(model::ValueKind::Date, "2024-02-29T12:00:00+02:00", true);
        row(model::ValueKind::Uuid, "3F2504E0-4F89-11D3-9A0C-0305E82C3301", true);
        row(model::ValueKind::Uuid, "3F2504E0", false);
        row(model::ValueKind::Text, "", true);
    }

    void valuesAreCheckedByKind()
    {
        QFETCH(int, kind);
        QFETCH(QString, text);
        QFETCH(bool, fits);
        views::FilterOperand operand;
        operand.setKind(static_cast<model::ValueKind>(kind));
        operand.setText(text.toStdString());

        QCOMPARE(operand.value().has_value(), fits);
    }

    void aDayAloneIsItsMidnightInUtc()
    {
        views::FilterOperand operand;
        operand.setKind(model::ValueKind::Date);
        operand.setText("2001-01-02");

        QCOMPARE(operand.value()->as<model::Date>()->seconds, 86'400.0); // one day after the reference
    }

    void theOperatorsFitTheKindOfTheField()
    {
        const auto has = [](std::optional<model::ValueKind> kind, FilterOperator operation) {
            const auto offered = views::operatorsFor(kind);
            return std::find(offered.begin(), offered.end(), operation) != offered.end();
        };

        QVERIFY(has(model::ValueKind::Text, FilterOperator::Matches));
        QVERIFY(!has(model::ValueKind::Integer, FilterOperator::Matches));
        QVERIFY(has(model::ValueKind::Date, FilterOperator::Between));
        QVERIFY(!has(model::ValueKind::Bool, FilterOperator::Less));
        QVERIFY(has(model::ValueKind::Data, FilterOperator::IsMissing) && !has(model::ValueKind::Data, FilterOperator::Equal));
        QVERIFY(has(std::nullopt, FilterOperator::Between) && has(std::nullopt, FilterOperator::Contains));
    }

    void changingTheOperatorKeepsTheValueThatStillFits()
    {
        FilterDraft draft(parsed("age >= 18 and age <= 65"));

        draft.setOperator({0}, FilterOperator::Less);

        QCOMPARE(QString::fromStdString(textOf(draft)), QStringLiteral("age < 18"));
        draft.setOperator({0}, FilterOperator::IsMissing);
        QCOMPARE(QString::fromStdString(textOf(draft)), QStringLiteral("age is missing"));
    }

    void aListIsReadAsTheFilterLineReadsIt()
    {
        const auto list = views::fromListText("1, \"a, b\", true");
        QVERIFY(list && list->size() == 3);
        QCOMPARE(QString::fromStdString(views::toListText(*list)), QStringLiteral("1, \"a, b\", true"));
        QVERIFY(!views::fromListText("1) or a in (2"));
        QVERIFY(!views::fromListText("1,"));
        QVERIFY(!views::fromListText("1) limit 5 or (f in (2"));
    }
};

BLAZEDB_REGISTER_TEST(TestFilterDraft);
#include "tst_filter_draft.moc"
