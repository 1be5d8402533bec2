// Indexes never miss a row and never keep one that is gone, whatever happens while they are built.
#include <atomic>
#include <map>
#include <thread>

#include "tests/support/document_fixture.h"
#include "tests/support/query_oracle.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::tests;
using documents::IndexCursor;
using model::ExpressionKind;
using model::Value;

namespace {

constexpr const char* kFields[] = {"a", "b", "title", "d.x", "s[0]", "caf\u00e9"};

} // namespace

class TestDocumentIndexes final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followRandomWrites()
    {
        const std::uint64_t seed = testSeed();
        RandomRecords random(seed);
        DocumentFixture fixture;
        for (const char* field : kFields) QVERIFY(fixture.documents->createIndex("c", field));
        std::vector<model::Uuid> ids;
        for (int i = 0; i < 60; ++i) ids.push_back(random.id());
        std::map<model::Uuid, model::Record> expected;
        for (int round = 0; round < 40; ++round) {
            const auto isolation = round % 5 == 4 ? txn::Isolation::Bulk : txn::Isolation::Snapshot;
            const auto transaction = *fixture.documents->begin(isolation);
            auto content = expected;
            for (std::size_t i = random.below(12); i > 0; --i) {
                const model::Uuid id = ids[random.below(ids.size())];
                if (random.below(4) == 0) {
                    QCOMPARE(*transaction->erase("c", id), content.erase(id) == 1);
                    continue;
                }
                model::Record record = random.record();
                record.id = id;
                record.fields.back().value = Value(id);
                QCOMPARE(*transaction->put("c", record), !content.contains(id));
                content[id] = std::move(record);
            }
            if (random.below(4) == 0) {
                transaction->rollback();
            } else {
                QVERIFY(transaction->commit());
                expected = std::move(content);
            }
            if (round % 10 == 9) fixture.reopen();
            const auto view = *fixture.documents->view();
            QVERIFY2(faultOf(*view).empty(), qPrintable(QStringLiteral("seed %1, round %2: ").arg(seed).arg(round) + QString::fromStdString(faultOf(*view))));
            QCOMPARE(view->collection("c")->count(), std::uint64_t(expected.size()));
        }
    }

    void rangesGiveTheIdsInOrderBothWays()
    {
        DocumentFixture fixture;
        QVERIFY(fixture.documents->createIndex("c", "n"));
        const auto transaction = *fixture.documents->begin();
        for (std::uint32_t i = 0; i < 500; ++i) QVERIFY(transaction->insert("c", document(i, {{"n", Value(std::int64_t{i % 50})}})));
        QVERIFY(transaction->insert("c", document(1'000, {})));
        QVERIFY(transaction->insert("c", document(1'001, {{"n", Value()}})));
        QVERIFY(transaction->commit());
        const auto view = *fixture.documents->view();
        const documents::IndexView& index = *view->collection("c")->readyIndex("n");

        const auto equal = model::comparison(ExpressionKind::Equal, "n", Value(std::int64_t{7}));
        std::vector<model::Uuid> expected;
        for (std::uint32_t i = 7; i < 500; i += 50) expected.push_back(documentId(i));
        std::sort(expected.begin(), expected.end());
        QVERIFY(idsIn(index, equal) == expected);
        std::reverse(expected.begin(), expected.end());
        QVERIFY(idsIn(index, equal, IndexCursor::Direction::Descending) == expected);

        const auto atLeast = model::comparison(ExpressionKind::GreaterOrEqual, "n", Value(std::int64_t{48}));
        auto up = idsIn(index, atLeast);
        QCOMPARE(up.size(), std::size_t{20}); // 48 and 49, ten each
        auto down = idsIn(index, atLeast, IndexCursor::Direction::Descending);
        std::reverse(down.begin(), down.end());
        QVERIFY(up == down);
        QCOMPARE(idsIn(index, {ExpressionKind::IsNull, "n", {}, {}}).size(), std::size_t{2}); // missing and null share a place
        QCOMPARE(idsIn(index, {ExpressionKind::IsValued, "n", {}, {}}).size(), std::size_t{500});
        QCOMPARE(*index.count((*index::rangesOf(equal))[0]), std::uint64_t{10});
        QCOMPARE(*index.count({}), std::uint64_t{502});
    }

    void aTransactionSeesItsOwnKeys()
    {
        DocumentFixture fixture;
        QVERIFY(fixture.documents->createIndex("c", "n"));
        for (std::uint32_t i = 0; i < 2'000; ++i)
            if (i % 100 == 0) QVERIFY(fixture.put("c", document(i, {{"n", Value(std::string("x"))}})));
        const auto transaction = *fixture.documents->begin();
        for (std::uint32_t i = 0; i < 2'000; ++i)
            if (i % 100 != 0) QVERIFY(transaction->insert("c", document(i, {{"n", Value(std::string("x"))}})));
        QVERIFY(*transaction->erase("c", documentId(0)));

        const auto range = (*index::rangesOf(model::comparison(ExpressionKind::Equal, "n", Value(std::string("x")))))[0];
        std::vector<model::Uuid> ids;
        QVERIFY(transaction->lookUp("c", "n", range, [&](const model::Uuid& id) {
            ids.push_back(id);
            return transaction->get("c", id).has_value(); // may be called meanwhile
        }));

        QCOMPARE(ids.size(), std::size_t{1'999}); // over two chunks
        QVERIFY(std::is_sorted(ids.begin(), ids.end()));
        QCOMPARE(transaction->lookUp("c", "m", range, {}).error().code, ErrorCode::NotFound);
        QCOMPARE(transaction->lookUp("d", "n", range, {}).error().code, ErrorCode::NotFound);
    }

    void areBuiltOverRowsThatAreThere()
    {
        DocumentFixture fixture;
        const auto transaction = *fixture.documents->begin(txn::Isolation::Bulk);
        constexpr std::uint32_t kRows = documents::DocumentStore::kBuildStepRows * 2 + 1; // three steps
        for (std::uint32_t i = 0; i < kRows; ++i) QVERIFY(transaction->insert("c", document(i, {{"n", Value(std::int64_t{i})}})));
        QVERIFY(transaction->commit());

        QVERIFY(fixture.documents->createIndex("c", "n"));
        QVERIFY(fixture.documents->createIndex("c", "n")); // there already

        const auto view = *fixture.documents->view();
        QCOMPARE(view->collection("c")->indexes().size(), std::size_t{1});
        QVERIFY(view->collection("c")->readyIndex("n") != nullptr);
        QCOMPARE(faultOf(*view), std::string());
        fixture.reopen();
        QVERIFY((*fixture.documents->view())->collection("c")->readyIndex("n") != nullptr);
        QCOMPARE(faultOf(**fixture.documents->view()), std::string());
    }

    void anUnfinishedIndexIsNotRead()
    {
        DocumentFixture fixture;
        QVERIFY(fixture.put("c", document(1, {{"n", Value(true)}})));
        std::stop_source stop;
        stop.request_stop();

        QCOMPARE(fixture.documents->createIndex("c", "n", stop.get_token()).error().code, ErrorCode::Cancelled);

        const auto view = *fixture.documents->view();
        QVERIFY(view->collection("c")->readyIndex("n") == nullptr);
        QCOMPARE(view->collection("c")->indexes().size(), std::size_t{1});
        QCOMPARE((*fixture.documents->begin())->lookUp("c", "n", {}, {}).error().code, ErrorCode::FailedPrecondition);
        QVERIFY(fixture.put("c", document(2, {{"n", Value(true)}}))); // kept all the same
        QVERIFY(fixture.documents->createIndex("c", "n"));
        QVERIFY((*fixture.documents->view())->collection("c")->readyIndex("n") != nullptr);
        QCOMPARE(faultOf(**fixture.documents->view()), std::string());
    }

    void aTransactionThatDoesNotKnowOfAnIndexDoesNotCommit()
    {
        DocumentFixture fixture;
        QVERIFY(fixture.put("c", document(1, {{"n", Value(true)}})));
        const auto transaction = *fixture.documents->begin();
        QVERIFY(transaction->put("c", document(2, {{"n", Value(true)}})));

        QVERIFY(fixture.documents->createIndex("c", "n"));

        QCOMPARE(transaction->commit().error().code, ErrorCode::Conflict);
        QVERIFY(transaction->conflicts().empty());
        QCOMPARE(faultOf(**fixture.documents->view()), std::string());
    }

    void writersGoOnWhileAnIndexIsBuilt()
    {
        DocumentFixture fixture;
        constexpr std::uint32_t kRows = 5'000;
        {
            const auto transaction = *fixture.documents->begin(txn::Isolation::Bulk);
            for (std::uint32_t i = 0; i < kRows; ++i) QVERIFY(transaction->insert("c", document(i, {{"n", Value(std::int64_t{i})}})));
            QVERIFY(transaction->commit());
        }
        std::atomic<int> written{0};
        std::atomic<int> failures{0};
        {
            std::vector<std::jthread> writers;
            for (std::uint32_t t = 0; t < 2; ++t) {
                writers.emplace_back([&, t](const std::stop_token& stop) {
                    for (std::uint32_t i = t; !stop.stop_requested(); i += 7) {
                        const auto transaction = *fixture.documents->begin();
                        const bool erases = i % 3 == 0;
                        const std::uint32_t number = i % kRows;
                        const auto changed = erases ? transaction->erase("c", documentId(number)) : transaction->put("c", document(number, {{"n", Value(std::string("new"))}}));
                        const auto committed = changed ? transaction->commit() : Result<std::uint64_t>(changed.error());
                        if (committed) ++written;
                        else if (committed.error().code != ErrorCode::Conflict) ++failures;
                    }
                });
            }
            const auto built = fixture.documents->createIndex("c", "n");
            QVERIFY2(built.has_value(), built ? "" : built.error().message.c_str());
        }

        QVERIFY(written > 0);
        QCOMPARE(failures.load(), 0);
        QCOMPARE(faultOf(**fixture.documents->view()), std::string());
        fixture.reopen();
        QCOMPARE(faultOf(**fixture.documents->view()), std::string());
    }

    void mayBeDropped()
    {
        DocumentFixture fixture;
        QVERIFY(fixture.documents->createIndex("c", "n"));
        QVERIFY(fixture.documents->createIndex("c", "m"));
        for (std::uint32_t i = 0; i < 50; ++i) QVERIFY(fixture.put("c", document(i, {{"n", Value(std::int64_t{i})}})));

        QVERIFY(fixture.documents->dropIndex("c", "n"));

        QCOMPARE(fixture.documents->dropIndex("c", "n").error().code, ErrorCode::NotFound);
        QVERIFY((*fixture.documents->view())->collection("c")->readyIndex("n") == nullptr);
        QVERIFY(fixture.put("c", document(60, {{"n", Value(true)}})));
        QVERIFY(fixture.documents->createIndex("c", "n")); // under a number of its own
        QCOMPARE(faultOf(**fixture.documents->view()), std::string());
    }

    void refusesFieldsThatAreNone()
    {
        DocumentFixture fixture;
        for (const std::string& field : {std::string(), std::string(1'001, 'f'), std::string("\xFF")})
            QCOMPARE(fixture.documents->createIndex("c", field).error().code, ErrorCode::InvalidArgument);
        QVERIFY((*fixture.documents->view())->collections().empty());
    }

    void everyMatchOfARandomConditionIsFound()
    {
        const std::uint64_t seed = testSeed();
        RandomRecords random(seed);
        DocumentFixture fixture;
        const auto records = random.records(300);
        for (const char* field : kFields) QVERIFY(fixture.documents->createIndex("c", field));
        const auto transaction = *fixture.documents->begin();
        for (const model::Record& record : records) QVERIFY(transaction->insert("c", record));
        QVERIFY(transaction->commit());
        const auto view = *fixture.documents->view();
        int asked = 0;
        for (int i = 0; i < 3'000; ++i) {
            const auto condition = random.condition();
            const documents::IndexView* index = view->collection("c")->readyIndex(condition.field);
            const auto predicate = model::Predicate::compile(condition);
            if (index == nullptr || !predicate || !index::rangesOf(condition)) continue;
            ++asked;
            auto ids = idsIn(*index, condition);
            std::sort(ids.begin(), ids.end());
            QVERIFY(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
            for (const model::Record& record : records) {
                model::RecordFieldSource source(record);
                if (!predicate->matches(source)) continue;
                QVERIFY2(std::binary_search(ids.begin(), ids.end(), record.id), qPrintable(QStringLiteral("seed %1, condition %2").arg(seed).arg(i)));
            }
        }
        QVERIFY(asked > 100);
    }
};
BLAZEDB_REGISTER_TEST(TestDocumentIndexes);
#include "tst_document_indexes.moc"
