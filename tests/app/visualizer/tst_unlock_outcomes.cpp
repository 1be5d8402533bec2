// The unlock page on every damaged family, and on files that cannot be read: each outcome has its own words, and no file changes.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QCheckBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>

#include "tests/app/visualizer/window_bench.h"
#include "tests/support/test_registry.h"

using namespace blazedb;
using tests::WindowBench;

namespace {

/// Bytes and times of all files of a folder; the access time is left out: looking may change it on some mounts.
QList<QByteArray> stateOf(const QString& folder)
{
    QList<QByteArray> state;
    for (const QFileInfo& entry : QDir(folder).entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot | QDir::Hidden, QDir::Name)) {
        struct stat status {};
        ::stat(QFile::encodeName(entry.filePath()).constData(), &status);
        QFile file(entry.filePath());
        const bool isReadable = entry.isFile() && file.open(QIODevice::ReadOnly);
        state << entry.fileName().toUtf8() + ' ' + QByteArray::number(qlonglong{status.st_mtim.tv_sec}) + '.'
                     + QByteArray::number(qlonglong{status.st_mtim.tv_nsec}) + ' ' + QByteArray::number(qlonglong{status.st_ctim.tv_sec}) + '.'
                     + QByteArray::number(qlonglong{status.st_ctim.tv_nsec}) + (isReadable ? file.readAll() : QByteArray());
    }
    return state;
}

} // namespace

class TestUnlockOutcomes final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFamilyThatCannotBeOpenedSaysWhy_data()
    {
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<bool>("asksForPassword"); ///< Otherwise no password would help, and none is asked for.
        QTest::addColumn<bool>("offersRescue");
        const auto row = [](const char* folder, const char* outcome, bool asks, bool rescue) {
            QTest::newRow(folder) << QString::fromLatin1(outcome) << asks << rescue;
        };
        row("a-folder", "InvalidArgument", false, false);
        row("catalogue-bit-flipped", "Corruption", true, true);
        row("catalogue-cut-short", "Corruption", true, true);
        row("catalogue-empty", "Corruption", true, true);
        row("catalogue-missing", "Corruption", true, true);
        row("page-file-missing", "FailedPrecondition", false, false);
        row("random-bytes", "InvalidArgument", false, false);
        row("salt-changed", "Unauthenticated", true, false);
        row("salt-cut-short", "Unauthenticated", true, false);
        row("salt-missing", "Unauthenticated", true, false);
        row("sqlite-in-disguise", "InvalidArgument", false, false);
    }

    void aFamilyThatCannotBeOpenedSaysWhy()
    {
        QFETCH(QString, outcome);
        QFETCH(bool, asksForPassword);
        QFETCH(bool, offersRescue);
        const QByteArray folder = QByteArray("format28-damaged/") + QTest::currentDataTag();
        const auto before = stateOf(tests::fixtureFolder(QString::fromLatin1(folder)));
        WindowBench bench;

        bench.window->openPlaces({WindowBench::fixture(folder.constData())});
        if (asksForPassword) bench.unlock();

        QTRY_VERIFY_WITH_TIMEOUT(bench.find<QLabel>("unlock.problem"), 20'000);
        const auto* problem = bench.find<QLabel>("unlock.problem");
        QCOMPARE(problem->property("outcome").toString(), outcome);
        QVERIFY2(problem->text().contains(QLatin1String("typed.blazedb")), qPrintable(problem->text()));
        QVERIFY(bench.find<QLabel>("unlock.advice") && !bench.find<QLabel>("unlock.advice")->text().isEmpty());
        QVERIFY(bench.find<QLabel>("unlock.details"));
        QCOMPARE(bench.find<QLineEdit>("unlock.password") != nullptr, asksForPassword);
        QCOMPARE(bench.find<QPushButton>("unlock.retry") != nullptr, !asksForPassword);
        QCOMPARE(bench.find<QPushButton>("unlock.rescue") != nullptr, offersRescue);
        QCOMPARE(stateOf(tests::fixtureFolder(QString::fromLatin1(folder))), before);
    }

    /// The others open, with what is wrong in the banner.
    void aFamilyWithDamageOpensAndSaysSo_data()
    {
        QTest::addColumn<int>("records");
        QTest::addColumn<QString>("words");
        QTest::newRow("page-bit-flipped") << 38 << QStringLiteral("page 12");
        QTest::newRow("page-zeroed") << 38 << QStringLiteral("deleted by the app");
        QTest::newRow("pages-cut-short") << 21 << QStringLiteral("18");
        QTest::newRow("log-garbage") << 39 << QStringLiteral("byte 0");
    }

    void aFamilyWithDamageOpensAndSaysSo()
    {
        QFETCH(int, records);
        QFETCH(QString, words);
        const QByteArray folder = QByteArray("format28-damaged/") + QTest::currentDataTag();
        const auto before = stateOf(tests::fixtureFolder(QString::fromLatin1(folder)));
        WindowBench bench;

        QVERIFY(bench.open(folder.constData()));

        QTRY_COMPARE(bench.find<QLabel>("data.total")->property("value").toInt(), records);
        QTRY_VERIFY(bench.find<QLabel>("main.banner.text"));
        const auto textOf = [&](const char* name) { return bench.find<QLabel>(name) ? bench.find<QLabel>(name)->text() : QString(); };
        QTRY_VERIFY2((textOf("main.banner.text") + textOf("main.banner.explanation")).contains(words),
                     qPrintable(textOf("main.banner.text") + textOf("main.banner.explanation")));
        QCOMPARE(stateOf(tests::fixtureFolder(QString::fromLatin1(folder))), before);
    }

    void theRescueViewShowsWhatThePagesHold()
    {
        WindowBench bench;
        bench.window->openPlaces({WindowBench::fixture("format28-damaged/catalogue-missing")});
        QTRY_VERIFY(bench.find<QPushButton>("unlock.rescue"));
        bench.find<QLineEdit>("unlock.password")->setText(QString::fromLatin1(tests::kFixturePassword));

        QTest::mouseClick(bench.find<QPushButton>("unlock.rescue"), Qt::LeftButton);

        QTRY_VERIFY_WITH_TIMEOUT(bench.find<QLabel>("data.total"), 20'000);
        QTRY_COMPARE(bench.find<QLabel>("data.total")->property("value").toInt(), 39);
        QVERIFY(bench.find<QLabel>("main.banner.text")->text().contains(QLatin1String("Rescue view")));
    }

    void aFileThatIsPutBackIsFoundByAnotherLook()
    {
        QTemporaryDir folder;
        const QString source = tests::fixtureFolder(QStringLiteral("format28/typed"));
        for (const char* part : {"meta", "salt", "wal"})
            QFile::copy(source + QStringLiteral("/typed.") + QLatin1String(part), folder.filePath(QStringLiteral("typed.") + QLatin1String(part)));
        WindowBench bench;
        bench.window->openPlaces({folder.filePath(QStringLiteral("typed.blazedb"))});
        QTRY_VERIFY(bench.find<QPushButton>("unlock.retry"));

        QFile::copy(source + QStringLiteral("/typed.blazedb"), folder.filePath(QStringLiteral("typed.blazedb")));
        QTest::mouseClick(bench.find<QPushButton>("unlock.retry"), Qt::LeftButton);

        QTRY_VERIFY(bench.find<QLineEdit>("unlock.password"));
        QVERIFY(!bench.find<QLabel>("unlock.problem"));
        QVERIFY(bench.find<QPushButton>("unlock.open"));
    }

    /// What was read stays on screen, whatever becomes of the file.
    void contentStaysWhenTheFileGoesAwayWhileItIsOpen()
    {
        QTemporaryDir folder;
        const QDir source(tests::fixtureFolder(QStringLiteral("format28/typed")));
        for (const QString& file : source.entryList({QStringLiteral("typed.*")}, QDir::Files)) QFile::copy(source.filePath(file), folder.filePath(file));
        WindowBench bench;
        bench.window->openPlaces({folder.filePath(QStringLiteral("typed.blazedb"))});
        QTRY_VERIFY(bench.find<QLineEdit>("unlock.password"));
        bench.unlock();
        QTRY_VERIFY_WITH_TIMEOUT(bench.find<QLabel>("data.total"), 20'000);
        QTRY_COMPARE(bench.find<QLabel>("data.total")->property("value").toInt(), 39);

        for (const QString& file : QDir(folder.path()).entryList(QDir::Files)) QVERIFY(QFile::remove(folder.filePath(file)));
        bench.trigger("data.refresh");

        QTRY_VERIFY(!bench.window->isBusy());
        QVERIFY(bench.find<QWidget>("data.grid") || bench.find<QWidget>("data.state.sentence"));
        QVERIFY(bench.find<QWidget>("main.source")); // not thrown back to the unlock page
        bench.trigger("file.lock");
        bench.unlock();
        QTRY_VERIFY_WITH_TIMEOUT(bench.find<QLabel>("unlock.problem"), 20'000);
        QVERIFY(bench.find<QLabel>("unlock.problem")->text().contains(QLatin1String("typed.blazedb")));
    }

    void aFileThatWentAwayIsNamed()
    {
        WindowBench bench;
        bench.window->openPlaces({QStringLiteral("/no/such/folder/orders.blazedb")});
        QTRY_VERIFY(bench.find<QLabel>("unlock.problem"));
        QCOMPARE(bench.find<QLabel>("unlock.problem")->property("outcome").toString(), QStringLiteral("NotFound"));
        QVERIFY(bench.find<QLabel>("unlock.problem")->text().contains(QLatin1String("orders.blazedb")));
    }

    /// Such a name cannot be typed or dropped as it is; what arrives holds the sign for "not a letter".
    void aNameThatIsNoTextIsExplained()
    {
        QTemporaryDir folder;
        const QByteArray bytes = QFile::encodeName(folder.path()) + "/\xff\xfe.blazedb";
        const int file = ::open(bytes.constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600); // Qt cannot say such a name
        QVERIFY(file >= 0);
        ::close(file);
        WindowBench bench;
        bench.window->openPlaces({QString::fromUtf8(bytes)});
        QTRY_VERIFY(bench.find<QLabel>("unlock.problem"));
        QVERIFY(bench.find<QLabel>("unlock.advice")->text().contains(QLatin1String("not text")));
    }

    void theSwitchesSayWhyTheyAreFixed()
    {
        WindowBench bench;
        bench.window->openPlaces({WindowBench::fixture("format28/typed")});
        const auto* remember = bench.find<QCheckBox>("unlock.remember");
        QVERIFY(remember && !remember->isChecked() && !remember->toolTip().isEmpty());
        const auto* readOnly = bench.find<QCheckBox>("unlock.readOnly");
        QVERIFY(readOnly && !readOnly->isEnabled() && readOnly->isChecked() && !readOnly->toolTip().isEmpty());
        QVERIFY(bench.find<QLabel>("unlock.readOnlyWhy"));
    }

    void capitalsWithoutShiftHintAtCapsLock()
    {
        WindowBench bench;
        bench.window->openPlaces({WindowBench::fixture("format28/typed")});
        auto* password = bench.find<QLineEdit>("unlock.password");
        QVERIFY(password);

        QTest::sendKeyEvent(QTest::Click, password, Qt::Key_A, QStringLiteral("A"), Qt::NoModifier);
        QVERIFY(bench.find<QLabel>("unlock.capsLock"));

        QTest::sendKeyEvent(QTest::Click, password, Qt::Key_B, QStringLiteral("b"), Qt::NoModifier);
        QVERIFY(!bench.find<QLabel>("unlock.capsLock"));
    }

    void thePasswordIsShownOnDemand()
    {
        WindowBench bench;
        bench.window->openPlaces({WindowBench::fixture("format28/typed")});
        auto* password = bench.find<QLineEdit>("unlock.password");
        QCOMPARE(password->echoMode(), QLineEdit::Password);
        QTest::mouseClick(bench.find<QWidget>("unlock.reveal"), Qt::LeftButton);
        QCOMPARE(password->echoMode(), QLineEdit::Normal);
    }

    void theSecondMistakeHoldsTheNextTryBack()
    {
        WindowBench bench;
        bench.window->openPlaces({WindowBench::fixture("format28/typed")});
        auto* open = bench.find<QPushButton>("unlock.open");
        for (int i = 0; i < 2; ++i) {
            bench.unlock("Not-The-Password-1");
            QTRY_COMPARE_WITH_TIMEOUT(bench.find<QWidget>("unlock.page")->property("state").toString(), QStringLiteral("failed"), 20'000);
            QCOMPARE(open->isEnabled(), i == 0);
        }
        QTRY_VERIFY(open->isEnabled());
    }
};

BLAZEDB_REGISTER_TEST(TestUnlockOutcomes);
#include "tst_unlock_outcomes.moc"
