// The set-up commands where they must stop, and the files that a desktop reads.
#include <algorithm>

#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include "tests/support/test_registry.h"

using namespace blazedb;

namespace {

const QString kRoot = QStringLiteral(BLAZEDB_SOURCE_DIR);
constexpr int kOtherSystem = 69;
constexpr int kNoRight = 77;
constexpr int kNobody = 65'534;

struct ScriptRun {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

ScriptRun runScript(const QStringList& command, const QMap<QString, QString>& variables, bool isNobody = false)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (auto it = variables.begin(); it != variables.end(); ++it) environment.insert(it.key(), it.value());
    process.setProcessEnvironment(environment);
    if (isNobody && ::geteuid() == 0) {
        process.setChildProcessModifier([] {
            if (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0) ::_exit(125);
        });
    }
    process.start(command.first(), command.mid(1));
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000)) return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QString writeFile(const QString& path, const QByteArray& text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write(text);
    file.setPermissions(QFile::Permissions(0x7755));
    return path;
}

/// The packages of a group, as the list says.
QByteArrayList packagesOf(const QByteArray& group)
{
    QFile list(kRoot + QStringLiteral("/packaging/debian-packages"));
    if (!list.open(QIODevice::ReadOnly)) return {};
    QByteArrayList packages;
    for (const QByteArray& line : list.readAll().split('\n')) {
        if (line.startsWith(group + ' ')) packages << line.mid(group.size() + 1).trimmed();
    }
    return packages;
}

/// A folder of programs: those the scripts need, without sudo, and a dpkg-query that knows no package.
QString poorMachine(const QTemporaryDir& folder)
{
    ::chmod(QFile::encodeName(folder.path()).constData(), 0755);
    for (const char* tool : {"bash", "env", "grep", "dirname", "id", "cat"}) {
        const QString found = QStandardPaths::findExecutable(QLatin1String(tool), {QStringLiteral("/usr/bin"), QStringLiteral("/bin")});
        QFile::link(found, folder.filePath(QLatin1String(tool)));
    }
    writeFile(folder.filePath(QStringLiteral("dpkg-query")), "#!/bin/sh\nexit 1\n");
    return folder.path();
}

bool isThere(const char* program)
{
    return !QStandardPaths::findExecutable(QLatin1String(program)).isEmpty();
}

} // namespace

class TestPackaging final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onAnotherSystemEveryCommandNamesThePackagesAndStops_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<QByteArrayList>("packages");
        QTest::newRow("run") << QStringList{QStringLiteral("run")} << packagesOf("build");
        QTest::newRow("test") << QStringList{QStringLiteral("test")} << packagesOf("build") + packagesOf("test");
        QTest::newRow("test fuzz") << QStringList{QStringLiteral("test"), QStringLiteral("fuzz")} << packagesOf("build") + packagesOf("fuzz");
        QTest::newRow("bench engine") << QStringList{QStringLiteral("bench"), QStringLiteral("engine")}
                                      << packagesOf("build") + packagesOf("test") + packagesOf("bench");
    }

    void onAnotherSystemEveryCommandNamesThePackagesAndStops()
    {
        QFETCH(QStringList, command);
        QFETCH(QByteArrayList, packages);
        QVERIFY(packages.size() > 10);
        QTemporaryDir folder;
        command[0] = kRoot + QStringLiteral("/packaging/") + command[0];
        for (const char* system : {"ID=fedora\nVERSION_ID=40\n", "ID=debian\nVERSION_ID=\"11\"\n", "ID=ubuntu\nVERSION_ID=\"12\"\nID_LIKE=debian\n", ""}) {
            const QString release = writeFile(folder.filePath(QStringLiteral("os-release")), system);
            const ScriptRun run = runScript(command, {{QStringLiteral("BLAZEDB_OS_RELEASE"), release}});
            QCOMPARE(run.exitCode, kOtherSystem);
            for (const QByteArray& package : packages) QVERIFY2(run.err.contains("  " + package + '\n'), package.constData());
        }
    }

    void withoutTheRightToInstallTheCommandIsNamed()
    {
        QTemporaryDir tools;
        QTemporaryDir folder;
        ::chmod(QFile::encodeName(folder.path()).constData(), 0755);
        const QString release = writeFile(folder.filePath(QStringLiteral("os-release")), "ID=debian\nVERSION_ID=\"12\"\n");
        // The checkout may lie where another user cannot read; what runs is a copy.
        for (const char* file : {"install", "debian-packages"}) {
            QFile original(kRoot + QStringLiteral("/packaging/") + QLatin1String(file));
            QVERIFY(original.open(QIODevice::ReadOnly));
            writeFile(folder.filePath(QLatin1String(file)), original.readAll());
        }

        const ScriptRun run = runScript({folder.filePath(QStringLiteral("install")), QStringLiteral("build")},
                                        {{QStringLiteral("PATH"), poorMachine(tools)}, {QStringLiteral("BLAZEDB_OS_RELEASE"), release}}, true);

        if (run.exitCode == 125) QSKIP("this machine does not let the test become another user");
        QVERIFY2(run.exitCode == kNoRight, run.err.constData());
        QVERIFY2(run.err.contains("apt-get install " + packagesOf("build").join(' ')), run.err.constData());
        QCOMPARE(run.err.count('\n'), 1);
    }

    void anUnknownSuiteIsWrongUsage()
    {
        for (const char* command : {"test", "bench"})
            QCOMPARE(runScript({kRoot + QStringLiteral("/packaging/") + QLatin1String(command), QStringLiteral("no-such-suite")}, {}).exitCode, 64);
    }

    void noPackageIsListedTwice()
    {
        QByteArrayList all = packagesOf("build") + packagesOf("test") + packagesOf("fuzz") + packagesOf("bench");
        std::sort(all.begin(), all.end());
        QVERIFY(std::adjacent_find(all.begin(), all.end()) == all.end());
    }

    void theDesktopEntryIsValid()
    {
        if (!isThere("desktop-file-validate")) QSKIP("desktop-file-validate is not installed");
        const ScriptRun run = runScript({QStringLiteral("desktop-file-validate"), kRoot + QStringLiteral("/packaging/linux/org.blazedb.Visualizer.desktop")}, {});
        QVERIFY2(run.exitCode == 0 && run.out.isEmpty(), run.out.constData());
    }

    void theAppStreamFileIsValid()
    {
        if (!isThere("appstreamcli")) QSKIP("appstreamcli is not installed");
        const ScriptRun run = runScript({QStringLiteral("appstreamcli"), QStringLiteral("validate"), QStringLiteral("--no-net"),
                                         kRoot + QStringLiteral("/packaging/linux/org.blazedb.Visualizer.metainfo.xml")}, {});
        QVERIFY2(run.exitCode == 0, run.out.constData());
    }

    void theMimeTypesAreThoseOfTheDesktopEntry()
    {
        QFile definitions(kRoot + QStringLiteral("/packaging/linux/org.blazedb.Visualizer.xml"));
        QVERIFY(definitions.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&definitions);
        QStringList types;
        QStringList globs;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement) continue;
            if (xml.name() == QLatin1String("mime-type")) types << xml.attributes().value(QLatin1String("type")).toString();
            if (xml.name() == QLatin1String("glob")) globs << xml.attributes().value(QLatin1String("pattern")).toString();
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY(globs.contains(QLatin1String("*.blazedb")));
        QFile entry(kRoot + QStringLiteral("/packaging/linux/org.blazedb.Visualizer.desktop"));
        QVERIFY(entry.open(QIODevice::ReadOnly));
        QVERIFY(entry.readAll().contains("MimeType=" + types.join(QLatin1Char(';')).toUtf8() + ";\n"));
    }

    /// Every option of --help is in the man page, and the other way round.
    void theManPagesNameEveryOption_data()
    {
        QTest::addColumn<QStringList>("help");
        QTest::addColumn<QString>("page");
        const QString bin = QStringLiteral(BLAZEDB_BINARY_DIR "/bin/");
        QTest::newRow("blazedb-visualizer") << QStringList{bin + QStringLiteral("blazedb-visualizer"), QStringLiteral("--help")} << QStringLiteral("blazedb-visualizer.1");
        for (const char* command : {"info", "check", "export"})
            QTest::newRow(command) << QStringList{bin + QStringLiteral("blazedb"), QLatin1String(command), QStringLiteral("--help")} << QStringLiteral("blazedb.1");
    }

    void theManPagesNameEveryOption()
    {
        QFETCH(QStringList, help);
        QFETCH(QString, page);
        if (!QFileInfo::exists(help.first())) QSKIP("the program is not built here");
        QFile manual(kRoot + QStringLiteral("/packaging/linux/") + page);
        QVERIFY(manual.open(QIODevice::ReadOnly));
        const QByteArray text = manual.readAll().replace("\\-", "-");
        const ScriptRun run = runScript(help, {});
        QCOMPARE(run.exitCode, 0);
        static const QRegularExpression kOption(QStringLiteral("--[a-z][a-z-]+"));
        int options = 0;
        for (auto it = kOption.globalMatch(QString::fromUtf8(run.out)); it.hasNext();) {
            const QString option = it.next().captured();
            ++options;
            if (option == QLatin1String("--help-all")) continue; // Qt's own
            QVERIFY2(text.contains(option.toUtf8()), qPrintable(option));
        }
        QVERIFY(options >= 2);
    }
};

BLAZEDB_REGISTER_TEST(TestPackaging);
#include "tst_packaging.moc"
