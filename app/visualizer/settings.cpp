#include "app/visualizer/settings.h"

#include <algorithm>

#include "app/visualizer/program_options.h"

namespace blazedb::app {
namespace {

constexpr int kAutoLockMinutesDefault = 15;

const QString kTheme = QStringLiteral("window/theme");
const QString kAutoLock = QStringLiteral("security/autoLockMinutes");
const QString kRestore = QStringLiteral("window/restoresSession");
const QString kRemember = QStringLiteral("security/remembersPlaces");

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

QList<QPair<QString, QString>> Settings::choices() const
{
    QList<QPair<QString, QString>> choices;
    for (const QString& key : {kTheme, kAutoLock, kRestore, kRemember}) {
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
