// One setting on the page: its title, its control, what it does, and the way back to the default.
#pragma once

#include <QWidget>

#include "app/visualizer/setting_items.h"

class QLabel;
class QToolButton;

namespace blazedb::views {
class Theme;
}

namespace blazedb::app {

class Settings;
struct SettingSpec;

/// A change counts at once. Object names: that of the item for the control, `….reset`, `….about`. GUI thread only.
class SettingRow final : public QWidget {
    Q_OBJECT

public:
    /// Borrows the settings and the theme.
    SettingRow(Settings& settings, SettingItem item, const views::Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] const QString& key() const { return m_item.key; }
    [[nodiscard]] const QString& page() const { return m_item.page; }
    [[nodiscard]] bool matches(const QStringList& words) const; ///< Each word is in the title, the explanation or a choice.
    /// Disables the control and says why; an empty reason enables it again.
    void setReasonOff(const QString& reason);

private:
    QWidget* makeControl();
    QWidget* makeFlag();
    QWidget* makeNumber();
    QWidget* makeChoice();
    void build(const views::Theme& theme);
    void show();
    [[nodiscard]] QString defaultText() const;
    [[nodiscard]] QString valueText(const QVariant& value) const;

    Settings& m_settings;
    SettingItem m_item;
    const SettingSpec& m_spec;
    QWidget* m_control = nullptr;
    QToolButton* m_reset = nullptr;
    QLabel* m_about = nullptr;
    QString m_reasonOff;
};

} // namespace blazedb::app
