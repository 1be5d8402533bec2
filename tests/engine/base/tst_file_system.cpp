#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include "engine/base/file_system.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

class TestFileSystem final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void replacesAFileAsAWhole()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("x.meta")).toStdString();

        QVERIFY(writeFileAtomically(localFileSystem(), path, asBytes("old")).has_value());
        QVERIFY(writeFileAtomically(localFileSystem(), path, asBytes("new")).has_value());

        const auto bytes = readWholeFile(localFileSystem(), path, 100);
        QVERIFY(bytes.has_value());
        QCOMPARE(asText(*bytes), std::string_view("new"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("x.meta")});
    }

    void makesFilesThatOnlyTheirOwnerReads()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("secret"));

        QVERIFY(writeFileAtomically(localFileSystem(), path.toStdString(), asBytes("x")).has_value());

        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFileInfo(path).permissions() & others));
    }

    void leavesNoHalfFileWhereWritingFails()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("missing/x")).toStdString();

        QCOMPARE(writeFileAtomically(localFileSystem(), path, asBytes("x")).error().code, ErrorCode::NotFound);

        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void refusesWhatIsLargerThanAsked()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("big")).toStdString();
        QVERIFY(writeFileAtomically(localFileSystem(), path, Bytes(101)).has_value());

        QCOMPARE(readWholeFile(localFileSystem(), path, 100).error().code, ErrorCode::ResourceExhausted);
        QCOMPARE(readWholeFile(localFileSystem(), path, 101)->size(), std::size_t{101});
    }

    void saysWhatItCannotOpen()
    {
        const QTemporaryDir folder;

        const auto missing = localFileSystem().openForReading(folder.filePath(QStringLiteral("none")).toStdString());
        const auto itself = readWholeFile(localFileSystem(), folder.path().toStdString(), 100);

        QCOMPARE(missing.error().code, ErrorCode::NotFound);
        QCOMPARE(itself.error().code, ErrorCode::InvalidArgument);
    }

    void readsOnlyToTheEnd()
    {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("five")).toStdString();
        QVERIFY(writeFileAtomically(localFileSystem(), path, asBytes("12345")).has_value());
        const auto file = localFileSystem().openForReading(path);
        QVERIFY(file.has_value());
        Bytes into(10);

        QCOMPARE(*(*file)->readAt(3, into), std::size_t{2});
        QCOMPARE(*(*file)->readAt(5, into), std::size_t{0});
        QCOMPARE(asText(ByteView(into).first(2)), std::string_view("45"));
    }

    void tellsTheSpaceOfADisk()
    {
        const auto space = localFileSystem().diskSpace("/");

        QVERIFY(space && space->totalBytes > 0 && space->freeBytes <= space->totalBytes);
        QVERIFY(localFileSystem().diskSpace("/no/such/folder").error().code == ErrorCode::NotFound);
    }
};
BLAZEDB_REGISTER_TEST(TestFileSystem);
#include "tst_file_system.moc"
