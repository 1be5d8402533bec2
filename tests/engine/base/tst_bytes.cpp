#include "engine/base/bytes.h"
#include "engine/base/secure_bytes.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

class TestBytes final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesBigEndianMostSignificantByteFirst()
    {
        ByteWriter writer;

        writer.be<std::uint32_t>(0x01020304U);
        writer.le<std::uint32_t>(0x01020304U);

        const Bytes expected{std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}, std::byte{4}, std::byte{3}, std::byte{2}, std::byte{1}};
        QCOMPARE(Bytes(writer.view().begin(), writer.view().end()), expected);
    }

    void readsBackWhatWasWritten()
    {
        ByteWriter writer;
        writer.be<std::uint64_t>(0xF0E0D0C0B0A09080ULL);
        writer.le<std::uint16_t>(0xABCD);
        writer.be<std::uint8_t>(0x7F);

        ByteReader reader(writer.view());

        QCOMPARE(reader.be<std::uint64_t>(), std::optional<std::uint64_t>(0xF0E0D0C0B0A09080ULL));
        QCOMPARE(reader.le<std::uint16_t>(), std::optional<std::uint16_t>(0xABCD));
        QCOMPARE(reader.be<std::uint8_t>(), std::optional<std::uint8_t>(0x7F));
        QCOMPARE(reader.remaining(), std::size_t{0});
    }

    void staysWhereItIsWhenTooFewBytesAreLeft()
    {
        const Bytes three(3);
        ByteReader reader(three);

        QVERIFY(!reader.be<std::uint32_t>());
        QVERIFY(!reader.bytes(SIZE_MAX));

        QCOMPARE(reader.position(), std::size_t{0});
        QVERIFY(reader.bytes(3).has_value());
    }

    void leavesNothingBehindWhenASecretMoves()
    {
        SecureBytes secret = SecureBytes::fromText("Correct-Horse-42");

        const SecureBytes taken = std::move(secret);

        QCOMPARE(taken.text(), std::string_view("Correct-Horse-42"));
        QVERIFY(secret.isEmpty()); // NOLINT(bugprone-use-after-move): the state after a move is what is tested
    }
};
BLAZEDB_REGISTER_TEST(TestBytes);
#include "tst_bytes.moc"
