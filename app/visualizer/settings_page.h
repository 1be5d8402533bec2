// The page where the user changes the settings; each change applies at once.
#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace blazedb::views {
class Theme;
}

namespace blazedb::app {

class Settings;

/// Object names `settings.…`. GUI thread only.
class SettingsPage final : public QWidget {
    Q_OBJECT

public:
    /// Borrows both.
    SettingsPage(Settings& settings, views::Theme& theme, QWidget* parent = nullptr);

private:
    void show();

    Settings& m_settings;
    QComboBox* m_theme;
    QSpinBox* m_autoLock;
    QCheckBox* m_restore;
    QCheckBox* m_remember;
};

} // namespace blazedb::app
