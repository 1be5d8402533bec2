// What stands about a source without its password, what its user says about it, and what becomes of listed files.
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QMenu>
#include <QSignalSpy>
#include <QToolButton>
#include <QTreeView>

#include "tests/support/test_registry.h"
#include "tests/views/shell/shell_bench.h"
#include "views/shell/place_list.h"
#include "views/shell/place_watch.h"
#include "views/shell/source_items.h"
#include "views/shell/source_marks.h"

using namespace blazedb;
using tests::ShellBench;
using views::PlaceChange;

namespace {

const QString kOrders = QStringLiteral("/work/orders.blazedb");
const QString kIdentity = QStringLiteral("identity of /work/orders.blazedb");

/// The second line of a place in the tree; a null text when it is not listed.
QString detailOf(const ShellBench& bench, const QString& place)
{
    const QAbstractItemModel* model = bench.find<QTreeView>("sources.tree")->model();
    const QModelIndexList found = model->match(model->index(0, 0), views::SourcePlaceRole, place, -1, Qt::MatchExactly | Qt::MatchRecursive);
    return found.isEmpty() ? QString() : found.last().data(views::SourceDetailRole).toString();
}

QString spokenOf(const ShellBench& bench, const QString& place)
{
    const QAbstractItemModel* model = bench.find<QTreeView>("sources.tree")->model();
    const QModelIndexList found = model->match(model->index(0, 0), views::SourcePlaceRole, place, 1, Qt::MatchExactly | Qt::MatchRecursive);
    return found.isEmpty() ? QString() : found.first().data(Qt::AccessibleTextRole).toString();
}

/// Chooses in the menu of the sources by keys.
void choose(const ShellBench& bench, const char* action)
{
    QTest::mouseClick(bench.find<QToolButton>("sources.view"), Qt::LeftButton);
    auto* const menu = bench.window->findChild<QMenu*>(QStringLiteral("sources.view.menu"));
    QTRY_VERIFY(menu->isVisible());
    auto* const wanted = menu->findChild<QAction*>(QString::fromLatin1(action));
    QVERIFY2(wanted, action);
    for (int presses = 0; menu->activeAction() != wanted && presses < 20; ++presses) QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    QTRY_VERIFY(!menu->isVisible());
}

/// Names of the places in a section, from top to bottom.
QStringList rowsOf(const ShellBench& bench, const QString& section)
{
    const QAbstractItemModel* model = bench.find<QTreeView>("sources.tree")->model();
    QStringList names;
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex title = model->index(row, 0);
        if (title.data().toString() != section) continue;
        for (int i = 0; i < model->rowCount(title); ++i) names << model->index(i, 0, title).data().toString();
    }
    return names;
}

QStringList sectionsOf(const ShellBench& bench)
{
    const QAbstractItemModel* model = bench.find<QTreeView>("sources.tree")->model();
    QStringList titles;
    for (int row = 0; row < model->rowCount(); ++row) titles << model->index(row, 0).data().toString();
    return titles;
}

} // namespace

class TestSourceDetails final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tagsAndEnvironmentAreKeptByIdentity()
    {
        tests::MemoryStateStore state;
        {
            views::SourceMarks marks(state);
            marks.setMark(QStringLiteral("id"), {views::Environment::Production, views::tagsOf(QStringLiteral(" shop,  big one ,shop,, "))});
            marks.setMark({}, {views::Environment::Test, {}});
        }

        const views::SourceMarks again(state);

        const views::SourceMark expected{views::Environment::Production, {QStringLiteral("shop"), QStringLiteral("big one")}};
        QCOMPARE(again.mark(QStringLiteral("id")), expected);
        QCOMPARE(again.mark({}), views::SourceMark{});
        QCOMPARE(views::markText(expected), QStringLiteral("Production · shop, big one"));
    }

    void marksAreEditedOnTheDetailsPageAndFoundInTheTree()
    {
        ShellBench bench;
        bench.window->openPlaces({kOrders});
        QTRY_VERIFY(bench.find<QWidget>("unlock.facts"));
        bench.unlock();
        QTRY_VERIFY(bench.find<QWidget>("main.source"));
        bench.trigger("file.lock");
        bench.window->showDetails(kOrders);
        QTRY_VERIFY(bench.find<QWidget>("sources.details"));
        QTRY_COMPARE(bench.find<QWidget>("sources.details")->property("state").toString(), QStringLiteral("ready"));

        QTest::keyClick(bench.find<QComboBox>("sources.details.environment"), Qt::Key_End);
        auto* tags = bench.find<QLineEdit>("sources.details.tags");
        QTest::keyClicks(tags, QStringLiteral("shop, Berlin"));
        QTest::keyClick(tags, Qt::Key_Return);

        QTRY_VERIFY2(detailOf(bench, kOrders).startsWith(QStringLiteral("shop, Berlin · ")), qPrintable(detailOf(bench, kOrders)));
        QVERIFY(spokenOf(bench, kOrders).contains(QLatin1String("Production")));
        QTest::keyClicks(bench.find<QLineEdit>("sources.search"), QStringLiteral("berlin"));
        QVERIFY(!detailOf(bench, kOrders).isNull());
        bench.find<QLineEdit>("sources.search")->clear();
        QTest::keyClicks(bench.find<QLineEdit>("sources.search"), QStringLiteral("hamburg"));
        QVERIFY(detailOf(bench, kOrders).isNull());
    }

    void placesAreGroupedAsChosenAlsoAfterARestart()
    {
        ShellBench bench;
        bench.opener.add("/work/other/a.blazedb", {.name = "a", .password = "pass"});
        for (const QString& place : {kOrders, QStringLiteral("/work/notes.blazedb"), QStringLiteral("/work/other/a.blazedb")})
            bench.window->places().noteOpened(place, views::shortPlaceName(place).section(QLatin1Char('.'), 0, 0));
        QTRY_COMPARE(bench.window->places().identityOf(kOrders), kIdentity);
        bench.state.setValue(QStringLiteral("sources/marks"),
                             QVariantMap{{kIdentity, QVariantMap{{QStringLiteral("environment"), QStringLiteral("test")},
                                                                 {QStringLiteral("tags"), QStringList{QStringLiteral("shop"), QStringLiteral("north")}}}}});
        bench.start(); // as the next start reads it
        QVERIFY(sectionsOf(bench).contains(QStringLiteral("Recent")));

        choose(bench, "sources.view.environment");
        QCOMPARE(rowsOf(bench, QStringLiteral("Test")), QStringList{QStringLiteral("orders")});
        QCOMPARE(rowsOf(bench, QStringLiteral("Without environment")), (QStringList{QStringLiteral("a"), QStringLiteral("notes")}));
        QVERIFY(!sectionsOf(bench).contains(QStringLiteral("Recent")));

        choose(bench, "sources.view.tag");
        QCOMPARE(rowsOf(bench, QStringLiteral("shop")), QStringList{QStringLiteral("orders")});
        QCOMPARE(rowsOf(bench, QStringLiteral("north")), QStringList{QStringLiteral("orders")});
        QCOMPARE(rowsOf(bench, QStringLiteral("Without tag")), (QStringList{QStringLiteral("a"), QStringLiteral("notes")}));

        choose(bench, "sources.view.folder");
        QCOMPARE(rowsOf(bench, QStringLiteral("/work")), (QStringList{QStringLiteral("notes"), QStringLiteral("orders")}));
        QCOMPARE(rowsOf(bench, QStringLiteral("/work/other")), QStringList{QStringLiteral("a")});

        bench.start();
        QCOMPARE(rowsOf(bench, QStringLiteral("/work/other")), QStringList{QStringLiteral("a")});
    }

    void placesAreSortedAsChosen_data()
    {
        QTest::addColumn<views::SourceSorting>("sorting");
        QTest::addColumn<QString>("expected");
        QTest::newRow("as they come") << views::SourceSorting::LastOpened << QStringLiteral("b A c");
        QTest::newRow("name") << views::SourceSorting::Name << QStringLiteral("A b c");
        QTest::newRow("largest first, unknown last") << views::SourceSorting::Size << QStringLiteral("c b A");
        QTest::newRow("newest first, unknown last") << views::SourceSorting::Changed << QStringLiteral("A b c");
    }

    void placesAreSortedAsChosen()
    {
        QFETCH(views::SourceSorting, sorting);
        QFETCH(QString, expected);
        const QDateTime day(QDate(2026, 1, 2), QTime(3, 4));
        views::Place b{.place = QStringLiteral("/b"), .name = QStringLiteral("b")};
        b.totalBytes = 10;
        b.modified = day;
        views::Place a{.place = QStringLiteral("/a"), .name = QStringLiteral("A")};
        a.modified = day.addDays(1);
        views::Place c{.place = QStringLiteral("/c"), .name = QStringLiteral("c")};
        c.totalBytes = 20;

        QStringList names;
        for (const views::Place& place : views::sortedPlaces({b, a, c}, sorting)) names << place.name;

        QCOMPARE(names.join(QLatin1Char(' ')), expected);
    }

    void theStripNamesTheEnvironmentOfTheDatabaseInFront()
    {
        ShellBench bench;
        bench.state.setValue(QStringLiteral("sources/marks"),
                             QVariantMap{{kIdentity, QVariantMap{{QStringLiteral("environment"), QStringLiteral("production")}}}});
        bench.start();
        bench.window->openPlaces({kOrders});
        QTRY_VERIFY(bench.find<QWidget>("unlock.facts"));
        QVERIFY(!bench.find<QWidget>("main.environment")); // which database it is was not known before
        bench.unlock();
        QTRY_VERIFY(bench.find<QWidget>("main.environment"));
        QCOMPARE(bench.find<QWidget>("main.environment")->accessibleName(), QStringLiteral("Production, orders  ·  read-only"));

        bench.window->openPlaces({QStringLiteral("/work/notes.blazedb")});
        QVERIFY(!bench.find<QWidget>("main.environment"));
        bench.window->openPlaces({kOrders});
        QVERIFY(bench.find<QWidget>("main.environment"));
        bench.trigger("file.lock");
        QTRY_COMPARE(bench.find<QWidget>("main.environment")->accessibleName(), QStringLiteral("Production, orders.blazedb  ·  locked"));
    }

    void aRowThatChangesKeepsItsPlaceUnderTheCursor()
    {
        ShellBench bench;
        FileStamp stamp{.device = 1, .inode = 1, .sizeBytes = 100, .modifiedNs = 5, .changedNs = 5, .isFolder = false};
        bench.opener.setStamp(kOrders.toStdString(), stamp);
        bench.window->places().noteOpened(kOrders, QStringLiteral("orders"));
        bench.window->places().noteOpened(QStringLiteral("/work/notes.blazedb"), QStringLiteral("notes"));
        QTRY_VERIFY(detailOf(bench, kOrders).contains(QLatin1String("44.8 MB")));
        QTRY_VERIFY(bench.opener.stampsAsked() >= 2);
        auto* tree = bench.find<QTreeView>("sources.tree");
        const QModelIndexList found = tree->model()->match(tree->model()->index(0, 0), views::SourcePlaceRole, kOrders, 1, Qt::MatchExactly | Qt::MatchRecursive);
        const QPersistentModelIndex row = found.first();
        tree->setCurrentIndex(row);
        QSignalSpy resets(tree->model(), &QAbstractItemModel::modelReset);

        stamp.sizeBytes = 200;
        bench.opener.setStamp(kOrders.toStdString(), stamp);
        QTRY_VERIFY2_WITH_TIMEOUT(detailOf(bench, kOrders).contains(QLatin1String("grown")), qPrintable(detailOf(bench, kOrders)), 2'500);

        QCOMPARE(resets.count(), 0);
        QVERIFY(row.isValid());
        QCOMPARE(tree->currentIndex(), QModelIndex(row));
    }

    void whatComesLaterSaysSo()
    {
        ShellBench bench;
        bench.window->showDetails(kOrders);
        for (const char* name : {"sources.details.compare", "sources.details.rename", "sources.details.move", "sources.details.delete"}) {
            QTRY_VERIFY(bench.find<QPushButton>(name));
            QVERIFY(!bench.find<QPushButton>(name)->isEnabled());
            QCOMPARE(bench.find<QPushButton>(name)->toolTip(), QStringLiteral("Not available here: comes with a later version."));
        }
    }

    void aFileThatIsNotThereSaysSo()
    {
        ShellBench bench;
        bench.window->showDetails(QStringLiteral("/no/such.blazedb"));
        QTRY_VERIFY(bench.find<QLabel>("sources.details.problem"));
        QVERIFY(!bench.find<QComboBox>("sources.details.environment")->isEnabled());
    }

    void factsAreShownWithoutThePasswordAndLookedAtAnew()
    {
        ShellBench bench;
        bench.window->showDetails(kOrders);
        QTRY_COMPARE(bench.find<QWidget>("sources.details")->property("state").toString(), QStringLiteral("ready"));
        QCOMPARE(bench.find<QLabel>("sources.details.size")->text(), QStringLiteral("44.8 MB"));
        QCOMPARE(bench.find<QLabel>("sources.details.format")->text(), QStringLiteral("BlazeDB 2.8 family"));
        QTest::mouseClick(bench.find<QPushButton>("sources.details.copyPlace"), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), kOrders);

        bench.opener.add(kOrders.toStdString(), {.name = "orders", .password = "pass", .totalBytes = 50'000'000});
        bench.window->openPlaces({QStringLiteral("/work/notes.blazedb")});
        bench.window->showDetails(kOrders);

        QTRY_COMPARE(bench.find<QLabel>("sources.details.size")->text(), QStringLiteral("50.0 MB"));
    }

    void pinnedOnItsPageIsPinnedInTheList()
    {
        ShellBench bench;
        bench.window->showDetails(kOrders);
        QTRY_VERIFY(bench.find<QCheckBox>("sources.details.pinned"));

        QTest::keyClick(bench.find<QCheckBox>("sources.details.pinned"), Qt::Key_Space);

        QCOMPARE(rowsOf(bench, QStringLiteral("Pinned")), QStringList{QStringLiteral("orders.blazedb")});
        QTest::keyClick(bench.find<QCheckBox>("sources.details.pinned"), Qt::Key_Space);
        QCOMPARE(rowsOf(bench, QStringLiteral("Pinned")).contains(QStringLiteral("orders.blazedb")), false);
    }

    void anotherDatabaseAtTheSamePlaceIsMarkedAfterARestart()
    {
        ShellBench bench;
        bench.state.setValue(QStringLiteral("sources/places"),
                             QVariantList{QVariantMap{{QStringLiteral("place"), kOrders}, {QStringLiteral("identity"), QStringLiteral("of another")}}});

        bench.start();

        QTRY_VERIFY2(detailOf(bench, kOrders).contains(QLatin1String("replaced")), qPrintable(detailOf(bench, kOrders)));
        QCOMPARE(bench.window->places().identityOf(kOrders), kIdentity);
    }

    void changesAreToldApart_data()
    {
        QTest::addColumn<int>("expected");
        QTest::addColumn<bool>("wasThere");
        QTest::addColumn<bool>("isThere");
        QTest::addColumn<quint64>("inode");
        QTest::addColumn<quint64>("bytes");
        QTest::addColumn<qint64>("time");
        const auto row = [](const char* name, PlaceChange change, bool was, bool is, quint64 inode, quint64 bytes, qint64 time) {
            QTest::newRow(name) << static_cast<int>(change) << was << is << inode << bytes << time;
        };
        row("nothing", PlaceChange::None, true, true, 1, 100, 5);
        row("still missing", PlaceChange::None, false, false, 1, 100, 5);
        row("appeared", PlaceChange::Appeared, false, true, 1, 100, 5);
        row("vanished", PlaceChange::Vanished, true, false, 1, 100, 5);
        row("another file", PlaceChange::Replaced, true, true, 2, 100, 5);
        row("grown", PlaceChange::Grown, true, true, 1, 101, 6);
        row("written in place", PlaceChange::Changed, true, true, 1, 100, 6);
        row("cut", PlaceChange::Changed, true, true, 1, 99, 6);
    }

    void changesAreToldApart()
    {
        QFETCH(int, expected);
        QFETCH(bool, wasThere);
        QFETCH(bool, isThere);
        QFETCH(quint64, inode);
        QFETCH(quint64, bytes);
        QFETCH(qint64, time);
        FileStamp before{.device = 1, .inode = 1, .sizeBytes = 100, .modifiedNs = 5, .changedNs = 5, .isFolder = false};
        FileStamp now = before;
        now.inode = inode;
        now.sizeBytes = bytes;
        now.modifiedNs = time;

        const PlaceChange change = views::changeBetween(wasThere ? std::optional(before) : std::nullopt, isThere ? std::optional(now) : std::nullopt);

        QCOMPARE(static_cast<int>(change), expected);
    }

    void drivesOfOtherMachinesAreLookedAtRarely()
    {
        ShellBench bench;
        bench.opener.isEverythingFar = true;
        bench.opener.setStamp(kOrders.toStdString(), FileStamp{.device = 1, .inode = 1, .sizeBytes = 100, .modifiedNs = 5, .changedNs = 5, .isFolder = false});
        views::PlaceWatch watch(bench.opener);
        watch.setPlaces({kOrders});
        QTRY_COMPARE(bench.opener.stampsAsked(), 1);

        QTest::qWait(2 * views::PlaceWatch::kEveryMs + 500); // nothing to wait for: that nothing happens is the test

        QCOMPARE(bench.opener.stampsAsked(), 1);
    }

    /// Within two seconds, and none of it is a task.
    void listedFilesAreWatched()
    {
        ShellBench bench;
        FileStamp stamp{.device = 1, .inode = 1, .sizeBytes = 100, .modifiedNs = 5, .changedNs = 5, .isFolder = false};
        bench.opener.setStamp(kOrders.toStdString(), stamp);
        bench.window->openPlaces({kOrders});
        QTRY_VERIFY(bench.find<QWidget>("unlock.facts"));
        bench.unlock();
        QTRY_VERIFY(bench.find<QWidget>("main.source"));
        QTRY_VERIFY_WITH_TIMEOUT(bench.opener.stampsAsked() > 0, 2'000); // what later looks are compared with

        stamp.sizeBytes = 200;
        bench.opener.setStamp(kOrders.toStdString(), stamp);
        QTRY_VERIFY2_WITH_TIMEOUT(detailOf(bench, kOrders).contains(QLatin1String("grown")), qPrintable(detailOf(bench, kOrders)), 2'000);
        stamp.inode = 2;
        bench.opener.setStamp(kOrders.toStdString(), stamp);
        QTRY_VERIFY_WITH_TIMEOUT(detailOf(bench, kOrders).contains(QLatin1String("replaced")), 2'000);
        bench.opener.setStamp(kOrders.toStdString(), std::nullopt);
        QTRY_VERIFY_WITH_TIMEOUT(detailOf(bench, kOrders).contains(QLatin1String("missing")), 2'000);
        bench.opener.setStamp(kOrders.toStdString(), stamp);
        QTRY_VERIFY_WITH_TIMEOUT(detailOf(bench, kOrders).contains(QLatin1String("is back")), 2'000);
    }
};

BLAZEDB_REGISTER_TEST(TestSourceDetails);
#include "tst_source_details.moc"
