// A native file behind the facets: its collections, what an index spares and that the plan says so, and values in parts.
#include <algorithm>

#include "engine/local/database.h"
#include "engine/local/index_choice.h"
#include "engine/local/local_source.h"
#include "engine/local/native_rows.h"
#include "tests/support/document_fixture.h"
#include "tests/support/memory_database.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::tests;
using model::ExpressionKind;
using model::Value;

namespace {

/// A source over the fixture's documents, which must outlive it.
std::unique_ptr<api::DataSource> sourceOf(DocumentFixture& fixture)
{
    local::Database::Parts parts{.counters = std::make_unique<metrics::CounterSet>(),
                                 .store = std::make_unique<local::NativeRows>(*fixture.documents),
                                 .facts = fixedFacts({}),
                                 .trees = std::make_shared<local::NativeRecordTrees>()};
    return std::make_unique<local::LocalSource>(std::make_unique<local::Database>(std::move(parts), systemClock()));
}

/// 1,000 records: `n` counts, `tens` is one of a hundred, `kind` one of two.
void fill(DocumentFixture& fixture)
{
    const auto transaction = *fixture.documents->begin(txn::Isolation::Bulk);
    for (std::uint32_t i = 0; i < 1'000; ++i) {
        QVERIFY(transaction->insert("default", document(i, {{"n", Value(std::int64_t{i})}, {"tens", Value(std::int64_t{i / 10})},
                                                            {"half", Value(i % 2 == 0)}, {"_blazeKind", Value(std::string(i % 2 == 0 ? "even" : "odd"))}})));
    }
    QVERIFY(transaction->commit());
}

std::string leafOf(const api::PlanStep& step)
{
    return step.inputs.empty() ? step.operation + ": " + step.detail : leafOf(step.inputs.front());
}

model::Query queryFor(model::Expression filter)
{
    model::Query query;
    query.filter = std::move(filter);
    return query;
}

} // namespace

class TestNativeRows final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theNarrowestIndexIsReadAndThePlanSaysSo()
    {
        DocumentFixture fixture;
        fill(fixture);
        for (const char* field : {"tens", "half", "n"}) QVERIFY(fixture.documents->createIndex("default", field));
        const auto source = sourceOf(fixture);
        const auto query = queryFor(model::allOf({model::comparison(ExpressionKind::Equal, "tens", Value(std::int64_t{7})),
                                                  model::comparison(ExpressionKind::Equal, "half", Value(true)),
                                                  model::comparison(ExpressionKind::GreaterOrEqual, "n", Value(std::int64_t{500}))}));

        const auto plan = source->records().explain({}, query, api::ExplainMode::Plan);

        QVERIFY(plan.has_value());
        QCOMPARE(leafOf(plan->root), std::string("Index: on tens, 10 of 1000 records"));
        QVERIFY(!plan->readsAllRecords);
        QCOMPARE(plan->recordsToRead, std::uint64_t{10});
        QCOMPARE(source->records().count({}, query)->matching, std::uint64_t{0}); // 70 to 79 are below 500
    }

    void bothEndsOfARangeAreUsed()
    {
        DocumentFixture fixture;
        fill(fixture);
        QVERIFY(fixture.documents->createIndex("default", "n"));
        const auto source = sourceOf(fixture);
        const auto query = queryFor(model::allOf({model::comparison(ExpressionKind::Greater, "n", Value(std::int64_t{100})),
                                                  model::comparison(ExpressionKind::LessOrEqual, "n", Value(std::int64_t{150}))}));

        const auto plan = source->records().explain({}, query, api::ExplainMode::Measure);
        const auto window = source->records().query({}, query, {0, 20});

        QVERIFY(plan && window);
        QVERIFY(leafOf(plan->root).starts_with("Index: on n, "));
        QVERIFY(plan->recordsToRead >= 50 && plan->recordsToRead <= 52); // the bounds themselves may be looked at
        QCOMPARE(source->records().count({}, query)->matching, std::uint64_t{50});
        QCOMPARE(window->rows.size(), std::size_t{20});
        const auto byId = [](const api::RecordRow& left, const api::RecordRow& right) { return left.record.id < right.record.id; };
        QVERIFY(std::is_sorted(window->rows.begin(), window->rows.end(), byId));
    }

    void anIndexThatSparesLittleIsNotRead_data()
    {
        QTest::addColumn<model::Expression>("filter");
        QTest::newRow("half of the records") << model::comparison(ExpressionKind::Equal, "half", Value(true));
        QTest::newRow("another field") << model::comparison(ExpressionKind::Equal, "tens", Value(std::int64_t{1}));
        QTest::newRow("unequal") << model::comparison(ExpressionKind::NotEqual, "n", Value(std::int64_t{1}));
        QTest::newRow("one of two conditions") << model::anyOf({model::comparison(ExpressionKind::Equal, "n", Value(std::int64_t{1})),
                                                                 model::comparison(ExpressionKind::Equal, "tens", Value(std::int64_t{1}))});
        QTest::newRow("not") << model::negation(model::comparison(ExpressionKind::Equal, "n", Value(std::int64_t{1})));
    }
    void anIndexThatSparesLittleIsNotRead()
    {
        QFETCH(const model::Expression, filter);
        DocumentFixture fixture;
        fill(fixture);
        for (const char* field : {"half", "n"}) QVERIFY(fixture.documents->createIndex("default", field));
        const auto source = sourceOf(fixture);

        const auto plan = source->records().explain({}, queryFor(filter), api::ExplainMode::Plan);

        QVERIFY(plan && plan->readsAllRecords);
        QVERIFY(leafOf(plan->root).starts_with("Scan: "));
        QCOMPARE(plan->recordsToRead, std::uint64_t{1'000});
    }

    void aCollectionHasRowsOfItsOwn()
    {
        DocumentFixture fixture;
        fill(fixture);
        QVERIFY(fixture.put("people", document(5'000, {{"name", Value(std::string("Ada"))}})));
        QVERIFY(fixture.put("odd", document(5'001, {{"name", Value(std::string("Bob"))}, {"isDeleted", Value(true)}}))); // as a kind in default is called
        const auto source = sourceOf(fixture);
        const auto countIn = [&](const char* collection) {
            model::Query query;
            query.collection = collection;
            query.deleted = model::DeletedRecords::Included;
            return source->records().count({}, query)->matching;
        };

        QCOMPARE(countIn("default"), std::uint64_t{1'000});
        QCOMPARE(countIn("even"), std::uint64_t{500}); // a kind
        QCOMPARE(countIn("people"), std::uint64_t{1});
        QCOMPARE(countIn("odd"), std::uint64_t{1}); // the collection, not the kind
        QCOMPARE(countIn("nobody"), std::uint64_t{0});
        QVERIFY(source->records().record({}, documentId(5'000))->record.find("name")->value.isIdenticalTo(Value(std::string("Ada"))));
        QVERIFY(source->records().record({}, documentId(7)).has_value());

        const auto collections = source->structure()->collections({}, 0);
        QVERIFY(collections.has_value());
        std::vector<std::pair<std::string, std::uint64_t>> shown;
        for (const model::CollectionSummary& collection : *collections) shown.emplace_back(collection.name, collection.records.value);
        QVERIFY((shown == std::vector<std::pair<std::string, std::uint64_t>>{{"default", 1'000}, {"even", 500}, {"odd", 0}, {"people", 1}}));
        QCOMPARE(source->structure()->statistics({}, "people", 0)->recordsTotal, std::uint64_t{1});
        QCOMPARE(source->structure()->statistics({}, "people", 0)->fields.size(), std::size_t{2}); // id and name
    }

    void partsOfLargeValuesAreReadWithoutTheRest()
    {
        DocumentFixture fixture;
        std::string text;
        while (text.size() < 2'000'000) text += "a\u00e9\u20ac\U0001F525";
        Bytes data(1'500'000);
        for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<std::byte>(i * 7);
        QVERIFY(fixture.put("files", document(1, {{"text", Value(text)}, {"data", Value(data)}, {"small", Value(std::string("s"))}, {"n", Value(1.5)}})));
        const auto source = sourceOf(fixture);
        const auto part = [&](const char* field, std::uint64_t offset, std::uint64_t count) {
            return source->records().readValue({}, {documentId(1), field}, {offset, count});
        };
        std::size_t reads = 0;
        fixture.disk.setJudge([&reads](bool isRead, std::size_t) {
            if (isRead) ++reads;
            return std::optional<SimulatedDisk::Failure>();
        });

        const auto ofData = part("data", 1'234'567, 100);
        fixture.disk.setJudge({});

        QVERIFY(ofData.has_value());
        QCOMPARE(ofData->wholeBytes, std::uint64_t{1'500'000});
        QVERIFY(std::equal(ofData->bytes.begin(), ofData->bytes.end(), data.begin() + 1'234'567, data.begin() + 1'234'667));
        QVERIFY2(reads < 20, qPrintable(QString::number(reads))); // of some 430 pages
        QCOMPARE(part("text", 0, 1)->bytes.size(), std::size_t{1});
        QCOMPARE(part("text", 1, 3)->bytes.size(), std::size_t{2}); // é, not the first byte of what follows
        QCOMPARE(asText(part("text", 10, 10)->bytes), std::string_view(text).substr(10, 10));
        QCOMPARE(part("text", text.size(), 5)->bytes.size(), std::size_t{0});
        QCOMPARE(part("text", text.size() - 4, 99)->bytes.size(), std::size_t{4});
        QCOMPARE(asText(part("small", 0, 9)->bytes), std::string_view("s"));
        QCOMPARE(asText(part("n", 0, 9)->bytes), std::string_view("1.5")); // typed JSON
        QCOMPARE(part("none", 0, 9).error().code, ErrorCode::NotFound);
    }

    void anEmptyFileAnswers()
    {
        DocumentFixture fixture;
        const auto source = sourceOf(fixture);

        QVERIFY(source->records().query({}, {}, {})->rows.empty());
        QCOMPARE(source->records().record({}, documentId(1)).error().code, ErrorCode::NotFound);
        QCOMPARE(source->structure()->collections({}, 0)->size(), std::size_t{1});
    }

    void eachQuerySeesTheNewestState()
    {
        DocumentFixture fixture;
        QVERIFY(fixture.documents->createIndex("default", "n"));
        const auto source = sourceOf(fixture);
        const auto query = queryFor(model::comparison(ExpressionKind::Equal, "n", Value(std::int64_t{1})));
        QCOMPARE(source->records().count({}, query)->matching, std::uint64_t{0});

        for (std::uint32_t i = 0; i < 20; ++i) {
            QVERIFY(fixture.put("default", document(i, {{"n", Value(std::int64_t{i % 2})}, {"name" + std::to_string(i), Value(true)}})));
            QCOMPARE(source->records().count({}, query)->matching, std::uint64_t{(i + 1) / 2});
        }
    }
};
BLAZEDB_REGISTER_TEST(TestNativeRows);
#include "tst_native_rows.moc"
