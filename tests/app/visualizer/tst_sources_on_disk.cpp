// Sources over real files: found by their content, watched while they change, described without their password; where to search.
#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTreeView>
#include <QTreeWidget>

#include "tests/app/visualizer/window_bench.h"
#include "tests/support/test_registry.h"
#include "views/shell/place_list.h"
#include "views/shell/source_items.h"

using namespace blazedb;
using tests::WindowBench;

namespace {

constexpr int kWithinMs = 2'000; // what the specification promises for files of this machine

QString copyOfTyped(const QTemporaryDir& folder)
{
    return tests::copyFixture(QStringLiteral("format28/typed"), folder.path()) ? folder.filePath(QStringLiteral("typed.blazedb")) : QString();
}

QString detailOf(const WindowBench& bench, const QString& place)
{
    const QAbstractItemModel* model = bench.find<QTreeView>("sources.tree")->model();
    const QModelIndexList found = model->match(model->index(0, 0), views::SourcePlaceRole, place, 1, Qt::MatchExactly | Qt::MatchRecursive);
    return found.isEmpty() ? QString() : found.first().data(views::SourceDetailRole).toString();
}

QStringList namesFound(const WindowBench& bench)
{
    const QAbstractItemModel* model = bench.find<QTreeView>("sources.found.list")->model();
    QStringList names;
    for (int row = 0; row < model->rowCount(); ++row) names << model->index(row, 0).data().toString();
    names.sort();
    return names;
}

void showSettings(WindowBench& bench)
{
    bench.showSettings("sources");
    QTRY_VERIFY(bench.find<QPlainTextEdit>("settings.searchFolders"));
}

/// What a person does who clicks into the field and writes it anew.
void writeFolders(const WindowBench& bench, const QString& text)
{
    auto* field = bench.find<QPlainTextEdit>("settings.searchFolders");
    field->setFocus();
    field->selectAll();
    const QStringList lines = text.split(QLatin1Char('\n'));
    for (const QString& line : lines) {
        QTest::keyClicks(field, line);
        if (&line != &lines.last()) QTest::keyClick(field, Qt::Key_Return);
    }
}

} // namespace

/// Takes what would be shown in the file manager.
class FolderCatcher final : public QObject {
    Q_OBJECT

public:
    QList<QUrl> urls;
public Q_SLOTS:
    void take(const QUrl& url) { urls << url; }
};

class TestSourcesOnDisk final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aListedFileIsMarkedWhateverBecomesOfIt()
    {
        QTemporaryDir folder;
        const QString place = copyOfTyped(folder);
        const QString away = folder.filePath(QStringLiteral("away"));
        WindowBench bench;
        bench.window->places().setPinned(place, true);
        QTRY_VERIFY(!bench.window->places().identityOf(place).isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(bench.opener.looks() > 0, kWithinMs); // what later looks are compared with
        QCoreApplication::processEvents();

        {
            QFile file(place);
            QVERIFY(file.open(QIODevice::Append));
            QCOMPARE(file.write(QByteArray(4096, '\0')), 4096);
        }
        QTRY_VERIFY2_WITH_TIMEOUT(detailOf(bench, place).contains(QLatin1String("grown")), qPrintable(detailOf(bench, place)), kWithinMs);
        QVERIFY(QFile::rename(place, away));
        QTRY_VERIFY2_WITH_TIMEOUT(detailOf(bench, place).contains(QLatin1String("missing")), qPrintable(detailOf(bench, place)), kWithinMs);
        QVERIFY(QFile::rename(away, place));
        QTRY_VERIFY2_WITH_TIMEOUT(detailOf(bench, place).contains(QLatin1String("is back")), qPrintable(detailOf(bench, place)), kWithinMs);
        QVERIFY(QFile::copy(place, away));
        QVERIFY(::rename(QFile::encodeName(away).constData(), QFile::encodeName(place).constData()) == 0);
        QTRY_VERIFY2_WITH_TIMEOUT(detailOf(bench, place).contains(QLatin1String("replaced")), qPrintable(detailOf(bench, place)), kWithinMs);
    }

    void aSearchFindsTheFixturesByTheirContent()
    {
        QTemporaryDir folder;
        copyOfTyped(folder);
        QVERIFY(QFile::copy(folder.filePath(QStringLiteral("typed.blazedb")), folder.filePath(QStringLiteral("renamed.txt"))));
        {
            QFile other(folder.filePath(QStringLiteral("pretends.blazedb")));
            QVERIFY(other.open(QIODevice::WriteOnly));
            other.write("not a database at all");
        }
        WindowBench bench;
        bench.searchOrder.folders = {folder.path().toStdString()};
        bench.trigger("file.find");
        QTRY_VERIFY(bench.find<QPushButton>("sources.found.start"));

        QTest::mouseClick(bench.find<QPushButton>("sources.found.start"), Qt::LeftButton);

        QTRY_COMPARE(bench.find<QWidget>("sources.found")->property("state").toString(), QStringLiteral("ready"));
        QTRY_COMPARE(namesFound(bench), (QStringList{QStringLiteral("renamed"), QStringLiteral("typed")}));
    }

    void detailsOfAFamilyListItsFiles()
    {
        QTemporaryDir folder;
        const QString place = copyOfTyped(folder);
        WindowBench bench;
        bench.window->showDetails(place);
        QTRY_COMPARE(bench.find<QWidget>("sources.details")->property("state").toString(), QStringLiteral("ready"));

        const auto* parts = bench.find<QTreeWidget>("sources.details.parts");
        QVERIFY(parts);
        QStringList files;
        for (int row = 0; row < parts->topLevelItemCount(); ++row) files << parts->topLevelItem(row)->text(2);
        for (const QString& suffix : {QStringLiteral("blazedb"), QStringLiteral("meta"), QStringLiteral("salt")})
            QVERIFY2(files.contains(folder.filePath(QStringLiteral("typed.") + suffix)), qPrintable(files.join(QLatin1Char('|'))));

        FolderCatcher shown;
        QDesktopServices::setUrlHandler(QStringLiteral("file"), &shown, "take");
        QTest::mouseClick(bench.find<QPushButton>("sources.details.showFolder"), Qt::LeftButton);
        QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
        QCOMPARE(shown.urls, QList<QUrl>{QUrl::fromLocalFile(folder.path())});
    }

    void whereToSearchIsASettingAndOddLinesAreNamed()
    {
        WindowBench bench;
        showSettings(bench);
        QVERIFY(!bench.find<QPlainTextEdit>("settings.searchFolders")->toPlainText().isEmpty());

        writeFolders(bench, QStringLiteral("/data/a/../b\nnot a path\n~/mine\n"));

        QCOMPARE(bench.settings.searchFolders(), (QStringList{QStringLiteral("/data/b"), QDir::homePath() + QStringLiteral("/mine")}));
        const auto* said = bench.find<QLabel>("settings.searchFolders.notUsed");
        QVERIFY(said && said->text().contains(QLatin1String("not a path")));

        auto* exclusions = bench.find<QLineEdit>("settings.searchExclusions");
        exclusions->setFocus();
        exclusions->selectAll();
        QTest::keyClicks(exclusions, QStringLiteral("build, , .git "));
        QCOMPARE(bench.settings.searchExclusions(), (QStringList{QStringLiteral("build"), QStringLiteral(".git")}));
        auto* depth = bench.find<QSpinBox>("settings.searchDepth");
        depth->setFocus();
        depth->selectAll();
        QTest::keyClicks(depth, QStringLiteral("3"));
        QCOMPARE(bench.settings.searchDepth(), 3);
    }

    void theDefaultsComeBackAtAClick()
    {
        WindowBench bench;
        const QStringList folders = bench.settings.searchFolders();
        const int depth = bench.settings.searchDepth();
        QVERIFY(folders.contains(QDir::homePath() + QStringLiteral("/.local/share/blazedb")));
        QVERIFY(!folders.contains(QDir::homePath()));
        showSettings(bench);
        writeFolders(bench, QStringLiteral("/elsewhere"));
        bench.settings.setSearchDepth(1);

        QTest::mouseClick(bench.find<QPushButton>("settings.searchReset"), Qt::LeftButton);

        QCOMPARE(bench.settings.searchFolders(), folders);
        QCOMPARE(bench.settings.searchDepth(), depth);
        bench.find<QPushButton>("settings.searchReset")->setFocus();
        QTRY_COMPARE(bench.find<QSpinBox>("settings.searchDepth")->value(), depth);
    }
};

BLAZEDB_REGISTER_TEST(TestSourcesOnDisk);
#include "tst_sources_on_disk.moc"
