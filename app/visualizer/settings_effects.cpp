#include "app/visualizer/settings_effects.h"

#include <utility>

#include "app/visualizer/settings.h"
#include "views/commands/key_file.h"
#include "views/widgets/view_preferences.h"

namespace blazedb::app {
namespace {

views::ValueForms formsOf(const Settings& settings)
{
    return {.sizes = settings.value(setting::kSizeUnits) == QLatin1String("binary") ? views::SizeUnits::Binary : views::SizeUnits::Decimal,
            .dates = settings.value(setting::kDateForm) == QLatin1String("iso") ? views::DateForm::Iso : views::DateForm::AsSystem,
            .zone = settings.value(setting::kZone) == QLatin1String("utc") ? views::ZoneChoice::Utc : views::ZoneChoice::Local,
            .groupsDigits = settings.value(setting::kGroupsDigits).toBool()};
}

views::RowDensity densityOf(const QString& word)
{
    if (word == QLatin1String("dense")) return views::RowDensity::Dense;
    return word == QLatin1String("airy") ? views::RowDensity::Airy : views::RowDensity::Usual;
}

} // namespace

SettingsEffects::SettingsEffects(Settings& settings, views::Theme& theme, views::ViewPreferences& preferences, views::CommandRegistry& commands, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_theme(theme)
    , m_preferences(preferences)
    , m_commands(commands)
    , m_themeSeen(settings.theme())
{
    apply();
    connect(&settings, &Settings::changed, this, &SettingsEffects::apply);
    connect(&preferences, &views::ViewPreferences::changed, this, [this] {
        if (m_isApplying) return;
        m_settings.setValue(setting::kZone, m_preferences.forms().zone == views::ZoneChoice::Utc ? QStringLiteral("utc") : QStringLiteral("local"));
        m_settings.setValue(setting::kMeasureInterval, QString::number(m_preferences.measureIntervalMs()));
    });
    connect(&commands, &views::CommandRegistry::keysChanged, this, [this] {
        m_settings.setKeysText(m_commands.chosenKeys().isEmpty() ? QByteArray() : views::writeKeys(m_commands.chosenKeys()));
    });
}

void SettingsEffects::applyKeys()
{
    m_commands.setChosenKeys(views::keptKeys(m_settings.keysText()));
}

void SettingsEffects::apply()
{
    if (std::exchange(m_isApplying, true)) return;
    const views::ThemeChoice colours = m_settings.theme();
    if (std::exchange(m_themeSeen, colours) != colours && m_theme.choice() != colours) m_theme.apply(colours);
    m_theme.setType(m_settings.value(setting::kFaces) == QLatin1String("system") ? views::Faces::System : views::Faces::Own,
                    m_settings.value(setting::kTextPercent).toInt());
    m_theme.setDensity(densityOf(m_settings.value(setting::kRowDensity).toString()));
    m_preferences.setForms(formsOf(m_settings));
    m_preferences.setMeasureIntervalMs(m_settings.value(setting::kMeasureInterval).toString().toInt());
    m_isApplying = false;
}

} // namespace blazedb::app
