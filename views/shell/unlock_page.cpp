#include "views/shell/unlock_page.h"

#include <algorithm>

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "views/session/job_runner.h"
#include "views/shell/place_list.h"
#include "views/shell/source_opener.h"
#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kCardWidth = 460;
constexpr int kDelaySecondsMax = 30;

/// What to do about it; the headline says what it is.
QString unlockAdvice(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Unauthenticated:
        return UnlockPage::tr("Check the keyboard layout and Caps Lock. The salt file must be the one that lies beside this database.");
    case ErrorCode::Corruption:
        return UnlockPage::tr("The rescue view shows, read-only, what the pages still hold. Restore a backup, or keep a copy before an app opens it.");
    case ErrorCode::FailedPrecondition: return UnlockPage::tr("Put the missing file back beside the others, or restore a backup.");
    case ErrorCode::Unsupported: return UnlockPage::tr("Open it with a newer version of this program.");
    case ErrorCode::InvalidArgument: return UnlockPage::tr("Choose the .blazedb file of a BlazeDB database.");
    case ErrorCode::NotFound: return UnlockPage::tr("It may have been moved, renamed or deleted.");
    case ErrorCode::PermissionDenied: return UnlockPage::tr("Ask the owner of the file for the right to read it.");
    case ErrorCode::Conflict:
    case ErrorCode::Unavailable: return UnlockPage::tr("The files changed while they were read. Try again.");
    default: return {};
    }
}

} // namespace

UnlockPage::UnlockPage(SourceOpener& opener, JobRunner& jobs, Theme& theme, const QString& place, const QString& publicPassword, QWidget* parent)
    : QWidget(parent)
    , m_opener(opener)
    , m_jobs(jobs)
    , m_place(place)
    , m_title(makeWrappedLabel(shortPlaceName(place), TextRole::Title, this))
    , m_facts(makeWrappedLabel({}, TextRole::Muted, this))
    , m_remarks(makeWrappedLabel({}, TextRole::Info, this))
    , m_why(makeWrappedLabel({}, TextRole::Muted, this))
    , m_password(new QLineEdit(publicPassword, this))
    , m_reveal(new QToolButton(this))
    , m_capsLock(makeWrappedLabel(tr("Caps Lock seems to be on."), TextRole::Warn, this))
    , m_problem(makeWrappedLabel({}, TextRole::Problem, this))
    , m_advice(makeWrappedLabel({}, TextRole::Muted, this))
    , m_progress(new QProgressBar(this))
    , m_unlock(new QPushButton(tr("Unlock"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_rescue(new QPushButton(tr("Open Rescue View"), this))
{
    setObjectName(QStringLiteral("unlock.page"));
    setProperty("state", QStringLiteral("locked"));
    build(theme);
    if (!publicPassword.isEmpty()) sayWhyLocked(tr("This is the sample. Its password is public and filled in."));
    connect(m_password, &QLineEdit::returnPressed, this, &UnlockPage::unlock);
    connect(m_unlock, &QPushButton::clicked, this, &UnlockPage::unlock);
    connect(m_rescue, &QPushButton::clicked, this, [this] { open(true); });
    connect(m_cancel, &QPushButton::clicked, this, &UnlockPage::cancel);
    m_delay.setInterval(1000);
    connect(&m_delay, &QTimer::timeout, this, &UnlockPage::countDown);
    m_password->installEventFilter(this);
    look();
}

void UnlockPage::build(Theme& theme)
{
    QFrame* const card = makeFrame(Surface::Card, this);
    card->setFixedWidth(kCardWidth);
    auto* column = makeColumn(card);
    column->setContentsMargins(Theme::unit(5), Theme::unit(5), Theme::unit(5), Theme::unit(5));
    m_title->setObjectName(QStringLiteral("unlock.name"));
    m_facts->setObjectName(QStringLiteral("unlock.facts"));
    m_remarks->setObjectName(QStringLiteral("unlock.remarks"));
    m_why->setObjectName(QStringLiteral("unlock.why"));
    m_problem->setObjectName(QStringLiteral("unlock.problem"));
    m_advice->setObjectName(QStringLiteral("unlock.advice"));
    m_capsLock->setObjectName(QStringLiteral("unlock.capsLock"));

    auto* placeRow = makeRow();
    QLabel* const placeLabel = makeWrappedLabel(m_place, TextRole::Muted, card);
    placeLabel->setObjectName(QStringLiteral("unlock.place"));
    placeLabel->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* copy = new QToolButton(card);
    nameControl(copy, QStringLiteral("unlock.copyPlace"), tr("Copy the path"));
    copy->setIcon(theme.icon(QStringLiteral("copy")));
    copy->setToolTip(tr("Copy the path"));
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_place); });
    placeRow->addWidget(placeLabel, 1);
    placeRow->addWidget(copy, 0, Qt::AlignTop);

    nameControl(m_password, QStringLiteral("unlock.password"), tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setPlaceholderText(tr("Password"));
    nameControl(m_reveal, QStringLiteral("unlock.reveal"), tr("Show the password"));
    m_reveal->setIcon(theme.icon(QStringLiteral("view")));
    m_reveal->setToolTip(tr("Show the password"));
    m_reveal->setCheckable(true);
    connect(m_reveal, &QToolButton::toggled, this, [this](bool isShown) { m_password->setEchoMode(isShown ? QLineEdit::Normal : QLineEdit::Password); });
    auto* passwordRow = makeRow();
    passwordRow->addWidget(m_password, 1);
    passwordRow->addWidget(m_reveal);

    nameControl(m_unlock, QStringLiteral("unlock.open"), tr("Unlock"));
    setButtonRole(m_unlock, ButtonRole::Primary);
    nameControl(m_cancel, QStringLiteral("unlock.cancel"), tr("Cancel"));
    nameControl(m_rescue, QStringLiteral("unlock.rescue"), tr("Open Rescue View"));
    m_rescue->setToolTip(tr("Ignores the catalogue and shows, read-only, what a scan of the pages finds"));
    m_progress->setObjectName(QStringLiteral("unlock.progress"));
    m_progress->setAccessibleName(tr("Deriving the key"));
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(Theme::unit());
    auto* buttons = makeRow();
    buttons->addWidget(m_rescue);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_unlock);

    column->addWidget(m_title);
    column->addLayout(placeRow);
    column->addWidget(m_facts);
    column->addWidget(m_remarks);
    column->addWidget(m_why);
    column->addSpacing(Theme::unit(2));
    column->addLayout(passwordRow);
    column->addWidget(m_capsLock);
    column->addWidget(m_progress);
    column->addWidget(m_problem);
    column->addWidget(m_advice);
    column->addSpacing(Theme::unit(2));
    column->addLayout(buttons);
    for (QWidget* part : {static_cast<QWidget*>(m_facts), static_cast<QWidget*>(m_remarks), static_cast<QWidget*>(m_why),
                          static_cast<QWidget*>(m_capsLock), static_cast<QWidget*>(m_progress), static_cast<QWidget*>(m_problem),
                          static_cast<QWidget*>(m_advice), static_cast<QWidget*>(m_cancel), static_cast<QWidget*>(m_rescue)})
        part->hide();

    auto* page = makeColumn(this);
    page->addStretch(2);
    page->addWidget(card, 0, Qt::AlignHCenter);
    page->addStretch(3);
    setFocusProxy(m_password);
}

void UnlockPage::look()
{
    m_jobs.run(
        {.title = tr("Look at %1").arg(shortPlaceName(m_place)), .context = this, .isQuiet = true},
        [&opener = m_opener, place = toUtf8(m_place)](const api::CallContext& context) { return opener.preview(context, place); },
        [this](Result<SourcePreview> preview) {
            if (preview) return showPreview(*preview);
            if (preview.error().code != ErrorCode::Cancelled) showProblem(preview.error());
        });
}

void UnlockPage::showPreview(const SourcePreview& preview)
{
    m_title->setText(toQString(preview.name));
    m_facts->setText(tr("%1 · %2 · changed %3")
                         .arg(toQString(preview.format), formatBytes(preview.totalBytes),
                              formatDateTime(QDateTime::fromMSecsSinceEpoch(preview.modifiedUnixMs))));
    m_facts->show();
    QStringList remarks;
    for (const model::Finding& finding : preview.findings) {
        remarks << toQString(finding.advice.empty() ? finding.message : finding.message + ". " + finding.advice);
        if (finding.kind == model::FindingKind::CatalogueUntrusted) m_rescue->show();
    }
    m_remarks->setText(remarks.join(QLatin1Char('\n')));
    m_remarks->setVisible(!remarks.isEmpty());
}

void UnlockPage::sayWhyLocked(const QString& why)
{
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty());
}

void UnlockPage::open(bool isRescue)
{
    if (m_jobs.isRunning(m_job) || m_delay.isActive()) return;
    auto request = std::make_shared<SourceRequest>();
    request->place = toUtf8(m_place);
    request->password = SecureBytes::fromText(toUtf8(m_password->text()));
    request->isRescue = isRescue;
    setOpening(true);
    m_job = m_jobs.run(
        {.title = tr("Open %1").arg(shortPlaceName(m_place)), .context = this},
        [&opener = m_opener, request](const api::CallContext& context) { return opener.open(context, std::move(*request)); },
        [this](Result<std::unique_ptr<api::DataSource>> source) {
            setOpening(false);
            if (!source) return showProblem(source.error());
            m_password->clear();
            Q_EMIT opened(std::shared_ptr<api::DataSource>(std::move(*source)));
        });
}

void UnlockPage::cancel()
{
    m_jobs.cancel(m_job);
}

void UnlockPage::setOpening(bool isOpening)
{
    setProperty("state", isOpening ? QStringLiteral("opening") : QStringLiteral("locked"));
    if (isOpening) {
        m_problem->hide();
        m_advice->hide();
    }
    m_progress->setVisible(isOpening);
    m_cancel->setVisible(isOpening);
    m_unlock->setEnabled(!isOpening);
    m_rescue->setEnabled(!isOpening);
    m_password->setReadOnly(isOpening);
    if (isOpening) m_cancel->setFocus();
    else m_password->setFocus();
}

void UnlockPage::showProblem(const Error& error)
{
    if (error.code == ErrorCode::Cancelled) return;
    setProperty("state", QStringLiteral("failed"));
    m_problem->setText(error.code == ErrorCode::Unauthenticated || error.message.empty() ? errorHeadline(error) : toQString(error.message));
    m_problem->setProperty("outcome", toQString(errorCodeName(error.code)));
    m_problem->setToolTip(toQString(error.message));
    m_advice->setText(unlockAdvice(error.code));
    m_problem->show();
    m_advice->setVisible(!m_advice->text().isEmpty());
    m_rescue->setVisible(m_rescue->isVisible() || error.code == ErrorCode::Corruption);
    if (error.code == ErrorCode::Unauthenticated) {
        m_password->selectAll();
        ++m_wrongPasswords;
        holdBack();
    }
}

/// The first mistake costs nothing; each further one doubles the wait.
void UnlockPage::holdBack()
{
    if (m_wrongPasswords < 2) return;
    m_secondsLeft = std::min(kDelaySecondsMax, 1 << std::min(m_wrongPasswords - 2, 5));
    m_unlock->setEnabled(false);
    m_rescue->setEnabled(false);
    m_unlock->setText(tr("Unlock in %n s", nullptr, m_secondsLeft));
    m_delay.start();
}

void UnlockPage::countDown()
{
    --m_secondsLeft;
    if (m_secondsLeft > 0) return m_unlock->setText(tr("Unlock in %n s", nullptr, m_secondsLeft));
    m_delay.stop();
    m_unlock->setText(tr("Unlock"));
    m_unlock->setEnabled(true);
    m_rescue->setEnabled(true);
}

bool UnlockPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_password && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const QChar letter = key->text().size() == 1 ? key->text().front() : QChar();
        if (letter.isLetter()) m_capsLock->setVisible(letter.isUpper() != key->modifiers().testFlag(Qt::ShiftModifier));
        if (key->key() == Qt::Key_Escape && m_jobs.isRunning(m_job)) cancel();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace blazedb::views
