// The page where the user changes the settings; each change applies at once.
#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace blazedb::views {
class RememberedSecrets;
class Theme;
}

namespace blazedb::app {

class Settings;

/// Object names `settings.…`. GUI thread only.
class SettingsPage final : public QWidget {
    Q_OBJECT

public:
    /// Borrows all. `secrets` is null where no password can be remembered.
    SettingsPage(Settings& settings, views::Theme& theme, views::RememberedSecrets* secrets, QWidget* parent = nullptr);

private:
    void show();
    void addSecrets(QVBoxLayout* column);
    void showSecrets();
    void forgetChosen();
    void askBeforeForgettingAll();

    Settings& m_settings;
    QComboBox* m_theme;
    QSpinBox* m_autoLock;
    QCheckBox* m_restore;
    QCheckBox* m_remember;
    views::RememberedSecrets* m_secrets;
    QListWidget* m_secretList; ///< Rows in the order of RememberedSecrets::entries().
    QLabel* m_noSecrets;
    QPushButton* m_forget;
    QPushButton* m_forgetAll;
};

} // namespace blazedb::app
