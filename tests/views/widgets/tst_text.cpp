#include "views/widgets/text.h"

#include "tests/support/test_registry.h"

using namespace blazedb;

class TestText final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLongNameCanBeBrokenEvery24Letters()
    {
        const QString name(60, QLatin1Char('x'));
        const QStringList parts = views::breakable(name).split(QChar(0x200B));
        QCOMPARE(parts.size(), 3); // 24 + 24 + 12
        QCOMPARE(parts[0].size(), 24);
        QCOMPARE(parts.join(QString()), name);
    }

    void whatBreaksByItselfIsLeftAlone()
    {
        for (const char* text : {"", "orders.blazedb", "/home/somebody/documents/databases/orders.blazedb", "a b c d e f g h i j k l m n o p"})
            QCOMPARE(views::breakable(QString::fromLatin1(text)), QString::fromLatin1(text));
    }

    void aCharacterIsNeverCutInTwo()
    {
        // 23 letters, then characters of two halves each, then a letter with a mark of its own at the border.
        const QString text = QString(23, QLatin1Char('x')) + QString::fromUcs4(U"😀😀😀") + QString(24, QLatin1Char('y')) + QStringLiteral("e\u0301");
        for (const QString& part : views::breakable(text).split(QChar(0x200B))) {
            QVERIFY(!part.front().isLowSurrogate());
            QVERIFY(!part.front().isMark());
        }
    }

    void bytesThatAreNoTextComeOutAsSuch()
    {
        QCOMPARE(views::toQString("a\xff"), QStringLiteral("a\uFFFD"));
    }
};

BLAZEDB_REGISTER_TEST(TestText);
#include "tst_text.moc"
