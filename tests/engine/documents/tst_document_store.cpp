// Documents come back as they were put, in every view, after opening anew, and in parts when they are large.
#include "tests/support/document_fixture.h"
#include "tests/support/expected_records.h"
#include "tests/support/random_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::tests;
using model::Value;

class TestDocumentStore final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recordsOfEveryKindComeBack()
    {
        const std::uint64_t seed = testSeed();
        RandomRecords random(seed);
        const auto records = random.records(400);
        DocumentFixture fixture;
        const auto transaction = *fixture.documents->begin();
        for (const model::Record& record : records) QVERIFY(transaction->insert("things", record));
        QVERIFY(transaction->commit());

        for (const bool isReopened : {false, true}) {
            if (isReopened) fixture.reopen();
            const auto view = *fixture.documents->view();
            const documents::CollectionView* things = view->collection("things");
            QVERIFY(things != nullptr);
            QCOMPARE(things->count(), std::uint64_t(records.size()));
            for (const model::Record& record : records) {
                const auto found = things->record(record.id);
                QVERIFY2(found.has_value(), qPrintable(QStringLiteral("seed %1").arg(seed)));
                QCOMPARE(differenceOf(*found, record), QString());
            }
            QCOMPARE(faultOf(*view), std::string());
        }
    }

    void isTheExampleOfTheFormat()
    {
        DocumentFixture fixture;
        model::Uuid id;
        id.bytes[15] = 1;
        QVERIFY(fixture.documents->createIndex("c", "n"));
        QVERIFY(fixture.put("c", {id, {{"n", Value(std::int64_t{2})}, {"id", Value(id)}}}));
        const auto bytes = [](const char* hex) { return QByteArray::fromHex(hex).toStdString(); };
        const std::string key = bytes("00000000000000000000000000000001");
        const std::string indexKey = bytes("02 C000000000000000 0000 00") + key;

        const auto rows = rowsOf(*fixture.store->nativeSnapshot());

        QVERIFY(rows.has_value());
        QVERIFY((*rows == ExpectedRows{{{"catalogue", bytes("76")}, bytes("0000000000000003")},
                                       {{"catalogue", bytes("63 00000001")}, bytes("01 00000002 63")},
                                       {{"catalogue", bytes("69 00000001 00000001")}, bytes("01 00 01 6E")},
                                       {{"names", bytes("00000001 00000000")}, bytes("6E")},
                                       {{"names", bytes("00000001 00000001")}, bytes("69 64")},
                                       {{"rows.1", key}, bytes("30 01 00 13 02")},
                                       {{"index.1.1", indexKey}, std::string()}}));
    }

    void anEmptyFileHasNoCollections()
    {
        DocumentFixture fixture;
        const auto view = *fixture.documents->view();

        QVERIFY(view->collections().empty());
        QVERIFY(view->collection("default") == nullptr);
        QCOMPARE(fixture.documents->get("default", documentId(1)).error().code, ErrorCode::NotFound);
        fixture.reopen();
        QVERIFY((*fixture.documents->view())->collections().empty());
    }

    void cursorsGoBothWaysById()
    {
        DocumentFixture fixture;
        std::vector<model::Uuid> ids;
        const auto transaction = *fixture.documents->begin();
        for (std::uint32_t i = 0; i < 300; ++i) {
            QVERIFY(transaction->insert("c", document(i, {{"n", Value(std::int64_t{i})}})));
            ids.push_back(documentId(i));
        }
        QVERIFY(transaction->commit());
        std::sort(ids.begin(), ids.end());

        const auto view = *fixture.documents->view();
        documents::DocumentCursor cursor = view->collection("c")->cursor();
        std::vector<model::Uuid> up;
        for (bool isOn = *cursor.first(); isOn; isOn = *cursor.next()) up.push_back(cursor.id());
        std::vector<model::Uuid> down;
        for (bool isOn = *cursor.last(); isOn; isOn = *cursor.previous()) down.push_back(cursor.id());

        QVERIFY(up == ids);
        std::reverse(down.begin(), down.end());
        QVERIFY(down == ids);
        QVERIFY(*cursor.seekRank(123));
        QVERIFY(cursor.id() == ids[123]);
        QCOMPARE(*view->collection("c")->rank(ids[123]), std::uint64_t{123});
        QVERIFY(*cursor.seek(ids[7]));
        QVERIFY(cursor.id() == ids[7]);
    }

    void aViewStaysAsItWas()
    {
        DocumentFixture fixture;
        QVERIFY(fixture.put("c", document(1, {{"v", Value(std::int64_t{1})}})));
        const auto before = *fixture.documents->view();

        QVERIFY(fixture.put("c", document(1, {{"v", Value(std::int64_t{2})}, {"new", Value(true)}})));
        QVERIFY(fixture.put("other", document(2, {})));

        QVERIFY(before->collection("c")->record(documentId(1))->find("v")->value.isIdenticalTo(Value(std::int64_t{1})));
        QVERIFY(before->collection("other") == nullptr);
        const auto after = *fixture.documents->view();
        QVERIFY(after->collection("c")->record(documentId(1))->find("v")->value.isIdenticalTo(Value(std::int64_t{2})));
        QVERIFY(after->collection("other") != nullptr);
        QVERIFY(after->sequence() > before->sequence());
    }

    void largeDocumentsAreReadInParts()
    {
        DocumentFixture fixture;
        std::string large;
        while (large.size() < 300'000) large += std::to_string(large.size()) + " ";
        const model::Record record = document(1, {{"small", Value(std::int64_t{7})}, {"large", Value(large)}, {"middle", Value(std::string(20'000, 'm'))}});
        QVERIFY(fixture.put("c", record));
        fixture.reopen();

        const auto view = *fixture.documents->view();
        const documents::CollectionView& collection = *view->collection("c");
        auto found = *collection.find(record.id);

        QVERIFY(found && found->isLarge());
        QCOMPARE((*found->value(*collection.names().find("small")))->integer(), std::int64_t{7});
        QVERIFY((*found->value(*collection.names().find("middle")))->text() == std::string(20'000, 'm'));
        QVERIFY((*found->value(*collection.names().find("large")))->text() == large);
        const auto span = found->row().span(*found->row().find(*collection.names().find("large")));
        std::string part(1'000, ' ');
        QCOMPARE(*found->readPart(span->begin + 1 + 123'456, std::as_writable_bytes(std::span(part))), std::size_t{1'000});
        QVERIFY(part == large.substr(123'456, 1'000));
        QCOMPARE(differenceOf(*collection.record(record.id), record), QString());
        QCOMPARE(faultOf(*view), std::string());
    }

    void aTableOfManyFieldsIsReadWhole()
    {
        DocumentFixture fixture;
        std::vector<model::Field> fields;
        for (int i = 0; i < 5'000; ++i) fields.push_back({"field" + std::to_string(i), Value(std::int64_t{i})}); // a table of 20 KB
        const model::Record record = document(1, std::move(fields));
        QVERIFY(fixture.put("c", record));

        const auto view = *fixture.documents->view();
        const documents::CollectionView& collection = *view->collection("c");
        auto found = *collection.find(record.id);

        QVERIFY(found && found->isLarge());
        QCOMPARE((*found->value(*collection.names().find("field4321")))->integer(), std::int64_t{4'321});
    }

    void namesAreThereAfterOpeningForReading()
    {
        DocumentFixture fixture;
        QVERIFY(fixture.put("c", document(1, {{"first", Value(true)}})));
        QVERIFY(fixture.put("c", document(2, {{"second", Value(true)}})));
        QVERIFY(fixture.put("d", document(3, {{"third", Value(true)}, {std::string(4'000, 'n'), Value(true)}}))); // a name in pages of its own

        fixture.reopen(storage::Access::ReadOnly);

        const auto view = *fixture.documents->view();
        QCOMPARE(view->collection("c")->names().size(), std::size_t{3}); // id among them
        QVERIFY(view->collection("d")->record(documentId(3))->find(std::string(4'000, 'n')) != nullptr);
        QCOMPARE(faultOf(*view), std::string());
    }

    void aRecordGetsAnId_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::addColumn<Value>("id");
        QTest::addColumn<bool>("isAccepted");
        const QString spelled = QString::fromStdString(documentId(1).toString());
        QTest::newRow("missing") << false << Value() << true;
        QTest::newRow("itself") << true << Value(documentId(1)) << true;
        QTest::newRow("as text") << true << Value(spelled.toStdString()) << true;
        QTest::newRow("as text in small letters") << true << Value(spelled.toLower().toStdString()) << true;
        QTest::newRow("another") << true << Value(documentId(2)) << false;
        QTest::newRow("a word") << true << Value(std::string("one")) << false;
        QTest::newRow("a number") << true << Value(std::int64_t{1}) << false;
        QTest::newRow("null") << true << Value() << false;
    }
    void aRecordGetsAnId()
    {
        QFETCH(const bool, isThere);
        QFETCH(const Value, id);
        QFETCH(const bool, isAccepted);
        DocumentFixture fixture;
        model::Record record{documentId(1), {{"a", Value(true)}}};
        if (isThere) record.fields.push_back({"id", id});

        const auto transaction = *fixture.documents->begin();
        const auto outcome = transaction->insert("c", record);

        QCOMPARE(outcome.has_value(), isAccepted);
        if (!isAccepted) {
            QCOMPARE(outcome.error().code, ErrorCode::InvalidArgument);
            return;
        }
        QVERIFY(transaction->commit());
        QVERIFY(fixture.documents->get("c", documentId(1))->find("id")->value.isIdenticalTo(Value(documentId(1))));
    }

    void refusesNamesOfCollectionsThatAreNone()
    {
        DocumentFixture fixture;
        const auto transaction = *fixture.documents->begin();
        for (const std::string& name : {std::string(), std::string(256, 'c'), std::string("\xFF"), std::string("a\0b", 3)})
            QCOMPARE(transaction->insert(name, document(1, {})).error().code, ErrorCode::InvalidArgument);
        QVERIFY(transaction->insert(std::string(255, 'c'), document(1, {})));
    }

    void findsTheCollectionOfAnId()
    {
        DocumentFixture fixture;
        QVERIFY(fixture.put("a", document(1, {})));
        QVERIFY(fixture.put("b", document(2, {})));
        const auto view = *fixture.documents->view();

        QCOMPARE((*view->collectionOf(documentId(2)))->name(), std::string("b"));
        QVERIFY(*view->collectionOf(documentId(3)) == nullptr);
    }

    void aDamagedCatalogueIsAnError()
    {
        DocumentFixture fixture;
        QVERIFY(fixture.put("c", document(1, {})));
        const auto raw = *fixture.transactions->begin();
        QVERIFY(raw->put("catalogue", asBytes("zz"), asBytes("?")));
        QVERIFY(raw->put("catalogue", asBytes("v"), asBytes(std::string_view("\0\0\0\0\0\0\0\x09", 8))));
        QVERIFY(raw->commit());

        QCOMPARE(fixture.documents->view().error().code, ErrorCode::Corruption);
        QCOMPARE(fixture.documents->begin().error().code, ErrorCode::Corruption);
    }
};
BLAZEDB_REGISTER_TEST(TestDocumentStore);
#include "tst_document_store.moc"
