// The program as it is started: scripts, pictures, exit codes.
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>

#include "tests/support/expected_records.h"
#include "tests/support/test_registry.h"

using namespace blazedb;

namespace {

struct ProgramRun {
    int exitCode = -1;
    QByteArray err;
    QByteArray out;
};

ProgramRun runVisualizer(const QTemporaryDir& folder, const QStringList& arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("BLAZEDB_TEST_MODE"), QStringLiteral("1"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(BLAZEDB_BINARY_DIR "/bin/blazedb-visualizer"),
                  QStringList{QStringLiteral("--new-instance"), QStringLiteral("--settings-dir"), folder.path()} + arguments);
    if (!process.waitForFinished(60'000)) return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardError(), process.readAllStandardOutput()};
}

QString writeScript(const QTemporaryDir& folder, const QByteArray& steps)
{
    QFile file(folder.filePath(QStringLiteral("script.json")));
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write(steps);
    return file.fileName();
}

/// Without a display, and without the switch of tests.
ProgramRun runWithoutDisplay(const QStringList& arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "BLAZEDB_TEST_MODE", "QT_QPA_PLATFORM"}) environment.remove(QLatin1String(name));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(BLAZEDB_BINARY_DIR "/bin/blazedb-visualizer"), arguments);
    if (!process.waitForFinished(30'000)) return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardError(), process.readAllStandardOutput()};
}

QString typedFixture()
{
    return tests::fixtureFolder(QStringLiteral("format28/typed")) + QStringLiteral("/typed.blazedb");
}

} // namespace

class TestProgram final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aScriptUnlocksADatabase()
    {
        QTemporaryDir folder;
        const QString script = writeScript(folder, R"([
            {"wait-for": "unlock.password"},
            {"type": "unlock.password", "text": "Not-The-Password-1"},
            {"click": "unlock.open"},
            {"wait-for": "unlock.problem", "property": "outcome", "value": "Unauthenticated"},
            {"wait-for": "unlock.open", "property": "enabled", "value": true},
            {"type": "unlock.password", "text": "Correct-Horse-42"},
            {"key": "Return"},
            {"wait-for": "main.tabs", "property": "rows", "value": 15},
            {"picture": "open.png"}])");
        const auto run = runVisualizer(folder, {QStringLiteral("--ui-script"), script,
                                                tests::fixtureFolder(QStringLiteral("format28/typed")) + QStringLiteral("/typed.blazedb")});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QVERIFY(!QImage(folder.filePath(QStringLiteral("open.png"))).isNull());
    }

    void theSampleOpensByItself()
    {
        QTemporaryDir folder;
        const QString script = writeScript(folder, R"([
            {"wait-for": "data.total", "property": "value", "value": 188},
            {"click": "data.deleted"},
            {"wait-for": "data.total", "property": "value", "value": 191},
            {"wait-for": "data.collection", "property": "rows", "value": 5},
            {"click": "data.collection", "item": 1},
            {"wait-for": "data.total", "property": "value", "value": 120},
            {"type": "data.filter", "text": "status = closed and priority >= 4"},
            {"key": "Return"},
            {"wait-for": "data.page", "property": "state", "value": "ready"}])");
        const auto run = runVisualizer(folder, {QStringLiteral("--sample"), QStringLiteral("--ui-script"), script});
        QVERIFY2(run.exitCode == 0, run.err.constData());
    }

    void aStepWhoseControlIsNotThereFails()
    {
        QTemporaryDir folder;
        const QString script = writeScript(folder, R"([{"click": "no.such.control", "timeout": 100}])");
        const auto run = runVisualizer(folder, {QStringLiteral("--ui-script"), script});
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.err.contains("no.such.control"));
    }

    // --- the steps of a script, each where it fits and where it does not -----------------------------------------------------

    void eachStepOfAScriptDoesItsWork_data()
    {
        QTest::addColumn<QByteArray>("steps");
        const auto row = [](const char* name, const char* steps) { QTest::newRow(name) << QByteArray(steps); };
        row("click on a button", R"([{"click": "unlock.reveal"}, {"expect": "unlock.reveal", "property": "checked", "value": true}])");
        row("click on an item", R"([{"click": "file.settings"}, {"wait-for": "settings.theme"}, {"click": "settings.theme", "item": "Dark"},
                                    {"expect": "settings.theme", "property": "text", "value": "Dark"}])");
        row("click on a command", R"([{"click": "view.log"}, {"wait-for": "log.list"}, {"expect": "main.bottom", "value": true}])");
        row("type", R"([{"type": "sources.search", "text": "Ab ü1"}, {"expect": "sources.search", "property": "text", "value": "Ab ü1"}])");
        row("key", R"([{"key": "Ctrl+Shift+P"}, {"wait-for": "palette.input"}, {"key": "Escape"}, {"wait-for": "palette.input", "value": false}])");
        row("key in a control", R"([{"type": "sources.search", "text": "abc"}, {"key": "Backspace", "name": "sources.search"},
                                    {"expect": "sources.search", "property": "text", "value": "ab"}])");
        // Qt lets a handle of one pixel reach two further to each side, and counts from its edge: 60 become 58.
        row("drag", R"([{"expect": "sources.panel", "property": "width", "value": 240}, {"drag": "main.columns.handle1", "dx": 60, "dy": 0},
                        {"wait-for": "sources.panel", "property": "width", "value": 298}])");
        row("wait-for", R"([{"wait-for": "unlock.facts", "property": "visible", "value": true}])");
        row("expect a part", R"([{"wait-for": "unlock.facts"}, {"expect": "unlock.place", "property": "text", "contains": "typed"}])");
        row("steps in an object", R"({"steps": [{"step": "click", "name": "unlock.reveal"}]})");
    }

    void eachStepOfAScriptDoesItsWork()
    {
        QFETCH(QByteArray, steps);
        QTemporaryDir folder;
        const auto run = runVisualizer(folder, {QStringLiteral("--ui-script"), writeScript(folder, steps), typedFixture()});
        QVERIFY2(run.exitCode == 0, run.err.constData());
    }

    void aStepThatFailsEndsTheProgramAndSaysWhich_data()
    {
        QTest::addColumn<QByteArray>("steps");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char* name, const char* steps, const char* words) { QTest::newRow(name) << QByteArray(steps) << QByteArray(words); };
        row("click", R"([{"click": "no.such", "timeout": 50}])", "step 1 (click): there is no control \"no.such\"");
        row("click on what is off", R"([{"click": "file.lock", "timeout": 50}])", "step 1 (click): the command \"file.lock\" is not enabled");
        row("click on no item", R"([{"click": "sources.tree", "item": "nothing", "timeout": 50}])", "has no item \"nothing\"");
        row("type", R"([{"type": "no.such", "text": "x", "timeout": 50}])", "step 1 (type)");
        row("key", R"([{"key": "F5"}, {"key": "Return", "name": "no.such", "timeout": 50}])", "step 2 (key)");
        row("no key", R"([{"key": "NoSuchKey"}])", "step 1 (key): no such key");
        row("drag", R"([{"drag": "no.such", "dx": 1, "timeout": 50}])", "step 1 (drag)");
        row("drag to nothing", R"([{"drag": "sources.tree", "to": "no.such", "timeout": 50}])", "step 1 (drag): there is no control \"no.such\"");
        row("wait-for", R"([{"wait-for": "unlock.problem", "timeout": 50}])", "step 1 (wait-for)");
        row("expect", R"([{"expect": "sources.search", "property": "text", "value": "x"}])", "step 1 (expect): text of \"sources.search\" is \"\"");
        row("picture", R"([{"picture": "/no/such/folder/x.png"}])", "step 1 (picture)");
        row("no verb", R"([{"hop": "x"}])", "step 1 has no known verb");
        row("no JSON", R"([{"click")", "is not JSON");
        row("nothing", R"([])", "holds no steps");
    }

    void aStepThatFailsEndsTheProgramAndSaysWhich()
    {
        QFETCH(QByteArray, steps);
        QFETCH(QByteArray, words);
        QTemporaryDir folder;
        const auto run = runVisualizer(folder, {QStringLiteral("--ui-script"), writeScript(folder, steps), typedFixture()});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.err.contains(words), run.err.constData());
    }

    void aScriptThatIsNotThereIsNamed()
    {
        QTemporaryDir folder;
        const auto run = runVisualizer(folder, {QStringLiteral("--ui-script"), QStringLiteral("/no/such/script.json")});
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.err.contains("/no/such/script.json"));
    }

    // --- from the start to the end -------------------------------------------------------------------------------------------

    void helpAndVersionNeedNoDisplay()
    {
        const auto help = runWithoutDisplay({QStringLiteral("--help")});
        QCOMPARE(help.exitCode, 0);
        QVERIFY(help.out.contains("--safe-mode") && !help.out.contains("--ui-script"));
        const auto version = runWithoutDisplay({QStringLiteral("--version")});
        QCOMPARE(version.exitCode, 0);
        QVERIFY(version.out.startsWith("BlazeDB Visualizer "));
    }

    void anUnknownOptionIsOneLineAnd64()
    {
        for (const char* option : {"--no-such-option", "--ui-script=x", "--theme=pink"}) {
            const auto run = runWithoutDisplay({QString::fromLatin1(option)});
            QCOMPARE(run.exitCode, 64);
            QVERIFY2(run.err.count('\n') == 1, run.err.constData());
        }
    }

    void settingsThatCannotBeReadAreSetAsideAndReported()
    {
        QTemporaryDir folder;
        QFile broken(folder.filePath(QStringLiteral("settings.ini")));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("this is\x00 no settings file [\n", 28);
        broken.close();
        const auto run = runVisualizer(folder, {QStringLiteral("--ui-script"),
                                                writeScript(folder, R"([{"wait-for": "main.settingsProblem", "property": "text", "contains": "set aside"}])")});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QVERIFY(QFile::exists(folder.filePath(QStringLiteral("settings.ini.aside"))));
    }

    void safeModeDoesNotRestoreTheSession()
    {
        QTemporaryDir folder;
        const auto first = runVisualizer(folder, {QStringLiteral("--ui-script"), writeScript(folder, R"([{"wait-for": "unlock.facts"}, {"click": "file.quit"},
            {"wait-for": "main.window", "value": false}])"), typedFixture()});
        QVERIFY2(first.exitCode == 0, first.err.constData());

        const auto second = runVisualizer(folder, {QStringLiteral("--ui-script"), writeScript(folder, R"([{"wait-for": "unlock.facts"}])")});
        const auto safe = runVisualizer(folder, {QStringLiteral("--safe-mode"), QStringLiteral("--ui-script"),
                                                 writeScript(folder, R"([{"wait-for": "main.start"}, {"expect": "unlock.page", "value": false}])")});

        QVERIFY2(second.exitCode == 0, second.err.constData());
        QVERIFY2(safe.exitCode == 0, safe.err.constData());
    }

    void aSignalToEndKeepsTheSession()
    {
        QTemporaryDir folder;
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        program.setProcessEnvironment(environment);
        program.start(QStringLiteral(BLAZEDB_BINARY_DIR "/bin/blazedb-visualizer"),
                      {QStringLiteral("--new-instance"), QStringLiteral("--settings-dir"), folder.path(), typedFixture()});
        QVERIFY(program.waitForStarted());
        // The window has read its settings and shows when its state is first written.
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder.filePath(QStringLiteral("state.ini"))), 20'000);

        program.terminate();

        QVERIFY(program.waitForFinished(20'000));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 0);
        QFile state(folder.filePath(QStringLiteral("state.ini")));
        QVERIFY(state.open(QIODevice::ReadOnly));
        QVERIFY(state.readAll().contains("typed.blazedb"));
    }

    void aSecondStartHandsItsFilesToTheFirst()
    {
        QTemporaryDir folder;
        const QStringList common{QStringLiteral("--settings-dir"), folder.path()};
        QProcess first;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("BLAZEDB_TEST_MODE"), QStringLiteral("1"));
        first.setProcessEnvironment(environment);
        first.start(QStringLiteral(BLAZEDB_BINARY_DIR "/bin/blazedb-visualizer"),
                    common + QStringList{QStringLiteral("--ui-script"),
                                         writeScript(folder, R"([{"picture": "ready.png"}, {"wait-for": "unlock.place", "property": "text", "contains": "typed.blazedb", "timeout": 40000}])")});
        QVERIFY(first.waitForStarted());

        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder.filePath(QStringLiteral("ready.png"))), 30'000); // it listens by then

        QProcess second;
        second.start(QStringLiteral(BLAZEDB_BINARY_DIR "/bin/blazedb-visualizer"), common + QStringList{typedFixture()});

        QVERIFY(second.waitForFinished(20'000));
        QCOMPARE(second.exitCode(), 0);
        QVERIFY(first.waitForFinished(40'000));
        QCOMPARE(first.exitCode(), 0);
    }

    void aPictureIsSavedInTheSizeAskedFor()
    {
        QTemporaryDir folder;
        const QString picture = folder.filePath(QStringLiteral("look.png"));
        const auto run = runVisualizer(folder, {QStringLiteral("--size"), QStringLiteral("1000x700"), QStringLiteral("--screenshot"), picture});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(QImage(picture).size(), QSize(1000, 700));
    }
};

BLAZEDB_REGISTER_TEST(TestProgram);
#include "tst_program.moc"
