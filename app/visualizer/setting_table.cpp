#include "app/visualizer/setting_table.h"

#include <algorithm>

#include <QDir>
#include <QStandardPaths>

#include "views/widgets/theme.h"
#include "views/widgets/view_preferences.h"

namespace blazedb::app {
namespace {

constexpr int kAutoLockMinutesDefault = 15;
constexpr int kAutoLockMinutesGreatest = 24 * 60;
constexpr int kTextPercentStep = 10;
constexpr int kSearchDepthDefault = 8;
constexpr int kSearchDepthGreatest = 64;

SettingSpec flag(QLatin1String key, bool fallback)
{
    return {.key = key, .kind = SettingSpec::Kind::Flag, .fallback = fallback};
}

SettingSpec number(QLatin1String key, int fallback, int least, int greatest, int step = 1)
{
    return {.key = key, .kind = SettingSpec::Kind::Number, .fallback = fallback, .least = least, .greatest = greatest, .step = step};
}

/// The first word is the default.
SettingSpec choice(QLatin1String key, const QStringList& words, const QString& fallback = {})
{
    return {.key = key, .kind = SettingSpec::Kind::Choice, .fallback = fallback.isEmpty() ? words.first() : fallback, .words = words};
}

/// Of a search for databases; they have a part of their own.
SettingSpec searched(SettingSpec spec)
{
    spec.hasOwnPart = true;
    return spec;
}

SettingSpec texts(QLatin1String key, const QStringList& fallback)
{
    return {.key = key, .kind = SettingSpec::Kind::Texts, .fallback = fallback};
}

/// No database of an app lies there, and some of them hold very many files.
QStringList defaultSearchExclusions()
{
    return {QStringLiteral(".git"), QStringLiteral("node_modules"), QStringLiteral(".cache"), QStringLiteral("Trash")};
}

QStringList defaultSearchFolders()
{
    QStringList folders;
    for (const auto place : {QStandardPaths::GenericDataLocation, QStandardPaths::DocumentsLocation, QStandardPaths::DesktopLocation})
        folders << QStandardPaths::writableLocation(place);
    folders << QDir::homePath() + QStringLiteral("/.local/share/blazedb");
    folders.removeAll(QString());
    // Where a desktop has no such folders their place is the home folder itself, which is more than anybody asked for.
    folders.removeAll(QDir::homePath());
    folders.removeDuplicates();
    return folders;
}

std::vector<SettingSpec> makeTable()
{
    const auto words = [](const char* text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); };
    return {
        choice(setting::kTheme, words("system light dark high-contrast")),
        flag(setting::kRestoresSession, true),
        flag(setting::kRemembersPlaces, true),
        choice(setting::kFaces, words("own system")),
        number(setting::kTextPercent, 100, views::Theme::kTextPercentMin, views::Theme::kTextPercentMax, kTextPercentStep),
        choice(setting::kRowDensity, words("dense usual airy"), QStringLiteral("usual")),
        choice(setting::kSizeUnits, words("decimal binary")),
        flag(setting::kGroupsDigits, false),
        choice(setting::kDateForm, words("system iso")),
        choice(setting::kZone, words("local utc")),
        choice(setting::kMeasureInterval, words("500 1000 2000 5000 10000 30000 60000"), QString::number(views::ViewPreferences::kMeasureIntervalMs)),
        number(setting::kAutoLockMinutes, kAutoLockMinutesDefault, 0, kAutoLockMinutesGreatest),
        flag(setting::kLocksOnSleep, true),
        flag(setting::kLocksOnScreenLock, true),
        searched(texts(setting::kSearchFolders, defaultSearchFolders())),
        searched(number(setting::kSearchDepth, kSearchDepthDefault, 0, kSearchDepthGreatest)),
        searched(texts(setting::kSearchExclusions, defaultSearchExclusions())),
    };
}

std::optional<QVariant> flagValue(const QVariant& stored)
{
    if (stored.typeId() == QMetaType::Bool) return stored;
    const QString text = stored.toString();
    if (text == QLatin1String("true")) return true;
    if (text == QLatin1String("false")) return false;
    return std::nullopt;
}

std::optional<QVariant> numberValue(const SettingSpec& spec, const QVariant& stored)
{
    // A fraction is no number of minutes, though QVariant would round it to one.
    const double real = stored.toDouble();
    bool isNumber = false;
    const int whole = stored.toString().toInt(&isNumber);
    if (!isNumber || real != whole || whole < spec.least || whole > spec.greatest) return std::nullopt;
    return whole;
}

/// A list of one comes out of an INI file as a text.
std::optional<QVariant> textsValue(const QVariant& stored)
{
    const int type = stored.typeId();
    if (type != QMetaType::QStringList && type != QMetaType::QVariantList && type != QMetaType::QString) return std::nullopt;
    const QStringList texts = stored.toStringList();
    if (texts.size() > kSettingTextsMax) return std::nullopt;
    return texts;
}

} // namespace

const std::vector<SettingSpec>& settingTable()
{
    static const std::vector<SettingSpec> table = makeTable();
    return table;
}

const SettingSpec* settingSpec(const QString& key)
{
    const auto& table = settingTable();
    const auto found = std::find_if(table.begin(), table.end(), [&](const SettingSpec& spec) { return spec.key == key; });
    return found == table.end() ? nullptr : &*found;
}

std::optional<QVariant> settingValue(const SettingSpec& spec, const QVariant& stored)
{
    if (!stored.isValid()) return std::nullopt;
    switch (spec.kind) {
    case SettingSpec::Kind::Flag: return flagValue(stored);
    case SettingSpec::Kind::Number: return numberValue(spec, stored);
    case SettingSpec::Kind::Texts: return textsValue(stored);
    case SettingSpec::Kind::Choice:
        if (spec.words.contains(stored.toString())) return stored.toString();
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace blazedb::app
