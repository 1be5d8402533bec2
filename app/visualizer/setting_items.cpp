#include "app/visualizer/setting_items.h"

#include <QCoreApplication>
#include <QLocale>

#include "app/visualizer/setting_table.h"

namespace blazedb::app {
namespace {

struct SettingWords {
    Q_DECLARE_TR_FUNCTIONS(blazedb::app::SettingWords)
};

using W = SettingWords;

QStringList intervalTexts()
{
    QStringList texts;
    for (const QString& word : settingSpec(setting::kMeasureInterval)->words) {
        const int milliseconds = word.toInt();
        texts << W::tr("every %1 s").arg(QLocale().toString(milliseconds / 1000.0, 'f', milliseconds % 1000 == 0 ? 0 : 1));
    }
    return texts;
}

std::vector<SettingItem> displayItems()
{
    const QString page = QStringLiteral("display");
    return {
        {setting::kFaces, page, QStringLiteral("settings.fonts"), W::tr("Fonts"), W::tr("Inter and JetBrains Mono, where they are installed, or what the system uses."),
         {W::tr("Of the program"), W::tr("Of the system")}},
        {.key = setting::kTextPercent, .page = page, .objectName = QStringLiteral("settings.textSize"), .title = W::tr("Text size"),
         .explanation = W::tr("Against the size the system gives."), .unit = W::tr(" %", "per cent, behind a number")},
        {setting::kRowDensity, page, QStringLiteral("settings.rows"), W::tr("Row height"), W::tr("Of the records in Data."),
         {W::tr("Low"), W::tr("Usual"), W::tr("High")}},
        {setting::kSizeUnits, page, QStringLiteral("settings.sizeUnits"), W::tr("Units of sizes"), W::tr("How many bytes a kilobyte has, everywhere in the window."),
         {W::tr("kB, MB: 1,000"), W::tr("KiB, MiB: 1,024")}},
        {setting::kGroupsDigits, page, QStringLiteral("settings.groupDigits"), W::tr("Group the digits of integers"),
         W::tr("In the cells of records: 1,234,567 instead of 1234567. Counts always are.")},
        {setting::kDateForm, page, QStringLiteral("settings.dateForm"), W::tr("Dates"), W::tr("As the system writes them, or as 2026-11-25 14:03:12."),
         {W::tr("As the system"), W::tr("ISO 8601")}},
        {setting::kZone, page, QStringLiteral("settings.zone"), W::tr("Time zone"), W::tr("Of dates in records and of all other times in the window."),
         {W::tr("Local time"), W::tr("UTC")}},
    };
}

std::vector<SettingItem> securityItems()
{
    const QString page = QStringLiteral("security");
    return {
        {.key = setting::kAutoLockMinutes, .page = page, .objectName = QStringLiteral("settings.autoLock"), .title = W::tr("Lock databases after"),
         .explanation = W::tr("Minutes without a key or the mouse, also while a dialog is open. A database can be left out by its command Lock by Itself."),
         .unit = W::tr(" min without input"), .least = W::tr("Never")},
        {setting::kLocksOnSleep, page, QStringLiteral("settings.lockOnSleep"), W::tr("Lock databases before the computer sleeps"), {}},
        {setting::kLocksOnScreenLock, page, QStringLiteral("settings.lockOnScreenLock"), W::tr("Lock databases when the screen is locked"), {}},
    };
}

} // namespace

std::vector<SettingPageName> settingPages()
{
    return {
        {QStringLiteral("general"), W::tr("General")},   {QStringLiteral("sources"), W::tr("Sources")}, {QStringLiteral("display"), W::tr("Display")},
        {QStringLiteral("monitor"), W::tr("Monitoring")}, {QStringLiteral("security"), W::tr("Security")}, {QStringLiteral("keys"), W::tr("Keys")},
        {QStringLiteral("advanced"), W::tr("Advanced")},
    };
}

std::vector<SettingItem> settingItems()
{
    std::vector<SettingItem> items{
        {setting::kTheme, QStringLiteral("general"), QStringLiteral("settings.theme"), W::tr("Colours"), W::tr("Of the whole window."),
         {W::tr("As the system"), W::tr("Light"), W::tr("Dark"), W::tr("High contrast")}},
        {setting::kRestoresSession, QStringLiteral("general"), QStringLiteral("settings.restore"), W::tr("Open the databases of the last time at the start"),
         W::tr("They come back locked, in the windows they were in.")},
        {setting::kRemembersPlaces, QStringLiteral("sources"), QStringLiteral("settings.remember"), W::tr("Remember recently opened files"),
         W::tr("Their places only. What is pinned is kept in any case.")},
    };
    for (SettingItem& item : displayItems()) items.push_back(std::move(item));
    items.push_back({setting::kMeasureInterval, QStringLiteral("monitor"), QStringLiteral("settings.interval"), W::tr("Measure"),
                     W::tr("While a Monitor is on screen. A slow source is asked less often."), intervalTexts()});
    for (SettingItem& item : securityItems()) items.push_back(std::move(item));
    return items;
}

} // namespace blazedb::app
