// Both logs: their published entries, torn and damaged ends, and which images count. File-format specification 6.2, 6.4, 6.5, 11.4.
#include <QByteArray>

#include "engine/format28/page_log.h"
#include "tests/engine/format28/raw_family.h"
#include "tests/support/memory_file.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using format28::PageLog;
using tests::legacyLogEntry;
using tests::unifiedLogEntry;

namespace {

enum Operation : std::uint8_t { Begin, Write, Delete, Commit, Abort, Checkpoint };

const Bytes kImage(4096, std::byte{0x5A});

PageLog logOf(const Bytes& bytes)
{
    auto log = format28::readPageLog(tests::MemoryFile(bytes));
    if (!log) qFatal("a file in memory cannot fail to be read");
    return *std::move(log);
}

Bytes joined(std::initializer_list<Bytes> parts)
{
    Bytes all;
    for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

Bytes cut(Bytes bytes, std::size_t size)
{
    bytes.resize(size);
    return bytes;
}

QByteArray hex(const Bytes& bytes, std::size_t count = SIZE_MAX)
{
    return QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(std::min(bytes.size(), count))).toHex();
}

} // namespace

class TestPageLog final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The hand-made entries of this test are the published ones.
    void makesThePublishedEntries()
    {
        QCOMPARE(hex(legacyLogEntry(1, asBytes("abc"))),
                 QByteArray("454c41570100000003000000c2412435616263"));
        QCOMPARE(hex(legacyLogEntry(2, Bytes(4096)), 16), QByteArray("454c4157020000000010000011001cc7"));
    }

    void readsThePublishedEntries()
    {
        const Bytes begin = tests::bytesFromHex("57414c560100000000000000000102030405060708090a0b0c0d0e0f0000000000000000000e8260db");
        const PageLog log = logOf(begin);
        QCOMPARE(log.entries, std::uint64_t{1});
        QVERIFY(log.problem == nullptr);
        // Frame tests only: a payload of another size is no page.
        const PageLog small = logOf(tests::bytesFromHex("57414c560200000000000000000102030405060708090a0b0c0d0e0f010900000004000000deadbeeff2a91a94"));
        QVERIFY(small.problem != nullptr && small.images.empty());
        const PageLog legacy = logOf(tests::bytesFromHex("454c41570100000003000000c2412435616263"));
        QVERIFY(legacy.problem != nullptr && !legacy.isTorn && legacy.images.empty());
    }

    void theNewestImageOfAPageCounts()
    {
        const PageLog log = logOf(joined({legacyLogEntry(7, kImage), legacyLogEntry(9, kImage), legacyLogEntry(7, Bytes(4096))}));

        QVERIFY(log.problem == nullptr);
        QCOMPARE(log.entries, std::uint64_t{3});
        QCOMPARE(log.images.at(7).offset, std::uint64_t{2 * 4112 + 16});
        QCOMPARE(log.images.at(9).offset, std::uint64_t{4112 + 16});
    }

    void readsUpToATornTailWhereverItIsTorn()
    {
        const Bytes whole = joined({legacyLogEntry(1, kImage), legacyLogEntry(2, kImage)});
        for (std::size_t size = 4112; size < whole.size(); size += size < 4150 || size > 8200 ? 1 : 97) {
            const PageLog log = logOf(cut(whole, size));
            QCOMPARE(log.entries, std::uint64_t{1});
            QCOMPARE(log.readableBytes, std::uint64_t{4112});
            QCOMPARE(log.problem != nullptr, size > 4112);
            if (size > 4112) QVERIFY2(log.isTorn, qPrintable(QString::number(size)));
            QVERIFY(log.images.contains(1) && !log.images.contains(2));
        }
    }

    void stopsAtDamage_data()
    {
        QTest::addColumn<int>("at"); // of the second entry
        QTest::newRow("magic") << 0;
        QTest::newRow("length") << 9;
        QTest::newRow("checksum") << 12;
        QTest::newRow("image") << 2'000;
    }
    void stopsAtDamage()
    {
        QFETCH(const int, at);
        Bytes bytes = joined({legacyLogEntry(1, kImage), legacyLogEntry(2, kImage), legacyLogEntry(3, kImage)});
        bytes[4112 + static_cast<std::size_t>(at)] ^= std::byte{0x40};

        const PageLog log = logOf(bytes);

        QCOMPARE(log.entries, std::uint64_t{1});
        QCOMPARE(log.readableBytes, std::uint64_t{4112});
        QVERIFY(log.problem != nullptr && !log.isTorn); // this is damage, not the end of a crash
        QCOMPARE(log.images.size(), std::size_t{1});
    }

    void readsNothingBehindABadBeginning()
    {
        const PageLog log = logOf(joined({Bytes(4112, std::byte{'x'}), legacyLogEntry(1, kImage)}));
        QCOMPARE(log.entries, std::uint64_t{0});
        QCOMPARE(log.readableBytes, std::uint64_t{0});
        QVERIFY(log.problem != nullptr && log.images.empty());
        QVERIFY(logOf({}).problem == nullptr);
        QVERIFY(logOf(tests::bytesFromHex("454c")).isTorn);
    }

    void appliesOnlyCommittedTransactions()
    {
        const PageLog log = logOf(joined({
            unifiedLogEntry(1, 1, Begin, 0, {}),
            unifiedLogEntry(2, 1, Write, 10, kImage),
            unifiedLogEntry(3, 2, Begin, 0, {}),
            unifiedLogEntry(4, 2, Write, 11, kImage), // aborted
            unifiedLogEntry(5, 2, Abort, 0, {}),
            unifiedLogEntry(6, 1, Delete, 12, {}),
            unifiedLogEntry(7, 3, Write, 10, Bytes(4096)), // later than transaction 1, committed before it
            unifiedLogEntry(8, 3, Commit, 0, {}),
            unifiedLogEntry(9, 1, Commit, 0, {}),
            unifiedLogEntry(10, 4, Write, 13, kImage), // never committed
            unifiedLogEntry(11, 5, Checkpoint, 0, {}),
        }));

        QVERIFY(log.problem == nullptr);
        QCOMPARE(log.entries, std::uint64_t{11});
        QCOMPARE(log.images.size(), std::size_t{2});
        const std::uint64_t seventh = 41 + 4137 + 41 + 4137 + 41 + 41; // entries 1 to 6
        QCOMPARE(log.images.at(10).offset, seventh + 37);                     // in the order of the log
        QCOMPARE(log.images.at(12).offset, format28::LoggedImage::kZeroImage);
    }

    void readsAUnifiedLogUpToItsTornTail()
    {
        const Bytes sound = joined({unifiedLogEntry(1, 1, Write, 10, kImage), unifiedLogEntry(2, 1, Commit, 0, {})});
        const Bytes next = unifiedLogEntry(3, 2, Write, 11, kImage);
        for (std::size_t size = 1; size < next.size(); size += size < 100 ? 1 : 131) {
            const PageLog log = logOf(joined({sound, cut(next, size)}));
            QCOMPARE(log.entries, std::uint64_t{2});
            QVERIFY(log.images.contains(10) && !log.images.contains(11));
            QVERIFY2(log.isTorn, qPrintable(QString::number(size)));
        }
        // A bad entry with fewer than 82 bytes left is a torn tail too; with more it is damage.
        Bytes bad = unifiedLogEntry(3, 2, Begin, 0, {});
        bad[5] ^= std::byte{1};
        QVERIFY(logOf(joined({sound, bad})).isTorn);
        QVERIFY(!logOf(joined({sound, bad, unifiedLogEntry(4, 2, Begin, 0, {})})).isTorn);
    }

    void refusesUnifiedEntriesThatMakeNoSense()
    {
        const Bytes sound = unifiedLogEntry(5, 1, Write, 10, kImage);
        const Bytes commit = unifiedLogEntry(9, 1, Commit, 0, {});
        const Bytes tail(4096);
        const auto entriesWith = [&](const Bytes& entry) { return logOf(joined({sound, entry, commit, tail})); };
        for (const Bytes& entry : {unifiedLogEntry(5, 1, Write, 11, kImage), unifiedLogEntry(4, 1, Write, 11, kImage), unifiedLogEntry(6, 1, Write, 11, {}),
                                   unifiedLogEntry(6, 1, 6, 11, {}), unifiedLogEntry(6, 1, Delete, 11, kImage)}) {
            const PageLog log = entriesWith(entry);
            QCOMPARE(log.entries, std::uint64_t{1});
            QVERIFY(log.problem != nullptr && !log.isTorn);
            QVERIFY(log.images.empty()); // the commit lies behind the damage
        }
    }
};
BLAZEDB_REGISTER_TEST(TestPageLog);
#include "tst_page_log.moc"
