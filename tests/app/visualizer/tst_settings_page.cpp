// The settings page: what it lists, what a change does at once, files in and out, and what it asks before it does something
// that cannot be taken back.
#include <ctime>

#include <QAbstractItemModel>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

#include "app/visualizer/setting_items.h"
#include "tests/app/visualizer/window_bench.h"
#include "tests/support/test_registry.h"
#include "views/data/record_table_model.h"

using namespace blazedb;
using tests::WindowBench;

namespace {

void storeTwo(WindowBench& bench)
{
    bench.secrets.store(QStringLiteral("id-1"), QStringLiteral("orders"), SecureBytes::fromText("one"));
    bench.secrets.store(QStringLiteral("id-2"), QStringLiteral("customers"), SecureBytes::fromText("two"));
    QTRY_COMPARE(bench.secrets.entries().size(), std::size_t{2});
}

void click(QWidget* widget)
{
    QVERIFY(widget);
    QTest::mouseClick(widget, Qt::LeftButton);
}

/// By the keyboard, as a user who opens the box and types the beginning of a choice would.
void choose(WindowBench& bench, const char* name, const QString& text)
{
    auto* const box = bench.find<QComboBox>(name);
    QVERIFY2(box, name);
    box->setFocus();
    for (int i = 0; i < box->count() && box->currentText() != text; ++i) QTest::keyClick(box, box->findText(text) > box->currentIndex() ? Qt::Key_Down : Qt::Key_Up);
    QCOMPARE(box->currentText(), text);
}

void write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QByteArray settingsFile(const char* values)
{
    return QByteArray(R"({"format": "blazedb-visualizer-settings", "version": 1, "settings": )") + values + "}";
}

/// The first cell with a date on screen.
QModelIndex dateCell(const WindowBench& bench)
{
    const QAbstractItemModel* const model = bench.find<QTableView>("data.grid")->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        for (int column = 0; column < model->columnCount(); ++column) {
            const QModelIndex cell = model->index(row, column);
            if (cell.data(views::RecordTableModel::KindRole).toInt() == static_cast<int>(model::ValueKind::Date)) return cell;
        }
    }
    return {};
}

QDateTime readIso(const QString& text)
{
    return QDateTime::fromString(text, QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

/// Lives nine hours before UTC while it is there.
class InTokyo {
public:
    InTokyo()
        : m_before(qgetenv("TZ"))
    {
        qputenv("TZ", "Asia/Tokyo");
        tzset();
    }
    ~InTokyo()
    {
        qputenv("TZ", m_before);
        tzset();
    }
    InTokyo(const InTokyo&) = delete;
    InTokyo& operator=(const InTokyo&) = delete;

private:
    QByteArray m_before;
};

} // namespace

class TestSettingsPage final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // --- stored passwords ----------------------------------------------------------------------------------------------------

    void listsTheDatabasesWithAStoredPassword()
    {
        WindowBench bench;
        bench.showSettings("security");
        QTRY_VERIFY(bench.find<QLabel>("settings.secrets.none"));
        QVERIFY(!bench.find<QListWidget>("settings.secrets"));

        storeTwo(bench);

        const auto* list = bench.find<QListWidget>("settings.secrets");
        QVERIFY(list);
        QCOMPARE(list->count(), 2);
        QCOMPARE(list->item(0)->text(), QStringLiteral("orders"));
        QVERIFY(!bench.find<QLabel>("settings.secrets.none"));
    }

    void forgetsTheChosenOne()
    {
        WindowBench bench;
        storeTwo(bench);
        bench.showSettings("security");
        QTRY_VERIFY(bench.find<QListWidget>("settings.secrets"));
        QVERIFY(!bench.find<QPushButton>("settings.secrets.forget")->isEnabled());

        bench.find<QListWidget>("settings.secrets")->setCurrentRow(0);
        click(bench.find<QPushButton>("settings.secrets.forget"));

        QTRY_COMPARE(bench.secretStore.secrets.size(), std::size_t{1});
        QVERIFY(bench.secretStore.secrets.contains(QStringLiteral("id-2")));
        QTRY_COMPARE(bench.find<QListWidget>("settings.secrets")->count(), 1);
    }

    void forgetsAllOnlyWhenThatIsConfirmed()
    {
        WindowBench bench;
        storeTwo(bench);
        bench.showSettings("security");
        QTRY_VERIFY(bench.find<QPushButton>("settings.secrets.forgetAll"));

        click(bench.find<QPushButton>("settings.secrets.forgetAll"));
        QTRY_VERIFY(bench.find<QMessageBox>("settings.secrets.confirm"));
        QTest::keyClick(bench.find<QMessageBox>("settings.secrets.confirm"), Qt::Key_Escape);
        QTRY_VERIFY(!bench.find<QMessageBox>("settings.secrets.confirm"));
        QCOMPARE(bench.secretStore.secrets.size(), std::size_t{2});

        click(bench.find<QPushButton>("settings.secrets.forgetAll"));
        QTRY_VERIFY(bench.find<QPushButton>("settings.secrets.confirm.forget"));
        click(bench.find<QPushButton>("settings.secrets.confirm.forget"));

        QTRY_VERIFY(bench.secretStore.secrets.empty());
        QTRY_VERIFY(bench.find<QLabel>("settings.secrets.none"));
    }

    // --- the table, the pages, the search ----------------------------------------------------------------------------------------

    void everySettingHasAPlaceAndItsWords()
    {
        const auto items = app::settingItems();
        for (const app::SettingSpec& spec : app::settingTable()) {
            QVERIFY(app::settingValue(spec, spec.fallback) == spec.fallback); // a default is a value
            for (const app::SettingSpec& other : app::settingTable())
                QVERIFY2(&other == &spec || !other.key.startsWith(spec.key), qPrintable(spec.key)); // removing one would remove both
            if (spec.hasOwnPart) continue;
            const auto item = std::find_if(items.begin(), items.end(), [&](const app::SettingItem& each) { return each.key == spec.key; });
            QVERIFY2(item != items.end(), qPrintable(spec.key));
            QCOMPARE(item->choices.size(), spec.words.size());
        }
    }

    void aSearchFindsEverySettingWhateverItsPage()
    {
        WindowBench bench;
        bench.showSettings("general");
        auto* const search = bench.find<QLineEdit>("settings.search");
        for (const app::SettingItem& item : app::settingItems()) {
            search->clear();
            QTest::keyClicks(search, item.title);
            QVERIFY2(bench.find<QWidget>(qPrintable(item.objectName)), qPrintable(item.title));
        }
        search->clear();
        QTest::keyClicks(search, QStringLiteral("utc zone"));
        QVERIFY(bench.find<QWidget>("settings.zone"));
        QVERIFY(!bench.find<QWidget>("settings.theme"));

        QTest::keyClicks(search, QStringLiteral(" xyzzy"));
        QVERIFY(bench.find<QLabel>("settings.noMatch"));
        QTest::keyClick(search, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(search, Qt::Key_Delete);
        QVERIFY(!bench.find<QLabel>("settings.noMatch"));
        QVERIFY(bench.find<QWidget>("settings.theme"));
    }

    void eachSettingSaysItsDefaultAndGoesBackToIt()
    {
        WindowBench bench;
        bench.showSettings("display");
        QVERIFY(bench.find<QLabel>("settings.sizeUnits.about")->text().contains(QLatin1String("kB, MB: 1,000")));
        QVERIFY(!bench.find<QToolButton>("settings.sizeUnits.reset"));

        choose(bench, "settings.sizeUnits", QStringLiteral("KiB, MiB: 1,024"));
        QCOMPARE(bench.settings.value(app::setting::kSizeUnits).toString(), QStringLiteral("binary"));
        click(bench.find<QToolButton>("settings.sizeUnits.reset"));

        QCOMPARE(bench.find<QComboBox>("settings.sizeUnits")->currentIndex(), 0);
        QVERIFY(bench.settings.choices().isEmpty()); // what is as it is by default is not kept
    }

    void onePageGoesBackAndTheOthersStay()
    {
        WindowBench bench;
        bench.settings.setAutoLockMinutes(7);
        bench.showSettings("display");
        QVERIFY(!bench.find<QPushButton>("settings.display.reset")->isEnabled());
        QTest::mouseClick(bench.find<QCheckBox>("settings.groupDigits"), Qt::LeftButton, {}, QPoint(8, bench.find<QCheckBox>("settings.groupDigits")->height() / 2));
        QVERIFY(bench.settings.value(app::setting::kGroupsDigits).toBool());
        choose(bench, "settings.rows", QStringLiteral("High"));

        click(bench.find<QPushButton>("settings.display.reset"));

        QVERIFY(!bench.settings.value(app::setting::kGroupsDigits).toBool());
        QCOMPARE(bench.settings.value(app::setting::kRowDensity).toString(), QStringLiteral("usual"));
        QCOMPARE(bench.settings.autoLockMinutes(), 7);
    }

    void everythingGoesBackOnlyWhenThatIsConfirmed()
    {
        WindowBench bench;
        bench.settings.setAutoLockMinutes(7);
        bench.showSettings("advanced");
        click(bench.find<QPushButton>("settings.resetAll"));
        QTRY_VERIFY(bench.find<QMessageBox>("settings.confirm"));
        QTest::keyClick(bench.find<QMessageBox>("settings.confirm"), Qt::Key_Escape);
        QTRY_VERIFY(!bench.find<QMessageBox>("settings.confirm"));
        QCOMPARE(bench.settings.autoLockMinutes(), 7);

        click(bench.find<QPushButton>("settings.resetAll"));
        QTRY_VERIFY(bench.find<QPushButton>("settings.confirm.reset"));
        click(bench.find<QPushButton>("settings.confirm.reset"));
        QVERIFY(bench.settings.choices().isEmpty());
        QVERIFY(!bench.find<QPushButton>("settings.resetAll")->isEnabled());
    }

    // --- what a change does ---------------------------------------------------------------------------------------------------

    void zoneAndFormOfDatesCountAtOnceInTheGrid()
    {
        const InTokyo place;
        WindowBench bench;
        QVERIFY(bench.open("format28/typed"));
        QTRY_VERIFY(dateCell(bench).isValid());
        const QPersistentModelIndex cell = dateCell(bench);

        bench.showSettings("display");
        choose(bench, "settings.dateForm", QStringLiteral("ISO 8601"));
        const QDateTime inTokyo = readIso(cell.data().toString());
        QVERIFY2(inTokyo.isValid(), qPrintable(cell.data().toString()));
        choose(bench, "settings.zone", QStringLiteral("UTC"));
        const QDateTime inUtc = readIso(cell.data().toString());
        QCOMPARE(inUtc.secsTo(inTokyo), qint64{9 * 3600});

        // And back from the switch below the grid.
        bench.window->openPlaces({WindowBench::fixture("format28/typed")});
        click(bench.find<QPushButton>("data.zone") ? static_cast<QWidget*>(bench.find<QPushButton>("data.zone")) : bench.find<QToolButton>("data.zone"));
        QCOMPARE(readIso(cell.data().toString()), inTokyo);
        QCOMPARE(bench.settings.value(app::setting::kZone).toString(), QStringLiteral("local"));
    }

    void digitsAndRowsOfTheGridFollow()
    {
        WindowBench bench;
        QVERIFY(bench.open("format28/typed"));
        auto* const grid = bench.find<QTableView>("data.grid");
        const int usual = grid->rowHeight(0);
        bench.showSettings("display");
        choose(bench, "settings.rows", QStringLiteral("Low"));
        QCOMPARE(grid->rowHeight(0), usual - 6); // font height + 4 instead of + 10
        choose(bench, "settings.rows", QStringLiteral("High"));
        QCOMPARE(grid->rowHeight(0), usual + 8);
    }

    void unitsAndIntervalFollowInMonitor()
    {
        WindowBench bench;
        QVERIFY(bench.open("format28/typed"));
        bench.trigger("tab.monitor");
        const auto size = [&] { return bench.find<QLabel>("monitor.figure.storage.bytes"); };
        QTRY_VERIFY(size() && size()->text().contains(QLatin1String("kB")));
        bench.showSettings("display");
        choose(bench, "settings.sizeUnits", QStringLiteral("KiB, MiB: 1,024"));
        bench.showSettings("monitor");
        choose(bench, "settings.interval", QStringLiteral("every 5 s"));

        bench.window->openPlaces({WindowBench::fixture("format28/typed")});

        QTRY_VERIFY(size() && size()->text().contains(QLatin1String("KiB")));
        auto* const interval = bench.find<QComboBox>("monitor.interval");
        QCOMPARE(interval->currentData().toInt(), 5'000);
        QTest::keyClick(interval, Qt::Key_Up);
        QCOMPARE(bench.settings.value(app::setting::kMeasureInterval).toString(), QStringLiteral("2000"));
    }

    void coloursAndTextSizeCountAtOnce()
    {
        WindowBench bench;
        const double usual = QApplication::font().pointSizeF();
        bench.showSettings("general");
        choose(bench, "settings.theme", QStringLiteral("Dark"));
        QVERIFY(tests::theTheme().isDark());
        choose(bench, "settings.theme", QStringLiteral("Light"));
        QVERIFY(!tests::theTheme().isDark());

        bench.showSettings("display");
        auto* const size = bench.find<QSpinBox>("settings.textSize");
        size->setFocus();
        QTest::keyClick(size, Qt::Key_Up); // 100 to 110 per cent
        QCOMPARE(QApplication::font().pointSizeF(), usual * 1.1);
    }

    // --- files ----------------------------------------------------------------------------------------------------------------

    void whatIsExportedComesBack()
    {
        QTemporaryDir folder;
        WindowBench bench;
        bench.settings.setAutoLockMinutes(33);
        bench.settings.setValue(app::setting::kZone, QStringLiteral("utc"));
        bench.settings.setValue(app::setting::kGroupsDigits, true);
        const auto before = bench.settings.choices();
        QCOMPARE(before.size(), 3);
        const QStringList folders{QStringLiteral("/a"), QStringLiteral("/b, c")};
        bench.settings.setSearchFolders(folders);
        bench.showSettings("advanced");
        bench.fileToSave = bench.fileToOpen = folder.filePath(QStringLiteral("settings.json"));
        click(bench.find<QPushButton>("settings.export"));
        QTRY_VERIFY(QFile::exists(bench.fileToOpen));
        bench.settings.reset({app::setting::kAutoLockMinutes, app::setting::kZone, app::setting::kGroupsDigits, app::setting::kSearchFolders});

        click(bench.find<QPushButton>("settings.import"));

        QTRY_COMPARE(bench.settings.choices(), before);
        QVERIFY(views::valueForms().groupsDigits);
        QCOMPARE(bench.settings.searchFolders(), folders);
    }

    void aBadFileIsRefusedAsAWhole_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const QByteArray& text, const char* reason) { QTest::newRow(name) << text << QString::fromLatin1(reason); };
        const char* const good = R"("security/autoLockMinutes": 99, )";
        const auto withGood = [good](const char* bad) { return settingsFile(qPrintable(QStringLiteral("{%1%2}").arg(QLatin1String(good), QLatin1String(bad)))); };
        row("empty", "", "JSON");
        row("no JSON", "[window]\ntheme=dark\n", "JSON");
        row("another format", R"({"format": "x", "version": 1, "settings": {}})", "no file of settings");
        row("a newer version", R"({"format": "blazedb-visualizer-settings", "version": 2, "settings": {}})", "version 2");
        row("no settings", R"({"format": "blazedb-visualizer-settings", "version": 1})", "names no settings");
        row("an unknown setting", withGood(R"("window/shape": "round")"), "window/shape");
        row("an unknown word", withGood(R"("window/theme": "pink")"), "pink");
        row("out of bounds", withGood(R"("display/textPercent": 500)"), "500");
        row("a fraction", withGood(R"("display/textPercent": 100.5)"), "100.5");
        row("another kind", withGood(R"("window/restoresSession": "true")"), "window/restoresSession");
        row("a list", withGood(R"("window/theme": ["dark"])"), "window/theme");
        row("a list of something else", withGood(R"("sources/searchFolders": ["/a", 7])"), "sources/searchFolders");
        row("too large", QByteArray(app::Settings::kFileBytesMax + 1, ' '), "too large");
    }

    void aBadFileIsRefusedAsAWhole()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, reason);
        QTemporaryDir folder;
        WindowBench bench;
        bench.settings.setAutoLockMinutes(7);
        bench.showSettings("advanced");
        bench.fileToOpen = folder.filePath(QStringLiteral("settings.json"));
        write(bench.fileToOpen, text);

        click(bench.find<QPushButton>("settings.import"));

        QTRY_VERIFY(bench.find<QLabel>("settings.message"));
        QVERIFY2(bench.find<QLabel>("settings.message")->text().contains(reason), qPrintable(bench.find<QLabel>("settings.message")->text()));
        QCOMPARE(bench.settings.autoLockMinutes(), 7);
        QCOMPARE(bench.settings.choices().size(), 1);
    }

    void aFileThatCannotBeReadIsSaid()
    {
        QTemporaryDir folder;
        WindowBench bench;
        bench.showSettings("advanced");
        for (const QString& path : {folder.filePath(QStringLiteral("missing.json")), folder.path(), QStringLiteral("/dev/zero")}) {
            if (auto* const message = bench.find<QLabel>("settings.message")) message->hide();
            bench.fileToOpen = path;
            click(bench.find<QPushButton>("settings.import"));
            QTRY_VERIFY2(bench.find<QLabel>("settings.message"), qPrintable(path));
            QVERIFY(bench.find<QLabel>("settings.message")->text().contains(path));
        }
    }
};

BLAZEDB_REGISTER_TEST(TestSettingsPage);
#include "tst_settings_page.moc"
