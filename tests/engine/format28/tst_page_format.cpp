// Expected bytes: the file-format specification 11.3, 1.1 and 11.5. Its "32 × 42" keys are hexadecimal 42.
#include <QByteArray>

#include "engine/base/checksum.h"
#include "engine/crypto/digest.h"
#include "engine/format28/family_paths.h"
#include "engine/format28/page_format.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::format28;

namespace {

Bytes goldenBytes(const char* hex)
{
    const QByteArray decoded = QByteArray::fromHex(hex);
    const ByteView view = asBytes({decoded.constData(), static_cast<std::size_t>(decoded.size())});
    return {view.begin(), view.end()};
}

const Bytes kGoldenKey(32, std::byte{0x42});
const Bytes kGoldenNonce = goldenBytes("000102030405060708090a0b");

} // namespace

class TestPageFormat final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sealsMainPagesAsPublished()
    {
        crypto::AesGcm cipher(kGoldenKey);
        const Bytes record = goldenBytes("424c415a450100030105550e8400e29b41d4a716446655440000ff000974696d657374616d700600000000000000002e122a");

        const Page page = sealMainPage(cipher, kGoldenNonce, record);

        QCOMPARE(crypto::toHex(ByteView(page).first(87)),
                 std::string("425a44420200000032000102030405060708090a0b139ec3a612de7591bccf3d519121d4bb4792d087f42df2089c03111d55ddb9a07349697c"
                             "e42fb7ad1399df279360d49231c8fdc31c4024f9ea7506130f81d5427bc4"));
        QCOMPARE(crc32(page), 0x342cd6acU);
    }

    void sealsOverflowPagesAsPublished()
    {
        crypto::AesGcm cipher(kGoldenKey);

        const Page page = sealOverflowPage(cipher, kGoldenNonce, 7, asBytes("world"));

        QCOMPARE(crypto::toHex(ByteView(page).first(49)),
                 std::string("4f564552030000000000000700000005000102030405060708090a0b062aaa2ad0c88973bdb8df42241ac5e172b1e3b1d5"));
    }

    void writesTrailersAsPublished()
    {
        const Bytes record(5000, std::byte{'x'});
        Bytes firstPart(record.begin(), record.begin() + kFirstPartBytes);

        appendTrailer(firstPart, {true, 5, 5000, fnv1a64(record), 1});

        QCOMPARE(crypto::toHex(ByteView(firstPart).subspan(kFirstPartBytes)), std::string("4f565232010100000000000500000000000013885d45fa080be4e34500000001"));
        const auto trailer = readTrailer(firstPart);
        QVERIFY(trailer.has_value());
        QCOMPARE(trailer->recordBytes, std::uint64_t{5000});
        QCOMPARE(trailer->firstOverflow, PageNumber{5});
    }

    void refusesLengthsThatDoNotFitThePage()
    {
        crypto::AesGcm cipher(kGoldenKey);
        Page page = sealMainPage(cipher, kGoldenNonce, asBytes("hello"));
        storeBe<std::uint32_t>(page.data() + 5, 0xFFFFFFFFU);
        Bytes plain(kMainPlainMax);

        QCOMPARE(openMainPage(cipher, page, plain).error().code, ErrorCode::Corruption);
        QCOMPARE(openMainPage(cipher, ByteView(page).first(20), plain).error().code, ErrorCode::Corruption);
    }

    void takesExtensionsOffAsFoundationDoes_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("base");
        QTest::newRow("usual") << QByteArray("/d/my.blazedb") << QByteArray("/d/my");
        QTest::newRow("other suffix") << QByteArray("/d/my.db") << QByteArray("/d/my");
        QTest::newRow("none") << QByteArray("/d/my") << QByteArray("/d/my");
        QTest::newRow("two dots") << QByteArray("/d/a.b.blazedb") << QByteArray("/d/a.b");
        QTest::newRow("hidden") << QByteArray("/d/.hidden") << QByteArray("/d/.hidden");
        QTest::newRow("dot at the end") << QByteArray("/d/my.") << QByteArray("/d/my.");
        QTest::newRow("space in it") << QByteArray("/d/my.blaze db") << QByteArray("/d/my.blaze db");
        QTest::newRow("dot in the folder") << QByteArray("/d.x/my") << QByteArray("/d.x/my");
    }
    void takesExtensionsOffAsFoundationDoes()
    {
        QFETCH(const QByteArray, path);
        QFETCH(const QByteArray, base);

        QCOMPARE(familyPaths(path.toStdString()).base, base.toStdString());
    }

    void digestsThePathOfATransaction()
    {
        QCOMPARE(familyPaths("/data/my.blazedb").transactionPrefix() + transactionDigest("/data/my.blazedb"),
                 std::string("txn_in_progress-my-6d2208e853a446e8a568536b2f4b0a0fc3f4fc0ba9213c98190c6d00abe0180f"));
    }
};
BLAZEDB_REGISTER_TEST(TestPageFormat);
#include "tst_page_format.moc"
