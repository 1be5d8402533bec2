#include "app/visualizer/settings.h"

#include <algorithm>
#include <utility>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "app/visualizer/program_options.h"
#include "engine/base/assert.h"

namespace blazedb::app {
namespace {

constexpr int kSettingsVersion = 1;
const QString kSettingsFormat = QStringLiteral("blazedb-visualizer-settings");
const QString kKeysText = QStringLiteral("keys/chosen");

Error refusal(const QString& why)
{
    return {ErrorCode::InvalidArgument, why.toStdString()};
}

/// JSON knows kinds, so a flag must be one there, while an INI file has texts only.
bool isOfItsKind(const SettingSpec& spec, const QJsonValue& value)
{
    switch (spec.kind) {
    case SettingSpec::Kind::Flag: return value.isBool();
    case SettingSpec::Kind::Number: return value.isDouble();
    case SettingSpec::Kind::Choice: return value.isString();
    case SettingSpec::Kind::Texts: {
        const QJsonArray texts = value.toArray();
        return value.isArray() && std::all_of(texts.begin(), texts.end(), [](const QJsonValue& text) { return text.isString() && !text.toString().isEmpty(); });
    }
    }
    return false;
}

QString shown(const QJsonValue& value)
{
    return value.isObject() || value.isArray() ? QStringLiteral("…") : value.toVariant().toString();
}

} // namespace

Settings::Settings(views::StateStore& store, QObject* parent)
    : QObject(parent)
    , m_store(store)
{}

QVariant Settings::value(const QString& key) const
{
    const SettingSpec* const spec = settingSpec(key);
    BLAZE_ASSERT(spec);
    return settingValue(*spec, m_store.value(key)).value_or(spec->fallback);
}

bool Settings::isDefault(const QString& key) const
{
    const SettingSpec* const spec = settingSpec(key);
    BLAZE_ASSERT(spec);
    return value(key) == spec->fallback;
}

bool Settings::setValue(const QString& key, const QVariant& value)
{
    const SettingSpec* const spec = settingSpec(key);
    BLAZE_ASSERT(spec);
    const auto typed = settingValue(*spec, value);
    if (!typed) return false;
    if (*typed == this->value(key)) return true;
    store(*spec, *typed);
    Q_EMIT changed();
    return true;
}

/// The default is not stored, so that it may become another one in a later version.
void Settings::store(const SettingSpec& spec, const QVariant& value)
{
    if (value == spec.fallback) m_store.remove(spec.key);
    else m_store.setValue(spec.key, value);
}

void Settings::reset(const QStringList& keys)
{
    for (const QString& key : keys) m_store.remove(key);
    Q_EMIT changed();
}

views::ThemeChoice Settings::theme() const
{
    return themeByName(value(setting::kTheme).toString()).value_or(views::ThemeChoice::System);
}

void Settings::setTheme(views::ThemeChoice choice)
{
    setValue(setting::kTheme, themeName(choice));
}

int Settings::autoLockMinutes() const
{
    return value(setting::kAutoLockMinutes).toInt();
}

void Settings::setAutoLockMinutes(int minutes)
{
    setValue(setting::kAutoLockMinutes, std::clamp(minutes, 0, kAutoLockMinutesMax));
}

bool Settings::restoresSession() const
{
    return value(setting::kRestoresSession).toBool();
}

void Settings::setRestoresSession(bool isOn)
{
    setValue(setting::kRestoresSession, isOn);
}

bool Settings::remembersPlaces() const
{
    return value(setting::kRemembersPlaces).toBool();
}

void Settings::setRemembersPlaces(bool isOn)
{
    setValue(setting::kRemembersPlaces, isOn);
}

QStringList Settings::searchFolders() const
{
    return value(setting::kSearchFolders).toStringList();
}

void Settings::setSearchFolders(const QStringList& folders)
{
    setValue(setting::kSearchFolders, folders);
}

int Settings::searchDepth() const
{
    return value(setting::kSearchDepth).toInt();
}

void Settings::setSearchDepth(int depth)
{
    setValue(setting::kSearchDepth, std::clamp(depth, 0, kSearchDepthMax));
}

QStringList Settings::searchExclusions() const
{
    return value(setting::kSearchExclusions).toStringList();
}

void Settings::setSearchExclusions(const QStringList& names)
{
    setValue(setting::kSearchExclusions, names);
}

void Settings::resetSearch()
{
    reset({setting::kSearchFolders, setting::kSearchDepth, setting::kSearchExclusions});
}

QByteArray Settings::keysText() const
{
    return m_store.value(kKeysText).toString().toUtf8();
}

void Settings::setKeysText(const QByteArray& text)
{
    if (text == keysText()) return;
    if (text.isEmpty()) m_store.remove(kKeysText);
    else m_store.setValue(kKeysText, QString::fromUtf8(text));
}

QByteArray Settings::exported() const
{
    QJsonObject values;
    for (const SettingSpec& spec : settingTable()) values[spec.key] = QJsonValue::fromVariant(value(spec.key));
    return QJsonDocument(QJsonObject{{QStringLiteral("format"), kSettingsFormat},
                                     {QStringLiteral("version"), kSettingsVersion},
                                     {QStringLiteral("settings"), values}})
        .toJson();
}

Result<void> Settings::import(const QByteArray& text)
{
    if (text.size() > kFileBytesMax) return refusal(tr("The file is too large for a file of settings."));
    QJsonParseError problem;
    const QJsonObject file = QJsonDocument::fromJson(text, &problem).object();
    if (problem.error != QJsonParseError::NoError) return refusal(tr("The file is no JSON: %1 at byte %2.").arg(problem.errorString()).arg(problem.offset));
    if (file.value(QLatin1String("format")).toString() != kSettingsFormat) return refusal(tr("The file is no file of settings of this program."));
    const QJsonValue version = file.value(QLatin1String("version"));
    if (version.toInt() != kSettingsVersion)
        return refusal(tr("The file has version %1; this program reads version %2.").arg(shown(version)).arg(kSettingsVersion));
    if (!file.value(QLatin1String("settings")).isObject()) return refusal(tr("The file names no settings."));

    const QJsonObject values = file.value(QLatin1String("settings")).toObject();
    QList<std::pair<const SettingSpec*, QVariant>> accepted;
    for (auto entry = values.begin(); entry != values.end(); ++entry) {
        const SettingSpec* const spec = settingSpec(entry.key());
        if (!spec) return refusal(tr("There is no setting %1 in this program.").arg(entry.key()));
        const auto typed = isOfItsKind(*spec, entry.value()) ? settingValue(*spec, entry.value().toVariant()) : std::nullopt;
        if (!typed) return refusal(tr("\"%1\" is no value of %2.").arg(shown(entry.value()), entry.key()));
        accepted.append({spec, *typed});
    }
    for (const auto& [spec, typed] : accepted) store(*spec, typed);
    Q_EMIT changed();
    return {};
}

QList<QPair<QString, QString>> Settings::choices() const
{
    QList<QPair<QString, QString>> choices;
    for (const SettingSpec& spec : settingTable()) {
        if (!isDefault(spec.key) && spec.kind != SettingSpec::Kind::Texts) choices.append({spec.key, value(spec.key).toString()});
    }
    return choices;
}

} // namespace blazedb::app
