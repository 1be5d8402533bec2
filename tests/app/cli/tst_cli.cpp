// The program `blazedb` as scripts use it: output, standard error, exit codes.
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include "engine/codec/typed_json.h"
#include "tests/support/expected_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

namespace {

struct Run {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

Run runBlazedb(const QStringList& arguments, const char* password = tests::kFixturePassword)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("BLAZEDB_PASSWORD"));
    if (password) environment.insert(QStringLiteral("BLAZEDB_PASSWORD"), QString::fromLatin1(password));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(BLAZEDB_BINARY_DIR "/bin/blazedb"), arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000)) return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

QString pagesOf(const QString& folder)
{
    const QStringList files = QDir(folder).entryList({QStringLiteral("*.blazedb")});
    for (const QString& file : files) {
        if (!file.startsWith(QLatin1String("txn_in_progress"))) return folder + QLatin1Char('/') + file;
    }
    return folder + QStringLiteral("/typed.blazedb");
}

QString damaged(const char* name)
{
    return pagesOf(tests::fixtureFolder(QStringLiteral("format28-damaged/") + QString::fromLatin1(name)));
}

qsizetype lines(const QByteArray& text)
{
    return text.count('\n');
}

} // namespace

class TestCli final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void exportsWhatTheSwiftLibraryWrote_data()
    {
        QTest::addColumn<QString>("folder");
        const QString root = QStringLiteral(BLAZEDB_SOURCE_DIR "/tests/data/format28");
        for (const QString& name : QDir(root).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            // Its backup files are named after the path it was written at; the tests of the engine rename them.
            if (name != QLatin1String("txnopen")) QTest::newRow(qPrintable(name)) << root + QLatin1Char('/') + name;
        }
    }

    void exportsWhatTheSwiftLibraryWrote()
    {
        QFETCH(QString, folder);
        const std::vector<model::Record> expected = tests::readExpectedRecords(folder + QStringLiteral("/expected.jsonl"));

        const Run run = runBlazedb({QStringLiteral("export"), pagesOf(folder), QStringLiteral("--deleted")});

        QCOMPARE(run.exitCode, 0);
        const QList<QByteArray> texts = run.out.isEmpty() ? QList<QByteArray>() : run.out.trimmed().split('\n');
        QCOMPARE(static_cast<std::size_t>(texts.size()), expected.size());
        QByteArray lastId;
        for (const QByteArray& text : texts) {
            const auto record = codec::parseTypedJsonRecord(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
            QVERIFY2(record.has_value(), text.constData());
            const auto same = std::find_if(expected.begin(), expected.end(), [&](const model::Record& known) { return known.id == record->id; });
            QVERIFY(same != expected.end());
            const QString difference = tests::differenceOf(*record, *same);
            QVERIFY2(difference.isEmpty(), qPrintable(difference));
            const QByteArray id = QByteArray::fromStdString(record->id.toString());
            QVERIFY(lastId < id);
            lastId = id;
        }
    }

    void damagedFamiliesComeOutAsTheirTableSays_data()
    {
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<int>("records");
        QTest::addColumn<QString>("word");
        const auto row = [](const char* name, int exitCode, int records, const char* word) {
            QTest::newRow(name) << exitCode << records << QString::fromLatin1(word);
        };
        row("page-bit-flipped", 2, 38, "page 12");
        row("page-zeroed", 0, 38, "deleted by the app before it saved its catalogue, or lost");
        row("pages-cut-short", 2, 21, "shorter than the catalogue says");
        row("catalogue-bit-flipped", 1, 0, "rescue");
        row("catalogue-cut-short", 1, 0, "rescue");
        row("catalogue-empty", 1, 0, "rescue");
        row("catalogue-missing", 1, 0, "rescue");
        row("page-file-missing", 1, 0, "missing");
        row("salt-missing", 1, 0, "salt");
        row("salt-changed", 1, 0, "wrong password, or the salt file");
        row("salt-cut-short", 1, 0, "salt");
        row("log-garbage", 2, 39, "from byte 0");
        row("random-bytes", 1, 0, "not a BlazeDB database");
        row("sqlite-in-disguise", 1, 0, "SQLite");
    }

    void damagedFamiliesComeOutAsTheirTableSays()
    {
        QFETCH(int, exitCode);
        QFETCH(int, records);
        QFETCH(QString, word);
        const Run run = runBlazedb({QStringLiteral("export"), QStringLiteral("--deleted"), damaged(QTest::currentDataTag())});
        QCOMPARE(run.exitCode, exitCode);
        QCOMPARE(lines(run.out), records);
        QVERIFY2(run.err.contains(word.toUtf8()), run.err.constData());
    }

    void namesEveryRecordThatIsLostWithTheEndOfTheFile()
    {
        const Run run = runBlazedb({QStringLiteral("export"), QStringLiteral("--deleted"), damaged("pages-cut-short")});
        QCOMPARE(run.err.count("lost: record "), 18);
    }

    void rescueShowsTheRecordsOfAnUntrustedCatalogue()
    {
        const Run run = runBlazedb({QStringLiteral("export"), QStringLiteral("--deleted"), QStringLiteral("--rescue"), damaged("catalogue-missing")});
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(lines(run.out), 39);
    }

    void aFolderIsNamedAsOne()
    {
        const Run run = runBlazedb({QStringLiteral("info"), tests::fixtureFolder(QStringLiteral("format28"))});
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.err.contains("is a folder"));
    }

    void mistakesOfUsageEndWith64_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList();
        QTest::newRow("no file") << QStringList{QStringLiteral("info")};
        QTest::newRow("password as argument") << QStringList{QStringLiteral("info"), QStringLiteral("x.blazedb"), QStringLiteral("--password"), QStringLiteral("x")};
        QTest::newRow("unknown format") << QStringList{QStringLiteral("export"), QStringLiteral("x.blazedb"), QStringLiteral("--format"), QStringLiteral("xml")};
        const auto filter = [](const char* name, const char* text) {
            QTest::newRow(name) << QStringList{QStringLiteral("export"), QStringLiteral("x.blazedb"), QStringLiteral("--where"), QString::fromLatin1(text)};
        };
        filter("open group", "(a = 1");
        // The errors of the old grammar (QL-21).
        filter("empty filter", "");
        filter("no value", "age >");
        filter("no such operator", "age ~ 5");
        filter("no condition", "sort age");
        filter("negative limit", "age > 1 limit -1");
        filter("groups", "group by status");
    }

    void mistakesOfUsageEndWith64()
    {
        QFETCH(QStringList, arguments);
        const Run run = runBlazedb(arguments);
        QCOMPARE(run.exitCode, 64);
        QVERIFY(!run.err.isEmpty());
    }

    void filtersAndWritesCsvToAFileAtOnce()
    {
        QTemporaryDir folder;
        const QString to = folder.filePath(QStringLiteral("bugs.csv"));
        const QString pages = pagesOf(tests::fixtureFolder(QStringLiteral("format28/workspace")));
        const Run run = runBlazedb({QStringLiteral("export"), pages, QStringLiteral("--where"), QStringLiteral("_blazeKind = team"),
                                    QStringLiteral("--format"), QStringLiteral("csv"), QStringLiteral("--to"), to});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.out.isEmpty());
        QFile file(to);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.startsWith("id,"));
        QCOMPARE(lines(text.trimmed() + '\n'), 4);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
    }

    void anOutputThatCannotBeWrittenLeavesTheOldFile()
    {
        const QString pages = pagesOf(tests::fixtureFolder(QStringLiteral("format28/typed")));
        const Run run = runBlazedb({QStringLiteral("export"), pages, QStringLiteral("--to"), QStringLiteral("/no/such/folder/out.jsonl")});
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.err.contains("/no/such/folder"));
    }

    void answersInJson()
    {
        const Run run = runBlazedb({QStringLiteral("info"), QStringLiteral("--json"), pagesOf(tests::fixtureFolder(QStringLiteral("format28/workspace")))});
        QCOMPARE(run.exitCode, 0);
        const QJsonObject info = QJsonDocument::fromJson(run.out).object();
        QCOMPARE(info[QLatin1String("records")].toInt(), 371);
        QCOMPARE(info[QLatin1String("name")].toString(), QStringLiteral("workspace"));
    }

    void aWrongPasswordIsSaidAndNeverShown()
    {
        const Run run = runBlazedb({QStringLiteral("info"), pagesOf(tests::fixtureFolder(QStringLiteral("format28/typed")))}, "Never-Print-This-1");
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.err.contains("wrong password"));
        QVERIFY(!run.err.contains("Never-Print-This-1"));
    }
};

BLAZEDB_REGISTER_TEST(TestCli);
#include "tst_cli.moc"
