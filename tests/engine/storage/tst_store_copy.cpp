// Compacting and changing the data key: the same rows in a file that takes the place of the old one, or the old one as it was.
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include "engine/base/exclusive_file.h"
#include "engine/storage/store_copy.h"
#include "tests/support/failing_files.h"
#include "tests/support/native_database.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::storage;
using namespace blazedb::tests;

namespace {

Credential keyFile(std::uint8_t fill)
{
    return KeyFile{SecureBytes(ByteView(Bytes(32, std::byte{fill})))};
}

NativeStore::Environment environmentOf(Random& random)
{
    return {random, systemClock(), {}, {}};
}

/// A file with two trees, large values and many rows that are gone, opened by two passwords and a key file.
class Sample {
public:
    explicit Sample(int rows = 3000, std::size_t largestBytes = 3'400'000)
        : path(folder.filePath(QStringLiteral("sample.blaze")).toStdString())
    {
        auto store = NativeStore::create(*openExclusive(path, OpenMode::CreateNew), testPassword(), cheapCost(), environmentOf(random));
        static_cast<void>((*store)->addKey(testPassword("second"), Pbkdf2Cost{2}, "spare"));
        static_cast<void>((*store)->addKey(keyFile(7), cheapCost(), "file"));
        const auto batch = (*store)->begin();
        const auto tree = (*batch)->openTree("rows");
        for (int i = 0; i < rows; ++i) put(**batch, *tree, "rows", "key " + std::to_string(i * 7919 % rows), std::string(300, static_cast<char>('a' + i % 26)));
        const auto files = (*batch)->openTree("files");
        for (const std::size_t bytes : {std::size_t{2900}, std::size_t{2901}, std::size_t{8128}, largestBytes}) put(**batch, *files, "files", std::to_string(bytes), std::string(bytes, 'f'));
        static_cast<void>((*batch)->openTree("empty"));
        static_cast<void>((*batch)->commit(Durability::Synced));
        const auto second = (*store)->begin();
        for (int i = 0; i < rows; ++i) {
            if (i % 4 == 0) continue;
            static_cast<void>((*second)->erase(*tree, asBytes("key " + std::to_string(i))));
            expected.erase({"rows", "key " + std::to_string(i)});
        }
        static_cast<void>((*second)->commit(Durability::Synced));
        sequence = (*store)->nativeSnapshot()->sequence();
        contents = bytesOf(path); // as a killed writer leaves it: the log is not in the trees yet
        store->reset();
        QFile file(QString::fromStdString(path));
        if (file.open(QIODevice::WriteOnly | QIODevice::Truncate)) file.write(contents);
    }

    static QByteArray bytesOf(const std::string& path)
    {
        QFile file(QString::fromStdString(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// Empty, or what does not fit.
    [[nodiscard]] std::string judge(const Credential& credential)
    {
        auto store = NativeStore::open(*openExclusive(path, OpenMode::Existing), credential, Access::ReadOnly, environmentOf(random));
        if (!store) return store.error().message;
        const auto snapshot = (*store)->nativeSnapshot();
        const auto rows = rowsOf(*snapshot);
        if (!rows) return rows.error().message;
        if (*rows != expected) return "other rows";
        if (snapshot->tree("empty") == nullptr) return "the empty tree is gone";
        if (snapshot->sequence() != sequence) return "another sequence";
        return findingsOf(**store);
    }
    [[nodiscard]] qsizetype filesInFolder() const { return QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(); }

    QTemporaryDir folder;
    std::string path;
    SeededRandom random{61};
    ExpectedRows expected;
    std::uint64_t sequence = 0;
    QByteArray contents;

private:
    void put(WriteBatch& batch, std::uint32_t tree, const std::string& name, const std::string& key, const std::string& value)
    {
        static_cast<void>(batch.put(tree, asBytes(key), asBytes(value)));
        expected[{name, key}] = value;
    }
};

/// Notes whether anything of a new file was not synced when it got its name.
class SyncWatchingFiles final : public FileSystem {
public:
    bool wasSyncedAtRename = false;
    bool wasFolderSynced = false;

    Result<std::unique_ptr<File>> openForReading(const std::string& path) override { return m_disk.openForReading(path); }
    Result<std::unique_ptr<File>> createNew(const std::string& path) override
    {
        BLAZE_TRY_VALUE(auto file, m_disk.createNew(path));
        return std::unique_ptr<File>(std::make_unique<WatchedFile>(std::move(file), m_unsynced));
    }
    Result<FileStamp> stamp(const std::string& path) override { return m_disk.stamp(path); }
    Result<std::vector<std::string>> list(const std::string& folder) override { return m_disk.list(folder); }
    Result<void> rename(const std::string& from, const std::string& to) override
    {
        wasSyncedAtRename = *m_unsynced == 0;
        return m_disk.rename(from, to);
    }
    Result<void> remove(const std::string& path) override { return m_disk.remove(path); }
    Result<void> syncFolder(const std::string& folder) override
    {
        wasFolderSynced = true;
        return m_disk.syncFolder(folder);
    }
    Result<void> makeFolders(const std::string& folder) override { return m_disk.makeFolders(folder); }
    Result<std::string> absolute(const std::string& path) override { return m_disk.absolute(path); }

private:
    class WatchedFile final : public File {
    public:
        WatchedFile(std::unique_ptr<File> file, std::shared_ptr<int> unsynced)
            : m_file(std::move(file))
            , m_unsynced(std::move(unsynced))
        {
        }
        Result<std::size_t> readAt(std::uint64_t offset, std::span<std::byte> into) const override { return m_file->readAt(offset, into); }
        Result<FileStamp> stamp() const override { return m_file->stamp(); }
        Result<void> writeAt(std::uint64_t offset, ByteView bytes) override
        {
            ++*m_unsynced;
            return m_file->writeAt(offset, bytes);
        }
        Result<void> truncate(std::uint64_t sizeBytes) override
        {
            ++*m_unsynced;
            return m_file->truncate(sizeBytes);
        }
        Result<void> sync() override
        {
            *m_unsynced = 0;
            return m_file->sync();
        }

    private:
        std::unique_ptr<File> m_file;
        std::shared_ptr<int> m_unsynced;
    };
    FileSystem& m_disk = localFileSystem();
    std::shared_ptr<int> m_unsynced = std::make_shared<int>(0);
};

} // namespace

class TestStoreCopy final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void compactsToWhatItHolds()
    {
        Sample sample;
        SyncWatchingFiles files;
        std::vector<std::uint64_t> reports;
        bool wasLocked = true;
        CopyWatch watch;
        watch.onProgress = [&](std::uint64_t done, std::uint64_t inAll) {
            QCOMPARE(inAll, std::uint64_t{750 + 4});
            reports.push_back(done);
            wasLocked = wasLocked && openExclusive(sample.path, OpenMode::Existing).error().code == ErrorCode::Unavailable;
        };

        const auto report = compactFile(files, sample.path, testPassword(), environmentOf(sample.random), watch);

        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QCOMPARE(report->bytesBefore, static_cast<std::uint64_t>(sample.contents.size()));
        QCOMPARE(report->bytesAfter, static_cast<std::uint64_t>(Sample::bytesOf(sample.path).size()));
        QVERIFY(report->droppedKeys.empty());
        QVERIFY(!reports.empty() && reports.back() == 754);
        QVERIFY(wasLocked && files.wasSyncedAtRename && files.wasFolderSynced);
        QCOMPARE(sample.filesInFolder(), qsizetype{1});
        for (const Credential& credential : {testPassword(), testPassword("second"), keyFile(7)}) QCOMPARE(sample.judge(credential), std::string());
        // 750 rows of 317 bytes (300, a key of 7 at most, 2 and 8): 25 to a leaf, 30 leaves; values of 2,901 and 8,128 in a page each; 3,400,000 in 419 pages,
        // two index pages and their root; one leaf for the values' references; a root; 3 pages at the start; 16 of log; catalogue, free list, the edge of the batch.
        QVERIFY2(report->bytesAfter <= (30 + 2 + 422 + 1 + 1 + 3 + 16 + 2 + 3) * kPageBytes, qPrintable(QString::number(report->bytesAfter / kPageBytes)));
    }

    void aNewDataKeyOpensForThoseWhoAreGiven()
    {
        Sample sample;
        const std::vector<Credential> given = [] {
            std::vector<Credential> all;
            all.push_back(testPassword("second"));
            all.push_back(keyFile(7));
            return all;
        }();
        const auto keyOf = [](const QByteArray& contents) {
            const auto area = KeyArea::decode(ByteView(reinterpret_cast<const std::byte*>(contents.constData()), kBlockBytes));
            const auto key = area->unlock(testPassword("second"));
            return Bytes(key->view().begin(), key->view().end());
        };

        const auto report = rekeyFile(localFileSystem(), sample.path, given, environmentOf(sample.random), {});

        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QCOMPARE(report->droppedKeys.size(), std::size_t{1});
        QCOMPARE(report->droppedKeys[0].index, std::size_t{0});
        QVERIFY(keyOf(sample.contents) != keyOf(Sample::bytesOf(sample.path)));
        for (const Credential& credential : given) QCOMPARE(sample.judge(credential), std::string());
        const auto environment = environmentOf(sample.random);
        QCOMPARE(NativeStore::open(*openExclusive(sample.path, OpenMode::Existing), testPassword(), Access::ReadOnly, environment).error().code,
                 ErrorCode::Unauthenticated);
        const auto store = NativeStore::open(*openExclusive(sample.path, OpenMode::Existing), keyFile(7), Access::ReadOnly, environment);
        const auto kept = (*store)->keySlots();
        QCOMPARE(kept.size(), std::size_t{2});
        QCOMPARE(kept[0].label, std::string("spare"));
        QVERIFY(kept[0].cost == PasswordCost(Pbkdf2Cost{2})); // the cost it had
        QCOMPARE(kept[1].label, std::string("file"));
        QVERIFY(kept[1].isKeyFile);
    }

    void whoCannotOpenTheFileCannotRekeyIt()
    {
        Sample sample(50);
        std::vector<Credential> given;
        QCOMPARE(rekeyFile(localFileSystem(), sample.path, given, environmentOf(sample.random), {}).error().code, ErrorCode::InvalidArgument);
        given.push_back(testPassword());
        given.push_back(testPassword("guess"));

        QCOMPARE(rekeyFile(localFileSystem(), sample.path, given, environmentOf(sample.random), {}).error().code, ErrorCode::Unauthenticated);

        QCOMPARE(Sample::bytesOf(sample.path), sample.contents);
        QCOMPARE(sample.filesInFolder(), qsizetype{1});
        const auto writer = openExclusive(sample.path, OpenMode::Existing);
        QCOMPARE(compactFile(localFileSystem(), sample.path, testPassword(), environmentOf(sample.random), {}).error().code, ErrorCode::Unavailable);
    }

    void aLinkGoesOnNamingTheFile()
    {
        Sample sample(50, 3000);
        const QString link = sample.folder.filePath(QStringLiteral("link.blaze"));
        QVERIFY(QFile::link(QString::fromStdString(sample.path), link));

        const auto report = compactFile(localFileSystem(), link.toStdString(), testPassword(), environmentOf(sample.random), {});

        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QVERIFY(QFileInfo(link).isSymLink());
        QVERIFY(Sample::bytesOf(sample.path) != sample.contents);
        QCOMPARE(sample.judge(testPassword()), std::string());
    }

    void canBeStopped()
    {
        Sample sample;
        std::stop_source stop;
        CopyWatch watch;
        watch.stop = stop.get_token();
        watch.onProgress = [&](std::uint64_t, std::uint64_t) { stop.request_stop(); };
        stop.request_stop();

        QCOMPARE(compactFile(localFileSystem(), sample.path, testPassword(), environmentOf(sample.random), watch).error().code, ErrorCode::Cancelled);

        QCOMPARE(Sample::bytesOf(sample.path), sample.contents);
        QCOMPARE(sample.filesInFolder(), qsizetype{1});
    }

    void theFileIsTheOldOrTheNewOneWhereverItFails_data()
    {
        QTest::addColumn<bool>("isCrash");
        QTest::newRow("the disk is full") << false;
        QTest::newRow("a crash, after which nothing is tidied up") << true;
    }
    void theFileIsTheOldOrTheNewOneWhereverItFails()
    {
        QFETCH(const bool, isCrash);
        Sample sample(200, 9000);
        const std::vector<Credential> given = [] {
            std::vector<Credential> all;
            all.push_back(testPassword());
            return all;
        }();
        int failures = 0;
        for (int changes = 0;; ++changes) {
            FailingFiles files(changes);
            files.isCrash = isCrash;
            const auto report = rekeyFile(files, sample.path, given, environmentOf(sample.random), {});

            QCOMPARE(sample.judge(testPassword()), std::string());
            if (!report) {
                ++failures;
                QCOMPARE(report.error().code, ErrorCode::ResourceExhausted);
                const bool isOld = Sample::bytesOf(sample.path) == sample.contents;
                QVERIFY(isOld || files.hasFailed()); // only the folder may have missed its sync
                QVERIFY(isCrash || sample.filesInFolder() == 1);
                continue;
            }
            break;
        }
        QVERIFY(failures > 10);
        QVERIFY(Sample::bytesOf(sample.path) != sample.contents);
        QCOMPARE(sample.filesInFolder(), qsizetype{1}); // what the crashes left was removed
    }
};
BLAZEDB_REGISTER_TEST(TestStoreCopy);
#include "tst_store_copy.moc"
