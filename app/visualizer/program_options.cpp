#include "app/visualizer/program_options.h"

#include <array>
#include <utility>

#include <QCommandLineParser>
#include <QFileInfo>

namespace blazedb::app {
namespace {

constexpr int kExitUsage = 64;

const std::array<std::pair<const char*, views::ThemeChoice>, 4> kThemes{{
    {"system", views::ThemeChoice::System},
    {"light", views::ThemeChoice::Light},
    {"dark", views::ThemeChoice::Dark},
    {"high-contrast", views::ThemeChoice::HighContrast},
}};

std::optional<QSize> sizeOf(const QString& text)
{
    const QStringList parts = text.split(QLatin1Char('x'));
    if (parts.size() != 2) return std::nullopt;
    const QSize size(parts[0].toInt(), parts[1].toInt());
    if (size.width() < 200 || size.height() < 150 || size.width() > 8000 || size.height() > 8000) return std::nullopt;
    return size;
}

OptionsAnswer refuse(const QString& why)
{
    return {.options = {},
            .exitCode = kExitUsage,
            .text = QStringLiteral("blazedb-visualizer: %1 (--help says what there is)\n").arg(why)};
}

} // namespace

std::optional<views::ThemeChoice> themeByName(const QString& name)
{
    for (const auto& [word, choice] : kThemes) {
        if (name == QLatin1String(word)) return choice;
    }
    return std::nullopt;
}

QString themeName(views::ThemeChoice choice)
{
    for (const auto& [word, known] : kThemes) {
        if (known == choice) return QString::fromLatin1(word);
    }
    return QStringLiteral("system");
}

OptionsAnswer readProgramOptions(const QStringList& arguments, bool isTestMode)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("A window onto BlazeDB databases. A second start hands its files to the open window."));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Show this help and end."));
    const QCommandLineOption version({QStringLiteral("v"), QStringLiteral("version")}, QStringLiteral("Show the version and end."));
    const QCommandLineOption sample(QStringLiteral("sample"), QStringLiteral("Open the sample database, making it first if it is not there."));
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("Colours: system, light, dark or high-contrast."), QStringLiteral("name"));
    const QCommandLineOption settings(QStringLiteral("settings-dir"), QStringLiteral("Keep settings and state in this folder."), QStringLiteral("folder"));
    const QCommandLineOption newInstance(QStringLiteral("new-instance"), QStringLiteral("Open a window of its own even if one is open."));
    const QCommandLineOption safeMode(QStringLiteral("safe-mode"), QStringLiteral("Do not restore the last session."));
    const QCommandLineOption uiScript(QStringLiteral("ui-script"), QStringLiteral("Run the steps of this file."), QStringLiteral("file"));
    const QCommandLineOption screenshot(QStringLiteral("screenshot"), QStringLiteral("Save a picture of the window, then end."), QStringLiteral("file"));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("Size of the window: 1280x800."), QStringLiteral("WxH"));
    parser.addOptions({help, version, sample, theme, settings, newInstance, safeMode});
    if (isTestMode) parser.addOptions({uiScript, screenshot, size});
    parser.addPositionalArgument(QStringLiteral("file"), QStringLiteral("Databases to open."), QStringLiteral("[file...]"));

    if (!parser.parse(arguments)) return refuse(parser.errorText());
    if (parser.isSet(help)) return {.options = {}, .exitCode = 0, .text = parser.helpText()};
    if (parser.isSet(version))
        return {.options = {}, .exitCode = 0, .text = QStringLiteral("BlazeDB Visualizer " BLAZEDB_VERSION "\n")};

    ProgramOptions options;
    for (const QString& file : parser.positionalArguments()) options.files << QFileInfo(file).absoluteFilePath();
    options.opensSample = parser.isSet(sample);
    options.isNewInstance = parser.isSet(newInstance);
    options.isSafeMode = parser.isSet(safeMode);
    if (parser.isSet(settings)) options.settingsFolder = QFileInfo(parser.value(settings)).absoluteFilePath();
    if (parser.isSet(theme)) {
        options.theme = themeByName(parser.value(theme));
        if (!options.theme) return refuse(QStringLiteral("there is no theme \"%1\"").arg(parser.value(theme)));
    }
    if (isTestMode) {
        options.uiScript = parser.value(uiScript);
        options.screenshot = parser.value(screenshot);
        options.size = sizeOf(parser.value(size));
        if (parser.isSet(size) && !options.size) return refuse(QStringLiteral("--size is written WIDTHxHEIGHT"));
    }
    return {.options = std::move(options), .exitCode = std::nullopt, .text = {}};
}

} // namespace blazedb::app
