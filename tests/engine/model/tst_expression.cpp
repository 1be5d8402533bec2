// Conditions as values: how they join, and when two are the same.
#include "engine/model/query.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Expression;
using model::ExpressionKind;
using model::Value;

namespace {

Expression is(const char* field)
{
    return model::comparison(ExpressionKind::Equal, field, Value(true));
}

} // namespace

class TestExpression final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void joinsAreFlatAndDropWhatSaysNothing()
    {
        QVERIFY(model::allOf({}).isAll());
        QVERIFY(model::allOf({Expression{}, Expression{}}).isAll());
        QVERIFY(model::isIdentical(model::allOf({Expression{}, is("a")}), is("a")));
        const Expression nested = model::allOf({model::allOf({is("a"), is("b")}), is("c")});
        QCOMPARE(nested.kind, ExpressionKind::And);
        QCOMPARE(nested.children.size(), std::size_t{3});
        const Expression mixed = model::allOf({model::anyOf({is("a"), is("b")}), is("c")});
        QCOMPARE(mixed.children.size(), std::size_t{2});
    }

    void anAlternativeThatMatchesAllMatchesAll()
    {
        QVERIFY(model::anyOf({is("a"), Expression{}}).isAll());
        QVERIFY(model::isIdentical(model::anyOf({is("a")}), is("a")));
    }

    void sameMeansSameOperandsAndOrder()
    {
        QVERIFY(model::isIdentical(is("a"), is("a")));
        QVERIFY(!model::isIdentical(is("a"), is("b")));
        QVERIFY(!model::isIdentical(is("a"), model::negation(is("a"))));
        QVERIFY(!model::isIdentical(model::comparison(ExpressionKind::Equal, "a", Value(std::int64_t{1})),
                                    model::comparison(ExpressionKind::Equal, "a", Value(1.0))));
        model::Query query;
        query.filter = is("a");
        model::Query other = query;
        QVERIFY(model::isIdentical(query, other));
        other.limit = 0;
        QVERIFY(!model::isIdentical(query, other));
        other = query;
        other.order = {{"a", true}};
        QVERIFY(!model::isIdentical(query, other));
    }
};
BLAZEDB_REGISTER_TEST(TestExpression);
#include "tst_expression.moc"
