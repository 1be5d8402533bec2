#include "engine/local/value_part.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using model::Value;

namespace {

QByteArray bytesOf(const Bytes& bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

} // namespace

class TestValuePart final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cutsATextBeforeASequenceThatDoesNotFit_data()
    {
        QTest::addColumn<qulonglong>("offset");
        QTest::addColumn<qulonglong>("count");
        QTest::addColumn<QByteArray>("part");
        // a, e acute (2 bytes), euro sign (3), grinning face (4), b
        QTest::newRow("everything") << 0ULL << 100ULL << QByteArray("a\u00e9\u20ac\U0001F600b");
        QTest::newRow("ends behind the first letter") << 0ULL << 1ULL << QByteArray("a");
        QTest::newRow("ends inside two bytes") << 0ULL << 2ULL << QByteArray("a");
        QTest::newRow("ends behind two bytes") << 0ULL << 3ULL << QByteArray("a\u00e9");
        QTest::newRow("ends inside three bytes") << 0ULL << 5ULL << QByteArray("a\u00e9");
        QTest::newRow("ends inside four bytes") << 3ULL << 6ULL << QByteArray("\u20ac");
        QTest::newRow("shorter than its first sequence") << 6ULL << 3ULL << QByteArray("\xF0\x9F\x98");
        QTest::newRow("behind the end") << 11ULL << 5ULL << QByteArray();
        QTest::newRow("far behind the end") << ~0ULL << ~0ULL << QByteArray();
        QTest::newRow("nothing wanted") << 0ULL << 0ULL << QByteArray();
    }
    void cutsATextBeforeASequenceThatDoesNotFit()
    {
        QFETCH(const qulonglong, offset);
        QFETCH(const qulonglong, count);
        QFETCH(const QByteArray, part);
        const Value text(std::string("a\u00e9\u20ac\U0001F600b"));

        const api::ValuePart found = local::cutPart(text, {offset, count});

        QCOMPARE(bytesOf(found.bytes), part);
        QCOMPARE(found.wholeBytes, std::uint64_t{11});
        QVERIFY(found.kind == model::ValueKind::Text);
    }

    void cutsBytesAnywhere()
    {
        const Value data(Bytes{std::byte{0xC3}, std::byte{0xA9}, std::byte{0xC3}});

        const api::ValuePart found = local::cutPart(data, {1, 1});

        QCOMPARE(bytesOf(found.bytes), QByteArray("\xA9"));
        QCOMPARE(found.wholeBytes, std::uint64_t{3});
    }

    void givesOtherKindsAsTypedJson()
    {
        const Value array(model::Array{Value(true), Value()});

        const api::ValuePart found = local::cutPart(array, {});

        QCOMPARE(bytesOf(found.bytes).replace(' ', ""), QByteArray("[true,null]"));
        QVERIFY(found.kind == model::ValueKind::Array);
    }
};
BLAZEDB_REGISTER_TEST(TestValuePart);
#include "tst_value_part.moc"
