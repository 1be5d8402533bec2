// The commands that keep and carry, as scripts use them: rescue, write-family, doctor, dump; a full disk; passwords as arguments.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "tests/app/cli/program_run.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using tests::ProgramRun;
using tests::runBlazedbProgram;

namespace {

constexpr const char* kOtherPassword = "Ship-To-Shore-77";

QString fixture(const char* name)
{
    return tests::fixtureFolder(QString::fromLatin1(name));
}

QString typedOf(const char* damage)
{
    return fixture("format28-damaged/") + QString::fromLatin1(damage) + QStringLiteral("/typed.blazedb");
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("not there");
}

} // namespace

class TestCliKeeping final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rescueEndsAsExportDoes_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<int>("records");
        QTest::newRow("sound") << fixture("format28/typed/typed.blazedb") << 0 << 39;
        QTest::newRow("a damaged record") << typedOf("page-bit-flipped") << 2 << 38;
        QTest::newRow("a zeroed record is a remark") << typedOf("page-zeroed") << 0 << 38;
        QTest::newRow("lost records") << typedOf("pages-cut-short") << 2 << 21;
        QTest::newRow("no catalogue") << typedOf("catalogue-missing") << 2 << 39;
        QTest::newRow("a damaged catalogue") << typedOf("catalogue-bit-flipped") << 2 << 39;
        QTest::newRow("a dump") << fixture("format28/features/features.blazedump") << 0 << 40;
        QTest::newRow("no salt") << typedOf("salt-missing") << 1 << -1;
        QTest::newRow("no database") << typedOf("random-bytes") << 1 << -1;
    }

    void rescueEndsAsExportDoes()
    {
        QFETCH(QString, from);
        QFETCH(int, exitCode);
        QFETCH(int, records);
        QTemporaryDir folder;
        const QString to = folder.filePath(QStringLiteral("saved.jsonl"));
        const ProgramRun run = runBlazedbProgram({QStringLiteral("rescue"), from, QStringLiteral("--to"), to, QStringLiteral("--json")});
        QCOMPARE(run.exitCode, exitCode);
        if (records < 0) {
            QVERIFY(QDir(folder.path()).entryList(QDir::Files).isEmpty());
            QVERIFY(!run.err.isEmpty());
            return;
        }
        QCOMPARE(static_cast<int>(contentOf(to).count('\n')), records);
        const QJsonObject report = QJsonDocument::fromJson(run.out).object();
        QCOMPARE(report[QLatin1String("written")].toInt(), records);
        QCOMPARE(report[QLatin1String("to")].toString(), to);
        QVERIFY(report[QLatin1String("findings")].isArray());
        if (exitCode == 2) QVERIFY(run.err.contains("lost: ") || run.err.contains("damaged: "));
    }

    void rescueMakesAFamilyWithTheSamePasswordOrAnother()
    {
        QTemporaryDir folder;
        const QString same = folder.filePath(QStringLiteral("same.blazedb"));
        QCOMPARE(runBlazedbProgram({QStringLiteral("rescue"), typedOf("catalogue-missing"), QStringLiteral("--to"), same}).exitCode, 2);
        QCOMPARE(runBlazedbProgram({QStringLiteral("check"), same}).exitCode, 0);

        const QString other = folder.filePath(QStringLiteral("other.blazedb"));
        const QString command = QStringLiteral("printf '%1' | '%2' rescue '%3' --to '%4' --to-password-fd 0")
                                    .arg(QString::fromLatin1(kOtherPassword), QStringLiteral(BLAZEDB_BINARY_DIR "/bin/blazedb"), fixture("format28/typed/typed.blazedb"), other);
        QCOMPARE(tests::runProgram(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), command}, tests::kFixturePassword).exitCode, 0);
        QCOMPARE(runBlazedbProgram({QStringLiteral("check"), other}, kOtherPassword).exitCode, 0);
        QCOMPARE(runBlazedbProgram({QStringLiteral("check"), other}).exitCode, 1);
        // What is there is not replaced.
        const ProgramRun again = runBlazedbProgram({QStringLiteral("rescue"), fixture("format28/typed/typed.blazedb"), QStringLiteral("--to"), same});
        QCOMPARE(again.exitCode, 1);
        QVERIFY(again.err.contains("is there already"));
    }

    /// Export, write-family, export: the same lines, bit by bit.
    void writeFamilyTakesWhatExportGives()
    {
        QTemporaryDir folder;
        const QString lines = folder.filePath(QStringLiteral("in.jsonl"));
        const QString path = folder.filePath(QStringLiteral("new.blazedb"));
        QCOMPARE(runBlazedbProgram({QStringLiteral("export"), QStringLiteral("--deleted"), fixture("format28/workspace/workspace.blazedb"), QStringLiteral("--to"), lines}).exitCode, 0);
        const ProgramRun written = runBlazedbProgram({QStringLiteral("write-family"), path, QStringLiteral("--from"), lines, QStringLiteral("--index"), QStringLiteral("status"),
                                                  QStringLiteral("--index"), QStringLiteral("priority+createdAt"), QStringLiteral("--json")},
                                                 kOtherPassword);
        QCOMPARE(written.exitCode, 0);
        QCOMPARE(QJsonDocument::fromJson(written.out)[QLatin1String("written")].toInt(), 371);
        QCOMPARE(runBlazedbProgram({QStringLiteral("export"), QStringLiteral("--deleted"), path}, kOtherPassword).out, contentOf(lines));
        const QJsonArray indexes = QJsonDocument::fromJson(runBlazedbProgram({QStringLiteral("info"), QStringLiteral("--json"), path}, kOtherPassword).out)[QLatin1String("indexes")].toArray();
        QCOMPARE(indexes.size(), 2);
        QCOMPARE(indexes[0][QLatin1String("name")].toString(), QStringLiteral("priority+createdAt"));
        const QJsonDocument check = QJsonDocument::fromJson(runBlazedbProgram({QStringLiteral("check"), QStringLiteral("--json"), path}, kOtherPassword).out);
        QCOMPARE(check[QLatin1String("isSound")].toBool(), true);
        QCOMPARE(check[QLatin1String("findings")].toArray().size(), 0);
    }

    void writeFamilyRefusesByRecordNumber_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QByteArray>("password");
        QTest::addColumn<QByteArray>("words");
        const QByteArray good = "{\"id\":\"00000000-0000-0000-0000-000000000001\"}"
                                "\n";
        QTest::newRow("weak password") << good << QByteArray("short") << QByteArray("too weak");
        QTest::newRow("NaN in a key") << good + "{\"id\":\"00000000-0000-0000-0000-000000000002\",\"n\":{\"$double\":\"NaN\"}}" << QByteArray(kOtherPassword) << QByteArray("record 2 (line 2)");
        QTest::newRow("over-long record") << good + "{\"id\":\"00000000-0000-0000-0000-000000000002\",\"n\":\"" + QByteArray(40'524'014, 'x') + "\"}" << QByteArray(kOtherPassword)
                                          << QByteArray("record 2 (line 2)");
        QTest::newRow("no JSON") << good + "nonsense" << QByteArray(kOtherPassword) << QByteArray("record 2 (line 2)");
    }

    void writeFamilyRefusesByRecordNumber()
    {
        QFETCH(QByteArray, lines);
        QFETCH(QByteArray, password);
        QFETCH(QByteArray, words);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("in.jsonl")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(lines);
        file.close();
        const ProgramRun run = runBlazedbProgram({QStringLiteral("write-family"), folder.filePath(QStringLiteral("new.blazedb")), QStringLiteral("--from"), file.fileName(),
                                              QStringLiteral("--index"), QStringLiteral("n")},
                                             password.constData());
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains(words), run.err.constData());
        QVERIFY(!run.err.contains(password));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("in.jsonl")});
    }

    /// On a file system of 64 kB: no file bears the final name, none is left, and the disk is named as the reason.
    void aFullDiskLeavesNoHalfFile_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::newRow("rescue into lines") << QStringLiteral("rescue '%1' --to %2/out.jsonl").arg(fixture("format28/overflow/overflow.blazedb"));
        QTest::newRow("rescue into a family") << QStringLiteral("rescue '%1' --to %2/out.blazedb").arg(fixture("format28/overflow/overflow.blazedb"));
        QTest::newRow("dump") << QStringLiteral("dump dump '%1' %2/out.blazedump").arg(fixture("format28/overflow/overflow.blazedb"));
        QTest::newRow("export") << QStringLiteral("export '%1' --to %2/out.jsonl").arg(fixture("format28/overflow/overflow.blazedb"));
    }

    void aFullDiskLeavesNoHalfFile()
    {
        QFETCH(QString, arguments);
        QTemporaryDir folder;
        const QString script = QStringLiteral("mount -t tmpfs -o size=64k none '%1' || exit 99; '%2' %3; code=$?; echo left: $(ls '%1'); exit $code")
                                   .arg(folder.path(), QStringLiteral(BLAZEDB_BINARY_DIR "/bin/blazedb"), arguments.arg(folder.path()));
        const ProgramRun run = tests::runProgram(QStringLiteral("unshare"), {QStringLiteral("-m"), QStringLiteral("/bin/sh"), QStringLiteral("-c"), script}, tests::kFixturePassword);
        if (run.exitCode == 99 || run.exitCode == -1 || run.err.contains("unshare")) QSKIP("this system does not let the test mount a small file system");
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.out.endsWith("left:\n"), run.out.constData());
        QVERIFY2(run.err.contains("No space left on device"), run.err.constData());
    }

    void doctorAnswersWithItsOldKeys()
    {
        const QString path = fixture("format28/workspace/workspace.blazedb");
        const ProgramRun run = runBlazedbProgram({QStringLiteral("doctor"), path, QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 0);
        const QJsonObject answer = QJsonDocument::fromJson(run.out).object();
        for (const char* key : {"healthy", "database", "path", "checks", "stats", "errors"}) QVERIFY2(answer.contains(QLatin1String(key)), key);
        QCOMPARE(answer[QLatin1String("healthy")].toBool(), true);
        QCOMPARE(answer[QLatin1String("database")].toString(), QStringLiteral("workspace"));
        const QJsonObject stats = answer[QLatin1String("stats")].toObject();
        for (const char* key : {"pageCount", "recordCount", "databaseSize", "isEncrypted", "walSize", "lastCheckpoint", "cacheHitRate", "indexCount"})
            QVERIFY2(stats.contains(QLatin1String(key)), key);
        QCOMPARE(stats[QLatin1String("recordCount")].toInt(), 371);
        QCOMPARE(stats[QLatin1String("indexCount")].toInt(), 3);
        QCOMPARE(stats[QLatin1String("pageCount")].toInt(), static_cast<int>(QFile(path).size() / 4096));
        const QJsonArray checks = answer[QLatin1String("checks")].toArray();
        QCOMPARE(checks[0][QLatin1String("name")].toString(), QStringLiteral("File Exists"));
        for (const QJsonValue& check : checks) QVERIFY(check[QLatin1String("passed")].toBool() && check[QLatin1String("message")].isString());
    }

    void doctorFindsDamageAndCreatesNothing()
    {
        const ProgramRun damaged = runBlazedbProgram({QStringLiteral("doctor"), typedOf("page-bit-flipped"), QStringLiteral("--json")});
        QCOMPARE(damaged.exitCode, 1);
        QCOMPARE(QJsonDocument::fromJson(damaged.out)[QLatin1String("errors")].toArray().size(), 1);
        QTemporaryDir folder;
        const ProgramRun missing = runBlazedbProgram({QStringLiteral("doctor"), folder.filePath(QStringLiteral("x.blazedb")), QStringLiteral("--json")});
        QCOMPARE(missing.exitCode, 1);
        QCOMPARE(QJsonDocument::fromJson(missing.out)[QLatin1String("checks")][0][QLatin1String("passed")].toBool(true), false);
        QVERIFY(QDir(folder.path()).entryList(QDir::Files).isEmpty());
    }

    void dumpsAreWrittenVerifiedAndNotRestoredInto()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("w.blazedump"));
        QCOMPARE(runBlazedbProgram({QStringLiteral("dump"), QStringLiteral("dump"), fixture("format28/workspace/workspace.blazedb"), path}).exitCode, 0);
        const ProgramRun verified = runBlazedbProgram({QStringLiteral("dump"), QStringLiteral("verify"), path, QStringLiteral("--json")}, nullptr);
        QCOMPARE(verified.exitCode, 0);
        const QJsonDocument answer = QJsonDocument::fromJson(verified.out);
        QCOMPARE(answer[QLatin1String("valid")].toBool(), true);
        QCOMPARE(answer[QLatin1String("schemaVersion")].toString(), QStringLiteral("0.0"));
        QCOMPARE(answer[QLatin1String("databaseName")].toString(), QStringLiteral("workspace"));
        QByteArray changed = contentOf(path);
        const qsizetype at = changed.indexOf("\"title\":\"") + 9;
        changed[at] = changed[at] == 'Q' ? 'R' : 'Q';
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(changed);
        file.close();
        const ProgramRun refused = runBlazedbProgram({QStringLiteral("dump"), QStringLiteral("verify"), path}, nullptr);
        QCOMPARE(refused.exitCode, 1);
        QVERIFY(refused.err.contains("payloadHash does not fit"));
        QCOMPARE(runBlazedbProgram({QStringLiteral("check"), path}, nullptr).exitCode, 2);
        const ProgramRun restore = runBlazedbProgram({QStringLiteral("dump"), QStringLiteral("restore"), path, folder.filePath(QStringLiteral("x.blazedb"))}, nullptr);
        QCOMPARE(restore.exitCode, 1);
        QVERIFY(restore.err.contains("blazedb rescue"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("w.blazedump")});
    }

    void dumpsNeedNoPassword()
    {
        const QString dump = fixture("format28/features/features.blazedump");
        QCOMPARE(runBlazedbProgram({QStringLiteral("check"), dump}, nullptr).exitCode, 0);
        const ProgramRun info = runBlazedbProgram({QStringLiteral("info"), dump, QStringLiteral("--json")}, nullptr);
        QCOMPARE(info.exitCode, 0);
        QCOMPARE(QJsonDocument::fromJson(info.out)[QLatin1String("format")].toString(), QStringLiteral("BlazeDB dump"));
        const ProgramRun exported = runBlazedbProgram({QStringLiteral("export"), dump}, nullptr);
        QCOMPARE(exported.exitCode, 0);
        QCOMPARE(exported.out.count('\n'), 40);
    }

    void aPasswordAsAnArgumentIsRefusedAndNotRepeated_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const QString file = fixture("format28/typed/typed.blazedb");
        const QString password = QString::fromLatin1(tests::kFixturePassword);
        QTest::newRow("doctor") << QStringList{QStringLiteral("doctor"), file, password};
        QTest::newRow("info") << QStringList{QStringLiteral("info"), file, password};
        QTest::newRow("check") << QStringList{QStringLiteral("check"), file, password, QStringLiteral("--json")};
        QTest::newRow("dump") << QStringList{QStringLiteral("dump"), QStringLiteral("dump"), file, QStringLiteral("/nowhere/x.blazedump"), password};
        QTest::newRow("restore") << QStringList{QStringLiteral("dump"), QStringLiteral("restore"), file, QStringLiteral("x"), password};
        QTest::newRow("as an option") << QStringList{QStringLiteral("info"), file, QStringLiteral("--password=") + password};
    }

    void aPasswordAsAnArgumentIsRefusedAndNotRepeated()
    {
        QFETCH(QStringList, arguments);
        const ProgramRun run = runBlazedbProgram(arguments, nullptr);
        QCOMPARE(run.exitCode, 64);
        QVERIFY(!run.err.isEmpty());
        QVERIFY(!run.err.contains(tests::kFixturePassword));
        QVERIFY(!run.out.contains(tests::kFixturePassword));
    }

    void answersUnderItsOldNames()
    {
        QTemporaryDir folder;
        const QString path = fixture("format28/typed/typed.blazedb");
        for (const char* name : {"BlazeDoctor", "BlazeInfo"}) {
            const QString link = folder.filePath(QString::fromLatin1(name));
            QVERIFY(QFile::link(QStringLiteral(BLAZEDB_BINARY_DIR "/bin/blazedb"), link));
            const ProgramRun run = tests::runProgram(link, {path}, tests::kFixturePassword);
            QCOMPARE(run.exitCode, 0);
            QVERIFY(!run.out.isEmpty());
        }
    }

    void neverWritesOverTheDatabaseItReads()
    {
        QTemporaryDir folder;
        QVERIFY(tests::copyFixture(QStringLiteral("format28/typed"), folder.path()));
        const QString pages = folder.filePath(QStringLiteral("typed.blazedb"));
        const QByteArray before = contentOf(folder.filePath(QStringLiteral("typed.meta")));
        for (const QStringList& arguments : {QStringList{QStringLiteral("export"), pages, QStringLiteral("--to"), folder.filePath(QStringLiteral("typed.meta"))},
                                             QStringList{QStringLiteral("dump"), QStringLiteral("dump"), pages, folder.filePath(QStringLiteral("typed.meta"))},
                                             QStringList{QStringLiteral("rescue"), pages, QStringLiteral("--to"), folder.filePath(QStringLiteral("typed.meta"))}}) {
            const ProgramRun run = runBlazedbProgram(arguments);
            QCOMPARE(run.exitCode, 1);
            QVERIFY(run.err.contains("choose another name"));
        }
        QCOMPARE(contentOf(folder.filePath(QStringLiteral("typed.meta"))), before);
    }
};

BLAZEDB_REGISTER_TEST(TestCliKeeping);
#include "tst_cli_keeping.moc"
