#include "views/shell/unlock_page.h"

#include <algorithm>

#include <QCheckBox>
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
#include "views/shell/remembered_secrets.h"
#include "views/shell/shell_parts.h"
#include "views/shell/source_opener.h"
#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kCardWidth = 420;
constexpr int kDelaySecondsMax = 30;
constexpr int kBelowSwitch = 28; ///< Where the words of a switch begin, for the line below them.

/// What it is, in words of the product; the engine's own message stands below as the details.
QString unlockHeadline(const Error& error, const QString& file)
{
    switch (error.code) {
    case ErrorCode::Unauthenticated: return UnlockPage::tr("The password does not fit %1, or its salt file is missing or not the right one.").arg(file);
    case ErrorCode::Corruption: return UnlockPage::tr("%1 is damaged: its catalogue is missing or cannot be trusted.").arg(file);
    case ErrorCode::FailedPrecondition: return UnlockPage::tr("A part of the database %1 is missing.").arg(file);
    case ErrorCode::Unsupported: return UnlockPage::tr("%1 has a form that this version of the program cannot open.").arg(file);
    case ErrorCode::InvalidArgument: return UnlockPage::tr("%1 is not a BlazeDB database.").arg(file);
    case ErrorCode::NotFound: return UnlockPage::tr("%1 is not there.").arg(file);
    case ErrorCode::PermissionDenied: return UnlockPage::tr("You do not have the right to read %1.").arg(file);
    case ErrorCode::Conflict:
    case ErrorCode::Unavailable: return UnlockPage::tr("%1 changed while it was read.").arg(file);
    case ErrorCode::Io: return UnlockPage::tr("%1 could not be read.").arg(file);
    default: return errorHeadline(error);
    }
}

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
    case ErrorCode::InvalidArgument: return UnlockPage::tr("Choose the .blazedb or .blaze file of a BlazeDB database.");
    case ErrorCode::NotFound: return UnlockPage::tr("It may have been moved, renamed or deleted. Put it back, or choose it at its new place.");
    case ErrorCode::PermissionDenied: return UnlockPage::tr("Ask the owner of the file for the right to read it.");
    case ErrorCode::Conflict:
    case ErrorCode::Unavailable: return UnlockPage::tr("An app is writing to it at the moment. Try again.");
    case ErrorCode::Io: return UnlockPage::tr("Check the disk or the network drive it lies on, then try again.");
    default: return {};
    }
}

/// A name of bytes that are no text cannot be said to the system from here.
bool isNameWithoutText(const QString& place)
{
    return place.contains(QChar(QChar::ReplacementCharacter));
}

QCheckBox* makeFixedSwitch(const char* name, const QString& text, const QString& reason, bool isOn, QWidget* parent)
{
    auto* box = new QCheckBox(text, parent);
    nameControl(box, QString::fromLatin1(name), text);
    box->setAccessibleDescription(reason);
    box->setToolTip(reason);
    box->setChecked(isOn);
    box->setEnabled(false);
    return box;
}

} // namespace

UnlockPage::UnlockPage(const ShellParts& parts, JobRunner& jobs, const QString& place, const QString& publicPassword, QWidget* parent)
    : QWidget(parent)
    , m_opener(parts.opener)
    , m_secrets(parts.secrets)
    , m_jobs(jobs)
    , m_place(place)
    , m_title(makeWrappedLabel(breakable(shortPlaceName(place)), TextRole::Title, this))
    , m_facts(makeWrappedLabel({}, TextRole::Muted, this))
    , m_remarks(makeWrappedLabel({}, TextRole::Info, this))
    , m_why(makeWrappedLabel({}, TextRole::Muted, this))
    , m_copy(new QToolButton(this))
    , m_form(new QWidget(this))
    , m_switches(new QWidget(this))
    , m_password(new QLineEdit(publicPassword, m_form))
    , m_reveal(new QToolButton(m_form))
    , m_capsLock(makeWrappedLabel(tr("Caps Lock seems to be on."), TextRole::Warn, m_form))
    , m_problem(makeWrappedLabel({}, TextRole::Problem, this))
    , m_advice(makeWrappedLabel({}, TextRole::Body, this))
    , m_details(makeWrappedLabel({}, TextRole::Label, this))
    , m_useStored(new QPushButton(tr("Unlock with the Stored Password"), m_form))
    , m_forget(new QPushButton(tr("Forget It"), m_form))
    , m_remember(makeFixedSwitch("unlock.remember", tr("Remember in the system's password store"),
                                 parts.secrets ? tr("The password store is being asked.") : tr("Not available here: there is no password store."), false,
                                 m_switches))
    , m_readOnly(makeFixedSwitch("unlock.readOnly", tr("Open read-only"),
                                 tr("Always so in this version: nothing is locked, and not a byte of the files changes."), true, m_switches))
    , m_progress(new QProgressBar(this))
    , m_unlock(new QPushButton(tr("Unlock"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_rescue(new QPushButton(tr("Open Rescue View"), this))
    , m_saveRest(new QPushButton(tr("Rescue into a New Database or JSON Lines…"), this))
    , m_retry(new QPushButton(tr("Try Again"), this))
{
    setObjectName(QStringLiteral("unlock.page"));
    setProperty("state", QStringLiteral("locked"));
    build(parts.theme);
    if (!publicPassword.isEmpty()) sayWhyLocked(tr("This is the sample. Its password is public and filled in."));
    connect(m_password, &QLineEdit::returnPressed, this, &UnlockPage::unlock);
    connect(m_unlock, &QPushButton::clicked, this, &UnlockPage::unlock);
    connect(m_rescue, &QPushButton::clicked, this, [this] { open(true, typedPassword(), PasswordOrigin::Typed); });
    connect(m_useStored, &QPushButton::clicked, this, &UnlockPage::unlockWithStored);
    connect(m_forget, &QPushButton::clicked, this, &UnlockPage::forgetStored);
    connect(m_saveRest, &QPushButton::clicked, this, &UnlockPage::rescueRequested);
    connect(m_retry, &QPushButton::clicked, this, &UnlockPage::look);
    connect(m_cancel, &QPushButton::clicked, this, &UnlockPage::cancel);
    m_delay.setInterval(1000);
    connect(&m_delay, &QTimer::timeout, this, &UnlockPage::countDown);
    m_password->installEventFilter(this);
    askForStore();
    refreshStored();
    look();
}

void UnlockPage::build(Theme& theme)
{
    m_title->setObjectName(QStringLiteral("unlock.name"));
    m_facts->setObjectName(QStringLiteral("unlock.facts"));
    m_remarks->setObjectName(QStringLiteral("unlock.remarks"));
    m_why->setObjectName(QStringLiteral("unlock.why"));
    m_form->setObjectName(QStringLiteral("unlock.form"));
    m_problem->setObjectName(QStringLiteral("unlock.problem"));
    m_advice->setObjectName(QStringLiteral("unlock.advice"));
    m_details->setObjectName(QStringLiteral("unlock.details"));
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_capsLock->setObjectName(QStringLiteral("unlock.capsLock"));
    m_progress->setObjectName(QStringLiteral("unlock.progress"));
    m_progress->setAccessibleName(tr("Deriving the key"));
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(Theme::unit());
    buildPassword(theme);
    buildSwitches();
    buildButtons();

    // No alignment: an aligned item gets the height of its unbroken lines, and the rest is cut.
    auto* middle = makeRow();
    middle->addStretch(1);
    middle->addWidget(makeCard(theme));
    middle->addStretch(1);
    auto* page = makeColumn(this);
    page->addStretch(2);
    page->addLayout(middle);
    page->addStretch(3);
    setFocusTarget(this, m_password);
    // As the eye goes; the parts were made in another order.
    setTabOrder(m_copy, m_password);
    setTabOrder(m_password, m_reveal);
    setTabOrder(m_reveal, m_useStored);
    setTabOrder(m_useStored, m_forget);
    setTabOrder(m_forget, m_saveRest);
    setTabOrder(m_saveRest, m_remember);
    setTabOrder(m_remember, m_rescue);
    setTabOrder(m_rescue, m_cancel);
    setTabOrder(m_cancel, m_retry);
    setTabOrder(m_retry, m_unlock);
}

QFrame* UnlockPage::makeCard(Theme& theme)
{
    QFrame* const card = makeFrame(Surface::Card, this);
    // A longer language may need more for the words of a switch, which do not wrap.
    const int margins = 2 * Theme::unit(4) + 2;
    int widest = kCardWidth;
    for (QCheckBox* box : {m_remember, m_readOnly}) {
        box->ensurePolished();
        widest = std::max(widest, box->sizeHint().width() + margins);
    }
    for (QPushButton* button : {m_useStored, m_forget, m_saveRest}) button->ensurePolished();
    widest = std::max(widest, m_saveRest->sizeHint().width() + margins);
    widest = std::max(widest, m_useStored->sizeHint().width() + m_forget->sizeHint().width() + Theme::unit(2) + margins);
    card->setFixedWidth(widest);
    auto* column = makeColumn(card);
    column->setContentsMargins(Theme::unit(4), Theme::unit(4), Theme::unit(4), Theme::unit(4));
    column->addWidget(m_title);
    column->addLayout(makePlaceRow(theme));
    for (QWidget* part : {m_facts, m_remarks, m_why}) column->addWidget(part);
    column->addSpacing(Theme::unit());
    column->addWidget(m_form);
    column->addWidget(m_progress);
    // Under the field they are about.
    for (QWidget* part : {m_problem, m_advice, m_details}) column->addWidget(part);
    auto* rest = makeRow();
    rest->addWidget(m_saveRest);
    rest->addStretch(1);
    column->addLayout(rest);
    column->addWidget(m_switches);
    column->addSpacing(Theme::unit());
    auto* buttons = makeRow();
    buttons->addWidget(m_rescue);
    buttons->addStretch(1);
    for (QWidget* part : {m_cancel, m_retry, m_unlock}) buttons->addWidget(part);
    column->addLayout(buttons);
    for (QWidget* part : {static_cast<QWidget*>(m_facts), static_cast<QWidget*>(m_remarks), static_cast<QWidget*>(m_why),
                          static_cast<QWidget*>(m_progress), static_cast<QWidget*>(m_problem), static_cast<QWidget*>(m_advice),
                          static_cast<QWidget*>(m_details), static_cast<QWidget*>(m_cancel), static_cast<QWidget*>(m_rescue),
                          static_cast<QWidget*>(m_saveRest),
                          static_cast<QWidget*>(m_retry)})
        part->hide();
    return card;
}

QLayout* UnlockPage::makePlaceRow(Theme& theme)
{
    auto* row = makeRow();
    QLabel* const place = makeWrappedLabel(breakable(m_place), TextRole::Muted, this);
    place->setObjectName(QStringLiteral("unlock.place"));
    place->setAccessibleName(m_place);
    nameControl(m_copy, QStringLiteral("unlock.copyPlace"), tr("Copy the path"));
    m_copy->setIcon(theme.icon(QStringLiteral("copy"), ColorToken::Muted));
    m_copy->setToolTip(tr("Copy the path"));
    connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_place); });
    row->addWidget(place, 1);
    row->addWidget(m_copy, 0, Qt::AlignTop);
    return row;
}

void UnlockPage::buildPassword(Theme& theme)
{
    nameControl(m_password, QStringLiteral("unlock.password"), tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    nameControl(m_reveal, QStringLiteral("unlock.reveal"), tr("Show the password"));
    m_reveal->setIcon(theme.icon(QStringLiteral("view"), ColorToken::Muted));
    m_reveal->setToolTip(tr("Show the password"));
    m_reveal->setCheckable(true);
    connect(m_reveal, &QToolButton::toggled, this, [this](bool isShown) {
        m_password->setEchoMode(isShown ? QLineEdit::Normal : QLineEdit::Password);
        m_reveal->setToolTip(isShown ? tr("Hide the password") : tr("Show the password"));
    });
    m_capsLock->hide();

    auto* label = makeLabel(tr("&Password"), TextRole::Label, m_form);
    label->setBuddy(m_password);
    auto* row = makeRow();
    row->addWidget(m_password, 1);
    row->addWidget(m_reveal);
    nameControl(m_useStored, QStringLiteral("unlock.useStored"), tr("Unlock with the stored password"));
    m_useStored->setToolTip(tr("The password of this database is in the system's password store"));
    nameControl(m_forget, QStringLiteral("unlock.forget"), tr("Forget the stored password"));
    m_forget->setToolTip(tr("Removes the password of this database from the system's password store"));
    setButtonRole(m_forget, ButtonRole::Link);
    auto* stored = makeRow();
    stored->addWidget(m_useStored);
    stored->addWidget(m_forget);
    stored->addStretch(1);
    auto* column = makeColumn(m_form);
    column->setSpacing(Theme::unit());
    column->addWidget(label);
    column->addLayout(row);
    column->addWidget(m_capsLock);
    column->addLayout(stored);
}

void UnlockPage::buildSwitches()
{
    m_switches->setObjectName(QStringLiteral("unlock.switches"));
    auto* column = makeColumn(m_switches);
    column->setSpacing(Theme::unit());
    for (QCheckBox* box : {m_remember, m_readOnly}) {
        column->addWidget(box);
        QLabel* const why = makeWrappedLabel(box->accessibleDescription(), TextRole::Label, m_switches);
        why->setObjectName(box->objectName() + QStringLiteral("Why"));
        if (box == m_remember) m_rememberWhy = why;
        auto* row = makeRow();
        row->setSpacing(0);
        row->addSpacing(kBelowSwitch);
        row->addWidget(why, 1);
        column->addLayout(row);
    }
}

void UnlockPage::buildButtons()
{
    nameControl(m_unlock, QStringLiteral("unlock.open"), tr("Unlock"));
    setButtonRole(m_unlock, ButtonRole::Primary);
    nameControl(m_cancel, QStringLiteral("unlock.cancel"), tr("Cancel"));
    nameControl(m_retry, QStringLiteral("unlock.retry"), tr("Look at the file again"));
    nameControl(m_rescue, QStringLiteral("unlock.rescue"), tr("Open Rescue View"));
    nameControl(m_saveRest, QStringLiteral("unlock.saveRest"), tr("Rescue into a new database or JSON lines"));
    m_saveRest->setToolTip(tr("Writes what can still be read into something new; the damaged database is only read"));
    setButtonRole(m_saveRest, ButtonRole::Link);
    m_rescue->setToolTip(tr("Ignores the catalogue and shows, read-only, what a scan of the pages finds"));
}

void UnlockPage::look()
{
    m_jobs.run(
        {.title = tr("Look at %1").arg(shortPlaceName(m_place)), .context = this, .isQuiet = true},
        [&opener = m_opener, place = toUtf8(m_place)](const api::CallContext& context) { return opener.preview(context, place); },
        [this](Result<SourcePreview> preview) {
            if (preview) return showPreview(*preview);
            if (preview.error().code != ErrorCode::Cancelled) showWhatItIs(preview.error());
        });
}

void UnlockPage::askForStore()
{
    if (!m_secrets) return;
    m_secrets->checkAvailable(this, [this](const Result<void>& isThere) {
        const QString why = isThere ? tr("Kept by the system for your login. Unticked, nothing is stored.")
                                    : tr("Not available here: %1").arg(toQString(isThere.error().message));
        m_remember->setEnabled(isThere.has_value());
        m_remember->setToolTip(why);
        m_remember->setAccessibleDescription(why);
        m_rememberWhy->setText(why);
    });
    connect(m_secrets, &RememberedSecrets::changed, this, &UnlockPage::refreshStored);
}

void UnlockPage::refreshStored()
{
    const bool isStored = m_secrets && !m_identity.isEmpty() && m_secrets->has(m_identity);
    m_useStored->setVisible(isStored);
    m_forget->setVisible(isStored);
}

void UnlockPage::unlockWithStored()
{
    if (m_jobs.isRunning(m_job)) return;
    m_useStored->setEnabled(false); // the system may ask its user something first
    m_secrets->read(m_identity, this, [this](Result<SecureBytes> secret) {
        m_useStored->setEnabled(true);
        if (secret) return open(false, std::move(*secret), PasswordOrigin::Stored);
        m_problem->setText(tr("The stored password could not be had."));
        m_problem->setProperty("outcome", toQString(errorCodeName(secret.error().code)));
        m_advice->setText(tr("Type the password."));
        m_details->setText(breakable(toQString(secret.error().message)));
        for (QWidget* part : {m_problem, m_advice, m_details}) part->show();
        m_password->setFocus();
    });
}

void UnlockPage::forgetStored()
{
    m_secrets->forget(m_identity);
    m_password->setFocus();
}

void UnlockPage::remember(const api::SourceDescription& about, SecureBytes password)
{
    m_secrets->store(toQString(about.identity), toQString(about.name), std::move(password));
}

void UnlockPage::showPreview(const SourcePreview& preview)
{
    if (m_retry->isVisibleTo(this)) {
        for (QWidget* part : {m_problem, m_advice, m_details}) part->hide();
        setProperty("state", QStringLiteral("locked"));
    }
    m_identity = toQString(preview.identity);
    m_needsPassword = preview.needsPassword;
    setAsking(true);
    refreshStored();
    m_title->setText(breakable(toQString(preview.name)));
    m_facts->setText(tr("%1 · %2 · changed %3")
                         .arg(toQString(preview.format), formatBytes(preview.totalBytes),
                              formatDateTime(QDateTime::fromMSecsSinceEpoch(preview.modifiedUnixMs))));
    m_facts->show();
    QStringList remarks;
    for (const model::Finding& finding : preview.findings) {
        remarks << toQString(finding.advice.empty() ? finding.message : finding.message + ". " + finding.advice);
        if (finding.kind == model::FindingKind::CatalogueUntrusted) m_canRescue = true;
    }
    m_remarks->setText(remarks.join(QLatin1Char('\n')));
    m_remarks->setVisible(!remarks.isEmpty());
    m_rescue->setVisible(m_canRescue);
    m_saveRest->setVisible(m_canRescue);
}

void UnlockPage::sayWhyLocked(const QString& why)
{
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty());
}

void UnlockPage::unlock()
{
    open(false, typedPassword(), PasswordOrigin::Typed);
}

SecureBytes UnlockPage::typedPassword() const
{
    return m_needsPassword ? SecureBytes::fromText(toUtf8(m_password->text())) : SecureBytes();
}

void UnlockPage::open(bool isRescue, SecureBytes password, PasswordOrigin origin)
{
    if (m_jobs.isRunning(m_job) || (m_delay.isActive() && origin == PasswordOrigin::Typed)) return;
    auto toStore = std::make_shared<SecureBytes>();
    if (m_needsPassword && origin == PasswordOrigin::Typed && m_remember->isEnabled() && m_remember->isChecked()) *toStore = password.clone();
    auto request = std::make_shared<SourceRequest>();
    request->place = toUtf8(m_place);
    request->password = std::move(password);
    request->isRescue = isRescue;
    setOpening(true);
    m_job = m_jobs.run(
        {.title = tr("Open %1").arg(shortPlaceName(m_place)), .context = this},
        [&opener = m_opener, request](const api::CallContext& context) { return opener.open(context, std::move(*request)); },
        [this, origin, toStore](Result<std::unique_ptr<api::DataSource>> source) {
            setOpening(false);
            if (!source) return showProblem(source.error(), origin);
            m_password->clear();
            if (!toStore->isEmpty()) remember((*source)->describe(), std::move(*toStore));
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
        for (QWidget* part : {m_problem, m_advice, m_details}) part->hide();
    }
    m_progress->setVisible(isOpening);
    m_cancel->setVisible(isOpening);
    m_unlock->setEnabled(!isOpening);
    m_rescue->setEnabled(!isOpening);
    m_password->setReadOnly(isOpening);
    m_useStored->setEnabled(!isOpening);
    if (isOpening) m_cancel->setFocus();
    else (m_needsPassword ? static_cast<QWidget*>(m_password) : m_unlock)->setFocus();
}

void UnlockPage::showProblem(const Error& error, PasswordOrigin origin)
{
    if (error.code == ErrorCode::Cancelled) return;
    const bool isStoredWrong = origin == PasswordOrigin::Stored && error.code == ErrorCode::Unauthenticated;
    setProperty("state", QStringLiteral("failed"));
    m_problem->setText(isStoredWrong ? tr("The stored password does not fit %1.").arg(breakable(shortPlaceName(m_place)))
                                     : unlockHeadline(error, breakable(shortPlaceName(m_place))));
    m_problem->setProperty("outcome", toQString(errorCodeName(error.code)));
    m_advice->setText(isStoredWrong ? tr("It may have been changed since. Forget the stored one, or type the password of now.")
                      : error.code == ErrorCode::NotFound && isNameWithoutText(m_place)
                          ? tr("Its name holds bytes that are not text, which cannot be passed on from here. Rename a copy, or use the command line.")
                          : unlockAdvice(error.code));
    m_details->setText(breakable(toQString(error.message)));
    m_problem->show();
    m_advice->setVisible(!m_advice->text().isEmpty());
    m_details->setVisible(!error.message.empty());
    m_canRescue = m_canRescue || error.code == ErrorCode::Corruption;
    m_rescue->setVisible(m_canRescue);
    m_saveRest->setVisible(m_canRescue);
    if (error.code != ErrorCode::Unauthenticated || isStoredWrong) return;
    m_password->selectAll();
    ++m_wrongPasswords;
    holdBack();
}

void UnlockPage::showWhatItIs(const Error& error)
{
    showProblem(error, PasswordOrigin::Typed);
    setAsking(false);
    m_retry->setFocus();
}

void UnlockPage::setAsking(bool isAsking)
{
    QWidget* const first = !isAsking ? m_retry : m_needsPassword ? static_cast<QWidget*>(m_password) : m_unlock;
    const bool isAtStart = m_password->hasFocus() || m_retry->hasFocus() || m_unlock->hasFocus();
    m_form->setVisible(isAsking && m_needsPassword);
    m_remember->setVisible(m_needsPassword);
    m_rememberWhy->setVisible(m_needsPassword);
    m_switches->setVisible(isAsking);
    m_unlock->setVisible(isAsking);
    m_unlock->setText(m_needsPassword ? tr("Unlock") : tr("Open"));
    m_retry->setVisible(!isAsking);
    setFocusTarget(this, first);
    if (isAtStart) first->setFocus();
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
