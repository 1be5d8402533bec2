#include <algorithm>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include "engine/local/database_search.h"
#include "tests/support/expected_records.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

namespace {

/// A folder with a copy of the fixture `typed` in it.
void plantDatabase(const QString& folder, const QString& name = QStringLiteral("typed"))
{
    QVERIFY(QDir().mkpath(folder));
    const QString from = tests::fixtureFolder(QStringLiteral("format28/typed"));
    for (const char* suffix : {"blazedb", "meta", "salt", "wal"})
        QVERIFY(QFile::copy(from + QStringLiteral("/typed.") + QLatin1String(suffix), folder + QLatin1Char('/') + name + QLatin1Char('.') + QLatin1String(suffix)));
}

void plantFile(const QString& path, const QByteArray& bytes)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

struct Searched {
    Result<local::SearchReport> report = Error{};
    std::vector<local::FilePreview> found; ///< By path.
};

Searched search(local::SearchScope scope, const api::CallContext& context = {})
{
    Searched searched;
    searched.report = local::DatabaseSearch().run(context, scope, [&](local::FilePreview preview) { searched.found.push_back(std::move(preview)); });
    std::sort(searched.found.begin(), searched.found.end(), [](const auto& left, const auto& right) { return left.path < right.path; });
    return searched;
}

local::SearchScope below(const QTemporaryDir& folder)
{
    local::SearchScope scope;
    scope.folders = {folder.path().toStdString()};
    return scope;
}

} // namespace

class TestDatabaseSearch final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsADatabaseByItsContent()
    {
        QTemporaryDir folder;
        plantDatabase(folder.filePath(QStringLiteral("a/b")));
        const QString renamed = folder.filePath(QStringLiteral("notes.backup-of-monday"));
        QVERIFY(QFile::copy(folder.filePath(QStringLiteral("a/b/typed.blazedb")), renamed));
        plantFile(folder.filePath(QStringLiteral("poem.blazedb")), "Not a database at all.");
        plantFile(folder.filePath(QStringLiteral("empty.blazedb")), {});
        plantFile(folder.filePath(QStringLiteral("zeros.blazedb")), QByteArray(8192, '\0'));
        plantFile(folder.filePath(QStringLiteral("four.blazedb")), "BZDB");

        const Searched searched = search(below(folder));

        QVERIFY(searched.report);
        QCOMPARE(searched.found.size(), std::size_t{2});
        QCOMPARE(QString::fromStdString(searched.found[0].path), folder.filePath(QStringLiteral("a/b/typed.blazedb")));
        QCOMPARE(QString::fromStdString(searched.found[0].name), QStringLiteral("typed"));
        QCOMPARE(QString::fromStdString(searched.found[1].path), renamed);
        QCOMPARE(searched.report->databasesFound, 2U);
        QCOMPARE(searched.report->filesSeen, 9U); // four parts, the copy, four that are none
        QCOMPARE(searched.report->foldersSeen, 3U);
    }

    void findsOneThatHasNoRecordsYetOrNotItsFirstAnyMore()
    {
        QTemporaryDir folder;
        const QString from = tests::fixtureFolder(QStringLiteral("format28/empty"));
        for (const char* suffix : {"blazedb", "meta", "salt", "wal"})
            QVERIFY(QFile::copy(from + QStringLiteral("/empty.") + QLatin1String(suffix), folder.filePath(QStringLiteral("empty.") + QLatin1String(suffix))));
        plantDatabase(folder.path());
        QFile pages(folder.filePath(QStringLiteral("typed.blazedb")));
        QVERIFY(pages.open(QIODevice::ReadWrite));
        QCOMPARE(pages.write(QByteArray(4096, '\0')), 4096);
        pages.close();

        QCOMPARE(search(below(folder)).found.size(), std::size_t{2});
    }

    void leavesOutWhatAppsKeepBesideADatabase()
    {
        QTemporaryDir folder;
        plantDatabase(folder.path());
        for (const char* name : {"txn_in_progress-typed-00ff.blazedb", "backup_v0_3F2504E0.blazedb", "typed.vacuum_backup.blazedb", "typed.vacuum.blazedb"})
            QVERIFY(QFile::copy(folder.filePath(QStringLiteral("typed.blazedb")), folder.filePath(QLatin1String(name))));
        local::SearchScope scope = below(folder);

        QCOMPARE(search(scope).found.size(), std::size_t{1});

        scope.isTakingBackups = true;
        QCOMPARE(search(scope).found.size(), std::size_t{5});
    }

    void staysWithinDepthAndExclusions()
    {
        QTemporaryDir folder;
        plantDatabase(folder.filePath(QStringLiteral("one")), QStringLiteral("first"));
        plantDatabase(folder.filePath(QStringLiteral("one/two")), QStringLiteral("second"));
        plantDatabase(folder.filePath(QStringLiteral("node_modules/x")), QStringLiteral("third"));
        plantDatabase(folder.filePath(QStringLiteral("secret")), QStringLiteral("fourth"));
        local::SearchScope scope = below(folder);
        scope.depthMax = 1;
        scope.excludedNames = {"node_modules"};
        scope.excludedPaths = {folder.filePath(QStringLiteral("secret")).toStdString()};

        const Searched searched = search(scope);

        QCOMPARE(searched.found.size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(searched.found[0].name), QStringLiteral("first"));
    }

    void looksIntoAFolderOnceWhateverLinksThereAre()
    {
        QTemporaryDir folder;
        plantDatabase(folder.filePath(QStringLiteral("here")));
        QVERIFY(QFile::link(folder.path(), folder.filePath(QStringLiteral("here/up"))));
        QVERIFY(QFile::link(folder.filePath(QStringLiteral("nowhere")), folder.filePath(QStringLiteral("broken"))));
        local::SearchScope scope = below(folder);
        scope.folders.push_back(folder.filePath(QStringLiteral("here")).toStdString());

        QCOMPARE(search(scope).found.size(), std::size_t{1});
    }

    void tellsWhichFoldersItCouldNotRead()
    {
        QTemporaryDir folder;
        local::SearchScope scope = below(folder);
        scope.folders.push_back(folder.filePath(QStringLiteral("gone")).toStdString());

        const Searched searched = search(scope);

        QVERIFY(searched.report);
        QCOMPARE(searched.report->unreadableCount, 1U);
        QCOMPARE(QString::fromStdString(searched.report->unreadable[0].path), folder.filePath(QStringLiteral("gone")));
        QCOMPARE(searched.report->unreadable[0].reason.code, ErrorCode::NotFound);
    }

    void endsWhenItIsToldTo()
    {
        QTemporaryDir folder;
        for (int i = 0; i < 300; ++i) plantFile(folder.filePath(QString::number(i)), "x");
        std::stop_source stop;
        api::CallContext context{.stop = stop.get_token(), .onProgress = [&](const api::Progress& progress) {
                                     QCOMPARE(progress.unit, std::string("files"));
                                     stop.request_stop();
                                 }};

        const Searched searched = search(below(folder), context);

        QVERIFY(!searched.report);
        QCOMPARE(searched.report.error().code, ErrorCode::Cancelled);
    }
};

BLAZEDB_REGISTER_TEST(TestDatabaseSearch);
#include "tst_database_search.moc"
