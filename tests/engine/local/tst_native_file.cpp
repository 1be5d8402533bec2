// Native files from outside: how they come into being, what is told without a key, the lock, and the keys.
#include <sys/stat.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include "engine/base/exclusive_file.h"
#include "engine/base/new_name.h"
#include "engine/local/native_file.h"
#include "engine/local/native_keys.h"
#include "tests/support/native_database.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using namespace blazedb::local;
using storage::NativeStore;
using tests::cheapCost;
using tests::testPassword;

namespace {

constexpr const char* kHolder = "a test, process 1";

NativeStore::Environment holding()
{
    NativeStore::Environment environment;
    environment.holder = kHolder;
    return environment;
}

/// A folder with one native file; the password is tests::kTestPassword.
class TestFolder {
public:
    explicit TestFolder(const char* name = "orders.blaze")
        : path(at(name))
    {}
    [[nodiscard]] std::string at(const char* name) const { return folder.filePath(QString::fromLatin1(name)).toStdString(); }
    Result<void> make(const std::string& keyFile = {}, bool hasPassword = true) const
    {
        NewNative request;
        request.path = path;
        if (hasPassword) request.secret.password = SecureBytes::fromText(tests::kTestPassword);
        request.secret.keyFile = keyFile;
        request.cost = cheapCost();
        return createNative({}, localFileSystem(), std::move(request));
    }
    [[nodiscard]] std::string write(const char* name, const QByteArray& bytes) const
    {
        QFile file(QString::fromStdString(at(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) qFatal("cannot write");
        return at(name);
    }
    [[nodiscard]] QStringList names() const { return QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden); }

    QTemporaryDir folder;
    std::string path;
};

Result<std::unique_ptr<NativeStore>> openToWrite(const std::string& path, const storage::Credential& credential)
{
    BLAZE_TRY_VALUE(LockedNative locked, lockNative(localFileSystem(), path));
    return openLocked(std::move(locked), credential, holding());
}

} // namespace

class TestNativeFile final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNewFileIsPrivateWholeAndAlone()
    {
        const TestFolder folder;
        QVERIFY(folder.make().has_value());

        struct stat status {};
        QCOMPARE(::stat(folder.path.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
        QCOMPARE(folder.names(), QStringList{QStringLiteral("orders.blaze")});
        const auto store = openToWrite(folder.path, testPassword());
        QVERIFY2(store.has_value(), store ? "" : store.error().message.c_str());
        QCOMPARE(tests::findingsOf(**store), std::string());
    }

    void aTakenNameIsRefusedAndStaysAsItIs()
    {
        const TestFolder folder;
        const std::string path = folder.write("orders.blaze", "mine");

        const auto made = folder.make();

        QCOMPARE(made.error().code, ErrorCode::AlreadyExists);
        QVERIFY(made.error().message.find("orders.blaze is there already") != std::string::npos);
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("mine"));
        QCOMPARE(folder.names().size(), 1);
    }

    void aNewNameNeverReplacesAnother()
    {
        const TestFolder folder;
        const std::string from = folder.write("from", "new");
        const std::string to = folder.write("to", "old");

        QCOMPARE(renameToNew(from, to).error().code, ErrorCode::AlreadyExists);
        QCOMPARE(folder.names(), (QStringList{QStringLiteral("from"), QStringLiteral("to")}));
        QVERIFY(renameToNew(from, folder.at("free")).has_value());
        QCOMPARE(folder.names(), (QStringList{QStringLiteral("free"), QStringLiteral("to")}));
        QCOMPARE(renameToNew(from, folder.at("again")).error().code, ErrorCode::NotFound);
    }

    void nothingIsLeftOfWhatCannotBeMade_data()
    {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("keyFile");
        QTest::addColumn<bool>("hasPassword");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("another suffix") << std::string("orders.blazedb") << std::string() << true << ErrorCode::InvalidArgument;
        QTest::newRow("no secret") << std::string("orders.blaze") << std::string() << false << ErrorCode::InvalidArgument;
        QTest::newRow("no such key file") << std::string("orders.blaze") << std::string("/no/such/file") << true << ErrorCode::NotFound;
        QTest::newRow("a folder as key file") << std::string("orders.blaze") << std::string("/") << true << ErrorCode::InvalidArgument;
        QTest::newRow("no such folder") << std::string("none/orders.blaze") << std::string() << true << ErrorCode::NotFound;
    }

    void nothingIsLeftOfWhatCannotBeMade()
    {
        QFETCH(std::string, name);
        QFETCH(std::string, keyFile);
        QFETCH(bool, hasPassword);
        QFETCH(ErrorCode, code);
        const TestFolder folder(name.c_str());

        const auto made = folder.make(keyFile, hasPassword);

        QVERIFY(!made);
        QCOMPARE(made.error().code, code);
        QVERIFY(folder.names().isEmpty());
    }

    void aKeyFileOpensBesidesOrInsteadOfAPassword()
    {
        const TestFolder folder;
        const std::string keyFile = folder.write("key", QByteArray(32, 'k'));
        QVERIFY(folder.make(keyFile).has_value());
        const auto byFile = readKeyFile(localFileSystem(), keyFile);
        QVERIFY(byFile && openToWrite(folder.path, *byFile).has_value());
        QVERIFY(openToWrite(folder.path, testPassword()).has_value());

        const TestFolder alone;
        QVERIFY(alone.make(keyFile, false).has_value());
        const auto outline = readNativeOutline(localFileSystem(), alone.path);
        QVERIFY(outline && outline->hasKeyFile() && !outline->hasPassword());
        QVERIFY(openToWrite(alone.path, *byFile).has_value());
        const auto refused = credentialFor(localFileSystem(), *outline, {SecureBytes::fromText("x"), {}});
        QCOMPARE(refused.error().code, ErrorCode::FailedPrecondition);
        QVERIFY(refused.error().message.find("opens with a key file") != std::string::npos);
    }

    void aKeyFileHasItsBounds()
    {
        const TestFolder folder;
        FileSystem& files = localFileSystem();

        QCOMPARE(readKeyFile(files, folder.write("short", QByteArray(31, 'k'))).error().code, ErrorCode::InvalidArgument);
        QVERIFY(readKeyFile(files, folder.write("least", QByteArray(32, 'k'))).has_value());
        QVERIFY(readKeyFile(files, folder.write("most", QByteArray(1 << 20, 'k'))).has_value());
        QCOMPARE(readKeyFile(files, folder.write("long", QByteArray((1 << 20) + 1, 'k'))).error().code, ErrorCode::InvalidArgument);
    }

    void tellsWithoutAKeyWhatItIs()
    {
        const TestFolder folder;
        QVERIFY(folder.make().has_value());

        const auto outline = readNativeOutline(localFileSystem(), folder.path);

        QVERIFY(outline.has_value());
        QCOMPARE(outline->keys.size(), std::size_t{1});
        QCOMPARE(slotKind(outline->keys.front()), std::string("password by PBKDF2-HMAC-SHA256 with 1 rounds"));
        QCOMPARE(nativeEncryption(outline->keys), std::string("AES-256-GCM, PBKDF2-HMAC-SHA256 with 1 rounds"));
        QCOMPARE(outline->identity.size(), std::string("native-").size() + 32);
        QCOMPARE(static_cast<qint64>(outline->sizeBytes), QFile(QString::fromStdString(folder.path)).size());
        QVERIFY(outline->findings.empty() && outline->holder.empty());
    }

    void theIdentityMovesWithTheFile()
    {
        const TestFolder folder;
        QVERIFY(folder.make().has_value());
        const auto before = readNativeOutline(localFileSystem(), folder.path);
        QVERIFY(QFile::rename(QString::fromStdString(folder.path), QString::fromStdString(folder.at("moved.blaze"))));

        const auto after = readNativeOutline(localFileSystem(), folder.at("moved.blaze"));

        QCOMPARE(after->identity, before->identity);
        const TestFolder other;
        QVERIFY(other.make().has_value());
        QVERIFY(readNativeOutline(localFileSystem(), other.path)->identity != before->identity);
    }

    void whatIsNoneIsToldApart_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<std::string>("says");
        QTest::newRow("empty") << QByteArray() << std::string("is empty");
        QTest::newRow("text") << QByteArray(30'000, 'x') << std::string("does not begin like one");
        QTest::newRow("short") << QByteArray("\x89" "BLAZE\r\n", 8) << std::string("does not begin like one");
    }

    void whatIsNoneIsToldApart()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(std::string, says);
        const TestFolder folder;
        const std::string path = folder.write("orders.blaze", bytes);

        const auto outline = readNativeOutline(localFileSystem(), path);

        QCOMPARE(outline.error().code, ErrorCode::InvalidArgument);
        QVERIFY2(outline.error().message.find(says) != std::string::npos && outline.error().message.find("orders.blaze") != std::string::npos, outline.error().message.c_str());
        QCOMPARE(lockNative(localFileSystem(), path).error().code, ErrorCode::InvalidArgument);
    }

    void aNewerFormIsSaidToBeNewer()
    {
        const TestFolder folder;
        QVERIFY(folder.make().has_value());
        {
            const auto file = openExclusive(folder.path, blazedb::OpenMode::Existing);
            Bytes version(4);
            storeLe<std::uint32_t>(version.data(), 2);
            for (const std::uint64_t copy : {0, 4096}) QVERIFY((*file)->writeAt(copy + 8, version).has_value());
        }

        const auto outline = readNativeOutline(localFileSystem(), folder.path);

        QCOMPARE(outline.error().code, ErrorCode::Unsupported);
        QVERIFY(outline.error().message.find("newer") != std::string::npos);
    }

    void aSecondWriterIsToldWhoTheFirstIs()
    {
        const TestFolder folder;
        QVERIFY(folder.make().has_value());
        auto store = openToWrite(folder.path, testPassword());
        QVERIFY(store.has_value());

        const auto second = lockNative(localFileSystem(), folder.path);
        const auto outline = readNativeOutline(localFileSystem(), folder.path);

        QCOMPARE(second.error().code, ErrorCode::Unavailable);
        QVERIFY2(second.error().message.find(kHolder) != std::string::npos, second.error().message.c_str());
        QCOMPARE(outline->holder, std::string(kHolder));
        QCOMPARE(outline->findings.size(), std::size_t{1});
        QCOMPARE(outline->findings.front().kind, model::FindingKind::InUse);
        store->reset();
        QVERIFY(readNativeOutline(localFileSystem(), folder.path)->findings.empty());
    }

    void wrongKeysHaveTheirOwnErrors()
    {
        const TestFolder folder;
        const std::string keyFile = folder.write("key", QByteArray(32, 'k'));
        const std::string otherFile = folder.write("other", QByteArray(32, 'o'));
        QVERIFY(folder.make(keyFile).has_value());

        const auto byPassword = openToWrite(folder.path, testPassword("wrong"));
        const auto byFile = openToWrite(folder.path, *readKeyFile(localFileSystem(), otherFile));

        QCOMPARE(byPassword.error().code, ErrorCode::Unauthenticated);
        QVERIFY(byPassword.error().message.find("wrong password") != std::string::npos);
        QCOMPARE(byFile.error().code, ErrorCode::Unauthenticated);
        QVERIFY(byFile.error().message.find("no key slot fits this key file") != std::string::npos);
    }

    void aPasswordTakesThePlaceOfEachSlotThatTheOldOneOpens()
    {
        const TestFolder folder;
        QVERIFY(folder.make().has_value());
        {
            const auto store = openToWrite(folder.path, testPassword());
            QVERIFY((*store)->addKey(testPassword("another"), cheapCost(), "stays").has_value());
            QVERIFY((*store)->addKey(testPassword(), cheapCost(), "the old one again").has_value());
        }
        auto locked = lockNative(localFileSystem(), folder.path);
        const storage::KeyArea area = locked->keyArea;
        QCOMPARE(*slotsThatOpen(area, testPassword()), (std::vector<std::size_t>{0, 2}));
        QCOMPARE(slotsThatOpen(area, testPassword("wrong")).error().code, ErrorCode::Unauthenticated);
        {
            const auto store = openLocked(*std::move(locked), testPassword(), holding());
            QVERIFY(store.has_value());
            QVERIFY(changePassword(**store, area, testPassword(), testPassword("new"), cheapCost()).has_value());
        }

        QCOMPARE(openToWrite(folder.path, testPassword()).error().code, ErrorCode::Unauthenticated);
        QVERIFY(openToWrite(folder.path, testPassword("new")).has_value());
        QVERIFY(openToWrite(folder.path, testPassword("another")).has_value());
        QCOMPARE(readNativeOutline(localFileSystem(), folder.path)->keys.size(), std::size_t{2});
    }

    void aPasswordChangesInAFullKeyArea()
    {
        const TestFolder folder;
        QVERIFY(folder.make().has_value());
        auto locked = lockNative(localFileSystem(), folder.path);
        {
            const auto store = openLocked(*std::move(locked), testPassword(), holding());
            for (int i = 1; i < 8; ++i) QVERIFY((*store)->addKey(testPassword("key " + std::to_string(i)), cheapCost(), {}).has_value());
            QCOMPARE((*store)->addKey(testPassword("a ninth"), cheapCost(), {}).error().code, ErrorCode::ResourceExhausted);
        }
        locked = lockNative(localFileSystem(), folder.path);
        const storage::KeyArea area = locked->keyArea;
        {
            const auto store = openLocked(*std::move(locked), testPassword(), holding());
            QCOMPARE(*changePassword(**store, area, testPassword(), testPassword("new"), cheapCost()), std::size_t{0});
        }

        QCOMPARE(openToWrite(folder.path, testPassword()).error().code, ErrorCode::Unauthenticated);
        QVERIFY(openToWrite(folder.path, testPassword("new")).has_value());
        QVERIFY(openToWrite(folder.path, testPassword("key 7")).has_value());
    }

    void aDamagedCopyOfTheKeyAreaIsARemark()
    {
        const TestFolder folder;
        QVERIFY(folder.make().has_value());
        {
            const auto file = openExclusive(folder.path, blazedb::OpenMode::Existing);
            Bytes flipped(1);
            QVERIFY((*file)->readAt(4096 + 100, flipped).has_value());
            flipped[0] ^= std::byte{1}; // random, so a fixed byte might be the one that stands there
            QVERIFY((*file)->writeAt(4096 + 100, flipped).has_value());
        }

        const auto outline = readNativeOutline(localFileSystem(), folder.path);

        QVERIFY(outline.has_value());
        QCOMPARE(outline->findings.size(), std::size_t{1});
        QVERIFY(outline->findings.front().message.find("copy 1 of the key area") != std::string::npos);
    }
};

BLAZEDB_REGISTER_TEST(TestNativeFile);
#include "tst_native_file.moc"
