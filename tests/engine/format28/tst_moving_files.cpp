// Reading while an app writes: torn pages, logs that move on, catalogues and page files that are replaced. File-format specification 10.
#include <functional>

#include <QFile>

#include "tests/engine/format28/raw_family.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using tests::OpenedFamily;
using tests::openRaw;
using tests::RawFamily;
using tests::readRows;

namespace {

using Texts = std::map<int, std::string>;

/// A disk on which page 1 comes torn for a while, and on which something happens at a chosen read of it.
class MovingFiles final : public FileSystem {
public:
    explicit MovingFiles(std::string pages)
        : m_pages(std::move(pages))
    {
    }

    int tornReads = 0;    ///< The next so many reads of page 1 come torn; each moves the stamp of the page file.
    bool isMoving = true; ///< Otherwise the stamps stand still all the same: the page is damaged for good.
    bool isActive = false; ///< Nothing happens before.
    std::function<void()> atNextRead; ///< Called once, at the next read of page 1.

    Result<std::unique_ptr<File>> openForReading(const std::string& path) override
    {
        BLAZE_TRY_VALUE(auto file, m_disk.openForReading(path));
        if (path != m_pages) return file;
        return std::unique_ptr<File>(std::make_unique<TornFile>(std::move(file), *this));
    }
    Result<std::unique_ptr<File>> createNew(const std::string& path) override { return m_disk.createNew(path); }
    Result<FileStamp> stamp(const std::string& path) override
    {
        BLAZE_TRY_VALUE(FileStamp stamp, m_disk.stamp(path));
        if (path == m_pages) stamp.modifiedNs += m_moves;
        return stamp;
    }
    Result<std::vector<std::string>> list(const std::string& folder) override { return m_disk.list(folder); }
    Result<void> rename(const std::string& from, const std::string& to) override { return m_disk.rename(from, to); }
    Result<void> remove(const std::string& path) override { return m_disk.remove(path); }
    Result<void> syncFolder(const std::string& folder) override { return m_disk.syncFolder(folder); }
    Result<void> makeFolders(const std::string& folder) override { return m_disk.makeFolders(folder); }
    Result<std::string> absolute(const std::string& path) override { return m_disk.absolute(path); }

private:
    class TornFile final : public File {
    public:
        TornFile(std::unique_ptr<File> file, MovingFiles& disk)
            : m_file(std::move(file))
            , m_disk(disk)
        {
        }
        Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override
        {
            const bool holdsPage = offset <= 4096 && offset + into.size() >= 2 * 4096;
            if (holdsPage && m_disk.isActive && m_disk.atNextRead) std::exchange(m_disk.atNextRead, {})();
            BLAZE_TRY_VALUE(const std::size_t got, m_file->readAt(offset, into));
            if (holdsPage && m_disk.isActive && m_disk.tornReads > 0 && got >= 2 * 4096 - offset) {
                --m_disk.tornReads;
                if (m_disk.isMoving) ++m_disk.m_moves;
                into[4096 - offset + 60] ^= std::byte{0xFF};
            }
            return got;
        }
        Result<FileStamp> stamp() const override { return m_file->stamp(); }
        Result<void> writeAt(std::uint64_t offset, ByteView bytes) override { return m_file->writeAt(offset, bytes); }
        Result<void> truncate(std::uint64_t sizeBytes) override { return m_file->truncate(sizeBytes); }
        Result<void> sync() override { return m_file->sync(); }

    private:
        std::unique_ptr<File> m_file;
        MovingFiles& m_disk;
    };

    FileSystem& m_disk = localFileSystem();
    std::string m_pages;
    std::int64_t m_moves = 0;
};

/// Replaces a file as an atomic write does: another inode under the same name.
void replaceFile(const RawFamily& family, const QString& name, const std::function<void(const QString&)>& write)
{
    const QString aside = name + QStringLiteral(".new");
    write(aside);
    QFile::remove(family.at(name));
    QFile::rename(family.at(aside), family.at(name));
}

} // namespace

class TestMovingFiles final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsATornPageAgainUntilItFits_data()
    {
        QTest::addColumn<storage::ScanOrder>("order");
        QTest::newRow("by key") << storage::ScanOrder::Key;
        QTest::newRow("as it lies") << storage::ScanOrder::Storage;
    }
    void readsATornPageAgainUntilItFits()
    {
        QFETCH(const storage::ScanOrder, order);
        RawFamily family;
        family.addRecords(3);
        family.writeAll();
        MovingFiles disk(family.path());
        const OpenedFamily opened = openRaw(family.path(), disk);
        QVERIFY2(opened.isOpen(), opened.problem().c_str());

        disk.isActive = true;
        disk.tornReads = 3;
        const auto rows = readRows(**opened.store, order);

        QCOMPARE(rows.texts, (Texts{{0, "text"}, {1, "text"}, {2, "text"}}));
        QVERIFY(rows.problems.empty() && !rows.failure);
        QVERIFY(opened.counters->retries.load() >= 3);
    }

    void callsAPageDamagedAtOnceWhenNothingMoves()
    {
        RawFamily family;
        family.addRecords(3);
        family.writeAll();
        MovingFiles disk(family.path());
        const OpenedFamily opened = openRaw(family.path(), disk);
        QVERIFY(opened.isOpen());

        disk.isActive = true;
        disk.isMoving = false;
        disk.tornReads = 1'000'000;
        const auto rows = readRows(**opened.store);

        QCOMPARE(rows.problems.at(1).code, ErrorCode::Corruption);
        QCOMPARE(rows.texts.size(), std::size_t{2});
        QCOMPARE(opened.counters->retries.load(), std::uint64_t{0});
    }

    void callsAPageDamagedWhenItNeverFits()
    {
        RawFamily family;
        family.addRecords(3);
        family.writeAll();
        MovingFiles disk(family.path());
        const OpenedFamily opened = openRaw(family.path(), disk);
        QVERIFY(opened.isOpen());

        disk.isActive = true;
        disk.tornReads = 1'000'000;
        const auto rows = readRows(**opened.store);

        QCOMPARE(rows.problems.at(1).code, ErrorCode::Corruption);
        QCOMPARE(rows.texts.size(), std::size_t{2});
        QCOMPARE(opened.counters->retries.load(), std::uint64_t{4}); // five reads in all, 100 ms apart
    }

    void manyDamagedRecordsCostOneWait()
    {
        RawFamily family;
        family.addRecords(40);
        for (std::size_t i = 1; i < 40; i += 2) family.pages[i][50] ^= std::byte{1};
        family.writeAll();
        MovingFiles disk(family.path());
        const OpenedFamily opened = openRaw(family.path(), disk);
        QVERIFY(opened.isOpen());

        disk.isActive = true;
        disk.tornReads = 1; // the files moved once since they were opened
        const auto rows = readRows(**opened.store);

        QCOMPARE(rows.problems.size(), std::size_t{20});
        QCOMPARE(rows.texts.size(), std::size_t{20});
        QCOMPARE(opened.counters->retries.load(), std::uint64_t{1});
    }

    void startsOverWhenTheCatalogueIsReplaced()
    {
        RawFamily family;
        family.addRecords(3);
        family.writeAll();
        MovingFiles disk(family.path());
        const OpenedFamily opened = openRaw(family.path(), disk);
        QVERIFY(opened.isOpen());
        const auto before = (*opened.store)->snapshot();

        disk.isActive = true;
        disk.tornReads = 1;
        disk.atNextRead = [&] {
            replaceFile(family, QStringLiteral("my.meta"),
                        [&](const QString& name) { family.write(name, tests::signedCatalogue(tests::payloadOf({{0, {0}}, {2, {2}}}), family.key)); });
        };
        const auto during = readRows(**opened.store);
        const auto after = readRows(**opened.store);

        QCOMPARE(during.failure->code, ErrorCode::Conflict); // whoever reads takes a new snapshot
        QCOMPARE(after.texts, (Texts{{0, "text"}, {2, "text"}}));
        QVERIFY((**(*opened.store)->snapshot()).sequence() > (**before).sequence());
    }

    void startsOverWhenThePageFileIsReplaced()
    {
        RawFamily family;
        family.addRecords(3, "old");
        family.writeAll();
        const OpenedFamily opened = openRaw(family.path());
        QVERIFY(opened.isOpen());
        QCOMPARE(readRows(**opened.store).texts.at(1), std::string("old"));

        family.pages.clear();
        family.addRecords(3, "new");
        replaceFile(family, QStringLiteral("my.blazedb"), [&](const QString& name) { family.writePages(name); });

        QCOMPARE(readRows(**opened.store).texts, (Texts{{0, "new"}, {1, "new"}, {2, "new"}}));
    }

    void followsTheLogWhenItIsWrittenAnew()
    {
        RawFamily family;
        family.addRecords(4, "page");
        family.writeAll();
        const auto entry = [&](std::uint8_t number, const char* text) {
            return tests::legacyLogEntry(number, family.maker.main(tests::recordBytes(number, text)));
        };
        family.write(QStringLiteral("my.wal"), entry(1, "log"));
        MovingFiles disk(family.path());
        const OpenedFamily opened = openRaw(family.path(), disk);
        QVERIFY(opened.isOpen());
        const auto snapshot = *(*opened.store)->snapshot();

        // The app moves its log into the pages, empties it, and logs another record at the same place.
        family.pages[1] = family.maker.main(tests::recordBytes(1, "log"));
        family.writePages();
        family.write(QStringLiteral("my.wal"), entry(2, "later"));
        auto cursor = *snapshot->tree(storage::kRecordTree)->scan(storage::ScanOrder::Key, {}, {});
        Texts texts;
        storage::RowView row;
        for (;;) {
            const auto isThere = cursor->next(row);
            QVERIFY2(isThere.has_value(), isThere ? "" : isThere.error().message.c_str());
            if (!*isThere) break;
            QVERIFY2(row.problem == nullptr, row.problem != nullptr ? row.problem->message.c_str() : "");
            texts.emplace(row.key[15], "");
        }

        QCOMPARE(texts.size(), std::size_t{4});
        QCOMPARE(readRows(**opened.store).texts, (Texts{{0, "page"}, {1, "log"}, {2, "later"}, {3, "page"}}));
    }

    void seesAFileGrowAndShrink()
    {
        RawFamily family;
        family.addRecords(2);
        family.writeAll();
        const OpenedFamily opened = openRaw(family.path());
        QVERIFY(opened.isOpen());
        QCOMPARE(readRows(**opened.store).texts.size(), std::size_t{2});

        family.addRecords(3, "grown");
        family.writePages();
        replaceFile(family, QStringLiteral("my.meta"),
                    [&](const QString& name) { family.write(name, tests::signedCatalogue(tests::payloadOf({{0, {0}}, {1, {1}}, {2, {2}}, {3, {3}}, {4, {4}}}), family.key)); });
        QCOMPARE(readRows(**opened.store).texts.size(), std::size_t{5});
        QCOMPARE((*opened.store)->figures().pagesInFile, std::uint64_t{5});

        family.pages.resize(2);
        family.writePages();
        const auto shrunk = readRows(**opened.store);
        QCOMPARE(shrunk.texts.size(), std::size_t{2});
        QCOMPARE(shrunk.problems.size(), std::size_t{3});
        for (const auto& [number, problem] : shrunk.problems) QCOMPARE(problem.code, ErrorCode::NotFound);
    }
};

BLAZEDB_REGISTER_TEST(TestMovingFiles);
#include "tst_moving_files.moc"
