// The commands that make, fill and keep files of the native form, as scripts use them. What the program did is looked up by the engine.
#include <csignal>
#include <thread>

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "tests/app/cli/cli_run.h"
#include "tests/app/cli/native_on_disk.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using tests::CliRun;
using tests::CliSetup;
using tests::contentsOf;
using tests::kNativePassword;
using tests::NativeContents;
using tests::numberedId;
using tests::numberedLines;
using tests::reportedIds;
using tests::runCli;

namespace {

/// A folder, and in it a native file that opens fast.
struct NativeFolder {
    NativeFolder()
        : path(at("orders.blaze"))
    {
        if (!tests::makeNative(path)) qFatal("no native file");
    }
    [[nodiscard]] QByteArray at(const char* name) const { return QFile::encodeName(folder.filePath(QString::fromLatin1(name))); }
    [[nodiscard]] QByteArray write(const char* name, const QByteArray& bytes) const
    {
        QFile file(QFile::decodeName(at(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) qFatal("cannot write");
        return at(name);
    }
    [[nodiscard]] QStringList names() const { return QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden); }

    QTemporaryDir folder;
    QByteArray path;
};

CliRun run(const QByteArrayList& arguments, CliSetup setup = {})
{
    setup.password = kNativePassword;
    return runCli(arguments, setup);
}

QByteArray idText(std::uint32_t number)
{
    return QByteArray::fromStdString(numberedId(number).toString());
}

/// Typed JSON lines as objects, whose fields have no order.
QJsonArray sortedFields(const QByteArray& lines)
{
    QJsonArray objects;
    for (const QByteArray& line : lines.split('\n'))
        if (!line.isEmpty()) objects.append(QJsonDocument::fromJson(line).object());
    return objects;
}

std::int64_t numberOf(const model::Record& record)
{
    const model::Field* field = record.find("number");
    const auto* number = field == nullptr ? nullptr : field->value.as<std::int64_t>();
    return number == nullptr ? -1 : *number;
}

/// Mounts a small file system over `folder`, in the child alone.
std::function<int()> smallDisk(const QByteArray& folder, const char* size)
{
    return [folder, options = QByteArray("size=") + size] {
        if (::unshare(CLONE_NEWNS) != 0) return tests::kNotAllowedHere;
        if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return tests::kNotAllowedHere;
        return ::mount("none", folder.constData(), "tmpfs", 0, options.constData()) == 0 ? 0 : tests::kNotAllowedHere;
    };
}

/// Runs a shell script on a small disk of its own in `folder`, with `bytes` of room. Exit 99: not allowed here.
CliRun runOnSmallDisk(const QByteArray& folder, const char* size, const QByteArray& script)
{
    CliRun run;
    QByteArray password = QByteArray("BLAZEDB_PASSWORD=") + kNativePassword;
    const auto prepare = smallDisk(folder, size);
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) return run;
    const QByteArray whole = "B='" BLAZEDB_BINARY_DIR "/bin/blazedb'; cd '" + folder + "'; " + script;
    const pid_t child = ::fork();
    if (child == 0) {
        if (prepare() != 0) ::_exit(99);
        ::dup2(ends[1], STDOUT_FILENO);
        ::dup2(ends[1], STDERR_FILENO);
        char* environment[] = {password.data(), const_cast<char*>("PATH=/usr/bin:/bin"), nullptr};
        char* argv[] = {const_cast<char*>("sh"), const_cast<char*>("-c"), const_cast<char*>(whole.constData()), nullptr};
        ::execve("/bin/sh", argv, environment);
        ::_exit(126);
    }
    ::close(ends[1]);
    char part[4096];
    for (ssize_t got = 0; (got = ::read(ends[0], part, sizeof part)) > 0;) run.out.append(part, got);
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    run.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return run;
}

/// Reads from a terminal's far end until `words` have come.
bool waitFor(int terminal, const QByteArray& words)
{
    QByteArray seen;
    char part[256];
    for (int tries = 0; tries < 200 && !seen.contains(words); ++tries) {
        pollfd waiting{terminal, POLLIN, 0};
        if (::poll(&waiting, 1, 50) <= 0) continue;
        const ssize_t got = ::read(terminal, part, sizeof part);
        if (got > 0) seen.append(part, got);
    }
    return seen.contains(words);
}

/// Runs `create` at a terminal of its own, where a person types these two passwords.
CliRun createAtTerminal(const QByteArray& path, const QByteArray& first, const QByteArray& second)
{
    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (terminal < 0 || ::grantpt(terminal) != 0 || ::unlockpt(terminal) != 0) return {};
    char name[128];
    if (::ptsname_r(terminal, name, sizeof name) != 0) return {};
    CliSetup setup{.password = nullptr,
                   .inChild = [&name] { return ::open(name, O_RDWR) < 0 ? tests::kNotAllowedHere : 0; }, // the first terminal of a new session is its own
                   .whileRunning =
                       [&](int) {
                           const auto type = [&](const QByteArray& text) { return ::write(terminal, text.constData(), static_cast<std::size_t>(text.size())) == text.size(); };
                           if (waitFor(terminal, "New password of ") && type(first + '\n') && waitFor(terminal, "once more")) type(second + '\n');
                       }};
    const CliRun run = runCli({"create", path}, setup);
    ::close(terminal);
    return run;
}

} // namespace

class TestCliNative final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); }

    // --- create -----------------------------------------------------------------------------------------------------------

    void createMakesAnEmptyPrivateFile()
    {
        QTemporaryDir folder;
        const QByteArray path = QFile::encodeName(folder.filePath(QStringLiteral("new.blaze")));

        const CliRun made = run({"create", path, "--json"});

        QCOMPARE(made.exitCode, 0);
        QCOMPARE(QJsonDocument::fromJson(made.out)[QLatin1String("created")].toString(), QFile::decodeName(path));
        struct stat status {};
        QCOMPARE(::stat(path.constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
        const NativeContents contents = contentsOf(path);
        QCOMPARE(contents.problem + contents.damage, QString());
        QVERIFY(contents.ids.empty());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }

    void createRefusesAndLeavesNothing_data()
    {
        QTest::addColumn<QByteArrayList>("options");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("a taken name") << QByteArrayList{} << QByteArray("orders.blaze") << QByteArray("orders.blaze is there already");
        QTest::newRow("another suffix") << QByteArrayList{} << QByteArray("orders.blazedb") << QByteArray("ends in .blaze");
        QTest::newRow("a short key file") << QByteArrayList{"--key-file", "/dev/null"} << QByteArray("new.blaze") << QByteArray("too short for a key file");
        QTest::newRow("no such key file") << QByteArrayList{"--key-file", "/no/such/key"} << QByteArray("new.blaze") << QByteArray("/no/such/key");
        QTest::newRow("no such folder") << QByteArrayList{} << QByteArray("none/new.blaze") << QByteArray("none/new.blaze");
        QTest::newRow("an empty password") << QByteArrayList{"--password-fd", "0"} << QByteArray("new.blaze") << QByteArray("password is empty");
    }

    void createRefusesAndLeavesNothing()
    {
        QFETCH(QByteArrayList, options);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, words);
        const NativeFolder folder;

        const CliRun made = run(QByteArrayList{"create", folder.at(name.constData())} + options);

        QCOMPARE(made.exitCode, 1);
        QVERIFY2(made.err.contains(words), made.err.constData());
        QCOMPARE(folder.names(), QStringList{QStringLiteral("orders.blaze")});
        QCOMPARE(contentsOf(folder.path).problem, QString());
    }

    void aPersonTypesTheNewPasswordTwice()
    {
        QTemporaryDir folder;
        const QByteArray path = QFile::encodeName(folder.filePath(QStringLiteral("typed.blaze")));

        const CliRun differing = createAtTerminal(path, "one thing", "another thing");
        QCOMPARE(differing.exitCode, 1);
        QVERIFY2(differing.err.contains("differ"), differing.err.constData());
        QVERIFY(QDir(folder.path()).isEmpty());

        const CliRun same = createAtTerminal(path, "one thing", "one thing");
        QCOMPARE(same.exitCode, 0);
        QCOMPARE(contentsOf(path, "default", "one thing").problem, QString());
    }

    // --- import -----------------------------------------------------------------------------------------------------------

    void importTakesLinesFromAFileOrStandardInput_data()
    {
        QTest::addColumn<bool>("isFile");
        QTest::addColumn<QByteArrayList>("options");
        QTest::newRow("a file, one commit") << true << QByteArrayList{};
        QTest::newRow("a file, many commits") << true << QByteArrayList{"--commit-every", "7"};
        QTest::newRow("standard input") << false << QByteArrayList{};
        QTest::newRow("standard input, a commit each") << false << QByteArrayList{"--commit-every", "1"};
    }

    void importTakesLinesFromAFileOrStandardInput()
    {
        QFETCH(bool, isFile);
        QFETCH(QByteArrayList, options);
        const NativeFolder folder;
        const QByteArray lines = numberedLines(0, 100);
        const QByteArray from = isFile ? folder.write("in.jsonl", lines) : QByteArray("-");

        const CliRun imported = run(QByteArrayList{"import", folder.path, from, "--json"} + options, {.input = lines});

        QVERIFY2(imported.exitCode == 0, imported.err.constData());
        QCOMPARE(QJsonDocument::fromJson(imported.out)[QLatin1String("inserted")].toInt(), 100);
        const NativeContents contents = contentsOf(folder.path);
        QCOMPARE(contents.problem + contents.damage, QString());
        QCOMPARE(contents.records.size(), std::size_t{100});
        for (const model::Record& record : contents.records) QVERIFY(record.id == numberedId(static_cast<std::uint32_t>(numberOf(record))));
    }

    void aRecordWithoutAnIdGetsOneThatIsReported()
    {
        const NativeFolder folder;

        const CliRun imported = run({"import", folder.path, "-", "--report-committed"}, {.input = "{\"number\":1}\n\n{\"number\":2}"});

        QCOMPARE(imported.exitCode, 0);
        const auto ids = reportedIds(imported.out);
        QCOMPARE(imported.out.count('\n'), 2);
        QCOMPARE(ids.size(), std::size_t{2});
        for (const model::Uuid& id : ids) {
            QCOMPARE(id.bytes[6] >> 4, 4); // RFC 4122, version 4
            QCOMPARE(id.bytes[8] >> 6, 2);
        }
        QVERIFY(contentsOf(folder.path).ids == std::set<model::Uuid>(ids.begin(), ids.end()));
    }

    void aCollectionHasItsOwnRecords()
    {
        const NativeFolder folder;
        QCOMPARE(run({"import", folder.path, "-", "--collection", "people"}, {.input = numberedLines(0, 3)}).exitCode, 0);

        const CliRun twice = run({"import", folder.path, "-"}, {.input = numberedLines(2, 5)});

        QCOMPARE(contentsOf(folder.path, "people").ids.size(), std::size_t{3});
        QCOMPARE(contentsOf(folder.path).ids.size(), std::size_t{0});
        QCOMPARE(twice.exitCode, 1); // an id names one record of the file
        QVERIFY2(twice.err.contains("line 1"), twice.err.constData());
    }

    void anImportCanBeRunAgainAndOverwritesOnlyWhenAsked()
    {
        const NativeFolder folder;
        const QByteArray other = "{\"id\":\"" + idText(1) + "\",\"number\":1000}\n";
        QCOMPARE(run({"import", folder.path, "-"}, {.input = numberedLines(0, 3)}).exitCode, 0);

        const CliRun again = run({"import", folder.path, "-", "--json"}, {.input = numberedLines(0, 4)});
        const CliRun refused = run({"import", folder.path, "-"}, {.input = numberedLines(4, 5) + other});
        const auto between = contentsOf(folder.path).records;
        const CliRun replaced = run({"import", folder.path, "-", "--replace", "--json"}, {.input = numberedLines(4, 5) + other});

        QCOMPARE(again.exitCode, 0);
        const QJsonDocument answer = QJsonDocument::fromJson(again.out);
        QCOMPARE(answer[QLatin1String("unchanged")].toInt(), 3);
        QCOMPARE(answer[QLatin1String("inserted")].toInt(), 1);
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("line 2") && refused.err.contains("--replace") && refused.err.contains(idText(1)), refused.err.constData());
        QCOMPARE(between.size(), std::size_t{4}); // nothing of the refused import
        QCOMPARE(replaced.exitCode, 0);
        QCOMPARE(QJsonDocument::fromJson(replaced.out)[QLatin1String("replaced")].toInt(), 1);
        const auto after = contentsOf(folder.path).records;
        QCOMPARE(after.size(), std::size_t{5});
        QVERIFY(std::any_of(after.begin(), after.end(), [](const model::Record& record) { return numberOf(record) == 1000; }));
    }

    void aBadLineEndsTheImportWithItsNumber_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("no JSON") << QByteArray("hello");
        QTest::newRow("half a record") << QByteArray("{\"number\":");
        QTest::newRow("an array") << QByteArray("[1]");
        QTest::newRow("a number") << QByteArray("7");
        QTest::newRow("two records") << QByteArray("{} {}");
        QTest::newRow("an id that is none") << QByteArray("{\"id\":\"x\"}");
        QTest::newRow("an id twice") << QByteArray("{\"id\":\"550E8400-E29B-41D4-A716-446655440000\",\"id\":\"550E8400-E29B-41D4-A716-446655440000\"}");
        QTest::newRow("a field twice") << QByteArray("{\"a\":1,\"a\":2}");
        QTest::newRow("a field twice, spelled in two ways") << QByteArray("{\"\xC3\xA9\":1,\"e\xCC\x81\":2}");
        QTest::newRow("an unknown mark") << QByteArray("{\"a\":{\"$nothing\":1}}");
        QTest::newRow("bytes that are no text") << QByteArray("{\"a\":\"\xFF\"}");
        QTest::newRow("a null byte") << QByteArray("{\"a\":1\0}", 8);
        QTest::newRow("a number too large") << QByteArray("{\"a\":{\"$int\":\"99999999999999999999\"}}");
        QTest::newRow("nested without end") << "{\"a\":" + QByteArray(100'000, '[') + QByteArray(100'000, ']') + '}';
        QTest::newRow("a megabyte of nothing") << QByteArray(1 << 20, 'x');
    }

    void aBadLineEndsTheImportWithItsNumber()
    {
        QFETCH(QByteArray, line);
        const NativeFolder folder;
        const QByteArray lines = numberedLines(0, 5) + line + '\n' + numberedLines(5, 10);

        const CliRun whole = run({"import", folder.path, "-"}, {.input = lines});
        const std::size_t nothing = contentsOf(folder.path).ids.size();
        const CliRun inParts = run({"import", folder.path, "-", "--commit-every", "2"}, {.input = lines});

        for (const CliRun& each : {whole, inParts}) {
            QCOMPARE(each.signal, 0);
            QCOMPARE(each.exitCode, 1);
            QVERIFY2(each.err.contains("standard input: line 6: "), each.err.left(500).constData());
        }
        QVERIFY(whole.err.contains("nothing was imported"));
        QCOMPARE(nothing, std::size_t{0});
        QVERIFY(inParts.err.contains("committed before, and kept: 4"));
        const NativeContents contents = contentsOf(folder.path);
        QCOMPARE(contents.problem + contents.damage, QString());
        QCOMPARE(contents.ids, (std::set<model::Uuid>{numberedId(0), numberedId(1), numberedId(2), numberedId(3)}));
    }

    void oddButRightLinesAreTaken()
    {
        const NativeFolder folder;
        const QByteArray lines = "\r\n{ }\r\n\t \n{\"\":null,\"$$a\":{\"$double\":\"NaN\"},\"\xF0\x9F\x94\xA5\":{\"$data\":\"AA==\"}}\n{\"a\":[[],{},[null]]}";

        const CliRun imported = run({"import", folder.path, "-"}, {.input = lines});

        QVERIFY2(imported.exitCode == 0, imported.err.constData());
        QCOMPARE(contentsOf(folder.path).ids.size(), std::size_t{3});
    }

    void emptyInputIsAnEmptyImport()
    {
        const NativeFolder folder;
        const CliRun imported = run({"import", folder.path, "-", "--report-committed"}, {.input = QByteArray()});
        QCOMPARE(imported.exitCode, 0);
        QCOMPARE(imported.out, QByteArray());
    }

    void valuesOfMegabytesAreTakenWhole()
    {
        const NativeFolder folder;
        const QByteArray lines = numberedLines(0, 3, 5 << 20) + numberedLines(3, 4);

        const CliRun imported = run({"import", folder.path, folder.write("in.jsonl", lines)});

        QVERIFY2(imported.exitCode == 0, imported.err.constData());
        const auto records = contentsOf(folder.path).records;
        QCOMPARE(records.size(), std::size_t{4});
        for (const model::Record& record : records)
            QCOMPARE(record.find("text")->value.as<std::string>()->size(), std::size_t(numberOf(record) < 3 ? 5 << 20 : 300));
    }

    void whatCannotBeReadIsSaidBeforeAPasswordIsAskedFor()
    {
        const NativeFolder folder;
        const CliRun missing = runCli({"import", folder.path, folder.at("none.jsonl")}, {.password = nullptr});
        const CliRun isFolder = runCli({"import", folder.path, QFile::encodeName(folder.folder.path())}, {.password = nullptr});
        const CliRun noDatabase = runCli({"import", folder.at("none.blaze"), "-"}, {.password = nullptr});
        QVERIFY2(missing.exitCode == 1 && missing.err.contains("none.jsonl"), missing.err.constData());
        QVERIFY2(isFolder.exitCode == 1 && isFolder.err.contains("is a folder"), isFolder.err.constData());
        QVERIFY2(noDatabase.exitCode == 1 && noDatabase.err.contains("none.blaze"), noDatabase.err.constData());
    }

    void aFamilyIsNotImportedInto()
    {
        const QByteArray family = QFile::encodeName(tests::fixtureFolder(QStringLiteral("format28/typed"))) + "/typed.blazedb";
        const CliRun refused = runCli({"import", family, "-"}, {.input = QByteArray("{}")});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("typed.blazedb is not a database of the native form"), refused.err.constData());
    }

    /// What was reported is in the file, whenever the program ends; and each commit is whole.
    void killedImportsKeepWhatTheyReported()
    {
        const NativeFolder folder;
        constexpr std::uint32_t kEach = 20;
        std::set<model::Uuid> reported;
        std::uint32_t next = 0;
        for (int round = 0; round < 5; ++round) {
            const QByteArray from = folder.write("in.jsonl", numberedLines(next, next + 20'000));
            const CliRun killed = run({"import", folder.path, from, "--commit-every", QByteArray::number(kEach), "--report-committed"}, {.whileRunning = [&](int pid) {
                                          std::this_thread::sleep_for(std::chrono::milliseconds(30 + 25 * round));
                                          ::kill(pid, SIGKILL);
                                      }});
            QVERIFY(killed.signal == SIGKILL || killed.exitCode == 0);
            for (const model::Uuid& id : reportedIds(killed.out)) reported.insert(id);

            const NativeContents contents = contentsOf(folder.path);

            QCOMPARE(contents.problem + contents.damage, QString());
            QVERIFY(std::includes(contents.ids.begin(), contents.ids.end(), reported.begin(), reported.end()));
            QCOMPARE(contents.ids.size() % kEach, std::size_t{0});
            next = static_cast<std::uint32_t>(contents.ids.size()); // the lines after those that are in
        }
    }

    void anInterruptedImportSaysWhatIsIn_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGINT") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
    }

    void anInterruptedImportSaysWhatIsIn()
    {
        QFETCH(int, signal);
        const NativeFolder folder;
        int ends[2] = {-1, -1};
        QVERIFY(::pipe2(ends, O_CLOEXEC) == 0);
        const QByteArray lines = numberedLines(0, 5);

        const CliRun interrupted = run({"import", folder.path, "-", "--commit-every", "2"}, {.inChild = [&] { return ::dup2(ends[0], STDIN_FILENO) < 0 ? 1 : 0; },
                                                                                             .whileRunning = [&](int pid) {
                                                                                                 if (::write(ends[1], lines.constData(), static_cast<std::size_t>(lines.size())) < 0) return;
                                                                                                 std::this_thread::sleep_for(std::chrono::milliseconds(400));
                                                                                                 ::kill(pid, signal); // it waits for more
                                                                                             }});

        ::close(ends[0]);
        ::close(ends[1]);
        QCOMPARE(interrupted.signal, 0);
        QCOMPARE(interrupted.exitCode, 1);
        QVERIFY2(interrupted.err.contains("cancelled") && interrupted.err.contains("kept: 4"), interrupted.err.constData());
        QCOMPARE(contentsOf(folder.path).ids.size(), std::size_t{4});
    }

    void aReaderThatWentAwayEndsTheImportAndKeepsWhatIsCommitted()
    {
        const NativeFolder folder;
        const CliRun run1 = run({"import", folder.path, "-", "--commit-every", "5", "--report-committed"}, {.input = numberedLines(0, 20), .isOutputClosed = true});
        QCOMPARE(run1.signal, 0);
        QCOMPARE(run1.exitCode, 1);
        QVERIFY2(run1.err.contains("standard output"), run1.err.constData());
        QCOMPARE(contentsOf(folder.path).ids.size(), std::size_t{5});
    }

    // --- space, rights, locks ---------------------------------------------------------------------------------------------

    void aFullDiskIsSaidAndKeepsWhatWasCommitted()
    {
        QTemporaryDir folder;
        const NativeFolder source;
        const QByteArray lines = source.write("in.jsonl", numberedLines(0, 20'000));
        const CliRun result = runOnSmallDisk(QFile::encodeName(folder.path()), "4m",
                                             "cp '" + source.path + "' a.blaze; $B import a.blaze '" + lines + "' --commit-every 100 --report-committed > ids; echo import $?; "
                                             "sort -u ids | wc -l; $B import a.blaze '" + lines + "'; echo whole $?; ls; cat a.blaze > '" + source.at("left.blaze") + "'; cat ids > '" + source.at("ids") + "'");
        if (result.exitCode == 99) QSKIP("this machine does not allow a mount of the test's own");
        QVERIFY2(result.out.contains("No space left on device"), result.out.constData());
        QVERIFY2(result.out.contains("import 1") && result.out.contains("whole 1"), result.out.constData());
        QVERIFY2(result.out.contains("kept: "), result.out.constData());
        QVERIFY2(result.out.endsWith("a.blaze\nids\n"), result.out.constData()); // nothing beside it
        QFile ids(QFile::decodeName(source.at("ids")));
        QVERIFY(ids.open(QIODevice::ReadOnly));
        const auto reported = reportedIds(ids.readAll());
        QVERIFY(reported.size() >= 100);
        const NativeContents contents = contentsOf(source.at("left.blaze"));
        QCOMPARE(contents.problem + contents.damage, QString());
        for (const model::Uuid& id : reported) QVERIFY(contents.ids.contains(id));
        QCOMPARE(contents.ids.size() % 100, std::size_t{0});
    }

    void aFullDiskLeavesNothingOfANewFile()
    {
        QTemporaryDir folder;
        const CliRun result = runOnSmallDisk(QFile::encodeName(folder.path()), "16k", "$B create a.blaze; echo create $?; ls");
        if (result.exitCode == 99) QSKIP("this machine does not allow a mount of the test's own");
        QVERIFY2(result.out.contains("No space left on device"), result.out.constData());
        QVERIFY2(result.out.endsWith("create 1\n"), result.out.constData());
    }

    void aReadOnlyDiskRefusesWriters()
    {
        const NativeFolder folder;
        const QByteArray mount = QFile::encodeName(folder.folder.path());
        const auto mountReadOnly = [&] {
            if (::unshare(CLONE_NEWNS) != 0) return tests::kNotAllowedHere;
            if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return tests::kNotAllowedHere;
            if (::mount(mount.constData(), mount.constData(), nullptr, MS_BIND, nullptr) != 0) return tests::kNotAllowedHere;
            return ::mount(nullptr, mount.constData(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) == 0 ? 0 : tests::kNotAllowedHere;
        };

        const CliRun keys = run({"key", "list", folder.path}, {.inChild = mountReadOnly});
        if (keys.exitCode == tests::kNotAllowedHere) QSKIP("this machine does not allow a mount of the test's own");
        const CliRun put = run({"put", folder.path}, {.inChild = mountReadOnly, .input = QByteArray("{}")});
        const CliRun made = run({"create", folder.at("b.blaze")}, {.inChild = mountReadOnly});

        QCOMPARE(keys.exitCode, 0);
        for (const CliRun& refused : {put, made}) {
            QCOMPARE(refused.exitCode, 1);
            QVERIFY2(refused.err.contains("Read-only file system"), refused.err.constData());
        }
    }

    void aSecondWriterIsToldWhoTheFirstIs()
    {
        const NativeFolder folder;
        int ends[2] = {-1, -1};
        QVERIFY(::pipe2(ends, O_CLOEXEC) == 0);
        CliRun second;
        int first = 0;
        const CliRun held = run({"import", folder.path, "-"}, {.inChild = [&] { return ::dup2(ends[0], STDIN_FILENO) < 0 ? 1 : 0; },
                                                               .whileRunning = [&](int pid) {
                                                                   first = pid;
                                                                   for (int i = 0; i < 100; ++i) {
                                                                       std::this_thread::sleep_for(std::chrono::milliseconds(20));
                                                                       second = runCli({"delete", folder.path, idText(1)}, {.password = nullptr}); // none is asked for
                                                                       if (second.err.contains("blazedb, process")) break; // the note comes a moment after the lock
                                                                   }
                                                                   ::close(ends[1]);
                                                               }});
        ::close(ends[0]);
        QCOMPARE(held.exitCode, 0);
        QCOMPARE(second.exitCode, 1);
        QVERIFY2(second.err.contains("orders.blaze is open for writing elsewhere: blazedb, process " + QByteArray::number(first)), second.err.constData());
    }

    // --- one record -------------------------------------------------------------------------------------------------------

    void putInsertsAndReplaces()
    {
        const NativeFolder folder;
        const QByteArray record = "{\n  \"id\": \"" + idText(1) + "\",\n  \"number\": 1\n}\n"; // over several lines, as a person writes it

        const CliRun first = run({"put", folder.path, "--json"}, {.input = record});
        const CliRun second = run({"put", folder.path, "--json", "--from", folder.write("one.json", "{\"id\":\"" + idText(1) + "\",\"number\":2}")});
        const CliRun third = run({"put", folder.path}, {.input = QByteArray("{\"number\":3}")});

        QCOMPARE(first.exitCode, 0);
        QCOMPARE(QJsonDocument::fromJson(first.out)[QLatin1String("isNew")].toBool(), true);
        QCOMPARE(QJsonDocument::fromJson(second.out)[QLatin1String("isNew")].toBool(true), false);
        QCOMPARE(third.exitCode, 0);
        const auto records = contentsOf(folder.path).records;
        QCOMPARE(records.size(), std::size_t{2});
        for (const model::Record& each : records) {
            const bool isFirst = each.id == numberedId(1);
            QCOMPARE(numberOf(each), isFirst ? 2 : 3);
            if (!isFirst) QCOMPARE(third.out, QByteArray::fromStdString(each.id.toString()) + '\n');
        }
    }

    void aBadRecordIsNotPut()
    {
        const NativeFolder folder;
        for (const QByteArray& bad : {QByteArray(), QByteArray("{"), QByteArray("[]"), QByteArray("{}{}"), QByteArray("{\"id\":\"x\"}")}) {
            const CliRun refused = run({"put", folder.path}, {.input = bad});
            QCOMPARE(refused.exitCode, 1);
            QVERIFY2(refused.err.contains("standard input"), refused.err.constData());
        }
        QVERIFY(contentsOf(folder.path).ids.empty());
    }

    void deleteTakesAllOrNone()
    {
        const NativeFolder folder;
        QCOMPARE(run({"import", folder.path, "-"}, {.input = numberedLines(0, 4)}).exitCode, 0);
        QCOMPARE(run({"import", folder.path, "-", "--collection", "people"}, {.input = numberedLines(4, 6)}).exitCode, 0);

        const CliRun none = run({"delete", folder.path, idText(0), idText(9)});
        const CliRun noId = run({"delete", folder.path, "nobody"});
        const CliRun elsewhere = run({"delete", folder.path, idText(4), "--collection", "default"});
        const std::size_t before = contentsOf(folder.path).ids.size();
        const CliRun some = run({"delete", folder.path, idText(0), idText(4), idText(0), "--json"}); // twice named is once deleted

        QCOMPARE(none.exitCode, 1);
        QVERIFY2(none.err.contains(idText(9)) && none.err.contains("nothing was deleted"), none.err.constData());
        QCOMPARE(noId.exitCode, 64);
        QCOMPARE(elsewhere.exitCode, 1);
        QCOMPARE(before, std::size_t{4});
        QCOMPARE(some.exitCode, 0);
        QCOMPARE(QJsonDocument::fromJson(some.out)[QLatin1String("deleted")].toInt(), 2);
        QCOMPARE(contentsOf(folder.path).ids.size(), std::size_t{3});
        QCOMPARE(contentsOf(folder.path, "people").ids.size(), std::size_t{1});
    }

    // --- reading ----------------------------------------------------------------------------------------------------------

    /// Every kind of value of the fixtures, through a native file and back: the same fields in each line.
    void whatIsExportedAndImportedIsExportedAgainTheSame_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"typed", "workspace", "overflow"}) QTest::newRow(name) << QString::fromLatin1(name);
    }

    void whatIsExportedAndImportedIsExportedAgainTheSame()
    {
        QFETCH(QString, name);
        const NativeFolder folder;
        const QByteArray family = QFile::encodeName(tests::fixtureFolder(QStringLiteral("format28/") + name)) + '/' + name.toUtf8() + ".blazedb";
        const CliRun lines = runCli({"export", family, "--deleted"});
        QCOMPARE(lines.exitCode, 0);
        QCOMPARE(run({"import", folder.path, "-"}, {.input = lines.out}).exitCode, 0);

        const CliRun again = run({"export", folder.path, "--deleted"});

        QVERIFY2(again.exitCode == 0, again.err.constData());
        QVERIFY(!again.out.isEmpty());
        QCOMPARE(sortedFields(again.out), sortedFields(lines.out));
    }

    void exportFiltersFormatsAndTakesACollection()
    {
        const NativeFolder folder;
        QCOMPARE(run({"import", folder.path, "-"}, {.input = numberedLines(0, 20)}).exitCode, 0);
        QCOMPARE(run({"import", folder.path, "-", "--collection", "people"}, {.input = numberedLines(20, 23)}).exitCode, 0);

        const CliRun some = run({"export", folder.path, "--where", "number >= 15"});
        const CliRun people = run({"export", folder.path, "--collection", "people", "--format", "csv"});
        const CliRun file = run({"export", folder.path, "--to", folder.at("out.jsonl"), "--json"});
        const CliRun over = run({"export", folder.path, "--to", folder.path});

        QCOMPARE(some.out.count('\n'), 5);
        QVERIFY2(some.exitCode == 0 && some.err.contains("not in the export: people"), some.err.constData());
        QVERIFY(!people.err.contains("not in the export"));
        QCOMPARE(people.out.count('\n'), 4);
        QVERIFY(people.out.startsWith("id,"));
        QCOMPARE(file.exitCode, 0);
        QCOMPARE(QJsonDocument::fromJson(file.err)[QLatin1String("written")].toInt(), 20);
        QVERIFY2(over.exitCode == 1 && over.err.contains("choose another name"), over.err.constData());
        QCOMPARE(contentsOf(folder.path).ids.size(), std::size_t{20});
    }

    void getPrintsOneRecord()
    {
        const NativeFolder folder;
        QCOMPARE(run({"import", folder.path, "-"}, {.input = numberedLines(0, 3)}).exitCode, 0);

        const CliRun found = run({"get", folder.path, idText(1)});
        const CliRun there = run({"get", folder.path, idText(1), "--collection", "default"});
        const CliRun elsewhere = run({"get", folder.path, idText(1), "--collection", "people"});
        const CliRun missing = run({"get", folder.path, idText(7)});

        QCOMPARE(found.exitCode, 0);
        QCOMPARE(found.out, numberedLines(1, 2));
        QCOMPARE(there.out, found.out);
        QCOMPARE(elsewhere.exitCode, 1);
        QVERIFY2(missing.exitCode == 1 && missing.err.contains(idText(7)) && missing.out.isEmpty(), missing.err.constData());
    }

    void infoSaysWhatItIs()
    {
        const NativeFolder folder;
        QCOMPARE(run({"import", folder.path, "-"}, {.input = numberedLines(0, 3)}).exitCode, 0);
        QCOMPARE(run({"import", folder.path, "-", "--collection", "people"}, {.input = numberedLines(20, 22)}).exitCode, 0);

        const CliRun about = run({"info", folder.path, "--json"});
        const CliRun text = run({"info", folder.path});

        QCOMPARE(about.exitCode, 0);
        const QJsonObject answer = QJsonDocument::fromJson(about.out).object();
        QCOMPARE(answer[QLatin1String("format")].toString(), QStringLiteral("BlazeDB native file"));
        QCOMPARE(answer[QLatin1String("name")].toString(), QStringLiteral("orders"));
        QCOMPARE(answer[QLatin1String("records")].toInt(), 3);
        QCOMPARE(answer[QLatin1String("kinds")].toArray().size(), 1);
        QCOMPARE(answer[QLatin1String("kinds")][0][QLatin1String("records")].toInt(), 2);
        QVERIFY(answer[QLatin1String("findings")].toArray().isEmpty());
        QVERIFY2(text.exitCode == 0 && text.out.contains("people: 2 records"), text.out.constData());
    }

    void aKeyFileReadsToo()
    {
        const NativeFolder folder;
        const QByteArray key = folder.write("key", QByteArray(40, 'k'));
        const QByteArray other = folder.write("other", QByteArray(40, 'o'));
        QCOMPARE(run({"key", "add", folder.path, "--new-key-file", key}).exitCode, 0);
        QCOMPARE(run({"key", "remove", folder.path, "0"}).exitCode, 0);

        const CliRun right = runCli({"check", folder.path, "--key-file", key}, {.password = nullptr});
        const CliRun wrong = runCli({"check", folder.path, "--key-file", other}, {.password = nullptr});
        const CliRun none = runCli({"info", folder.path}, {.password = nullptr});
        const CliRun family = runCli({"info", QFile::encodeName(tests::fixtureFolder(QStringLiteral("format28/typed"))) + "/typed.blazedb", "--key-file", key});

        QVERIFY2(right.exitCode == 0, right.err.constData());
        QVERIFY2(wrong.exitCode == 1 && wrong.err.contains("no key slot fits"), wrong.err.constData());
        QVERIFY2(none.exitCode == 1 && none.err.contains("name it with --key-file"), none.err.constData());
        QVERIFY2(family.exitCode == 1 && family.err.contains(".blaze files alone"), family.err.constData());
    }

    void whatCannotBeOpenedHasItsOwnSentence_data()
    {
        QTest::addColumn<QByteArray>("bytes"); // in place of the file's first
        QTest::addColumn<QByteArray>("words");
        const auto newer = QByteArray("\x89" "BLAZE\r\n" "\x02\0\0\0", 12);
        QTest::newRow("another kind of file") << QByteArray(8192, 'x') << QByteArray("does not begin like one");
        QTest::newRow("a newer form") << newer << QByteArray("newer program");
    }

    void whatCannotBeOpenedHasItsOwnSentence()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, words);
        const NativeFolder folder;
        QFile file(QFile::decodeName(folder.path));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.write(bytes) == bytes.size() && file.seek(4096) && file.write(bytes) == bytes.size());
        file.close();
        for (const char* command : {"info", "check", "export", "compact"}) {
            const CliRun refused = runCli({command, folder.path}, {.password = nullptr}); // none is asked for
            QCOMPARE(refused.exitCode, 1);
            QVERIFY2(refused.err.contains("orders.blaze") && refused.err.contains(words), refused.err.constData());
        }
        const CliRun missing = run({"check", folder.at("none.blaze")});
        QVERIFY2(missing.exitCode == 1 && missing.err.contains("none.blaze"), missing.err.constData());
    }

    // --- check ------------------------------------------------------------------------------------------------------------

    void checkOfASoundFileIsQuiet()
    {
        const NativeFolder folder;
        QCOMPARE(run({"import", folder.path, "-"}, {.input = numberedLines(0, 50)}).exitCode, 0);

        const CliRun checked = run({"check", folder.path, "--json"});

        QCOMPARE(checked.exitCode, 0);
        const QJsonDocument answer = QJsonDocument::fromJson(checked.out);
        QVERIFY(answer[QLatin1String("isSound")].toBool());
        QCOMPARE(answer[QLatin1String("recordsSound")].toInt(), 50);
        QCOMPARE(answer[QLatin1String("rules")].toArray().size(), 4);
        QCOMPARE(checked.err, QByteArray());
    }

    /// One bit in each region of the file that is read: exit 2, whether or not it can still be opened.
    void aBadByteInEachRegionIsFound()
    {
        const NativeFolder folder;
        QCOMPARE(run({"import", folder.path, "-"}, {.input = numberedLines(0, 100) + numberedLines(100, 101, 40'000)}).exitCode, 0);
        QFile file(QFile::decodeName(folder.path));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const auto turn = [&](qint64 offset) {
            char byte = 0;
            const bool isTurned = file.seek(offset) && file.getChar(&byte) && file.seek(offset) && file.putChar(static_cast<char>(byte ^ 1)) && file.flush();
            if (!isTurned) qFatal("cannot turn a bit");
        };
        struct Region {
            const char* name;
            qint64 offset;
        };
        for (const Region& region : {Region{"key area, copy 0", 70}, Region{"key area, copy 1", 4096 + 70}, Region{"header 0", 8192 + 9}, Region{"header 1", 12288 + 9},
                                     Region{"witness", 16384 + 9}}) {
            turn(region.offset);
            const CliRun checked = run({"check", folder.path, "--json"});
            turn(region.offset);
            QVERIFY2(checked.exitCode == 2, region.name);
            const QJsonDocument answer = QJsonDocument::fromJson(checked.out);
            QVERIFY(!answer[QLatin1String("isSound")].toBool(true));
            QVERIFY2(!answer[QLatin1String("findings")].toArray().isEmpty(), region.name);
            QVERIFY(!checked.err.isEmpty());
        }
        // Pages: found, or nothing is lost. 100 records of 300 bytes and one of 40,000 lie in at least nine.
        int found = 0;
        for (qint64 page = 3; page < file.size() / 8192; page += 1) {
            turn(page * 8192 + 4000);
            const CliRun checked = run({"check", folder.path});
            turn(page * 8192 + 4000);
            QVERIFY2(checked.exitCode == 0 || checked.exitCode == 2, checked.err.constData());
            found += checked.exitCode == 2 ? 1 : 0;
            if (checked.exitCode == 0) QVERIFY2(checked.out.contains("101 of 101 records are sound"), checked.out.constData());
        }
        QVERIFY2(found >= (100 * 300 + 40'000) / 8192 + 1, QByteArray::number(found).constData());
        QCOMPARE(run({"check", folder.path}).exitCode, 0);
    }

    void aReadOnlyDiskIsEnoughToReadANativeFile()
    {
        const NativeFolder folder;
        QCOMPARE(run({"import", folder.path, "-"}, {.input = numberedLines(0, 5)}).exitCode, 0);
        const QByteArray mount = QFile::encodeName(folder.folder.path());
        const CliRun exported = run({"export", folder.path}, {.inChild = [&] {
                                        if (::unshare(CLONE_NEWNS) != 0) return tests::kNotAllowedHere;
                                        if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return tests::kNotAllowedHere;
                                        if (::mount(mount.constData(), mount.constData(), nullptr, MS_BIND, nullptr) != 0) return tests::kNotAllowedHere;
                                        return ::mount(nullptr, mount.constData(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) == 0 ? 0 : tests::kNotAllowedHere;
                                    }});
        if (exported.exitCode == tests::kNotAllowedHere) QSKIP("this machine does not allow a mount of the test's own");
        QCOMPARE(exported.exitCode, 0);
        QCOMPARE(exported.out.count('\n'), 5);
    }

    // --- keys -------------------------------------------------------------------------------------------------------------

    void aPasswordChangesAndOnlyTheNewOneOpens()
    {
        const NativeFolder folder;
        QCOMPARE(run({"put", folder.path}, {.input = QByteArray("{\"number\":1}")}).exitCode, 0);

        const CliRun wrong = runCli({"passwd", folder.path, "--new-password-fd", "3"}, {.password = "not it", .onDescriptor3 = "new one"});
        const CliRun empty = run({"passwd", folder.path, "--new-password-fd", "3"}, {.onDescriptor3 = "\n"});
        const QString before = contentsOf(folder.path).problem;
        const CliRun changed = run({"passwd", folder.path, "--new-password-fd", "3"}, {.onDescriptor3 = "new one\n"});

        QCOMPARE(wrong.exitCode, 1);
        QVERIFY(wrong.err.contains("wrong password"));
        QCOMPARE(empty.exitCode, 1);
        QCOMPARE(before, QString());
        QVERIFY2(changed.exitCode == 0, changed.err.constData());
        QVERIFY(contentsOf(folder.path).problem.contains(QLatin1String("wrong password")));
        QCOMPARE(contentsOf(folder.path, "default", "new one").records.size(), std::size_t{1});
    }

    void keysAreListedAddedAndRemoved()
    {
        const NativeFolder folder;
        const QByteArray key = folder.write("key", QByteArray(32, 'k'));

        QCOMPARE(run({"key", "add", folder.path, "--new-key-file", key, "--label", "the night job"}).exitCode, 0);
        const CliRun listed = runCli({"key", "list", folder.path, "--json"}, {.password = nullptr}); // needs none
        const CliRun byFile = runCli({"put", folder.path, "--key-file", key}, {.password = nullptr, .input = QByteArray("{}")});
        const CliRun noSlot = run({"key", "remove", folder.path, "5"});
        const CliRun removed = run({"key", "remove", folder.path, "0"});
        const CliRun byPassword = runCli({"put", folder.path}, {.password = nullptr, .input = QByteArray("{}")});
        const CliRun last = runCli({"key", "remove", folder.path, "1", "--key-file", key}, {.password = nullptr});

        const QJsonArray keys = QJsonDocument::fromJson(listed.out)[QLatin1String("keys")].toArray();
        QCOMPARE(keys.size(), 2);
        QCOMPARE(keys[0][QLatin1String("kind")].toString(), QStringLiteral("password"));
        QCOMPARE(keys[1][QLatin1String("kind")].toString(), QStringLiteral("key file"));
        QCOMPARE(keys[1][QLatin1String("label")].toString(), QStringLiteral("the night job"));
        QVERIFY2(byFile.exitCode == 0, byFile.err.constData());
        QVERIFY2(noSlot.exitCode == 1 && noSlot.err.contains("no key slot 5"), noSlot.err.constData());
        QCOMPARE(removed.exitCode, 0);
        QVERIFY2(byPassword.exitCode == 1 && byPassword.err.contains("--key-file"), byPassword.err.constData());
        QVERIFY2(last.exitCode == 1 && last.err.contains("last key slot"), last.err.constData());
    }

    void wrongArgumentsAreUsage_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        QTest::newRow("no file") << QByteArrayList{"create"};
        QTest::newRow("no lines") << QByteArrayList{"import", "x.blaze"};
        QTest::newRow("commits of nothing") << QByteArrayList{"import", "x.blaze", "-", "--commit-every", "0"};
        QTest::newRow("commits of minus one") << QByteArrayList{"import", "x.blaze", "-", "--commit-every", "-1"};
        QTest::newRow("an id that is none") << QByteArrayList{"get", "x.blaze", "x"};
        QTest::newRow("no id") << QByteArrayList{"delete", "x.blaze"};
        QTest::newRow("a slot that is no number") << QByteArrayList{"key", "remove", "x.blaze", "first"};
        QTest::newRow("key without a word") << QByteArrayList{"key"};
        QTest::newRow("two new keys at once") << QByteArrayList{"key", "add", "x.blaze", "--new-key-file", "k", "--new-password-fd", "3"};
    }

    void wrongArgumentsAreUsage()
    {
        QFETCH(QByteArrayList, arguments);
        const CliRun refused = run(arguments);
        QCOMPARE(refused.exitCode, 64);
        QVERIFY(!refused.err.isEmpty());
        QCOMPARE(refused.out, QByteArray());
    }

    // --- space ------------------------------------------------------------------------------------------------------------

    void compactGivesSpaceBackAndKeepsEveryRecord()
    {
        const NativeFolder folder;
        QByteArrayList some{"delete", folder.path};
        for (std::uint32_t i = 0; i < 900; ++i) some << idText(i);
        QCOMPARE(run({"import", folder.path, "-", "--commit-every", "50"}, {.input = numberedLines(0, 1000, 1000)}).exitCode, 0);
        QCOMPARE(run(some).exitCode, 0);

        const CliRun compacted = run({"compact", folder.path, "--json"});

        QCOMPARE(compacted.exitCode, 0);
        const qint64 size = QFile(QFile::decodeName(folder.path)).size();
        QCOMPARE(QJsonDocument::fromJson(compacted.out)[QLatin1String("bytesAfter")].toInteger(), size);
        QVERIFY2(size < 600'000, qPrintable(QString::number(size))); // a tenth of 1,000 records of 1,000 bytes, and the log's first pages
        const NativeContents contents = contentsOf(folder.path);
        QCOMPARE(contents.problem + contents.damage, QString());
        QCOMPARE(contents.ids.size(), std::size_t{100});
    }

    void rekeyKeepsTheRecordsAndDropsKeysThatAreNotGiven()
    {
        const NativeFolder folder;
        const QByteArray key = folder.write("key", QByteArray(32, 'k'));
        QCOMPARE(run({"import", folder.path, "-"}, {.input = numberedLines(0, 50)}).exitCode, 0);
        QCOMPARE(run({"key", "add", folder.path, "--new-key-file", key, "--label", "the night job"}).exitCode, 0);

        const CliRun wrong = runCli({"rekey", folder.path}, {.password = "not it"});
        const CliRun both = run({"rekey", folder.path, "--key-file", key, "--json"});
        const CliRun one = run({"rekey", folder.path, "--json"});
        const CliRun byFile = runCli({"check", folder.path, "--key-file", key}, {.password = nullptr});

        QVERIFY2(wrong.exitCode == 1 && wrong.err.contains("wrong password") && wrong.err.contains("as it was"), wrong.err.constData());
        QVERIFY2(both.exitCode == 0, both.err.constData());
        QVERIFY(QJsonDocument::fromJson(both.out)[QLatin1String("droppedKeys")].toArray().isEmpty());
        QVERIFY2(one.exitCode == 0, one.err.constData());
        QCOMPARE(QJsonDocument::fromJson(one.out)[QLatin1String("droppedKeys")].toArray().size(), 1);
        QVERIFY2(one.err.contains("the night job"), one.err.constData());
        QCOMPARE(byFile.exitCode, 1);
        const NativeContents contents = contentsOf(folder.path);
        QCOMPARE(contents.problem + contents.damage, QString());
        QCOMPARE(contents.ids.size(), std::size_t{50});
        QCOMPARE(folder.names(), (QStringList{QStringLiteral("key"), QStringLiteral("orders.blaze")}));
    }

    void aFullDiskLeavesTheFileAsItWasWhenItIsRewritten()
    {
        QTemporaryDir folder;
        const NativeFolder source;
        QCOMPARE(run({"import", source.path, "-"}, {.input = numberedLines(0, 2000)}).exitCode, 0);
        // Room for the file and 300 KiB: less than 2,000 records of 300 bytes take once more.
        const QByteArray room = QByteArray::number(QFile(QFile::decodeName(source.path)).size() / 1024 + 300) + 'k';
        const CliRun result = runOnSmallDisk(QFile::encodeName(folder.path()), room.constData(),
                                             "cp '" + source.path + "' a.blaze; $B compact a.blaze; echo compact $?; $B rekey a.blaze; echo rekey $?; $B check a.blaze; echo check $?; ls");
        if (result.exitCode == 99) QSKIP("this machine does not allow a mount of the test's own");
        QVERIFY2(result.out.contains("No space left on device"), result.out.constData());
        QVERIFY2(result.out.contains("compact 1") && result.out.contains("rekey 1") && result.out.contains("check 0"), result.out.constData());
        QVERIFY2(result.out.endsWith("check 0\na.blaze\n"), result.out.constData());
    }
};

BLAZEDB_REGISTER_TEST(TestCliNative);
#include "tst_cli_native.moc"
