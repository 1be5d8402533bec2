#include "app/visualizer/settings_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include "app/visualizer/search_settings.h"
#include "app/visualizer/settings.h"
#include "views/shell/remembered_secrets.h"
#include "views/widgets/parts.h"
#include "views/widgets/scrolled.h"
#include "views/widgets/theme.h"

namespace blazedb::app {

using views::Theme;

SettingsPage::SettingsPage(Settings& settings, Theme& theme, views::RememberedSecrets* secrets, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_theme(new QComboBox(this))
    , m_autoLock(new QSpinBox(this))
    , m_restore(new QCheckBox(tr("Open the databases of the last time, locked, at the start"), this))
    , m_remember(new QCheckBox(tr("Remember recently opened files"), this))
    , m_secrets(secrets)
    , m_secretList(new QListWidget(this))
    , m_noSecrets(views::makeWrappedLabel({}, views::TextRole::Muted, this))
    , m_forget(new QPushButton(tr("Forget"), this))
    , m_forgetAll(new QPushButton(tr("Forget All…"), this))
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

    auto* column = views::makeColumn(views::makeScrolled(this, QStringLiteral("settings.scroll")));
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
    column->addWidget(new SearchSettings(settings, this));
    addSecrets(column);
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

void SettingsPage::addSecrets(QVBoxLayout* column)
{
    column->addWidget(views::makeLabel(tr("Stored passwords"), views::TextRole::Section, this));
    column->addWidget(views::makeWrappedLabel(tr("Databases whose password is in the system's password store. The passwords themselves are only there."),
                                              views::TextRole::Muted, this));
    m_noSecrets->setObjectName(QStringLiteral("settings.secrets.none"));
    m_noSecrets->setText(m_secrets ? tr("No password is stored.") : tr("Not available here: there is no password store."));
    column->addWidget(m_noSecrets);
    views::nameControl(m_secretList, QStringLiteral("settings.secrets"), tr("Databases with a stored password"));
    m_secretList->setFixedHeight(6 * Theme::rowHeight());
    column->addWidget(m_secretList);
    views::nameControl(m_forget, QStringLiteral("settings.secrets.forget"), tr("Forget the password of the selected database"));
    views::nameControl(m_forgetAll, QStringLiteral("settings.secrets.forgetAll"), tr("Forget all stored passwords"));
    auto* buttons = views::makeRow();
    buttons->addWidget(m_forget);
    buttons->addWidget(m_forgetAll);
    buttons->addStretch(1);
    column->addLayout(buttons);
    connect(m_secretList, &QListWidget::currentRowChanged, this, [this](int row) { m_forget->setEnabled(row >= 0); });
    connect(m_forget, &QPushButton::clicked, this, &SettingsPage::forgetChosen);
    connect(m_forgetAll, &QPushButton::clicked, this, &SettingsPage::askBeforeForgettingAll);
    if (m_secrets) connect(m_secrets, &views::RememberedSecrets::changed, this, &SettingsPage::showSecrets);
    showSecrets();
}

void SettingsPage::showSecrets()
{
    m_secretList->clear();
    if (m_secrets) {
        for (const auto& entry : m_secrets->entries()) m_secretList->addItem(entry.name);
    }
    const bool isAny = m_secretList->count() > 0;
    m_noSecrets->setVisible(!isAny);
    m_secretList->setVisible(isAny);
    m_forget->setVisible(isAny);
    m_forget->setEnabled(m_secretList->currentRow() >= 0);
    m_forget->setToolTip(tr("Choose a database in the list first"));
    m_forgetAll->setVisible(isAny);
}

void SettingsPage::forgetChosen()
{
    const int row = m_secretList->currentRow();
    if (row >= 0) m_secrets->forget(m_secrets->entries()[static_cast<std::size_t>(row)].identity);
}

void SettingsPage::askBeforeForgettingAll()
{
    auto* const box = new QMessageBox(QMessageBox::Question, tr("Forget all stored passwords"),
                                      tr("%n password(s) will be removed from the system's password store. The databases stay as they are.", nullptr,
                                         m_secretList->count()),
                                      QMessageBox::Cancel, this);
    box->setObjectName(QStringLiteral("settings.secrets.confirm"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* const forget = box->addButton(tr("Forget All"), QMessageBox::DestructiveRole);
    forget->setObjectName(QStringLiteral("settings.secrets.confirm.forget"));
    box->setDefaultButton(QMessageBox::Cancel);
    connect(forget, &QPushButton::clicked, m_secrets, &views::RememberedSecrets::forgetAll);
    box->open();
}

} // namespace blazedb::app
