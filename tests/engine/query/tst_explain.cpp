#include "engine/query/explain.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

class TestExplain final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesEveryStepFromTopToScan()
    {
        model::Query query;
        query.collection = "bug";
        query.filter =
            model::comparison(model::ExpressionKind::Greater, "age", model::Value(std::int64_t{7}));
        query.order = {{"title", true}};
        query.offset = 5;
        query.limit = 10;

        const auto steps = query::describePlan(query);

        QCOMPARE(steps.size(), std::size_t{5});
        QCOMPARE(steps[0].operation, std::string("Limit"));
        QCOMPARE(steps[0].detail, std::string("passes over 5, at most 10"));
        QCOMPARE(steps[1].detail, std::string("title descending, ties by id, missing and null last"));
        QCOMPARE(steps[2].operation, std::string("Filter"));
        QVERIFY(steps[2].detail.find("age") != std::string::npos);
        QCOMPARE(steps[3].detail, std::string("kind bug, without soft-deleted records"));
        QCOMPARE(steps[4].operation, std::string("Scan"));
    }

    void leavesOutWhatIsNotAskedFor()
    {
        const auto steps = query::describePlan({});

        QCOMPARE(steps.size(), std::size_t{3});
        QCOMPARE(steps[0].detail, std::string("id ascending"));
    }
};
BLAZEDB_REGISTER_TEST(TestExplain);
#include "tst_explain.moc"
