#include "engine/query/visibility.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Value;

class TestVisibility final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Semantics 1.6 with DM-4: bool true or an integer that is not zero.
    void readsTheDeletionMark_data()
    {
        QTest::addColumn<Value>("mark");
        QTest::addColumn<bool>("isDeleted");
        QTest::newRow("true") << Value(true) << true;
        QTest::newRow("false") << Value(false) << false;
        QTest::newRow("one") << Value(std::int64_t{1}) << true;
        QTest::newRow("minus one") << Value(std::int64_t{-1}) << true;
        QTest::newRow("zero") << Value(std::int64_t{0}) << false;
        QTest::newRow("double") << Value(1.0) << false;
        QTest::newRow("text") << Value(std::string("true")) << false;
        QTest::newRow("null") << Value() << false;
    }
    void readsTheDeletionMark()
    {
        QFETCH(const Value, mark);
        QFETCH(const bool, isDeleted);
        const model::Record record{{}, {{"isDeleted", mark}}};
        model::RecordFieldSource source(record);

        QCOMPARE(query::isSoftDeleted(source), isDeleted);
    }

    void takesAMissingMarkAsNotDeleted()
    {
        const model::Record record;
        model::RecordFieldSource source(record);

        QVERIFY(!query::isSoftDeleted(source));
    }

    void findsAKindIgnoringCase_data()
    {
        QTest::addColumn<QString>("collection");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("isIn");
        QTest::newRow("same") << "bug" << "bug" << true;
        QTest::newRow("upper case kind") << "bug" << "BUG" << true;
        QTest::newRow("upper case collection") << "Bug" << "bug" << true;
        QTest::newRow("other") << "bug" << "bugs" << false;
        QTest::newRow("beginning only") << "bugs" << "bug" << false;
        QTest::newRow("accents") << QString::fromUtf8("\u00c9T\u00c9") << QString::fromUtf8("\u00e9t\u00e9")
                                 << true;
        QTest::newRow("decomposed") << QString::fromUtf8("\u00e9t\u00e9")
                                    << QString::fromUtf8("e\u0301te\u0301") << true;
    }
    void findsAKindIgnoringCase()
    {
        QFETCH(const QString, collection);
        QFETCH(const QString, kind);
        QFETCH(const bool, isIn);

        QCOMPARE(query::KindName(collection.toStdString()).matches(kind.toStdString()), isIn);
    }
};
BLAZEDB_REGISTER_TEST(TestVisibility);
#include "tst_visibility.moc"
