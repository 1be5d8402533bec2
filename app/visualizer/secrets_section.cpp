#include "app/visualizer/secrets_section.h"

#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

#include "views/shell/remembered_secrets.h"
#include "views/widgets/parts.h"
#include "views/widgets/theme.h"

namespace blazedb::app {

using views::Theme;

SecretsSection::SecretsSection(views::RememberedSecrets* secrets, QWidget* parent)
    : QWidget(parent)
    , m_secrets(secrets)
    , m_list(new QListWidget(this))
    , m_none(views::makeWrappedLabel({}, views::TextRole::Muted, this))
    , m_forget(new QPushButton(tr("Forget"), this))
    , m_forgetAll(new QPushButton(tr("Forget All…"), this))
{
    auto* const column = views::makeColumn(this);
    column->addWidget(views::makeLabel(tr("Stored passwords"), views::TextRole::Section, this));
    column->addWidget(views::makeWrappedLabel(tr("Databases whose password is in the system's password store. The passwords themselves are only there."),
                                              views::TextRole::Muted, this));
    m_none->setObjectName(QStringLiteral("settings.secrets.none"));
    m_none->setText(m_secrets ? tr("No password is stored.") : tr("Not available here: there is no password store."));
    column->addWidget(m_none);
    views::nameControl(m_list, QStringLiteral("settings.secrets"), tr("Databases with a stored password"));
    m_list->setFixedHeight(6 * Theme::rowHeight());
    column->addWidget(m_list);
    views::nameControl(m_forget, QStringLiteral("settings.secrets.forget"), tr("Forget the password of the selected database"));
    views::nameControl(m_forgetAll, QStringLiteral("settings.secrets.forgetAll"), tr("Forget all stored passwords"));
    auto* const buttons = views::makeRow();
    buttons->addWidget(m_forget);
    buttons->addWidget(m_forgetAll);
    buttons->addStretch(1);
    column->addLayout(buttons);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) { m_forget->setEnabled(row >= 0); });
    connect(m_forget, &QPushButton::clicked, this, &SecretsSection::forgetChosen);
    connect(m_forgetAll, &QPushButton::clicked, this, &SecretsSection::askBeforeForgettingAll);
    if (m_secrets) connect(m_secrets, &views::RememberedSecrets::changed, this, &SecretsSection::show);
    show();
}

void SecretsSection::show()
{
    m_list->clear();
    if (m_secrets) {
        for (const auto& entry : m_secrets->entries()) m_list->addItem(entry.name);
    }
    const bool isAny = m_list->count() > 0;
    m_none->setVisible(!isAny);
    m_list->setVisible(isAny);
    m_forget->setVisible(isAny);
    m_forget->setEnabled(m_list->currentRow() >= 0);
    m_forget->setToolTip(tr("Choose a database in the list first"));
    m_forgetAll->setVisible(isAny);
}

void SecretsSection::forgetChosen()
{
    const int row = m_list->currentRow();
    if (row >= 0) m_secrets->forget(m_secrets->entries()[static_cast<std::size_t>(row)].identity);
}

void SecretsSection::askBeforeForgettingAll()
{
    auto* const box = new QMessageBox(QMessageBox::Question, tr("Forget all stored passwords"),
                                      tr("%n password(s) will be removed from the system's password store. The databases stay as they are.", nullptr, m_list->count()),
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
