#include "app/visualizer/settings.h"

#include <algorithm>

#include <QDir>
#include <QStandardPaths>

#include "app/visualizer/program_options.h"

namespace blazedb::app {
namespace {

constexpr int kAutoLockMinutesDefault = 15;

const QString kTheme = QStringLiteral("window/theme");
const QString kAutoLock = QStringLiteral("security/autoLockMinutes");
const QString kRestore = QStringLiteral("window/restoresSession");
const QString kRemember = QStringLiteral("security/remembersPlaces");
const QString kSearchFolders = QStringLiteral("sources/searchFolders");
const QString kSearchDepth = QStringLiteral("sources/searchDepth");
const QString kSearchExclusions = QStringLiteral("sources/searchExclusions");

constexpr int kSearchDepthDefault = 8;

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

} // namespace

Settings::Settings(views::StateStore& store, QObject* parent)
    : QObject(parent)
    , m_store(store)
{}

views::ThemeChoice Settings::theme() const
{
    return themeByName(m_store.value(kTheme).toString()).value_or(views::ThemeChoice::System);
}

void Settings::setTheme(views::ThemeChoice choice)
{
    set(kTheme, themeName(choice));
}

int Settings::autoLockMinutes() const
{
    bool isNumber = false;
    const int minutes = m_store.value(kAutoLock).toInt(&isNumber);
    return isNumber ? std::clamp(minutes, 0, kAutoLockMinutesMax) : kAutoLockMinutesDefault;
}

void Settings::setAutoLockMinutes(int minutes)
{
    set(kAutoLock, std::clamp(minutes, 0, kAutoLockMinutesMax));
}

bool Settings::restoresSession() const
{
    return m_store.value(kRestore, true).toBool();
}

void Settings::setRestoresSession(bool isOn)
{
    set(kRestore, isOn);
}

bool Settings::remembersPlaces() const
{
    return m_store.value(kRemember, true).toBool();
}

void Settings::setRemembersPlaces(bool isOn)
{
    set(kRemember, isOn);
}

QStringList Settings::searchFolders() const
{
    const QVariant chosen = m_store.value(kSearchFolders);
    return chosen.isValid() ? chosen.toStringList() : defaultSearchFolders();
}

void Settings::setSearchFolders(const QStringList& folders)
{
    set(kSearchFolders, folders);
}

int Settings::searchDepth() const
{
    bool isNumber = false;
    const int depth = m_store.value(kSearchDepth).toInt(&isNumber);
    return isNumber ? std::clamp(depth, 0, kSearchDepthMax) : kSearchDepthDefault;
}

void Settings::setSearchDepth(int depth)
{
    set(kSearchDepth, std::clamp(depth, 0, kSearchDepthMax));
}

QStringList Settings::searchExclusions() const
{
    const QVariant chosen = m_store.value(kSearchExclusions);
    return chosen.isValid() ? chosen.toStringList() : defaultSearchExclusions();
}

void Settings::setSearchExclusions(const QStringList& names)
{
    set(kSearchExclusions, names);
}

void Settings::resetSearch()
{
    for (const QString& key : {kSearchFolders, kSearchDepth, kSearchExclusions}) m_store.remove(key);
    Q_EMIT changed();
}

QList<QPair<QString, QString>> Settings::choices() const
{
    QList<QPair<QString, QString>> choices;
    for (const QString& key : {kTheme, kAutoLock, kRestore, kRemember, kSearchDepth}) {
        const QVariant value = m_store.value(key);
        if (value.isValid()) choices.append({key, value.toString()});
    }
    return choices;
}

void Settings::set(const QString& key, const QVariant& value)
{
    m_store.setValue(key, value);
    Q_EMIT changed();
}

} // namespace blazedb::app
