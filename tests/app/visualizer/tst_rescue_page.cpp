// Rescue in the window: from both places that speak of damage, into both forms, refused, cancelled, reported.
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QTemporaryDir>

#include "tests/app/visualizer/window_bench.h"
#include "tests/support/failing_files.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using tests::WindowBench;

namespace {

constexpr const char* kNewPassword = "Brand-New-Password-77";

/// The fixtures are read-only; a rescue may write beside its source.
QString copyOf(const char* fixture, const QTemporaryDir& folder)
{
    return tests::copyFixture(QString::fromLatin1(fixture), folder.path()) ? folder.filePath(QStringLiteral("typed.blazedb")) : QString();
}

int linesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? static_cast<int>(file.readAll().count('\n')) : -1;
}

QString textOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList filesIn(const QTemporaryDir& folder)
{
    return QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
}

void setText(const WindowBench& bench, const char* name, const QString& text)
{
    auto* field = bench.find<QLineEdit>(name);
    QVERIFY2(field, name);
    field->selectAll();
    QTest::keyClicks(field, text);
}

QString stateOf(const WindowBench& bench)
{
    const auto* page = bench.find<QWidget>("sources.rescue");
    return page ? page->property("state").toString() : QString();
}

QByteArray toldBy(const WindowBench& bench)
{
    const auto* message = bench.find<QLabel>("sources.rescue.message");
    return message ? message->text().toUtf8() : QByteArray("nothing");
}

/// From the unlock page of a family without a catalogue to the page of the rescue.
void showRescueOf(WindowBench& bench, const QString& database)
{
    bench.window->openPlaces({database});
    QTRY_VERIFY(bench.find<QPushButton>("unlock.saveRest"));
    QTest::mouseClick(bench.find<QPushButton>("unlock.saveRest"), Qt::LeftButton);
    QTRY_VERIFY(bench.find<QWidget>("sources.rescue"));
}

/// From the banner of a family that opened with findings.
void showRescueFromBanner(WindowBench& bench, const QString& database)
{
    bench.window->openPlaces({database});
    QTRY_VERIFY(bench.find<QLineEdit>("unlock.password"));
    bench.unlock();
    QTRY_VERIFY_WITH_TIMEOUT(bench.find<QPushButton>("main.banner.rescue"), 20'000);
    QTest::mouseClick(bench.find<QPushButton>("main.banner.rescue"), Qt::LeftButton);
    QTRY_VERIFY(bench.find<QWidget>("sources.rescue"));
}

} // namespace

class TestRescuePage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fromTheUnlockPageIntoLines()
    {
        QTemporaryDir folder;
        WindowBench bench;
        showRescueOf(bench, copyOf("format28-damaged/catalogue-missing", folder));
        const QString target = folder.filePath(QStringLiteral("saved.jsonl"));
        QVERIFY(!bench.find<QPushButton>("sources.rescue.run")->isEnabled());
        QVERIFY(!bench.find<QPushButton>("sources.rescue.run")->toolTip().isEmpty());

        setText(bench, "sources.rescue.sourcePassword", QString::fromLatin1(tests::kFixturePassword));
        setText(bench, "sources.rescue.path", target);
        QVERIFY(!bench.find<QLineEdit>("sources.rescue.password")); // lines have none
        QTest::mouseClick(bench.find<QPushButton>("sources.rescue.run"), Qt::LeftButton);

        QTRY_VERIFY2_WITH_TIMEOUT(stateOf(bench) == QLatin1String("done"), toldBy(bench).constData(), 30'000);
        QCOMPARE(bench.find<QLabel>("sources.rescue.message")->property("value").toInt(), 39);
        QCOMPARE(linesOf(target), 39);
        QVERIFY(!bench.find<QPushButton>("sources.rescue.openNew"));
    }

    void fromTheBannerIntoANewDatabaseThatOpens()
    {
        QTemporaryDir folder;
        WindowBench bench;
        showRescueFromBanner(bench, copyOf("format28-damaged/pages-cut-short", folder));
        QVERIFY(bench.find<QWidget>("sources.rescue"));
        QVERIFY(!bench.find<QLineEdit>("sources.rescue.sourcePassword")); // it is open already
        const QString target = folder.filePath(QStringLiteral("saved.blazedb"));

        setText(bench, "sources.rescue.path", target);
        setText(bench, "sources.rescue.password", QString::fromLatin1(kNewPassword));
        setText(bench, "sources.rescue.again", QString::fromLatin1(kNewPassword));
        QTest::mouseClick(bench.find<QPushButton>("sources.rescue.run"), Qt::LeftButton);

        QTRY_VERIFY2_WITH_TIMEOUT(stateOf(bench) == QLatin1String("done"), toldBy(bench).constData(), 60'000);
        const QString said = bench.find<QLabel>("sources.rescue.message")->text();
        QVERIFY2(said.contains(QStringLiteral("Records written: 21 · known to be lost: 18")), qPrintable(said));
        QVERIFY(bench.find<QListWidget>("sources.rescue.losses")->count() >= 18);
        QTest::mouseClick(bench.find<QPushButton>("sources.rescue.copyReport"), Qt::LeftButton);
        const QString report = QGuiApplication::clipboard()->text();
        QVERIFY2(report.contains(QLatin1String("records written: 21\n")) && report.contains(QLatin1String("lost: 18\n")), qPrintable(report));
        QVERIFY2(report.count(QLatin1String("record-beyond-end")) == 18, qPrintable(report));
        bench.fileToSave = folder.filePath(QStringLiteral("report.txt"));
        QTest::mouseClick(bench.find<QPushButton>("sources.rescue.report"), Qt::LeftButton);
        QTRY_COMPARE(textOf(bench.fileToSave), report);
        QTest::mouseClick(bench.find<QPushButton>("sources.rescue.openNew"), Qt::LeftButton);
        QTRY_VERIFY(bench.find<QLineEdit>("unlock.password"));
        bench.unlock(kNewPassword);
        QTRY_VERIFY_WITH_TIMEOUT(bench.find<QLabel>("data.total"), 60'000);
        QTRY_COMPARE(bench.find<QLabel>("data.total")->property("value").toInt(), 21);
    }

    void rulesAreTickedOffWhileTyping()
    {
        QTemporaryDir folder;
        WindowBench bench;
        showRescueOf(bench, copyOf("format28-damaged/catalogue-missing", folder));
        setText(bench, "sources.rescue.sourcePassword", QStringLiteral("x"));
        const auto broken = [&] {
            const auto* rules = bench.find<QListWidget>("sources.rescue.rules");
            int count = 0;
            for (int row = 0; row < rules->count(); ++row)
                count += rules->item(row)->data(Qt::AccessibleDescriptionRole).toString() == QLatin1String("kept") ? 0 : 1;
            return count;
        };
        QCOMPARE(broken(), 4); // length, upper case, lower case, digit

        setText(bench, "sources.rescue.password", QStringLiteral("abc"));
        QCOMPARE(broken(), 3);
        setText(bench, "sources.rescue.password", QStringLiteral("abC4"));
        QCOMPARE(broken(), 1);
        QVERIFY(!bench.find<QPushButton>("sources.rescue.run")->isEnabled());
        setText(bench, "sources.rescue.password", QString::fromLatin1(kNewPassword));
        QCOMPARE(broken(), 0);
        QVERIFY(bench.find<QPushButton>("sources.rescue.run")->toolTip().contains(QLatin1String("differ")));
        setText(bench, "sources.rescue.again", QString::fromLatin1(kNewPassword));
        QVERIFY(bench.find<QPushButton>("sources.rescue.run")->isEnabled());
    }

    void whatCannotBeDoneLeavesNothingBehind_data()
    {
        QTest::addColumn<QString>("password");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("words");
        QTest::newRow("wrong password") << QStringLiteral("Not-The-Password-1") << QStringLiteral("saved.jsonl") << QStringLiteral("does not fit");
        QTest::newRow("a part of the source") << QString::fromLatin1(tests::kFixturePassword) << QStringLiteral("typed.salt") << QStringLiteral("Nothing was written");
        QTest::newRow("no such folder") << QString::fromLatin1(tests::kFixturePassword) << QStringLiteral("no/such/saved.jsonl") << QStringLiteral("Nothing was written");
    }

    void whatCannotBeDoneLeavesNothingBehind()
    {
        QFETCH(QString, password);
        QFETCH(QString, target);
        QFETCH(QString, words);
        QTemporaryDir folder;
        WindowBench bench;
        showRescueOf(bench, copyOf("format28-damaged/catalogue-missing", folder));
        const QStringList before = filesIn(folder);
        setText(bench, "sources.rescue.sourcePassword", password);
        setText(bench, "sources.rescue.path", folder.filePath(target));

        QTest::mouseClick(bench.find<QPushButton>("sources.rescue.run"), Qt::LeftButton);

        QTRY_VERIFY2_WITH_TIMEOUT(stateOf(bench) == QLatin1String("failed"), toldBy(bench).constData(), 30'000);
        QVERIFY2(QString::fromUtf8(toldBy(bench)).contains(words), toldBy(bench).constData());
        QCOMPARE(filesIn(folder), before);
    }

    void aFullDiskIsSaidAndLeavesNothingBehind_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<int>("changes");
        QTest::newRow("lines") << QStringLiteral("saved.jsonl") << 1;        // the file is made, its first write fails
        QTest::newRow("lines, at the end") << QStringLiteral("saved.jsonl") << 2; // all is written, the sync fails
        QTest::newRow("database") << QStringLiteral("saved.blazedb") << 6;
    }

    void aFullDiskIsSaidAndLeavesNothingBehind()
    {
        QFETCH(QString, target);
        QFETCH(int, changes);
        QTemporaryDir folder;
        tests::FailingFiles files(changes);
        WindowBench bench({1100, 700}, files);
        showRescueOf(bench, copyOf("format28-damaged/catalogue-missing", folder));
        const QStringList before = filesIn(folder);
        setText(bench, "sources.rescue.sourcePassword", QString::fromLatin1(tests::kFixturePassword));
        setText(bench, "sources.rescue.path", folder.filePath(target));
        if (target.endsWith(QLatin1String(".blazedb"))) {
            setText(bench, "sources.rescue.password", QString::fromLatin1(kNewPassword));
            setText(bench, "sources.rescue.again", QString::fromLatin1(kNewPassword));
        }

        QTest::mouseClick(bench.find<QPushButton>("sources.rescue.run"), Qt::LeftButton);

        QTRY_VERIFY2_WITH_TIMEOUT(stateOf(bench) == QLatin1String("failed"), toldBy(bench).constData(), 30'000);
        QVERIFY(files.hasFailed());
        QVERIFY2(toldBy(bench).contains("Nothing was written. There is not enough space there."), toldBy(bench).constData());
        QCOMPARE(filesIn(folder), before);
    }

    void aFileThatIsThereIsReplacedOnlyWhenThatWasConfirmed()
    {
        QTemporaryDir folder;
        WindowBench bench;
        showRescueOf(bench, copyOf("format28-damaged/catalogue-missing", folder));
        const QString target = folder.filePath(QStringLiteral("notes.txt"));
        {
            QFile file(target);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("mine\n");
        }
        setText(bench, "sources.rescue.sourcePassword", QString::fromLatin1(tests::kFixturePassword));
        setText(bench, "sources.rescue.path", target);
        QTest::mouseClick(bench.find<QPushButton>("sources.rescue.run"), Qt::LeftButton);
        QTRY_VERIFY2_WITH_TIMEOUT(stateOf(bench) == QLatin1String("failed"), toldBy(bench).constData(), 30'000);
        QVERIFY2(toldBy(bench).contains("There is a file of that name"), toldBy(bench).constData());
        QCOMPARE(textOf(target), QStringLiteral("mine\n"));

        bench.fileToSave = target; // the system's dialog asks before it answers with a file that is there
        QTest::mouseClick(bench.find<QPushButton>("sources.rescue.choose"), Qt::LeftButton);
        QTest::mouseClick(bench.find<QPushButton>("sources.rescue.run"), Qt::LeftButton);

        QTRY_VERIFY2_WITH_TIMEOUT(stateOf(bench) == QLatin1String("done"), toldBy(bench).constData(), 30'000);
        QCOMPARE(linesOf(target), 39);
    }

    void cancelLeavesNothingBehind()
    {
        QTemporaryDir folder;
        WindowBench bench;
        showRescueOf(bench, copyOf("format28-damaged/catalogue-missing", folder));
        const QStringList before = filesIn(folder);
        setText(bench, "sources.rescue.sourcePassword", QString::fromLatin1(tests::kFixturePassword));
        setText(bench, "sources.rescue.path", folder.filePath(QStringLiteral("saved.jsonl")));
        bench.opener.isSavingHeld = true;
        QTest::mouseClick(bench.find<QPushButton>("sources.rescue.run"), Qt::LeftButton);
        QTRY_VERIFY(bench.opener.isSaving()); // the database is open
        QTRY_VERIFY(bench.find<QPushButton>("sources.rescue.progress.cancel"));

        QTest::mouseClick(bench.find<QPushButton>("sources.rescue.progress.cancel"), Qt::LeftButton);

        QTRY_VERIFY2(stateOf(bench) == QLatin1String("failed"), toldBy(bench).constData());
        QCOMPARE(QString::fromUtf8(toldBy(bench)), QStringLiteral("The rescue was cancelled; nothing was written."));
        QCOMPARE(filesIn(folder), before);
        QVERIFY(bench.find<QPushButton>("sources.rescue.run")->isEnabled());
    }

    /// Between the last look at the stop and the new name lies a sync, which can take seconds.
    void whatWasWrittenBeforeTheCancelCameIsSaid()
    {
        QTemporaryDir folder;
        WindowBench bench;
        showRescueOf(bench, copyOf("format28-damaged/catalogue-missing", folder));
        const QString target = folder.filePath(QStringLiteral("saved.jsonl"));
        setText(bench, "sources.rescue.sourcePassword", QString::fromLatin1(tests::kFixturePassword));
        setText(bench, "sources.rescue.path", target);
        bench.opener.isSavingHeld = true;
        bench.opener.isSavingDeaf = true;
        QTest::mouseClick(bench.find<QPushButton>("sources.rescue.run"), Qt::LeftButton);
        QTRY_VERIFY(bench.opener.isSaving()); // the database is open
        QTRY_VERIFY(bench.find<QPushButton>("sources.rescue.progress.cancel"));
        QTest::mouseClick(bench.find<QPushButton>("sources.rescue.progress.cancel"), Qt::LeftButton);
        QTRY_COMPARE(stateOf(bench), QStringLiteral("cancelling"));
        QVERIFY(!bench.find<QPushButton>("sources.rescue.run")->isEnabled());

        bench.opener.isSavingHeld = false;

        QTRY_COMPARE(stateOf(bench), QStringLiteral("done"));
        QCOMPARE(linesOf(target), 39);
    }

    void theFormFollowsTheNameAndTheNameTheForm()
    {
        QTemporaryDir folder;
        WindowBench bench;
        showRescueOf(bench, copyOf("format28-damaged/catalogue-missing", folder));
        auto* form = bench.find<QComboBox>("sources.rescue.form");
        auto* path = bench.find<QLineEdit>("sources.rescue.path");
        QCOMPARE(path->text(), folder.filePath(QStringLiteral("typed-rescued.blazedb")));
        QCOMPARE(form->currentIndex(), 0);

        QTest::keyClick(form, Qt::Key_Down);
        QCOMPARE(path->text(), folder.filePath(QStringLiteral("typed-rescued.jsonl")));
        QVERIFY(!bench.find<QLineEdit>("sources.rescue.password"));
        setText(bench, "sources.rescue.path", folder.filePath(QStringLiteral("other.blazedb")));
        QCOMPARE(form->currentIndex(), 0);
        QVERIFY(bench.find<QLineEdit>("sources.rescue.password"));
    }

    void closingTheWindowAsksWhileARescueRuns()
    {
        QTemporaryDir folder;
        WindowBench bench;
        showRescueOf(bench, copyOf("format28-damaged/catalogue-missing", folder));
        setText(bench, "sources.rescue.sourcePassword", QString::fromLatin1(tests::kFixturePassword));
        setText(bench, "sources.rescue.path", folder.filePath(QStringLiteral("saved.jsonl")));
        bench.opener.isSavingHeld = true;
        QTest::mouseClick(bench.find<QPushButton>("sources.rescue.run"), Qt::LeftButton);

        bench.window->close();

        QVERIFY(bench.window->isVisible());
        QTRY_VERIFY(bench.window->findChild<QMessageBox*>(QStringLiteral("main.closing")));
        bench.opener.isSavingHeld = false;
        QTRY_COMPARE(stateOf(bench), QStringLiteral("done"));
    }

    void lockingClosesThePageThatReadsOutOfTheSession()
    {
        QTemporaryDir folder;
        WindowBench bench;
        showRescueFromBanner(bench, copyOf("format28-damaged/pages-cut-short", folder));
        QVERIFY(bench.find<QWidget>("sources.rescue"));

        bench.window->lockAll({});

        QVERIFY(bench.window->findChildren<QWidget*>(QStringLiteral("sources.rescue")).isEmpty());
    }
};

BLAZEDB_REGISTER_TEST(TestRescuePage);
#include "tst_rescue_page.moc"
