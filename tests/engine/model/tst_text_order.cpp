// Text: canonical equivalence, scalar order of NFC forms, case folding.
#include <QByteArray>

#include "engine/model/text_order.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

class TestTextOrder final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void normalisesToNfc()
    {
        QCOMPARE(model::toNfc("e\u0301"), std::string("\u00e9"));
        QCOMPARE(model::toNfc("\u212B"), std::string("\u00c5")); // the Ångström sign is a singleton
        QCOMPARE(model::toNfc("\uFB01"), std::string("\uFB01")); // compatibility forms stay: that would be NFKC
        QCOMPARE(model::toNfc("q\u0307\u0323"), model::toNfc("q\u0323\u0307")); // marks in canonical order
        QCOMPARE(model::toNfc(std::string("a\0b", 3)), std::string("a\0b", 3));
        QCOMPARE(model::toNfc("\xff\xfe"), std::string("\xff\xfe")); // not UTF-8: as it is
    }

    void comparesScalarsOfNfcForms()
    {
        QVERIFY(model::compareText("A", "B") < 0);
        QVERIFY(model::compareText("B", "a") < 0);
        QVERIFY(model::compareText("e\u0301", "\u00e9") == 0);
        QVERIFY(model::compareText("\uFFFF", "\U00010000") < 0);
        QVERIFY(model::compareText("", "a") < 0 && model::compareText("a", "a") == 0);
        QVERIFY(model::canonicallyEqual("\u1e69", "s\u0307\u0323"));
        QVERIFY(!model::canonicallyEqual("a", "A"));
    }

    void foldsCaseOfAllScripts()
    {
        QCOMPARE(model::foldCase("BUG"), model::foldCase("bug"));
        QCOMPARE(model::foldCase("\u00c9T\u00c9"), model::foldCase("e\u0301te\u0301"));
        QCOMPARE(model::foldCase("\u1e9e"), model::foldCase("ss")); // full folding
        QCOMPARE(model::foldCase("\u03a3"), model::foldCase("\u03c2"));
        QVERIFY(model::foldCase("a") != model::foldCase("b"));
    }

    void tellsUtf8FromOtherBytes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isUtf8");
        QTest::newRow("empty") << QByteArray() << true;
        QTest::newRow("NUL") << QByteArray("a\0b", 3) << true;
        QTest::newRow("four bytes") << QByteArray("\xF0\x9F\x94\xA5") << true;
        QTest::newRow("cut") << QByteArray("\xF0\x9F\x94") << false;
        QTest::newRow("too long a form") << QByteArray("\xC0\x80") << false;
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << false;
        QTest::newRow("beyond Unicode") << QByteArray("\xF4\x90\x80\x80") << false;
        QTest::newRow("stray continuation") << QByteArray("\xC3\x28") << false;
    }
    void tellsUtf8FromOtherBytes()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const bool, isUtf8);

        QCOMPARE(model::isValidUtf8(bytes.toStdString()), isUtf8);
    }
};
BLAZEDB_REGISTER_TEST(TestTextOrder);
#include "tst_text_order.moc"
