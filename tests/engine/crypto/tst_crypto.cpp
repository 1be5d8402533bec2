// Expected values: the file-format specification 11.2, 11.3 and 11.5; RFC 4231; FIPS 180-4; NIST's GCM test cases.
#include <QByteArray>

#include "engine/crypto/aes_gcm.h"
#include "engine/crypto/digest.h"
#include "engine/crypto/key_derivation.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

namespace {

Bytes fromHex(const char* hex)
{
    const QByteArray decoded = QByteArray::fromHex(hex);
    const ByteView view = asBytes({decoded.constData(), static_cast<std::size_t>(decoded.size())});
    return {view.begin(), view.end()};
}

const Bytes kKeyOf42(32, std::byte{0x42}); // "32 × 42" in the specification is hexadecimal
const Bytes kCountingNonce = fromHex("000102030405060708090a0b");

} // namespace

class TestCrypto final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void derivesTheKeysOfTheFormat_data()
    {
        QTest::addColumn<QByteArray>("salt");
        QTest::addColumn<quint32>("rounds");
        QTest::addColumn<QByteArray>("key");
        const QByteArray counting = QByteArray::fromHex("000102030405060708090a0b0c0d0e0f");
        QTest::newRow("today's") << counting << 600'000U
                                 << QByteArray("a7acc3c88d52f62ce7a245515b1b3b8f9da5e80411573f4430316f9cdc41ecb3");
        QTest::newRow("of a test run") << counting << 100'000U
                                       << QByteArray("f74a021f44b79639be98237ba324d2df2d03c26d361a78c0180b1a19cff584c7");
        QTest::newRow("legacy salt") << QByteArray("AshPileSalt") << 10'000U
                                     << QByteArray("0fd6ac332cc7f7f384055828851abc77a4764baa18f36d6553cbe49726d341ae");
    }
    void derivesTheKeysOfTheFormat()
    {
        QFETCH(const QByteArray, salt);
        QFETCH(const quint32, rounds);
        QFETCH(const QByteArray, key);

        const SecureBytes derived = crypto::pbkdf2Sha256(asBytes("TestPassword-123!"), asBytes({salt.constData(), static_cast<std::size_t>(salt.size())}), rounds);

        QCOMPARE(crypto::toHex(derived.view()), key.toStdString());
    }

    void derivesFromAnEmptyPassword()
    {
        QCOMPARE(crypto::pbkdf2Sha256({}, asBytes("salt"), 1).size(), std::size_t{32});
    }

    void sealsAPageAsTheFormatShows()
    {
        crypto::AesGcm cipher(kKeyOf42);
        Bytes sealed(5);
        Bytes tag(crypto::kTagBytes);

        cipher.seal(kCountingNonce, asBytes("hello"), sealed, tag);

        QCOMPARE(crypto::toHex(tag), std::string("fb1c37d08720b39aa618c3cec57b5b4b"));
        QCOMPARE(crypto::toHex(sealed), std::string("6dbbfdb1de"));
    }

    void opensWhatItSealed()
    {
        crypto::AesGcm cipher(kKeyOf42);
        Bytes plain(5);

        QVERIFY(cipher.open(kCountingNonce, fromHex("6dbbfdb1de"), fromHex("fb1c37d08720b39aa618c3cec57b5b4b"), plain));

        QCOMPARE(asText(plain), std::string_view("hello"));
    }

    void refusesAndWipesWhatWasAltered()
    {
        crypto::AesGcm cipher(kKeyOf42);
        const Bytes tag = fromHex("fb1c37d08720b39aa618c3cec57b5b4b");
        Bytes plain(5, std::byte{0x55});

        QVERIFY(!cipher.open(kCountingNonce, fromHex("6dbbfdb1df"), tag, plain));
        QCOMPARE(plain, Bytes(5));
        QVERIFY(cipher.open(kCountingNonce, fromHex("6dbbfdb1de"), tag, plain)); // one failure does not spoil the next page
    }

    void agreesWithNistOnTheEmptyMessage()
    {
        // GCM test case 13: a key and nonce of zeros, nothing to encrypt.
        crypto::AesGcm cipher(Bytes(32));
        Bytes tag(crypto::kTagBytes);

        cipher.seal(Bytes(12), {}, {}, tag);

        QCOMPARE(crypto::toHex(tag), std::string("530f8afbc74536b9a963b4f1c4cb738b"));
        QVERIFY(cipher.open(Bytes(12), {}, tag, {}));
    }

    void digestsAsPublished()
    {
        QCOMPARE(crypto::toHex(crypto::sha256(asBytes("abc"))),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(crypto::toHex(crypto::hmacSha256(asBytes("Jefe"), asBytes("what do ya want for nothing?"))),
                 std::string("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    }

    void comparesWholeValues()
    {
        QVERIFY(crypto::equalInConstantTime(asBytes("same"), asBytes("same")));
        QVERIFY(!crypto::equalInConstantTime(asBytes("same"), asBytes("sane")));
        QVERIFY(!crypto::equalInConstantTime(asBytes("same"), asBytes("sam")));
    }
};
BLAZEDB_REGISTER_TEST(TestCrypto);
#include "tst_crypto.moc"
