// From pages to records, and the traps on the way. File-format specification 3.2 to 3.6, 4.9.
#include <cstring>

#include <QByteArray>

#include "engine/base/checksum.h"
#include "engine/codec/blaze_binary.h"
#include "engine/format28/record_assembler.h"
#include "tests/engine/format28/raw_family.h"
#include "tests/support/memory_file.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using format28::Page;
using format28::PageNumber;
using format28::RecordAssembler;
using format28::RecordProblem;
using tests::idAt;
using tests::recordBytes;

namespace {

const Bytes kKey(32, std::byte{0x42});

/// BlazeBinary of exactly so many bytes.
Bytes recordOfSize(std::size_t size)
{
    const std::size_t around = recordBytes(1, std::string(100, 'x')).size() - 100;
    std::string text;
    for (std::size_t i = 0; i < size - around; ++i) text += static_cast<char>('a' + i / 7 % 26); // no part is like another
    return recordBytes(1, text);
}

std::unique_ptr<format28::PageSource> sourceOf(const std::vector<Page>& pages, std::size_t cutBytes = 0)
{
    Bytes all;
    for (const Page& page : pages) all.insert(all.end(), page.begin(), page.end());
    all.resize(all.size() - cutBytes);
    return std::make_unique<format28::PageSource>(std::make_unique<tests::MemoryFile>(std::move(all)), nullptr, format28::PageLog{});
}

struct Outcome {
    Bytes bytes;
    std::optional<RecordProblem> problem;
    bool isMainLowest = true;
    bool isFromJson = false;
    std::size_t chain = 0;
};

Outcome assembled(const std::vector<Page>& pages, std::vector<PageNumber> listed = {0}, std::optional<model::Uuid> id = {}, std::size_t cutBytes = 0)
{
    const auto source = sourceOf(pages, cutBytes);
    Outcome outcome;
    for (const bool isReadingAhead : {false, true}) {
        RecordAssembler assembler(*source, kKey, isReadingAhead);
        format28::AssembledRecord record;
        const auto isWhole = id ? assembler.assemble(listed, *id, record) : assembler.assemble(listed, record);
        if (!isWhole) qFatal("a file in memory failed");
        outcome = {*isWhole ? Bytes(record.bytes.begin(), record.bytes.end()) : Bytes(),
                   *isWhole ? std::nullopt : std::optional(assembler.problem()), record.isMainLowest, record.isFromJson, record.chain.size()};
    }
    return outcome;
}

std::optional<RecordProblem::Kind> kindOf(const Outcome& outcome)
{
    return outcome.problem ? std::optional(outcome.problem->kind) : std::nullopt;
}

const std::optional<RecordProblem::Kind> kDamaged = RecordProblem::Kind::Damaged;
const std::optional<RecordProblem::Kind> kSound;

/// A main page whose trailer says what it is told.
Page mainWith(tests::PageMaker& maker, const Bytes& record, format28::Trailer trailer)
{
    Bytes first(record.begin(), record.begin() + 4014);
    format28::appendTrailer(first, trailer);
    return maker.main(first);
}

} // namespace

class TestRecordAssembler final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Pages by record length, 11.3.
    void putsRecordsOfEveryLengthTogether_data()
    {
        QTest::addColumn<int>("bytes");
        QTest::addColumn<int>("pages");
        for (const auto& [bytes, pages] : {std::pair{100, 1}, {4046, 1}, {4047, 2}, {8066, 2}, {8067, 3}, {12'118, 3}, {12'119, 4}, {100'000, 25}, {1'048'576, 259}})
            QTest::addRow("%d bytes", bytes) << bytes << pages;
    }
    void putsRecordsOfEveryLengthTogether()
    {
        QFETCH(const int, bytes);
        QFETCH(const int, pages);
        const Bytes record = recordOfSize(static_cast<std::size_t>(bytes));
        tests::PageMaker maker(kKey);
        std::vector<PageNumber> overflow;
        for (int i = 1; i < pages; ++i) overflow.push_back(static_cast<PageNumber>(i));

        const Outcome outcome = assembled(overflow.empty() ? std::vector<Page>{maker.main(record)} : maker.chain(record, overflow), {0}, idAt(1));

        QCOMPARE(kindOf(outcome), kSound);
        QVERIFY(outcome.bytes == record);
        QCOMPARE(outcome.chain, overflow.size());
    }

    void findsTheMainPageWhereverItIsListed()
    {
        const Bytes record = recordOfSize(9'000); // three pages
        tests::PageMaker maker(kKey);
        const auto chain = maker.chain(record, {2, 0});
        std::vector<Page> pages(3);
        pages[1] = chain[0];
        pages[2] = chain[1];
        pages[0] = chain[2]; // the format warns of page 0 in a chain: as a next pointer it means "last"
        QCOMPARE(kindOf(assembled(pages, {0, 1, 2})), kDamaged);
        const auto shifted = maker.chain(record, {3, 1});
        pages = {Page{}, shifted[2], shifted[0], shifted[1]};
        const Outcome outcome = assembled(pages, {1, 2, 3}, idAt(1));
        QCOMPARE(kindOf(outcome), kSound);
        QVERIFY(outcome.bytes == record);
        QVERIFY(!outcome.isMainLowest); // and so the Swift library loses it
        // Lists with only the main page are whole enough (MVCC, page scans).
        QCOMPARE(kindOf(assembled(pages, {2}, idAt(1))), kSound);
    }

    void meetsEveryTrapOfAChain()
    {
        const Bytes record = recordOfSize(12'000); // 4014 + 4052 + 3934
        tests::PageMaker maker(kKey);
        const auto sound = maker.chain(record, {1, 2});
        const format28::Trailer trailer{true, 1, record.size(), fnv1a64(record), 2};
        const auto withMain = [&](const format28::Trailer& changed) { return std::vector<Page>{mainWith(maker, record, changed), sound[1], sound[2]}; };
        const ByteView second = ByteView(record).subspan(4014, 4052);
        const ByteView third = ByteView(record).subspan(8066);
        QCOMPARE(kindOf(assembled(withMain(trailer))), kSound);

        auto changed = trailer;
        changed.isCommitted = false;
        QCOMPARE(kindOf(assembled(withMain(changed))), kDamaged);
        changed = trailer;
        changed.overflowPages = 3;
        QCOMPARE(kindOf(assembled(withMain(changed))), kDamaged);
        changed.overflowPages = 1;
        QCOMPARE(kindOf(assembled(withMain(changed))), kDamaged);
        changed.overflowPages = 0xFFFFFFFF;
        QCOMPARE(kindOf(assembled(withMain(changed))), kDamaged);
        changed = trailer;
        changed.recordBytes += 1;
        QCOMPARE(kindOf(assembled(withMain(changed))), kDamaged);
        changed.recordBytes = UINT64_MAX;
        QCOMPARE(kindOf(assembled(withMain(changed))), kDamaged);
        changed = trailer;
        changed.checksum ^= 1;
        QCOMPARE(kindOf(assembled(withMain(changed))), kDamaged);
        changed = trailer;
        changed.firstOverflow = 0; // "never 0"
        QCOMPARE(kindOf(assembled(withMain(changed))), kDamaged);
        changed.firstOverflow = 3; // past the end
        QCOMPARE(kindOf(assembled(withMain(changed))), kDamaged);
        changed.firstOverflow = 0xFFFFFFFF;
        QCOMPARE(kindOf(assembled(withMain(changed))), kDamaged);

        QCOMPARE(kindOf(assembled({sound[0], maker.overflow(1, second), sound[2]})), kDamaged); // a circle of one
        QCOMPARE(kindOf(assembled({sound[0], maker.overflow(2, second), maker.overflow(1, third)})), kDamaged); // a circle of two
        QCOMPARE(kindOf(assembled({sound[0], maker.overflow(0, second), sound[2]})), kDamaged); // ends early
        QCOMPARE(kindOf(assembled({sound[0], sound[1], maker.overflow(3, third), maker.overflow(0, third)})), kDamaged); // goes on
        QCOMPARE(kindOf(assembled({sound[0], sound[1], maker.main(third)})), kDamaged); // a main page in the chain
        QCOMPARE(kindOf(assembled({sound[0], sound[1], Page{}})), kDamaged); // zeroed
        QCOMPARE(kindOf(assembled({sound[0], sound[1], sound[2]}, {0}, {}, 1)), kDamaged); // an overflow page must be whole
        QCOMPARE(kindOf(assembled({sound[0], maker.overflow(2, third), maker.overflow(0, second)})), kDamaged); // swapped contents
        for (const std::size_t at : {std::size_t{0}, std::size_t{4}, std::size_t{13}, std::size_t{16}, std::size_t{28}, std::size_t{44}}) {
            auto pages = sound;
            pages[1][at] ^= std::byte{0x20};
            QCOMPARE(kindOf(assembled(pages)), kDamaged);
        }
        auto reserved = sound;
        reserved[1][6] = std::byte{9}; // not checked
        QCOMPARE(kindOf(assembled(reserved)), kSound);
    }

    void aFullPageWithoutATrailerIsTheRecord()
    {
        tests::PageMaker maker(kKey);
        const Bytes record = recordOfSize(4'046);
        QVERIFY(assembled({maker.main(record)}).bytes == record);
        // The pointer of releases before 2.7.1 in the last four bytes is not followed.
        Bytes old = record;
        storeBe<std::uint32_t>(old.data() + 4042, 1);
        QVERIFY(assembled({maker.main(old)}).bytes == old);
    }

    void saysWhyThereIsNoRecord()
    {
        tests::PageMaker maker(kKey);
        const Page sound = maker.main(recordBytes(1, "x"));
        const auto startingWith = [](const char* text) {
            Page page{};
            std::copy_n(asBytes(text).begin(), std::strlen(text), page.begin());
            return page;
        };
        using Kind = RecordProblem::Kind;
        QCOMPARE(kindOf(assembled({Page{}})), std::optional(Kind::Zeroed));
        QCOMPARE(kindOf(assembled({maker.main({})})), std::optional(Kind::Zeroed)); // length 0 counts as absent
        QCOMPARE(kindOf(assembled({sound}, {1})), std::optional(Kind::BeyondEnd));
        QCOMPARE(kindOf(assembled({startingWith("BZDB\x01")})), std::optional(Kind::Unsupported));
        QCOMPARE(kindOf(assembled({startingWith("BZDB\x03")})), std::optional(Kind::Unsupported));
        QCOMPARE(kindOf(assembled({startingWith("BZDB\x04")})), kDamaged);
        QCOMPARE(kindOf(assembled({startingWith("hello")})), kDamaged);
        QCOMPARE(kindOf(assembled({maker.overflow(0, asBytes("x"))})), kDamaged);
        QCOMPARE(kindOf(assembled({sound}, {})), kDamaged);
        QCOMPARE(kindOf(assembled({sound}, {0}, idAt(2))), std::optional(Kind::WrongId));
        QCOMPARE(kindOf(assembled({maker.main(asBytes("BLAZE\x03xxxxxxx"))}, {0}, idAt(1))), std::optional(Kind::Unsupported));
        QCOMPARE(kindOf(assembled({maker.main(asBytes("garbage"))}, {0}, idAt(1))), kDamaged);
    }

    void acceptsALastPageThatHoldsItsCiphertext()
    {
        tests::PageMaker maker(kKey);
        const Bytes record = recordBytes(1, "x");
        const Page page = maker.main(record);
        const std::size_t padding = 4096 - 37 - record.size();
        QCOMPARE(kindOf(assembled({page}, {0}, idAt(1), padding)), kSound);
        QCOMPARE(kindOf(assembled({page}, {0}, idAt(1), padding + 1)), kDamaged);
    }

    void readsRecordsThatAreStoredAsJson()
    {
        tests::PageMaker maker(kKey);
        const std::string bare = tests::jsonRecord(1, "old");
        for (const std::string& text : {bare, R"({"storage":)" + bare + "}"}) {
            const Outcome outcome = assembled({maker.main(asBytes(text))}, {0}, idAt(1));
            QCOMPARE(kindOf(outcome), kSound);
            QVERIFY(outcome.isFromJson);
            QVERIFY(outcome.bytes == recordBytes(1, "old"));
        }
        // Over several pages too.
        const std::string longText = tests::jsonRecord(1, std::string(9'000, 'y'));
        QVERIFY(assembled(maker.chain(asBytes(longText), {1, 2}), {0}, idAt(1)).bytes == recordBytes(1, std::string(9'000, 'y')));
        QCOMPARE(kindOf(assembled({maker.main(asBytes("{\"id\":"))}, {0}, idAt(1))), kDamaged);
        QCOMPARE(kindOf(assembled({maker.main(asBytes("[1]"))}, {0}, idAt(1))), kDamaged);
        QCOMPARE(kindOf(assembled({maker.main(asBytes(bare))}, {0}, idAt(2))), std::optional(RecordProblem::Kind::WrongId));
    }
};
BLAZEDB_REGISTER_TEST(TestRecordAssembler);
#include "tst_record_assembler.moc"
