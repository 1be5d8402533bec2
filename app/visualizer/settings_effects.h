// What the settings do to the look, the views and the keys; and how a choice made there comes back into the settings.
#pragma once

#include <QObject>

#include "views/widgets/theme.h"

namespace blazedb::views {
class CommandRegistry;
class ViewPreferences;
}

namespace blazedb::app {

class Settings;

/// Each change counts at once, in both directions. GUI thread only.
class SettingsEffects final : public QObject {
    Q_OBJECT

public:
    /// Borrows all. Applies everything but the keys, and the theme's colours, which the command line may have chosen for this
    /// once: they follow from the next change of that setting on.
    SettingsEffects(Settings& settings, views::Theme& theme, views::ViewPreferences& preferences, views::CommandRegistry& commands, QObject* parent = nullptr);
    void applyKeys(); ///< Once the commands are registered.

private:
    void apply();

    Settings& m_settings;
    views::Theme& m_theme;
    views::ViewPreferences& m_preferences;
    views::CommandRegistry& m_commands;
    views::ThemeChoice m_themeSeen;
    bool m_isApplying = false; ///< What the views tell meanwhile is no choice of the user's.
};

} // namespace blazedb::app
