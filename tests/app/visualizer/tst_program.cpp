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
    return {process.exitCode(), process.readAllStandardError()};
}

QString writeScript(const QTemporaryDir& folder, const QByteArray& steps)
{
    QFile file(folder.filePath(QStringLiteral("script.json")));
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write(steps);
    return file.fileName();
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
