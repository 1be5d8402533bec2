// The log of the window, its export, and the support report that is read before it is given away.
#include <QAbstractItemView>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QTemporaryDir>

#include "tests/support/test_registry.h"
#include "tests/views/shell/shell_bench.h"

using namespace blazedb;
using tests::ShellBench;

namespace {

QString textOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// What the ring holds, one line each.
QString noted(views::LogRing& log)
{
    QString text;
    for (const LogLine& line : log.since(0).lines) text += QString::fromStdString(line.area + ": " + line.text) + QLatin1Char('\n');
    return text;
}

/// The panel gets its room when the event loop runs.
void showLog(const ShellBench& bench)
{
    bench.trigger("view.log");
    QTRY_VERIFY(bench.find<QPushButton>("log.export"));
    const auto* button = bench.find<QPushButton>("log.export");
    QTRY_VERIFY(button->height() >= button->minimumSizeHint().height() && button->width() >= button->minimumSizeHint().width());
}

} // namespace

class TestLogAndSupport final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void openingAndLockingAreNoted()
    {
        ShellBench bench;
        bench.logger.addSink([log = bench.log](const LogLine& line) { log->append(line); });
        bench.window->openPlaces({QStringLiteral("/work/orders.blazedb")});
        QTRY_VERIFY(bench.find<QWidget>("unlock.facts"));

        bench.unlock("wrong");
        QTRY_VERIFY(bench.find<QLabel>("unlock.problem"));
        bench.find<QLineEdit>("unlock.password")->clear();
        bench.unlock();
        QTRY_VERIFY(bench.find<QWidget>("main.source"));
        bench.trigger("file.lock");

        const QString text = noted(*bench.log);
        QVERIFY2(text.contains(QLatin1String("job: Open orders.blazedb: failed: Unauthenticated")), qPrintable(text));
        QVERIFY2(text.contains(QLatin1String("job: Open orders.blazedb: done")), qPrintable(text));
        QVERIFY2(text.contains(QLatin1String("window: opened /work/orders.blazedb, BlazeDB 2.8 family")), qPrintable(text));
        QVERIFY2(text.contains(QLatin1String("window: locked /work/orders.blazedb")), qPrintable(text));
    }

    void theLinesThatAreShownAreExported()
    {
        QTemporaryDir folder;
        ShellBench bench;
        bench.fileToSave = folder.filePath(QStringLiteral("log.txt"));
        const auto time = std::chrono::system_clock::time_point{};
        bench.log->append({time, LogLevel::Info, "app", "the apple"});
        bench.log->append({time, LogLevel::Error, "app", "the pear"});
        bench.log->append({time, LogLevel::Error, "app", "the plum"});
        showLog(bench);
        QTRY_COMPARE(bench.find<QAbstractItemView>("log.list")->model()->rowCount(), 3);

        bench.find<QComboBox>("log.level")->setCurrentIndex(4);
        QTest::keyClicks(bench.find<QLineEdit>("log.filter"), QStringLiteral("plum"));
        QTest::mouseClick(bench.find<QPushButton>("log.export"), Qt::LeftButton);

        QTRY_COMPARE(textOf(bench.fileToSave), QStringLiteral("1970-01-01T00:00:00.000Z error app: the plum\n"));
        QCOMPARE(QFile::permissions(bench.fileToSave) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void anExportThatFailsIsSaid()
    {
        ShellBench bench;
        bench.fileToSave = QStringLiteral("/no/such/folder/log.txt");
        showLog(bench);

        QTest::mouseClick(bench.find<QPushButton>("log.export"), Qt::LeftButton);

        QTRY_VERIFY(bench.find<QMessageBox>("main.notSaved"));
        QVERIFY(bench.find<QMessageBox>("main.notSaved")->text().contains(QLatin1String("/no/such/folder/log.txt")));
    }

    void theSupportReportIsShownBeforeItIsCopiedOrSaved()
    {
        QTemporaryDir folder;
        ShellBench bench;
        bench.fileToSave = folder.filePath(QStringLiteral("report.txt"));
        bench.log->append({{}, LogLevel::Info, "app", "one line of the log"});
        bench.window->openPlaces({QStringLiteral("/work/orders.blazedb")});
        QTRY_VERIFY(bench.find<QWidget>("unlock.facts"));
        bench.unlock();
        QTRY_VERIFY(bench.find<QWidget>("main.source"));
        QGuiApplication::clipboard()->setText(QStringLiteral("as before"));

        bench.trigger("help.support");

        QTRY_VERIFY(bench.find<QPlainTextEdit>("help.support.text"));
        const QString text = bench.find<QPlainTextEdit>("help.support.text")->toPlainText();
        for (const char* part : {"BlazeDB Visualizer 0.1", "1. BlazeDB 2.8 family", "one line of the log", "Qt: "})
            QVERIFY2(text.contains(QLatin1String(part)), part);
        QVERIFY(!text.contains(QLatin1String("orders")));
        QVERIFY(!QFile::exists(bench.fileToSave));
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("as before"));

        QTest::mouseClick(bench.find<QPushButton>("help.support.copy"), Qt::LeftButton);
        QTest::mouseClick(bench.find<QPushButton>("help.support.save"), Qt::LeftButton);

        QCOMPARE(QGuiApplication::clipboard()->text(), text);
        QTRY_COMPARE(textOf(bench.fileToSave), text);
    }

    void theReportIsBroughtUpToDateOnlyWhenAsked()
    {
        ShellBench bench;
        bench.trigger("help.support");
        QTRY_VERIFY(bench.find<QPlainTextEdit>("help.support.text"));
        bench.log->append({{}, LogLevel::Info, "app", "what came later"});
        QVERIFY(!bench.find<QPlainTextEdit>("help.support.text")->toPlainText().contains(QLatin1String("what came later")));

        QTest::mouseClick(bench.find<QPushButton>("help.support.refresh"), Qt::LeftButton);

        QVERIFY(bench.find<QPlainTextEdit>("help.support.text")->toPlainText().contains(QLatin1String("what came later")));
    }
};

BLAZEDB_REGISTER_TEST(TestLogAndSupport);
#include "tst_log_and_support.moc"
