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

    void bindsWhatIsNotEncrypted()
    {
        // GCM test case 16 (McGrew and Viega): 60 bytes of text, 20 bytes bound.
        crypto::AesGcm cipher(fromHex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
        const Bytes nonce = fromHex("cafebabefacedbaddecaf888");
        const Bytes bound = fromHex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        const Bytes plain = fromHex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                                    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
        Bytes sealed(plain.size());
        Bytes tag(crypto::kTagBytes);

        cipher.seal(nonce, bound, plain, sealed, tag);

        QCOMPARE(crypto::toHex(sealed), std::string("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                                                    "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"));
        QCOMPARE(crypto::toHex(tag), std::string("76fc6ece0f4e1768cddf8853bb2d551b"));
        Bytes opened(plain.size());
        QVERIFY(cipher.open(nonce, bound, sealed, tag, opened));
        QCOMPARE(opened, plain);
        QVERIFY(!cipher.open(nonce, fromHex("feedface"), sealed, tag, opened));
        QVERIFY(!cipher.open(nonce, sealed, tag, opened));
    }

    void expandsKeysAsPublished()
    {
        // RFC 5869 A.1 and A.3, their first 32 bytes.
        const Bytes key(22, std::byte{0x0b});
        const Bytes info = fromHex("f0f1f2f3f4f5f6f7f8f9");

        QCOMPARE(crypto::toHex(crypto::hkdfSha256(key, fromHex("000102030405060708090a0b0c"), asText(info)).view()),
                 std::string("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"));
        QCOMPARE(crypto::toHex(crypto::hkdfSha256(key, {}, {}).view()),
                 std::string("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"));
    }

    void stretchesPasswordsByArgon2id()
    {
        // From the test program of the reference implementation: "password", "somesalt", 64 MiB and 256 KiB, 2 passes, 1 lane.
        const auto large = crypto::argon2id(asBytes("password"), asBytes("somesalt"), {.memoryKib = 1U << 16U, .passes = 2, .lanes = 1});
        const auto small = crypto::argon2id(asBytes("password"), asBytes("somesalt"), {.memoryKib = 1U << 8U, .passes = 2, .lanes = 1});

        QVERIFY(large && small);
        QCOMPARE(crypto::toHex(large->view()), std::string("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"));
        QCOMPARE(crypto::toHex(small->view()), std::string("9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"));
        QCOMPARE(crypto::argon2id(asBytes("password"), asBytes("short"), {}).error().code, ErrorCode::InvalidArgument);
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
