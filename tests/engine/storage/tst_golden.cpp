// A page, a log entry, a header and a witness, byte by byte. The expected bytes were computed from FORMAT.md by an independent program
// (Python, package cryptography); data key 00 to 1F, file id 00 to 0F, epoch salt 32 times A5.
#include <algorithm>

#include "engine/crypto/digest.h"
#include "engine/storage/header.h"
#include "engine/storage/log_entry.h"
#include "engine/storage/log_operations.h"
#include "engine/storage/node_layout.h"
#include "engine/storage/page_file.h"
#include "tests/support/simulated_disk.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::storage;

namespace {

SecureBytes goldenDataKey()
{
    SecureBytes key(32);
    for (std::size_t i = 0; i < 32; ++i) key.writable()[i] = static_cast<std::byte>(i);
    return key;
}

EpochSalt goldenSalt()
{
    EpochSalt salt;
    salt.fill(std::byte{0xA5});
    return salt;
}

FileId goldenFileId()
{
    FileId id;
    for (std::size_t i = 0; i < id.size(); ++i) id[i] = static_cast<std::byte>(i);
    return id;
}

Tag tagOf(int value)
{
    Tag tag;
    tag.fill(static_cast<std::byte>(value));
    return tag;
}

} // namespace

class TestGolden final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPage()
    {
        Bytes body(kPageBodyBytes);
        NodeEditor leaf(body.data());
        leaf.clear(BodyKind::Leaf, 0);
        Bytes rest;
        appendLeafRest(rest, asBytes("bc"), false);
        QVERIFY(leaf.insert(0, asBytes("a"), rest));
        tests::SimulatedDisk disk;
        const auto file = disk.open();
        EpochCiphers ciphers(goldenDataKey());
        const PageFile pages(*file, ciphers);
        WriteEpoch epoch(goldenSalt());
        Bytes sealed(kPageBytes);

        const Tag tag = pages.seal(epoch, 3, body, sealed);

        QCOMPARE(crypto::toHex(ByteView(body).first(16)), std::string("01000100c31f050000000061c31f0100"));
        QCOMPARE(crypto::toHex(ByteView(body).last(5)), std::string("6102006263"));
        QCOMPARE(crypto::toHex(tag), std::string("d7e0c1d01b67c13b9f4011a1c87c3d14"));
        QCOMPARE(crypto::toHex(ByteView(sealed).subspan(kPageHeadBytes, 16)), std::string("20967bcb849a7aad66b425a5af05f5b2"));
        QCOMPARE(crypto::toHex(crypto::sha256(sealed)), std::string("35ea4edcc2ed7d9b9580c5d9de05f8b78db5b9cd52adb0d18453df610be8c431"));

        QVERIFY(pages.write(3, sealed).has_value());
        QVERIFY(pages.write(4, sealed).has_value());
        Bytes opened(kPageBodyBytes);
        QVERIFY(pages.read({3, tag}, opened).has_value());
        QCOMPARE(opened, body);
        QCOMPARE(pages.read({4, tag}, opened).error().code, ErrorCode::Corruption); // a page copied to another place
        QCOMPARE(pages.read({3, tagOf(1)}, opened).error().code, ErrorCode::Corruption);
        QCOMPARE(pages.read({99, tag}, opened).error().code, ErrorCode::Corruption); // past the end
    }

    void aLogEntry()
    {
        EpochCiphers ciphers(goldenDataKey());
        Bytes commit(8);
        storeLe<std::uint64_t>(commit.data(), 3);
        appendOperation(commit, PutOperation{1, asBytes("a"), asBytes("bc")});
        LogEntryHead head;
        head.kind = LogEntryKind::Commit;
        head.lsn = 7;
        head.durableLsn = 6;
        head.previousTag = tagOf(0x5A);
        Bytes entry;

        sealLogEntry(ciphers, goldenSalt(), pageOffset(9) + 64, head, commit, entry);

        QCOMPARE(crypto::toHex(entry), std::string("0f00000003000000070000000000000006000000000000005a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5afa194a5039dcf030580d7c6ce1c0"
                                                   "7190aeba608062c518878cd50e820d7ea000"));
        const auto parsed = parseLogEntryHead(entry);
        QVERIFY(parsed.has_value());
        Bytes payload;
        QVERIFY(openLogEntry(ciphers, goldenSalt(), pageOffset(9) + 64, *parsed, entry, payload));
        QCOMPARE(payload, commit);
        QVERIFY(!openLogEntry(ciphers, goldenSalt(), pageOffset(9) + 72, *parsed, entry, payload)); // copied to another place
    }

    void aLargeValueInTheLog()
    {
        const RunRef run{.bytes = 9000, .root = {6, tagOf(0x22)}, .level = 1};
        // Code, tree 1, one byte of key; then 9,000 as 8 bytes, page 6, the tag, level 1 and three zeros.
        const std::string rest = "010161" "2823000000000000" "06000000" "22222222222222222222222222222222" "01000000";
        Bytes operations;

        appendOperation(operations, PutRunOperation{1, asBytes("a"), run, false});

        QCOMPARE(crypto::toHex(operations), "06" + rest);
        markDurable(operations, 0);
        QCOMPARE(crypto::toHex(operations), "02" + rest);
        Bytes commit(8 + operations.size());
        std::copy(operations.begin(), operations.end(), commit.begin() + 8);
        QCOMPARE(*hasFreshValues(commit), false);
        commit[8] = std::byte{6};
        QCOMPARE(*hasFreshValues(commit), true);
        auto reader = OperationReader::open(commit);
        const auto operation = reader->next();
        const auto* put = std::get_if<PutRunOperation>(&**operation);
        QVERIFY(put != nullptr && put->run == run && !put->wasDurable && put->tree == 1);
        commit[8] = std::byte{7};
        QCOMPARE(OperationReader::open(commit)->next().error().code, ErrorCode::Corruption);
    }

    void aHeaderAndItsWitness()
    {
        const HeaderKeys keys(goldenDataKey().view(), goldenFileId());
        Header header;
        header.generation = 12;
        header.sequence = 34;
        header.writtenAtMs = 56;
        header.catalogue = {.bytes = 100, .root = {5, tagOf(0x11)}, .level = 0};
        header.freeList = {.bytes = 9000, .root = {6, tagOf(0x22)}, .level = 1};
        header.pageCount = 78;
        header.log = {.current = {20, 8}, .next = {28, 128}, .offset = 640, .lsn = 99, .previousTag = tagOf(0x33)};
        header.logSalt.fill(std::byte{0x44});

        const Bytes block = keys.encode(header);

        QCOMPARE(crypto::toHex(ByteView(block).last(32)), std::string("115bc6805ff7cadfa49538574861f35d4360d48d4bbf2c8ca741b57a194b01e0"));
        QCOMPARE(crypto::toHex(crypto::sha256(block)), std::string("0b673d3f7d87b65741727557aeea223583bc1e97080e6a5b4d64b75fbad6a027"));
        QVERIFY(keys.decode(block) == header);
        QCOMPARE(crypto::toHex(ByteView(keys.encodeWitness(12)).subspan(16, 32)),
                 std::string("65b3b246fcd668d896022ea4972f81c61373ed28635114cd319ac06cd3437fe7"));
        for (std::size_t at = 0; at < block.size(); ++at) {
            Bytes damaged = block;
            damaged[at] ^= std::byte{0x10};
            QVERIFY(!keys.decode(damaged));
        }
    }
};
BLAZEDB_REGISTER_TEST(TestGolden);
#include "tst_golden.moc"
