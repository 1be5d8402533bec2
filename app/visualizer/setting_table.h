// Every setting of the program in one typed table: its name in settings.ini, what it may be, what it is by default.
#pragma once

#include <optional>
#include <vector>

#include <QLatin1String>
#include <QString>
#include <QStringList>
#include <QVariant>

namespace blazedb::app {

/// Names in settings.ini and in exported files; none begins with another.
namespace setting {
inline constexpr QLatin1String kTheme("window/theme");
inline constexpr QLatin1String kRestoresSession("window/restoresSession");
inline constexpr QLatin1String kRemembersPlaces("security/remembersPlaces");
inline constexpr QLatin1String kAutoLockMinutes("security/autoLockMinutes");
inline constexpr QLatin1String kLocksOnSleep("security/locksOnSleep");
inline constexpr QLatin1String kLocksOnScreenLock("security/locksOnScreenLock");
inline constexpr QLatin1String kFaces("display/fonts");
inline constexpr QLatin1String kTextPercent("display/textPercent");
inline constexpr QLatin1String kRowDensity("display/rows");
inline constexpr QLatin1String kSizeUnits("display/sizeUnits");
inline constexpr QLatin1String kGroupsDigits("display/groupsDigits");
inline constexpr QLatin1String kDateForm("display/dateForm");
inline constexpr QLatin1String kZone("display/zone");
inline constexpr QLatin1String kMeasureInterval("monitor/intervalMs");
inline constexpr QLatin1String kSearchFolders("sources/searchFolders");
inline constexpr QLatin1String kSearchDepth("sources/searchDepth");
inline constexpr QLatin1String kSearchExclusions("sources/searchExclusions");
} // namespace setting

struct SettingSpec {
    enum class Kind { Flag, Number, Choice, Texts };

    QString key;
    Kind kind = Kind::Flag;
    QVariant fallback; ///< bool, int, QString or QStringList, by kind.
    int least = 0;     ///< Of a number.
    int greatest = 0;
    int step = 1;           ///< Of the control; any number within the bounds is a value.
    QStringList words = {}; ///< Of a choice.
    bool hasOwnPart = false; ///< It is no row of the page: a part of its own shows it.
};

/// Of a list of texts, as many at most.
inline constexpr qsizetype kSettingTextsMax = 1'000;

const std::vector<SettingSpec>& settingTable();
const SettingSpec* settingSpec(const QString& key); ///< Null when there is no such setting.

/// `stored`, which may be a text out of an INI file, in the type of the setting; nullopt when it is no value of it.
std::optional<QVariant> settingValue(const SettingSpec& spec, const QVariant& stored);

} // namespace blazedb::app
