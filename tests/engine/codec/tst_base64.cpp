// Base64: the vectors of RFC 4648, section 10, and what is not base64.
#include <QByteArray>

#include "engine/codec/base64.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

class TestBase64 final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void encodesAndDecodesThePublishedVectors()
    {
        const std::pair<const char*, const char*> vectors[] = {{"", ""},           {"f", "Zg=="},       {"fo", "Zm8="},        {"foo", "Zm9v"},
                                                               {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
        for (const auto& [plain, encoded] : vectors) {
            std::string out;
            codec::appendBase64(out, asBytes(plain));
            QCOMPARE(out, std::string(encoded));
            const auto decoded = codec::decodeBase64(encoded);
            QVERIFY(decoded.has_value());
            QCOMPARE(std::string(asText(*decoded)), std::string(plain));
        }
    }

    void roundsEveryByte()
    {
        Bytes all;
        for (int i = 0; i < 256; ++i) all.push_back(static_cast<std::byte>(i));
        std::string text;
        codec::appendBase64(text, all);
        QCOMPARE(QByteArray::fromStdString(text), QByteArray(reinterpret_cast<const char*>(all.data()), 256).toBase64());
        QVERIFY(codec::decodeBase64(text) == std::optional(all));
    }

    void refusesWhatIsNotWhole()
    {
        for (const char* wrong : {"Z", "Zg", "Zg=", "Zg===", "Zm9v\n", "Zm 9v", "Zm9-", "Zm9_", "====", "=Zg=", "Zg==Zg=="}) QVERIFY2(!codec::decodeBase64(wrong), wrong);
    }
};
BLAZEDB_REGISTER_TEST(TestBase64);
#include "tst_base64.moc"
