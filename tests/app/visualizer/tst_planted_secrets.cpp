// Passwords and record values are planted, a person works with them, the program dies; then they are looked for in everything
// the program wrote and showed. (The text of a filter is kept for its collection: that is meant, and no secret is planted there.)
#include <QDataStream>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>

#include "engine/local/family_import.h"
#include "tests/app/visualizer/window_bench.h"
#include "tests/support/test_registry.h"
#include "views/session/job_runner.h"

using namespace blazedb;
using tests::WindowBench;

namespace {

constexpr const char* kPassword = "Planted-Right-81263!";
constexpr const char* kWrongPassword = "Planted-Wrong-55190!";
constexpr const char* kFilterAsPassword = "title = Planted-Filter-70718";
constexpr const char* kValue = "planted-value-33417";

/// Two of them are typed into the password field in the course of things.
QList<QByteArray> plantedSecrets()
{
    return {kPassword, kWrongPassword, "Planted-Filter-70718", kValue};
}

/// A database of one record that holds the planted value.
QString makePlantedDatabase(const QTemporaryDir& folder)
{
    const QString path = folder.filePath(QStringLiteral("planted.blazedb"));
    const std::string line = std::string(R"({"id":{"$uuid":"11111111-2222-4333-8444-555555555555"},"title":")") + kValue + "\"}\n";
    const auto made = local::importFamily({}, localFileSystem(), systemClock(), line, {path.toStdString(), SecureBytes::fromText(kPassword), {}});
    if (!made) qWarning() << made.error().message.c_str();
    return made ? path : QString();
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The values of a settings file as they are, without the escapes it writes them with.
QByteArray valuesIn(const QString& path)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    const QSettings settings(path, QSettings::IniFormat);
    for (const QString& key : settings.allKeys()) stream << key << settings.value(key);
    return bytes;
}

bool holds(const QByteArray& content, const QByteArray& secret)
{
    const QString text = QString::fromLatin1(secret);
    QByteArray wide;
    for (const QChar letter : text) wide.append(static_cast<char>(letter.row())).append(static_cast<char>(letter.cell())); // as a data stream writes it
    return content.contains(secret) || content.contains(wide) || content.contains(secret.toBase64());
}

/// "file: secret" for each secret that stands in a file below the folder.
QStringList secretsBelow(const QString& folder)
{
    QStringList found;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const QByteArray content = contentOf(path) + (path.endsWith(QLatin1String(".ini")) ? valuesIn(path) : QByteArray());
        for (const QByteArray& secret : plantedSecrets())
            if (holds(content, secret)) found << path + QStringLiteral(": ") + QString::fromLatin1(secret);
    }
    return found;
}

QStringList secretsIn(const QString& what, const QString& text)
{
    QStringList found;
    for (const QByteArray& secret : plantedSecrets())
        if (text.contains(QString::fromLatin1(secret))) found << what + QStringLiteral(": ") + QString::fromLatin1(secret);
    return found;
}

} // namespace

class TestPlantedSecrets final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// What is looked for would be found.
    void theSearchFindsWhatIsThere()
    {
        QTemporaryDir folder;
        {
            QSettings settings(folder.filePath(QStringLiteral("state.ini")), QSettings::IniFormat);
            settings.setValue(QStringLiteral("a/b"), QVariantList{QVariantMap{{QStringLiteral("name"), QString::fromLatin1(kValue)}}});
        }
        QCOMPARE(secretsBelow(folder.path()).size(), 1);
    }

    void noneIsLeftBehindByAProgramThatDied()
    {
        QTemporaryDir data;
        QTemporaryDir settings;
        QTemporaryDir script;
        const QString database = makePlantedDatabase(data);
        QVERIFY(!database.isEmpty());
        QFile steps(script.filePath(QStringLiteral("script.json")));
        QVERIFY(steps.open(QIODevice::WriteOnly));
        // The passwords go by the script's file: as arguments they would be visible to everybody.
        steps.write(QByteArray(R"([
            {"wait-for": "unlock.facts"},
            {"type": "unlock.password", "text": "WRONG"}, {"key": "Return"},
            {"wait-for": "unlock.problem", "property": "outcome", "value": "Unauthenticated"},
            {"type": "unlock.password", "text": "FILTER"}, {"key": "Return"},
            {"wait-for": "unlock.open", "property": "enabled", "value": true, "timeout": 60000},
            {"type": "unlock.password", "text": "RIGHT"}, {"key": "Return"},
            {"wait-for": "data.total", "property": "value", "value": 1, "timeout": 60000},
            {"type": "data.filter", "text": "title != nothing"}, {"key": "Return"},
            {"wait-for": "data.page", "property": "state", "value": "ready"},
            {"key": "Ctrl+A", "name": "data.grid"},
            {"click": "data.copy"},
            {"click": "data.export"},
            {"wait-for": "export.path"},
            {"key": "Ctrl+A", "name": "export.path"},
            {"type": "export.path", "text": "TARGET"},
            {"wait-for": "export.run", "property": "enabled", "value": true},
            {"click": "export.run"},
            {"wait-for": "export.show"},
            {"click": "export.close"},
            {"click": "help.support"},
            {"wait-for": "help.support.text"},
            {"click": "file.close"},
            {"click": "file.lock"},
            {"wait-for": "unlock.password"},
            {"type": "unlock.password", "text": "RIGHT"}, {"key": "Return"},
            {"wait-for": "data.total", "property": "value", "value": 1, "timeout": 60000},
            {"picture": "DONE"},
            {"wait-for": "no.such.control", "timeout": 60000}])")
                        .replace("WRONG", kWrongPassword)
                        .replace("FILTER", kFilterAsPassword)
                        .replace("RIGHT", kPassword)
                        .replace("TARGET", script.filePath(QStringLiteral("out.jsonl")).toUtf8())
                        .replace("DONE", script.filePath(QStringLiteral("done.png")).toUtf8()));
        steps.close();

        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("BLAZEDB_TEST_MODE"), QStringLiteral("1"));
        program.setProcessEnvironment(environment);
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(QStringLiteral(BLAZEDB_BINARY_DIR "/bin/blazedb-visualizer"),
                      {QStringLiteral("--new-instance"), QStringLiteral("--settings-dir"), settings.path(), QStringLiteral("--ui-script"), steps.fileName(), database});
        QVERIFY(program.waitForStarted());
        const bool isDone = QTest::qWaitFor([&] { return QFile::exists(script.filePath(QStringLiteral("done.png"))) || program.state() != QProcess::Running; }, 180'000);
        const QByteArray arguments = contentOf(QStringLiteral("/proc/%1/cmdline").arg(program.processId()));
        const bool isRunning = program.state() == QProcess::Running;
        // The state is on disk within 2 s of a change; then the program ends without a chance to tidy up.
        QTRY_VERIFY_WITH_TIMEOUT(!isRunning || contentOf(settings.filePath(QStringLiteral("state.ini"))).contains("planted.blazedb"), 10'000);
        program.kill();
        QVERIFY(program.waitForFinished(20'000));
        const QByteArray said = program.readAll();
        QVERIFY2(isDone && isRunning, said.constData());

        const QByteArray log = contentOf(settings.filePath(QStringLiteral("log/visualizer.log")));
        QVERIFY2(log.contains("Unauthenticated") && log.contains("opened ") && log.contains("locked "), log.constData());
        QVERIFY(contentOf(script.filePath(QStringLiteral("out.jsonl"))).contains(kValue)); // the export itself is what was asked for
        const QStringList found = secretsBelow(settings.path());
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
        for (const QByteArray& secret : plantedSecrets()) {
            QVERIFY(!arguments.isEmpty() && !arguments.contains(secret));
            QVERIFY(!said.contains(secret));
        }
    }

    void titlesOfWindowsAndTasksNameNone()
    {
        QTemporaryDir data;
        const QString database = makePlantedDatabase(data);
        QVERIFY(!database.isEmpty());
        WindowBench bench;
        QStringList found;
        const auto look = [&] {
            for (const QWidget* window : QApplication::topLevelWidgets()) found << secretsIn(QStringLiteral("title of a window"), window->windowTitle());
            for (const views::JobSnapshot& job : bench.window->jobs().jobs()) found << secretsIn(QStringLiteral("task"), job.title + QString::fromStdString(job.error.message));
        };
        bench.window->openPlaces({database});
        QTRY_VERIFY(bench.find<QLineEdit>("unlock.password"));
        for (const char* typed : {kWrongPassword, kPassword}) {
            bench.unlock(typed);
            QTRY_VERIFY_WITH_TIMEOUT(!bench.window->isBusy(), 60'000);
            look();
        }
        QTRY_VERIFY(bench.find<QWidget>("main.source"));
        QTRY_VERIFY(!bench.window->isBusy());
        bench.trigger("data.export");
        QTRY_VERIFY(bench.find<QWidget>("export.dialog"));
        look();
        bench.trigger("file.lock");
        look();

        for (const LogLine& line : bench.log->since(0).lines) found << secretsIn(QStringLiteral("log"), QString::fromStdString(line.text));
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
    }
};

BLAZEDB_REGISTER_TEST(TestPlantedSecrets);
#include "tst_planted_secrets.moc"
