// The forms a person may choose: units of sizes, zone, dates, grouping, text size, row height.
#include <QApplication>
#include <QLabel>
#include <QSignalSpy>

#include "tests/support/gui_theme.h"
#include "tests/support/test_registry.h"
#include "views/commands/command_registry.h"
#include "views/widgets/key_tip.h"
#include "views/widgets/view_preferences.h"

using namespace blazedb;
using views::DateForm;
using views::SizeUnits;
using views::ValueForms;
using views::ZoneChoice;

namespace {

/// 2026-11-25T14:03:12Z: 9,459 days and 50,592 seconds after 2001-01-01.
constexpr model::Date kDate{9'459.0 * 86'400 + 50'592};

} // namespace

class TestForms final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void cleanup()
    {
        views::setValueForms({});
        QLocale::setDefault(QLocale::c());
    }

    void sizesHaveDecimalOrBinaryUnits_data()
    {
        QTest::addColumn<quint64>("bytes");
        QTest::addColumn<QString>("decimal");
        QTest::addColumn<QString>("binary");
        const auto row = [](const char* name, quint64 bytes, const char* decimal, const char* binary) {
            QTest::newRow(name) << bytes << QString::fromLatin1(decimal) << QString::fromLatin1(binary);
        };
        row("nothing", 0, "0 B", "0 B");
        row("below both steps", 999, "999 B", "999 B");
        row("between the steps", 1'000, "1.00 kB", "1,000 B");
        row("a kibibyte", 1'024, "1.02 kB", "1.00 KiB");
        row("megabytes", 44'800'000, "44.8 MB", "42.7 MiB");             // 44,800,000 / 1,048,576 = 42.72
        row("just below a step", 1'048'575, "1.05 MB", "1.00 MiB");      // 1,023.999 KiB reads as 1.00 MiB
        row("gibibyte", 1'073'741'824, "1.07 GB", "1.00 GiB");
        row("greatest", 18'446'744'073'709'551'615U, "18.4 EB", "16.0 EiB"); // 2^64 / 2^60
    }

    void sizesHaveDecimalOrBinaryUnits()
    {
        QFETCH(quint64, bytes);
        QFETCH(QString, decimal);
        QFETCH(QString, binary);
        QCOMPARE(views::formatBytes(bytes), decimal);
        views::setValueForms({.sizes = SizeUnits::Binary});
        QCOMPARE(views::formatBytes(bytes), binary);
    }

    void datesAreWrittenAsTheSystemDoesOrInIso()
    {
        QCOMPARE(views::formatDate(kDate, ZoneChoice::Utc), QStringLiteral("11/25/2026 2:03:12 PM"));
        views::setValueForms({.dates = DateForm::Iso});
        QCOMPARE(views::formatDate(kDate, ZoneChoice::Utc), QStringLiteral("2026-11-25 14:03:12"));
    }

    void timesAreBroughtIntoTheChosenZone()
    {
        const QDateTime inTokyo = QDateTime::fromString(QStringLiteral("2026-11-25T23:03:12+09:00"), Qt::ISODate);
        views::setValueForms({.dates = DateForm::Iso, .zone = ZoneChoice::Utc});
        QCOMPARE(views::formatDateTime(inTokyo), QStringLiteral("2026-11-25 14:03:12 UTC"));
        QCOMPARE(views::formatClock(inTokyo), QStringLiteral("14:03:12 UTC"));

        views::setValueForms({.dates = DateForm::Iso, .zone = ZoneChoice::Local});
        QCOMPARE(views::formatClock(inTokyo), inTokyo.toLocalTime().toString(QStringLiteral("HH:mm:ss")));
    }

    void integersAreGroupedOnRequest()
    {
        const model::Value value(std::int64_t{-1'234'567});
        QCOMPARE(views::formatCell(value, ZoneChoice::Local), QStringLiteral("-1234567"));
        views::setValueForms({.groupsDigits = true});
        QCOMPARE(views::formatCell(value, ZoneChoice::Local), QStringLiteral("-1,234,567"));
    }

    void preferencesTellOnlyWhatChanged()
    {
        views::ViewPreferences preferences;
        const QSignalSpy told(&preferences, &views::ViewPreferences::changed);
        preferences.setZone(ZoneChoice::Local);
        preferences.setMeasureIntervalMs(views::ViewPreferences::kMeasureIntervalMs);
        QCOMPARE(told.size(), 0);
        preferences.setZone(ZoneChoice::Utc);
        QCOMPARE(told.size(), 1);
        QVERIFY(views::valueForms().zone == ZoneChoice::Utc);
    }

    void textsGrowWithTheSettingAndShrinkBack()
    {
        views::Theme& theme = tests::theTheme();
        const double usual = QApplication::font().pointSizeF();
        const int row = theme.gridRowHeight();
        QSignalSpy told(&theme, &views::Theme::changed);

        theme.setType(views::Faces::Own, 150);
        QCOMPARE(QApplication::font().pointSizeF(), usual * 1.5);
        QVERIFY(theme.gridRowHeight() > row);
        QCOMPARE(told.size(), 1);
        theme.setType(views::Faces::System, 1'000); // within bounds
        QCOMPARE(QApplication::font().pointSizeF(), usual * views::Theme::kTextPercentMax / 100);

        theme.setType(views::Faces::Own, 100);
        QCOMPARE(QApplication::font().pointSizeF(), usual);
        QCOMPARE(theme.gridRowHeight(), row);
    }

    void rowsGetLowerAndHigher()
    {
        views::Theme& theme = tests::theTheme();
        const int usual = theme.gridRowHeight(); // font height + 10
        theme.setDensity(views::RowDensity::Dense);
        QCOMPARE(theme.gridRowHeight(), usual - 6);
        theme.setDensity(views::RowDensity::Airy);
        QCOMPARE(theme.gridRowHeight(), usual + 8);
        theme.setDensity(views::RowDensity::Usual);
    }

    void aTipNamesTheKeyOfItsCommand()
    {
        views::CommandRegistry commands;
        views::Command command;
        command.id = QStringLiteral("a.refresh");
        command.keys = {QKeySequence(Qt::Key_F5)};
        commands.add(command);
        QLabel widget;
        views::setKeyTip(&widget, commands, command.id, QStringLiteral("Look again"));
        QCOMPARE(widget.toolTip(), QStringLiteral("Look again (F5)"));

        commands.chooseKeys(command.id, {QKeySequence(Qt::Key_F6)});
        QCOMPARE(widget.toolTip(), QStringLiteral("Look again (F6)"));
        commands.chooseKeys(command.id, {});
        QCOMPARE(widget.toolTip(), QStringLiteral("Look again"));
    }
};

BLAZEDB_REGISTER_TEST(TestForms);
#include "tst_forms.moc"
