// Export: what is chosen is what the file holds, and a file appears whole or not at all.
#include <csignal>

#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>

#include <sys/resource.h>

#include "tests/support/test_registry.h"
#include "tests/views/data/data_bench.h"

using namespace blazedb;

namespace {

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// No file may grow past a few bytes while this lives: a disk that is full, for any user.
class NoSpace {
public:
    NoSpace()
    {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit small = m_before;
        small.rlim_cur = 100;
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~NoSpace()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    NoSpace(const NoSpace&) = delete;
    NoSpace& operator=(const NoSpace&) = delete;

private:
    rlimit m_before{};
    void (*m_handler)(int) = SIG_DFL;
};

/// The folder a "show" would open, in place of a file manager.
class ShownFolder final : public QObject {
    Q_OBJECT

public:
    ShownFolder() { QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "open"); }
    ~ShownFolder() override { QDesktopServices::unsetUrlHandler(QStringLiteral("file")); }
    QUrl url;

public Q_SLOTS:
    void open(const QUrl& shown) { url = shown; }
};

struct ExportBench : tests::DataBench {
    explicit ExportBench(const std::vector<model::Record>& records = tests::bugs())
        : DataBench(records)
    {
        path = folder.filePath(QStringLiteral("out.csv"));
    }
    void openDialog()
    {
        QTRY_COMPARE(session->jobs().isDrained(), true);
        trigger("data.export");
        dialog = tab->findChild<QDialog*>(QStringLiteral("export.dialog"));
        QVERIFY(dialog && dialog->isVisible() && !dialog->isModal());
        auto* line = find<QLineEdit>("export.path");
        line->selectAll();
        QTest::keyClicks(line, path);
    }
    void pick(const char* name, const char* start)
    {
        auto* box = find<QComboBox>(name);
        const int wanted = box->findText(QString::fromUtf8(start), Qt::MatchStartsWith);
        QVERIFY2(wanted >= 0, start);
        box->setFocus();
        while (box->currentIndex() != wanted) QTest::keyClick(box, box->currentIndex() < wanted ? Qt::Key_Down : Qt::Key_Up);
    }
    void run() { QTest::mouseClick(find<QPushButton>("export.run"), Qt::LeftButton); }
    [[nodiscard]] QString dialogState() const { return dialog->property("state").toString(); }

    QTemporaryDir folder;
    QString path;
    QDialog* dialog = nullptr;
};

} // namespace

class TestExportDialog final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allMatchingAsCsvWithTheFieldsThatWereTicked()
    {
        ExportBench bench;
        bench.filter("priority = 3 sort title desc");
        QTRY_COMPARE(bench.total(), 2);
        bench.openDialog();
        bench.pick("export.form", "CSV");
        auto* fields = bench.find<QListWidget>("export.fields");
        fields->setFocus();
        for (int row = 0; row < fields->count(); ++row) {
            fields->setCurrentRow(row);
            const QString field = fields->item(row)->text();
            const bool isWanted = field == QLatin1String("title") || field == QLatin1String("priority");
            if ((fields->item(row)->checkState() == Qt::Checked) != isWanted) QTest::keyClick(fields, Qt::Key_Space);
        }
        // The title goes to the top.
        fields->setCurrentItem(fields->findItems(QStringLiteral("title"), Qt::MatchExactly).value(0));
        while (fields->currentRow() > 0) QTest::mouseClick(bench.find<QPushButton>("export.up"), Qt::LeftButton);
        QTRY_COMPARE(bench.find<QPlainTextEdit>("export.preview")->toPlainText().remove(QLatin1Char('\r')),
                     QStringLiteral("title,priority\nTitle 8,3\nTitle 3,3\n"));
        QVERIFY(bench.find<QLabel>("export.notice")->text().contains(QLatin1String("not encrypted")));

        bench.run();

        QTRY_COMPARE(bench.dialogState(), QStringLiteral("ready"));
        QCOMPARE(contents(bench.path).replace("\r\n", "\n"), QByteArray("title,priority\nTitle 8,3\nTitle 3,3\n"));
        QVERIFY(bench.find<QLabel>("export.message")->text().startsWith(QLatin1String("2 records written to ")));
        ShownFolder shown;
        QTest::mouseClick(bench.find<QPushButton>("export.show"), Qt::LeftButton);
        QCOMPARE(shown.url.toLocalFile(), bench.folder.path());
    }

    void jsonLinesHoldWholeRecordsUnlessFieldsAreLeftOut()
    {
        ExportBench bench;
        bench.filter("priority = 4");
        QTRY_COMPARE(bench.total(), 1);
        bench.openDialog();
        bench.pick("export.form", "CSV");
        bench.pick("export.form", "JSON lines");
        bench.pick("export.columns", "All fields");
        bench.run();
        QTRY_COMPARE(bench.dialogState(), QStringLiteral("ready"));
        const QByteArray whole(R"({"id":{"$uuid":"00000000-0000-0000-0000-000000000004"},"_blazeKind":"bug","isDeleted":false,"priority":4,"title":"Title 4"})");
        QCOMPARE(contents(bench.folder.filePath(QStringLiteral("out.csv"))).size(), 0); // the name followed the form
        QCOMPARE(contents(bench.folder.filePath(QStringLiteral("out.jsonl"))), whole + '\n');
    }

    void theSelectionAndSoftDeletedOnes()
    {
        ExportBench bench;
        QTRY_COMPARE(bench.total(), 9);
        bench.choose(1, "id");
        bench.grid()->setFocus();
        QTest::keyClick(bench.grid(), Qt::Key_Down, Qt::ShiftModifier);
        bench.openDialog();
        bench.pick("export.scope", "The 2 selected");
        QVERIFY(!bench.find<QCheckBox>("export.deleted")->isEnabled());
        bench.pick("export.form", "CSV");
        bench.pick("export.form", "JSON lines");
        bench.run();
        QTRY_COMPARE(bench.dialogState(), QStringLiteral("ready"));
        const QString path = bench.folder.filePath(QStringLiteral("out.jsonl"));
        QCOMPARE(contents(path).count('\n'), 2);
        QVERIFY(contents(path).contains("Title 1") && contents(path).contains("Title 2"));

        bench.pick("export.scope", "All records of the database");
        bench.find<QCheckBox>("export.deleted")->setFocus();
        QTest::keyClick(bench.find<QCheckBox>("export.deleted"), Qt::Key_Space);
        QTRY_COMPARE(bench.find<QPushButton>("export.run")->text(), QStringLiteral("Replace the File"));
        QVERIFY(bench.find<QLabel>("export.notice")->text().contains(QLatin1String("will be replaced")));
        bench.run();
        QTRY_COMPARE(contents(path).count('\n'), 10);
    }

    void aFullDiskLeavesTheOldFile()
    {
        ExportBench bench(tests::bugs(2000));
        QTRY_COMPARE(bench.total(), 1999);
        QFile old(bench.path);
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write("as before") == 9);
        old.close();
        bench.openDialog();
        bench.pick("export.form", "CSV");
        QTRY_VERIFY(bench.session->jobs().isDrained());
        {
            const NoSpace full;
            bench.run();
            QTRY_COMPARE(bench.dialogState(), QStringLiteral("failed"));
        }
        QVERIFY2(bench.find<QLabel>("export.message")->text().contains(QLatin1String("not enough space")), qPrintable(bench.find<QLabel>("export.message")->text()));
        QCOMPARE(contents(bench.path), QByteArray("as before"));
        QCOMPARE(QDir(bench.folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("out.csv")});

        // Nothing has to be chosen again.
        bench.run();
        QTRY_COMPARE(bench.dialogState(), QStringLiteral("ready"));
        QCOMPARE(contents(bench.path).count('\n'), 2000);
    }

    void aFolderThatIsNotThereIsNamed()
    {
        ExportBench bench;
        QTRY_COMPARE(bench.total(), 9);
        bench.path = bench.folder.filePath(QStringLiteral("no/such/folder/out.csv"));
        bench.openDialog();
        bench.run();
        QTRY_COMPARE(bench.dialogState(), QStringLiteral("failed"));
        QVERIFY(bench.find<QLabel>("export.message")->text().contains(QLatin1String("no/such/folder")));
        QVERIFY(bench.find<QPushButton>("export.run")->isEnabled());
    }

    void cancellingLeavesNothing()
    {
        ExportBench bench;
        QTRY_COMPARE(bench.total(), 9);
        bench.openDialog();
        QTRY_VERIFY(bench.session->jobs().isDrained());
        bench.gate->set(tests::GatedSource::Gate::Hold);
        bench.run();
        auto* cancel = bench.find<QPushButton>("export.cancel");
        QTRY_VERIFY(cancel->isVisible());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_COMPARE(bench.dialogState(), QStringLiteral("cancelled"));
        QTRY_VERIFY(bench.session->jobs().isDrained());
        QVERIFY(QDir(bench.folder.path()).entryList(QDir::Files | QDir::Hidden).isEmpty());
    }

    void closingWhileItRunsStopsIt()
    {
        ExportBench bench;
        QTRY_COMPARE(bench.total(), 9);
        bench.openDialog();
        QTRY_VERIFY(bench.session->jobs().isDrained());
        bench.gate->set(tests::GatedSource::Gate::Hold);
        bench.run();
        QTest::keyClick(bench.dialog, Qt::Key_Escape);
        QTRY_VERIFY(bench.session->jobs().isDrained());
        QVERIFY(QDir(bench.folder.path()).entryList(QDir::Files | QDir::Hidden).isEmpty());
    }

    void everyControlHasANameForAScreenReader()
    {
        ExportBench bench;
        QTRY_COMPARE(bench.total(), 9);
        bench.openDialog();
        for (const QWidget* control : bench.dialog->findChildren<QWidget*>()) {
            if (control->focusPolicy() == Qt::NoFocus || !control->isVisible() || control->objectName().startsWith(QLatin1String("qt_"))) continue;
            QVERIFY2(!control->accessibleName().isEmpty(), qPrintable(control->objectName() + QString::fromLatin1(control->metaObject()->className())));
        }
    }
};

BLAZEDB_REGISTER_TEST(TestExportDialog);
#include "tst_export_dialog.moc"
