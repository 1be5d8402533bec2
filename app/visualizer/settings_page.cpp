#include "app/visualizer/settings_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include "app/visualizer/settings.h"
#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::app {

using views::Theme;

SettingsPage::SettingsPage(Settings& settings, Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_theme(new QComboBox(this))
    , m_autoLock(new QSpinBox(this))
    , m_restore(new QCheckBox(tr("Open the databases of the last time, locked, at the start"), this))
    , m_remember(new QCheckBox(tr("Remember recently opened files"), this))
{
    setObjectName(QStringLiteral("settings.page"));
    views::nameControl(m_theme, QStringLiteral("settings.theme"), tr("Colours"));
    m_theme->addItem(tr("As the system"), static_cast<int>(views::ThemeChoice::System));
    m_theme->addItem(tr("Light"), static_cast<int>(views::ThemeChoice::Light));
    m_theme->addItem(tr("Dark"), static_cast<int>(views::ThemeChoice::Dark));
    m_theme->addItem(tr("High contrast"), static_cast<int>(views::ThemeChoice::HighContrast));
    views::nameControl(m_autoLock, QStringLiteral("settings.autoLock"), tr("Lock databases after"));
    m_autoLock->setRange(0, Settings::kAutoLockMinutesMax);
    m_autoLock->setSuffix(tr(" min without input"));
    m_autoLock->setSpecialValueText(tr("Never"));
    views::nameControl(m_restore, QStringLiteral("settings.restore"), m_restore->text());
    views::nameControl(m_remember, QStringLiteral("settings.remember"), m_remember->text());

    auto* column = views::makeColumn(this);
    column->setContentsMargins(Theme::unit(6), Theme::unit(6), Theme::unit(6), Theme::unit(6));
    column->setSpacing(Theme::unit(4));
    column->addWidget(views::makeLabel(tr("Settings"), views::TextRole::Title, this));
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(Theme::unit(4));
    form->setVerticalSpacing(Theme::unit(3));
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->addRow(tr("Colours"), m_theme);
    form->addRow(tr("Lock databases after"), m_autoLock);
    form->addRow(m_restore);
    form->addRow(m_remember);
    column->addLayout(form);
    column->addStretch(1);

    show();
    connect(&m_settings, &Settings::changed, this, &SettingsPage::show);
    connect(m_theme, &QComboBox::activated, this, [this, &theme] {
        const auto choice = static_cast<views::ThemeChoice>(m_theme->currentData().toInt());
        theme.apply(choice);
        m_settings.setTheme(choice);
    });
    connect(m_autoLock, &QSpinBox::valueChanged, this, [this](int minutes) { m_settings.setAutoLockMinutes(minutes); });
    connect(m_restore, &QCheckBox::toggled, this, [this](bool isOn) { m_settings.setRestoresSession(isOn); });
    connect(m_remember, &QCheckBox::toggled, this, [this](bool isOn) { m_settings.setRemembersPlaces(isOn); });
}

void SettingsPage::show()
{
    const QSignalBlocker noAutoLock(m_autoLock);
    const QSignalBlocker noRestore(m_restore);
    const QSignalBlocker noRemember(m_remember);
    m_theme->setCurrentIndex(m_theme->findData(static_cast<int>(m_settings.theme())));
    m_autoLock->setValue(m_settings.autoLockMinutes());
    m_restore->setChecked(m_settings.restoresSession());
    m_remember->setChecked(m_settings.remembersPlaces());
}

} // namespace blazedb::app
