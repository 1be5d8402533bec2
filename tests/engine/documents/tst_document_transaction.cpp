// Writes of documents: conflicts that name them, savepoints, ids that are unique in the file, and names that arrive before their rows.
#include <atomic>
#include <thread>

#include "tests/support/document_fixture.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::tests;
using model::Value;
using txn::Isolation;

class TestDocumentTransaction final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void insertRefusesWhatIsThere()
    {
        DocumentFixture fixture;
        QVERIFY(fixture.put("c", document(1, {{"isDeleted", Value(true)}})));
        const auto transaction = *fixture.documents->begin();

        QCOMPARE(transaction->insert("c", document(1, {})).error().code, ErrorCode::AlreadyExists); // soft-deleted or not
        QVERIFY(transaction->insert("c", document(2, {})));
        QCOMPARE(transaction->insert("c", document(2, {})).error().code, ErrorCode::AlreadyExists);
        QCOMPARE(*transaction->put("c", document(1, {})), false);
        QCOMPARE(*transaction->put("c", document(3, {})), true);
        QCOMPARE(*transaction->erase("c", documentId(3)), true);
        QCOMPARE(*transaction->erase("c", documentId(3)), false);
        QCOMPARE(*transaction->erase("none", documentId(3)), false);
        QVERIFY(transaction->insert("c", document(3, {})));
        QVERIFY(transaction->commit());
        QCOMPARE((*fixture.documents->view())->collection("c")->count(), std::uint64_t{3});
    }

    void idsAreUniqueInTheFile()
    {
        DocumentFixture fixture;
        QVERIFY(fixture.put("a", document(1, {})));
        const auto transaction = *fixture.documents->begin();

        QCOMPARE(transaction->insert("b", document(1, {})).error().code, ErrorCode::AlreadyExists);
        QCOMPARE(transaction->put("b", document(1, {})).error().code, ErrorCode::AlreadyExists);
        QVERIFY(transaction->insert("b", document(2, {})));
        QCOMPARE(transaction->insert("a", document(2, {})).error().code, ErrorCode::AlreadyExists);
        QVERIFY(*transaction->erase("a", documentId(1)));
        QVERIFY(transaction->insert("b", document(1, {})));
    }

    void readsItsOwnWrites_data()
    {
        QTest::addColumn<Isolation>("isolation");
        QTest::newRow("snapshot") << Isolation::Snapshot;
        QTest::newRow("serializable") << Isolation::Serializable;
        QTest::newRow("bulk") << Isolation::Bulk;
    }
    void readsItsOwnWrites()
    {
        QFETCH(const Isolation, isolation);
        DocumentFixture fixture;
        for (std::uint32_t i = 0; i < 200; i += 2) QVERIFY(fixture.put("c", document(i, {{"n", Value(std::int64_t{i})}})));

        const auto transaction = *fixture.documents->begin(isolation);
        for (std::uint32_t i = 1; i < 200; i += 2) QVERIFY(transaction->insert("c", document(i, {{"n", Value(std::int64_t{i})}, {"fresh", Value(true)}})));
        QVERIFY(*transaction->erase("c", documentId(0)));

        std::vector<model::Uuid> seen;
        QVERIFY(transaction->scan("c", {}, {}, [&](const model::Record& record) {
            seen.push_back(record.id);
            return true;
        }));
        QCOMPARE(seen.size(), std::size_t{199});
        QVERIFY(std::is_sorted(seen.begin(), seen.end()));
        QVERIFY((*transaction->get("c", documentId(1)))->find("fresh") != nullptr);
        QVERIFY(!*transaction->get("c", documentId(0)));
        QVERIFY(!*transaction->get("none", documentId(1)));
        codec::DecodeOptions projection;
        projection.fields = {"n"};
        QCOMPARE((*transaction->get("c", documentId(1), projection))->fields.size(), std::size_t{1});
        QCOMPARE((*fixture.documents->view())->collection("c")->count(), std::uint64_t{100});
        QVERIFY(transaction->commit());
        QCOMPARE((*fixture.documents->view())->collection("c")->count(), std::uint64_t{199});
        QCOMPARE(faultOf(**fixture.documents->view()), std::string());
    }

    void theFirstToCommitWinsAndTheOtherIsToldWhat()
    {
        DocumentFixture fixture;
        QVERIFY(fixture.put("c", document(1, {{"n", Value(std::int64_t{0})}})));
        QVERIFY(fixture.documents->createIndex("c", "n"));
        const auto first = *fixture.documents->begin();
        const auto second = *fixture.documents->begin();
        QVERIFY(first->put("c", document(1, {{"n", Value(std::int64_t{1})}})));
        QVERIFY(second->put("c", document(1, {{"n", Value(std::int64_t{2})}})));
        QVERIFY(second->put("c", document(2, {{"n", Value(std::int64_t{2})}})));

        QVERIFY(first->commit());
        const auto outcome = second->commit();

        QCOMPARE(outcome.error().code, ErrorCode::Conflict);
        QVERIFY((second->conflicts() == std::vector<documents::DocumentName>{{"c", documentId(1)}}));
        QVERIFY(fixture.documents->get("c", documentId(1))->find("n")->value.isIdenticalTo(Value(std::int64_t{1})));
        QCOMPARE(fixture.documents->get("c", documentId(2)).error().code, ErrorCode::NotFound);
    }

    void savepointsTakeBackDocumentsCollectionsAndKeys()
    {
        DocumentFixture fixture;
        QVERIFY(fixture.documents->createIndex("c", "n"));
        const auto transaction = *fixture.documents->begin();
        QVERIFY(transaction->put("c", document(1, {{"n", Value(std::int64_t{1})}})));
        QVERIFY(transaction->savepoint("here"));
        QVERIFY(transaction->put("c", document(1, {{"n", Value(std::int64_t{2})}})));
        QVERIFY(transaction->insert("made", document(2, {{"late", Value(true)}})));

        QVERIFY(transaction->rollbackTo("here"));
        QVERIFY(!*transaction->get("made", documentId(2)));
        QVERIFY(transaction->insert("again", document(3, {{"late", Value(true)}}))); // takes the number of the one that is gone
        QVERIFY(transaction->commit());

        const auto view = *fixture.documents->view();
        QVERIFY(view->collection("made") == nullptr);
        QVERIFY(view->collection("again")->record(documentId(3))->find("late") != nullptr);
        QCOMPARE(idsIn(*view->collection("c")->readyIndex("n"), model::comparison(model::ExpressionKind::Equal, "n", Value(std::int64_t{1}))).size(), std::size_t{1});
        QCOMPARE(faultOf(*view), std::string());
        fixture.reopen();
        QCOMPARE(faultOf(**fixture.documents->view()), std::string());
    }

    void namesOfATransactionThatCameToNothingMayBeUsed_data() { readsItsOwnWrites_data(); }
    void namesOfATransactionThatCameToNothingMayBeUsed()
    {
        QFETCH(const Isolation, isolation);
        DocumentFixture fixture;
        QVERIFY(fixture.put("c", document(1, {{"a", Value(true)}})));
        {
            const auto transaction = *fixture.documents->begin(isolation);
            QVERIFY(transaction->put("c", document(2, {{"b", Value(true)}, {"c", Value(true)}})));
            transaction->rollback();
        }
        QVERIFY(fixture.put("c", document(3, {{"c", Value(true)}, {"d", Value(true)}})));
        fixture.reopen();

        const auto view = *fixture.documents->view();
        QCOMPARE(view->collection("c")->count(), std::uint64_t{2});
        QVERIFY(view->collection("c")->record(documentId(3))->find("d") != nullptr);
        QVERIFY(view->collection("c")->record(documentId(3))->find("c") != nullptr);
        QCOMPARE(faultOf(*view), std::string());
    }

    void aTransactionTooLargeForMemoryMayBringNewNames()
    {
        txn::TransactionLimits limits;
        limits.maxPrivateBytes = 20'000;
        DocumentFixture fixture(limits);
        QVERIFY(fixture.put("c", document(0, {{"first", Value(true)}})));
        const auto transaction = *fixture.documents->begin();
        for (std::uint32_t i = 1; i < 500; ++i) QVERIFY(transaction->insert("c", document(i, {{"name" + std::to_string(i / 10), Value(std::string(100, 'x'))}})));

        QVERIFY(transaction->commit());

        fixture.reopen();
        QCOMPARE((*fixture.documents->view())->collection("c")->count(), std::uint64_t{500});
        QCOMPARE(faultOf(**fixture.documents->view()), std::string());
    }

    void manyThreadsMayBringTheSameNewNames()
    {
        DocumentFixture fixture;
        QVERIFY(fixture.put("c", document(0, {})));
        constexpr std::uint32_t kThreads = 4;
        constexpr std::uint32_t kEach = 60;
        std::atomic<int> failures{0};
        {
            std::vector<std::jthread> writers;
            for (std::uint32_t t = 0; t < kThreads; ++t) {
                writers.emplace_back([&, t] {
                    for (std::uint32_t i = 0; i < kEach; ++i) {
                        const auto record = document(1 + t * kEach + i, {{"shared" + std::to_string(i), Value(true)}, {"own" + std::to_string(t), Value(true)}});
                        const auto isolation = i % 7 == 3 ? Isolation::Bulk : Isolation::Snapshot;
                        auto done = fixture.put("c", record, isolation);
                        while (!done && done.error().code == ErrorCode::Conflict) done = fixture.put("c", record, isolation);
                        if (!done) ++failures;
                    }
                });
            }
        }

        QCOMPARE(failures.load(), 0);
        for (const bool isReopened : {false, true}) {
            if (isReopened) fixture.reopen();
            const auto view = *fixture.documents->view();
            QCOMPARE(view->collection("c")->count(), std::uint64_t{1 + kThreads * kEach});
            QCOMPARE(view->collection("c")->names().size(), std::size_t{1 + kEach + kThreads});
            QCOMPARE(faultOf(*view), std::string());
        }
    }

    void refusedRecordsLeaveNothingBehind()
    {
        DocumentFixture fixture;
        QVERIFY(fixture.documents->createIndex("c", "a"));
        const auto transaction = *fixture.documents->begin();
        QCOMPARE(transaction->insert("c", document(1, {{"a", Value(std::string("\xFF"))}})).error().code, ErrorCode::InvalidArgument);
        QVERIFY(transaction->insert("c", document(2, {{"a", Value(true)}})));
        QVERIFY(transaction->commit());

        const auto view = *fixture.documents->view();
        QCOMPARE(view->collection("c")->count(), std::uint64_t{1});
        QCOMPARE(faultOf(*view), std::string());
    }
};
BLAZEDB_REGISTER_TEST(TestDocumentTransaction);
#include "tst_document_transaction.moc"
