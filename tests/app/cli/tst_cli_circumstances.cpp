// The program `blazedb` where things go wrong around it: rights, space, signals, descriptors, odd names. Nothing is half
// written, nothing is changed, and the exit code says what happened.
#include <csignal>
#include <cstdlib>
#include <thread>

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "tests/app/cli/cli_run.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using tests::CliRun;
using tests::runCli;

namespace {

constexpr int kNobody = 65'534;
constexpr int kInterruptedExit = 1; ///< "Could not do it": an interruption is no success.

QByteArray fixture(const char* name)
{
    return QFile::encodeName(tests::fixtureFolder(QStringLiteral("format28/") + QLatin1String(name))) + '/' + name + ".blazedb";
}

QByteArray damaged(const char* name)
{
    return QFile::encodeName(tests::fixtureFolder(QStringLiteral("format28-damaged/") + QLatin1String(name))) + "/typed.blazedb";
}

/// A family copied to where a test may do with it what it likes.
QByteArray copyOf(const char* name, const QString& folder)
{
    const QDir source(tests::fixtureFolder(QStringLiteral("format28/") + QLatin1String(name)));
    for (const QString& file : source.entryList(QDir::Files)) QFile::copy(source.filePath(file), folder + QLatin1Char('/') + file);
    return QFile::encodeName(folder) + '/' + name + ".blazedb";
}

/// Bytes, modification and change times of all files of a folder.
QByteArrayList stateOf(const QByteArray& file)
{
    QByteArrayList state;
    const QDir folder(QFileInfo(QFile::decodeName(file)).path());
    for (const QFileInfo& entry : folder.entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden, QDir::Name)) {
        struct stat status {};
        ::stat(QFile::encodeName(entry.filePath()).constData(), &status);
        QFile open(entry.filePath());
        const bool isReadable = entry.isFile() && open.open(QIODevice::ReadOnly);
        state << entry.fileName().toUtf8() + ' ' + QByteArray::number(qlonglong{status.st_mtim.tv_sec}) + '.'
                     + QByteArray::number(qlonglong{status.st_mtim.tv_nsec}) + ' ' + QByteArray::number(qlonglong{status.st_ctim.tv_sec}) + '.'
                     + QByteArray::number(qlonglong{status.st_ctim.tv_nsec}) + ' ' + (isReadable ? open.readAll() : QByteArray());
    }
    return state;
}

int becomeNobody()
{
    if (::geteuid() != 0) return 0;
    return ::setgroups(0, nullptr) == 0 && ::setgid(kNobody) == 0 && ::setuid(kNobody) == 0 ? 0 : tests::kNotAllowedHere;
}

QStringList filesIn(const QTemporaryDir& folder)
{
    return QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
}

/// A descriptor of this process that reads `text` to its end; the child inherits it.
int descriptorWith(const QByteArray& text)
{
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0 || ::fcntl(ends[0], F_SETFD, 0) != 0) return -1; // the child sees its end alone
    std::thread([writing = ends[1], text] {
        std::signal(SIGPIPE, SIG_IGN);
        if (::write(writing, text.constData(), static_cast<std::size_t>(text.size())) < 0) errno = 0;
        ::close(writing);
    }).detach();
    return ends[0];
}

} // namespace

class TestCliCircumstances final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); }

    // --- files stay as they are -------------------------------------------------------------------------------------------

    void noDamagedFileIsTouched_data()
    {
        QTest::addColumn<QByteArray>("path");
        const QDir root(tests::fixtureFolder(QStringLiteral("format28-damaged")));
        for (const QString& name : root.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) QTest::newRow(qPrintable(name)) << damaged(qPrintable(name));
    }

    void noDamagedFileIsTouched()
    {
        QFETCH(QByteArray, path);
        const QByteArrayList before = stateOf(path);

        const CliRun info = runCli({"info", path});
        const CliRun check = runCli({"check", path});
        const CliRun whole = runCli({"export", path, "--deleted"});
        const CliRun rescue = runCli({"export", path, "--deleted", "--rescue"});

        QCOMPARE(stateOf(path), before);
        for (const CliRun& run : {info, check, whole, rescue}) {
            QCOMPARE(run.signal, 0);
            QVERIFY2(run.exitCode == 0 || run.exitCode == 1 || run.exitCode == 2, QByteArray::number(run.exitCode).constData());
            if (run.exitCode != 0) QVERIFY(!run.err.isEmpty());
            if (run.exitCode == 1) QVERIFY2(run.err.contains("typed.blazedb"), run.err.constData());
        }
        // What one command calls damaged, none calls sound.
        QCOMPARE(info.exitCode, whole.exitCode);
    }

    // --- rights and places ------------------------------------------------------------------------------------------------

    void aFileWithoutTheRightToReadItIsNamed()
    {
        QTemporaryDir folder;
        const QByteArray path = copyOf("typed", folder.path());
        ::chmod(QFile::encodeName(folder.path()).constData(), 0755);
        ::chmod(path.constData(), 0000);

        const CliRun run = runCli({"export", path}, {.inChild = becomeNobody});

        if (run.exitCode == tests::kNotAllowedHere) QSKIP("this machine does not let the test become another user");
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("typed.blazedb") && run.err.contains("Permission denied"), run.err.constData());
    }

    void aFolderWithoutTheRightToEnterItIsNamed()
    {
        QTemporaryDir folder;
        const QByteArray path = copyOf("typed", folder.path());
        ::chmod(QFile::encodeName(folder.path()).constData(), 0000);

        const CliRun run = runCli({"info", path}, {.inChild = becomeNobody});

        ::chmod(QFile::encodeName(folder.path()).constData(), 0700);
        if (run.exitCode == tests::kNotAllowedHere) QSKIP("this machine does not let the test become another user");
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("typed.blazedb") && run.err.contains("Permission denied"), run.err.constData());
    }

    void anExportIntoAFolderThatMayNotBeWrittenLeavesNothing()
    {
        QTemporaryDir folder;
        ::chmod(QFile::encodeName(folder.path()).constData(), 0555);
        QTemporaryDir readable;
        const QByteArray path = copyOf("typed", readable.path());
        for (const QString& file : filesIn(readable)) ::chmod(QFile::encodeName(readable.filePath(file)).constData(), 0444);
        ::chmod(QFile::encodeName(readable.path()).constData(), 0755);

        const CliRun run = runCli({"export", path, "--to", QFile::encodeName(folder.filePath(QStringLiteral("out.jsonl")))}, {.inChild = becomeNobody});

        if (run.exitCode == tests::kNotAllowedHere) QSKIP("this machine does not let the test become another user");
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("out.jsonl"), run.err.constData());
        QVERIFY(filesIn(folder).isEmpty());
    }

    void anExportThatFillsTheDiskKeepsTheOldFile()
    {
        QTemporaryDir folder;
        const QByteArray mount = QFile::encodeName(folder.path());
        const QByteArray path = fixture("overflow"); // some megabytes of records
        const QByteArray to = mount + "/out.jsonl";
        QByteArray left; // what the small disk holds afterwards is gone with its mount: a second program in it tells
        const CliRun run = runCli({"export", path, "--to", to},
                                  {.inChild = [&] {
                                      if (::unshare(CLONE_NEWNS) != 0) return tests::kNotAllowedHere;
                                      if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return tests::kNotAllowedHere;
                                      if (::mount("none", mount.constData(), "tmpfs", 0, "size=64k") != 0) return tests::kNotAllowedHere;
                                      const int old = ::open(to.constData(), O_WRONLY | O_CREAT, 0600);
                                      if (::write(old, "old\n", 4) != 4) return tests::kNotAllowedHere;
                                      ::close(old);
                                      return 0;
                                  },
                                   .whileRunning = [&](int pid) {
                                       // The mount is seen through the process that made it, as long as it lives.
                                       const QByteArray seen = "/proc/" + QByteArray::number(pid) + "/root" + mount;
                                       for (int i = 0; i < 3000; ++i) {
                                           const QDir inside(QFile::decodeName(seen));
                                           QFile old(inside.filePath(QStringLiteral("out.jsonl")));
                                           if (!old.open(QIODevice::ReadOnly)) {
                                               if (!left.isEmpty()) return;
                                               std::this_thread::sleep_for(std::chrono::milliseconds(1));
                                               continue;
                                           }
                                           left = old.readAll();
                                       }
                                   }});
        if (run.exitCode == tests::kNotAllowedHere) QSKIP("this machine does not allow a mount of the test's own");
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("No space left"), run.err.constData());
        QCOMPARE(left, QByteArray("old\n"));
    }

    void aReadOnlyDiskIsEnoughToRead()
    {
        QTemporaryDir folder;
        const QByteArray mount = QFile::encodeName(folder.path());
        const QByteArray path = copyOf("typed", folder.path());
        const auto mountReadOnly = [&] {
            if (::unshare(CLONE_NEWNS) != 0) return tests::kNotAllowedHere;
            if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return tests::kNotAllowedHere;
            if (::mount(mount.constData(), mount.constData(), nullptr, MS_BIND, nullptr) != 0) return tests::kNotAllowedHere;
            return ::mount(nullptr, mount.constData(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) == 0 ? 0 : tests::kNotAllowedHere;
        };

        const CliRun reading = runCli({"export", path, "--deleted"}, {.inChild = mountReadOnly});
        const CliRun writing = runCli({"export", path, "--to", mount + "/out.jsonl"}, {.inChild = mountReadOnly});

        if (reading.exitCode == tests::kNotAllowedHere) QSKIP("this machine does not allow a mount of the test's own");
        QCOMPARE(reading.exitCode, 0);
        QCOMPARE(reading.out.count('\n'), 39);
        QCOMPARE(writing.exitCode, 1);
        QVERIFY2(writing.err.contains("Read-only file system"), writing.err.constData());
    }

    void aFileThatIsNotThereIsNamed()
    {
        const CliRun run = runCli({"check", "/no/such/place/orders.blazedb"});
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.err.contains("orders.blazedb"));
    }

    // --- names of any bytes -----------------------------------------------------------------------------------------------

    void aNameOfAnyBytesIsRead()
    {
        QTemporaryDir folder;
        const QByteArray plain = copyOf("typed", folder.path());
        const QByteArray base = QFile::encodeName(folder.path()) + "/\xff\xfe\x01 \xc3(\n";
        for (const char* suffix : {".blazedb", ".meta", ".salt", ".wal"}) {
            const QByteArray from = plain.chopped(8) + suffix;
            QVERIFY(::rename(from.constData(), (base + suffix).constData()) == 0);
        }

        const CliRun records = runCli({"export", base + ".blazedb", "--deleted"});
        const CliRun about = runCli({"info", "--json", base + ".blazedb"});
        const CliRun wrong = runCli({"info", base + ".blazedb"}, {.password = "Not-The-Password-1"});

        QCOMPARE(records.exitCode, 0);
        QCOMPARE(records.out.count('\n'), 39);
        QCOMPARE(about.exitCode, 0);
        QJsonParseError problem;
        QCOMPARE(QJsonDocument::fromJson(about.out, &problem).object()[QLatin1String("records")].toInt(), 39);
        QCOMPARE(problem.error, QJsonParseError::NoError);
        QCOMPARE(wrong.exitCode, 1);
        QVERIFY2(!wrong.err.contains('\x01') && wrong.err.count('\n') == 1, wrong.err.constData()); // cannot steer a terminal
    }

    // --- passwords --------------------------------------------------------------------------------------------------------

    void aPasswordComesFromADescriptor_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("words");
        const QByteArray right(tests::kFixturePassword);
        QTest::newRow("bare") << right << 0 << QByteArray();
        QTest::newRow("with a line end") << right + '\n' << 0 << QByteArray();
        QTest::newRow("with the line end of Windows") << right + "\r\n" << 0 << QByteArray();
        QTest::newRow("two line ends are one too many") << right + "\n\n" << 1 << QByteArray("wrong password");
        QTest::newRow("a blank is part of it") << right + ' ' << 1 << QByteArray("wrong password");
        QTest::newRow("nothing") << QByteArray() << 1 << QByteArray("wrong password");
        // At its end it would change nothing: HMAC fills a key with such bytes anyway.
        QTest::newRow("a null byte before") << QByteArray(1, '\0') + right << 1 << QByteArray("wrong password");
        QTest::newRow("without end") << QByteArray(100'000, 'x') << 1 << QByteArray("at most 4096 bytes");
    }

    void aPasswordComesFromADescriptor()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, exitCode);
        QFETCH(QByteArray, words);
        const int descriptor = descriptorWith(text);

        const CliRun run = runCli({"info", fixture("typed"), "--password-fd", QByteArray::number(descriptor)}, {.password = nullptr});

        ::close(descriptor);
        QCOMPARE(run.exitCode, exitCode);
        QVERIFY2(run.err.contains(words), run.err.constData());
    }

    void aClosedDescriptorIsSaid()
    {
        const CliRun run = runCli({"info", fixture("typed"), "--password-fd", "77"}, {.password = nullptr});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("file descriptor 77"), run.err.constData());
    }

    void withoutATerminalTheWayToGiveThePasswordIsSaid()
    {
        const CliRun run = runCli({"info", fixture("typed")}, {.password = nullptr});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("--password-fd") && run.err.contains("BLAZEDB_PASSWORD"), run.err.constData());
    }

    void noPasswordIsAskedForWhatNoneOpens()
    {
        const CliRun run = runCli({"info", damaged("random-bytes")}, {.password = nullptr});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("not a BlazeDB database"), run.err.constData());
    }

    // --- signals and pipes ------------------------------------------------------------------------------------------------

    void anInterruptedExportLeavesNoHalfFile_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
    }

    void anInterruptedExportLeavesNoHalfFile()
    {
        QFETCH(int, signal);
        QTemporaryDir folder;
        QFile old(folder.filePath(QStringLiteral("out.jsonl")));
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("old\n");
        old.close();
        // A pipe nobody fills holds the program at its password, the one place where it surely still is when the signal comes.
        int ends[2] = {-1, -1};
        QVERIFY(::pipe(ends) == 0);

        const CliRun run = runCli({"export", fixture("overflow"), "--to", QFile::encodeName(old.fileName()), "--password-fd", QByteArray::number(ends[0])},
                                  {.password = nullptr, .inChild = [&] { return ::close(ends[1]) == 0 ? 0 : 1; }, .whileRunning = [&](int pid) {
                                       std::this_thread::sleep_for(std::chrono::milliseconds(300));
                                       ::kill(pid, signal);
                                   }});

        ::close(ends[0]);
        ::close(ends[1]);
        QCOMPARE(run.signal, 0);
        QCOMPARE(run.exitCode, kInterruptedExit);
        QCOMPARE(filesIn(folder), QStringList{QStringLiteral("out.jsonl")});
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("old\n"));
    }

    /// The same while it writes: wherever the signal hits, there is the old file or the whole new one, and nothing else.
    void aSignalAtAnyTimeLeavesAWholeFile()
    {
        for (int ms = 100; ms < 700; ms += 60) {
            QTemporaryDir folder;
            const QString to = folder.filePath(QStringLiteral("out.jsonl"));
            const CliRun run = runCli({"export", fixture("churn"), "--deleted", "--to", QFile::encodeName(to)}, {.whileRunning = [&](int pid) {
                                          std::this_thread::sleep_for(std::chrono::milliseconds(ms));
                                          ::kill(pid, SIGINT);
                                      }});
            QCOMPARE(run.signal, 0);
            QFile file(to);
            if (file.open(QIODevice::ReadOnly)) {
                QFile expected(tests::fixtureFolder(QStringLiteral("format28/churn")) + QStringLiteral("/expected.jsonl"));
                QVERIFY(expected.open(QIODevice::ReadOnly));
                QCOMPARE(file.readAll().count('\n'), expected.readAll().count('\n'));
                QCOMPARE(filesIn(folder).size(), 1);
            } else {
                QCOMPARE(run.exitCode, kInterruptedExit);
                QVERIFY(filesIn(folder).isEmpty());
            }
        }
    }

    void aReaderThatWentAwayIsAnErrorAndNoCrash_data()
    {
        QTest::addColumn<QByteArrayList>("command");
        QTest::newRow("export") << QByteArrayList{"export"};
        QTest::newRow("info") << QByteArrayList{"info"};
        QTest::newRow("info in JSON") << QByteArrayList{"info", "--json"};
        QTest::newRow("check") << QByteArrayList{"check"};
    }

    void aReaderThatWentAwayIsAnErrorAndNoCrash()
    {
        QFETCH(QByteArrayList, command);
        const CliRun run = runCli(command << fixture("overflow"), {.isOutputClosed = true});
        QCOMPARE(run.signal, 0);
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("standard output"), run.err.constData());
    }

    void aFullDeviceIsAnError()
    {
        const CliRun run = runCli({"export", fixture("typed")}, {.inChild = [] {
                                      const int full = ::open("/dev/full", O_WRONLY);
                                      return full >= 0 && ::dup2(full, STDOUT_FILENO) >= 0 ? 0 : tests::kNotAllowedHere;
                                  }});
        if (run.exitCode == tests::kNotAllowedHere) QSKIP("there is no /dev/full here");
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains("No space left"), run.err.constData());
    }

    // --- what programs read -----------------------------------------------------------------------------------------------

    void progressIsForTerminalsOnly()
    {
        const CliRun run = runCli({"check", fixture("workspace")});
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(!run.err.contains('\r') && !run.err.contains('\x1b'), run.err.constData());
        QVERIFY(!run.out.contains('\r'));
    }

    void checkAnswersInJson()
    {
        const CliRun sound = runCli({"check", "--json", fixture("typed")});
        const QJsonObject good = QJsonDocument::fromJson(sound.out).object();
        QCOMPARE(sound.exitCode, 0);
        QCOMPARE(good[QLatin1String("isSound")].toBool(), true);
        QCOMPARE(good[QLatin1String("recordsSound")].toInt(), 39);

        const CliRun torn = runCli({"check", "--json", damaged("page-bit-flipped")});
        const QJsonObject bad = QJsonDocument::fromJson(torn.out).object();
        QCOMPARE(torn.exitCode, 2);
        QCOMPARE(bad[QLatin1String("isSound")].toBool(true), false);
        QCOMPARE(bad[QLatin1String("recordsSound")].toInt(), 38);
        const QJsonArray findings = bad[QLatin1String("findings")].toArray();
        QVERIFY(std::any_of(findings.begin(), findings.end(), [](const QJsonValue& finding) {
            return finding[QLatin1String("page")].toInt() == 12 && finding[QLatin1String("severity")].toString() == QLatin1String("damage");
        }));
    }

    /// Standard output holds records alone; the account is on standard error.
    void exportTellsInJsonWhatItDid()
    {
        const CliRun run = runCli({"export", "--json", "--deleted", damaged("page-bit-flipped")});
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.out.count('\n'), 38);
        const QJsonObject account = QJsonDocument::fromJson(run.err).object();
        QCOMPARE(account[QLatin1String("written")].toInt(), 38);
        QCOMPARE(account[QLatin1String("findings")].toArray().size(), 1);
    }

    void aFailureIsJsonToo()
    {
        const CliRun run = runCli({"info", "--json", damaged("salt-changed")});
        QCOMPARE(run.exitCode, 1);
        const QJsonObject error = QJsonDocument::fromJson(run.out).object()[QLatin1String("error")].toObject();
        QCOMPARE(error[QLatin1String("code")].toString(), QStringLiteral("Unauthenticated"));
        QVERIFY(error[QLatin1String("message")].toString().contains(QLatin1String("typed.blazedb")));
    }

    void aMistakeOfUsageIsOneLine()
    {
        for (const QByteArrayList& arguments : {QByteArrayList{"info", "--no-such-option", "x"}, QByteArrayList{"no-such-command"}, QByteArrayList{}}) {
            const CliRun run = runCli(arguments);
            QCOMPARE(run.exitCode, 64);
            QVERIFY2(run.err.count('\n') == 1 && run.out.isEmpty(), run.err.constData());
        }
    }

    void helpAndVersionEndWell()
    {
        QCOMPARE(runCli({"--help"}).exitCode, 0);
        QVERIFY(runCli({"--version"}).out.startsWith("blazedb "));
    }
};

BLAZEDB_REGISTER_TEST(TestCliCircumstances);
#include "tst_cli_circumstances.moc"
