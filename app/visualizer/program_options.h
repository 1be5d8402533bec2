// What the program was started with.
#pragma once

#include <optional>

#include <QSize>
#include <QString>
#include <QStringList>

#include "views/widgets/theme.h"

namespace blazedb::app {

struct ProgramOptions {
    QStringList files; ///< Absolute paths.
    std::optional<views::ThemeChoice> theme;
    QString settingsFolder; ///< Empty: the platform's.
    bool opensSample = false;
    bool isNewInstance = false;
    bool isSafeMode = false;

    // Only under BLAZEDB_TEST_MODE=1:
    QString uiScript;
    QString screenshot;
    std::optional<QSize> size;
};

struct OptionsAnswer {
    ProgramOptions options;
    std::optional<int> exitCode; ///< Set: print `text` and end with it.
    QString text;
};

/// Needs a QCoreApplication. `isTestMode` allows the switches of automation.
OptionsAnswer readProgramOptions(const QStringList& arguments, bool isTestMode);

std::optional<views::ThemeChoice> themeByName(const QString& name); ///< "system", "light", "dark", "high-contrast"
QString themeName(views::ThemeChoice choice);

} // namespace blazedb::app
