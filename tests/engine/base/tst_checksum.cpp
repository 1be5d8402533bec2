// Expected values: the file-format specification, 4.8 and 11.3, and RFC 1952's CRC.
#include <random>

#include "engine/base/checksum.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

class TestChecksum final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesThePublishedCrcs_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<quint32>("crc");
        QTest::newRow("nothing") << QByteArray() << 0x00000000U;
        QTest::newRow("check value") << QByteArray("123456789") << 0xCBF43926U;
        QTest::newRow("a page of zeros") << QByteArray(4096, '\0') << 0xC71C0011U;
    }
    void givesThePublishedCrcs()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const quint32, crc);

        QCOMPARE(crc32(asBytes({bytes.constData(), static_cast<std::size_t>(bytes.size())})), crc);
    }

    void givesThePublishedFnv_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<quint64>("hash");
        QTest::newRow("nothing") << QByteArray() << Q_UINT64_C(0xcbf29ce484222325);
        QTest::newRow("a") << QByteArray("a") << Q_UINT64_C(0xaf63dc4c8601ec8c);
        QTest::newRow("foobar") << QByteArray("foobar") << Q_UINT64_C(0x85944171f73967e8);
        QTest::newRow("5000 x") << QByteArray(5000, 'x') << Q_UINT64_C(0x5d45fa080be4e345);
    }
    void givesThePublishedFnv()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const quint64, hash);

        QCOMPARE(fnv1a64(asBytes({text.constData(), static_cast<std::size_t>(text.size())})), static_cast<std::uint64_t>(hash));
    }

    void hashesInPartsAsInOne()
    {
        QCOMPARE(fnv1a64(asBytes("bar"), fnv1a64(asBytes("foo"))), fnv1a64(asBytes("foobar")));
    }

    /// One at a time is what the published values above hold for; several at once must say the same, whatever their lengths.
    void hashesSeveralAtOnceAsOneByOne()
    {
        std::mt19937 random(28);
        for (std::size_t count = 0; count <= 40; ++count) {
            std::vector<Bytes> contents(count);
            for (Bytes& bytes : contents) {
                bytes.resize(random() % 4 == 0 ? 0 : random() % 300);
                for (std::byte& byte : bytes) byte = static_cast<std::byte>(random());
            }
            const std::vector<ByteView> runs(contents.begin(), contents.end());
            std::vector<std::uint64_t> sums(count);

            fnv1a64Each(runs, sums);

            for (std::size_t i = 0; i < count; ++i) QCOMPARE(sums[i], fnv1a64(runs[i]));
        }
    }
};
BLAZEDB_REGISTER_TEST(TestChecksum);
#include "tst_checksum.moc"
