#include "views/shell/unlock_page.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "views/session/job_runner.h"
#include "views/shell/place_list.h"
#include "views/shell/source_opener.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {

UnlockPage::UnlockPage(SourceOpener& opener, JobRunner& jobs, Theme&, const QString& place, QWidget* parent)
    : QWidget(parent)
    , m_opener(opener)
    , m_jobs(jobs)
    , m_place(place)
    , m_why(makeWrappedLabel({}, TextRole::Muted, this))
    , m_password(new QLineEdit(this))
    , m_problem(makeWrappedLabel({}, TextRole::Problem, this))
    , m_unlock(new QPushButton(tr("Unlock"), this))
{
    setObjectName(QStringLiteral("unlock.page"));
    QFrame* const card = makeFrame(Surface::Card, this);
    card->setFixedWidth(420);
    auto* column = makeColumn(card);
    column->setContentsMargins(Theme::unit(4), Theme::unit(4), Theme::unit(4), Theme::unit(4));
    column->addWidget(makeWrappedLabel(shortPlaceName(place), TextRole::Title, card));
    column->addWidget(makeWrappedLabel(place, TextRole::Muted, card));
    column->addWidget(m_why);
    m_why->hide();
    nameControl(m_password, QStringLiteral("unlock.password"), tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(tr("Password"));
    column->addWidget(m_password);
    m_problem->setObjectName(QStringLiteral("unlock.problem"));
    m_problem->hide();
    column->addWidget(m_problem);
    nameControl(m_unlock, QStringLiteral("unlock.open"), tr("Unlock"));
    setButtonRole(m_unlock, ButtonRole::Primary);
    column->addWidget(m_unlock);

    auto* page = makeColumn(this);
    page->addStretch(2);
    page->addWidget(card, 0, Qt::AlignHCenter);
    page->addStretch(3);
    setFocusProxy(m_password);
    connect(m_password, &QLineEdit::returnPressed, this, &UnlockPage::unlock);
    connect(m_unlock, &QPushButton::clicked, this, &UnlockPage::unlock);
}

void UnlockPage::sayWhyLocked(const QString& why)
{
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty());
}

void UnlockPage::unlock()
{
    if (m_jobs.isRunning(m_job)) return;
    m_problem->hide();
    auto request = std::make_shared<SourceRequest>();
    request->place = toUtf8(m_place);
    request->password = SecureBytes::fromText(toUtf8(m_password->text()));
    m_password->clear();
    m_job = m_jobs.run(
        {.title = tr("Open %1").arg(shortPlaceName(m_place)), .context = this},
        [&opener = m_opener, request](const api::CallContext& context) { return opener.open(context, std::move(*request)); },
        [this](Result<std::unique_ptr<api::DataSource>> source) {
            if (!source) return showProblem(source.error());
            Q_EMIT opened(std::shared_ptr<api::DataSource>(std::move(*source)));
        });
}

void UnlockPage::showProblem(const Error& error)
{
    m_problem->setText(errorHeadline(error));
    m_problem->setToolTip(toQString(error.message));
    m_problem->show();
}

} // namespace blazedb::views
