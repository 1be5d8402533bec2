#include "views/shell/rescue_page.h"

#include <algorithm>
#include <utility>

#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "engine/base/pause_gate.h"
#include "views/session/job_runner.h"
#include "views/widgets/format.h"
#include "views/widgets/job_progress_strip.h"
#include "views/widgets/parts.h"
#include "views/widgets/scrolled.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kLossRows = 6;
constexpr std::size_t kLinesMax = 1000;
constexpr int kEndingMs = 50;
const QString kDatabaseSuffix = QStringLiteral(".blazedb");
const QString kLinesSuffix = QStringLiteral(".jsonl");

/// By its catalogue when that can be trusted: a scan of the pages may bring deleted records back.
Result<std::unique_ptr<api::DataSource>> openForRescue(SourceOpener& opener, const api::CallContext& context, const std::string& place,
                                                       const SecureBytes& password)
{
    auto source = opener.open(context, {place, password.clone(), false});
    if (source || source.error().code != ErrorCode::Corruption) return source;
    return opener.open(context, {place, password.clone(), true});
}

/// The headline of what went wrong; the error's own message stands below it.
QString rescueHeadline(const Error& error)
{
    switch (error.code) {
    case ErrorCode::Unauthenticated: return RescuePage::tr("The password does not fit the damaged database.");
    case ErrorCode::AlreadyExists: return RescuePage::tr("There is a file of that name. Choose another name.");
    case ErrorCode::ResourceExhausted: return RescuePage::tr("There is not enough space there.");
    case ErrorCode::PermissionDenied: return RescuePage::tr("You may not write there, or not read the database.");
    case ErrorCode::InvalidArgument: return RescuePage::tr("That cannot be the file to write.");
    case ErrorCode::NotFound: return RescuePage::tr("The folder to write into is not there, or the damaged database is not.");
    case ErrorCode::Conflict: return RescuePage::tr("The database changed meanwhile. Run it again.");
    default: return errorHeadline(error);
    }
}

} // namespace

/// Owned by the job alone.
struct RescuePage::Work {
    std::string place;
    SecureBytes password;
    api::DataSource* open = nullptr;
    SaveOrder order;
    std::shared_ptr<Guarded<std::optional<Told>>> result;
};

RescuePage::RescuePage(SourceOpener& opener, JobRunner& jobs, Theme& theme, RescueSubject subject, SaveFileChooser choose, QWidget* parent)
    : QWidget(parent)
    , m_opener(opener)
    , m_jobs(jobs)
    , m_theme(theme)
    , m_subject(std::move(subject))
    , m_choose(std::move(choose))
    , m_rows(new QFormLayout)
    , m_sourcePassword(new QLineEdit(this))
    , m_form(new QComboBox(this))
    , m_path(new QLineEdit(this))
    , m_chooseButton(new QPushButton(tr("Choose…"), this))
    , m_password(new QLineEdit(this))
    , m_again(new QLineEdit(this))
    , m_rules(new QListWidget(this))
    , m_run(new QPushButton(tr("Rescue"), this))
    , m_whyNot(makeWrappedLabel({}, TextRole::Muted, this))
    , m_progress(new JobProgressStrip(jobs, QStringLiteral("sources.rescue"), this))
    , m_message(makeWrappedLabel({}, TextRole::Body, this))
    , m_losses(new QListWidget(this))
    , m_copyReport(new QPushButton(tr("Copy Report"), this))
    , m_report(new QPushButton(tr("Save Report…"), this))
    , m_openNew(new QPushButton(tr("Open the New Database"), this))
{
    build();
    for (QLineEdit* field : {m_sourcePassword, m_path, m_password, m_again}) connect(field, &QLineEdit::textChanged, this, &RescuePage::follow);
    connect(m_form, &QComboBox::activated, this, &RescuePage::changeForm);
    connect(m_chooseButton, &QPushButton::clicked, this, &RescuePage::chooseTarget);
    connect(m_run, &QPushButton::clicked, this, &RescuePage::run);
    connect(m_copyReport, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_reportText); });
    connect(m_report, &QPushButton::clicked, this, [this] { Q_EMIT reportRequested(m_reportText); });
    connect(m_openNew, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(m_written); });
    m_ending.setInterval(kEndingMs);
    connect(&m_ending, &QTimer::timeout, this, &RescuePage::waitForEnd);
    follow();
}

void RescuePage::build()
{
    setObjectName(QStringLiteral("sources.rescue"));
    setProperty("state", QStringLiteral("ready"));
    nameControl(m_sourcePassword, QStringLiteral("sources.rescue.sourcePassword"), tr("Password of the damaged database"));
    m_sourcePassword->setEchoMode(QLineEdit::Password);
    nameControl(m_run, QStringLiteral("sources.rescue.run"), tr("Rescue"));
    m_whyNot->setObjectName(QStringLiteral("sources.rescue.whyNot"));
    setButtonRole(m_run, ButtonRole::Primary);
    m_rows->setHorizontalSpacing(Theme::unit(4));
    m_rows->setVerticalSpacing(Theme::unit(2));
    m_rows->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);

    auto* const column = makeColumn(makeScrolled(this, QStringLiteral("sources.rescue.scroll")));
    column->setContentsMargins(Theme::unit(6), Theme::unit(6), Theme::unit(6), Theme::unit(6));
    column->setSpacing(Theme::unit(3));
    column->addWidget(makeWrappedLabel(tr("Rescue %1").arg(breakable(m_subject.name)), TextRole::Title, this));
    column->addWidget(makeWrappedLabel(tr("Writes every record that can still be read into something new. The damaged database is only read, "
                                          "and nothing bears the new name until all is written."),
                                       TextRole::Muted, this));
    column->addLayout(m_rows); // before its rows: a label that belongs nowhere would be shown as a window
    m_rows->addRow(tr("Password of the damaged database"), m_sourcePassword);
    m_rows->setRowVisible(m_sourcePassword, !m_subject.open);
    addTarget();
    addPasswords();
    auto* const buttons = makeRow();
    buttons->addWidget(m_run);
    buttons->addWidget(m_whyNot, 1);
    column->addLayout(buttons);
    column->addWidget(m_progress);
    column->addWidget(makeOutcome());
    column->addStretch(1);
    setFocusTarget(this, m_subject.open ? m_path : m_sourcePassword);
}

void RescuePage::addTarget()
{
    nameControl(m_form, QStringLiteral("sources.rescue.form"), tr("What to write"));
    m_form->addItem(tr("A new database"), kDatabaseSuffix);
    m_form->addItem(tr("JSON lines, not encrypted"), kLinesSuffix);
    m_form->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    nameControl(m_path, QStringLiteral("sources.rescue.path"), tr("File to write"));
    nameControl(m_chooseButton, QStringLiteral("sources.rescue.choose"), tr("Choose the file to write"));
    const QFileInfo damaged(m_subject.place);
    m_path->setText(QDir::toNativeSeparators(damaged.absolutePath() + QLatin1Char('/') + damaged.completeBaseName() + QStringLiteral("-rescued") + kDatabaseSuffix));
    auto* const path = makeRow();
    path->addWidget(m_path, 1);
    path->addWidget(m_chooseButton);
    m_rows->addRow(tr("Write"), m_form);
    m_rows->addRow(tr("To"), path);
}

void RescuePage::addPasswords()
{
    nameControl(m_password, QStringLiteral("sources.rescue.password"), tr("Password of the new database"));
    nameControl(m_again, QStringLiteral("sources.rescue.again"), tr("The same password again"));
    nameControl(m_rules, QStringLiteral("sources.rescue.rules"), tr("Rules for the password"));
    for (QLineEdit* field : {m_password, m_again}) field->setEchoMode(QLineEdit::Password);
    m_rules->setIconSize(QSize(Theme::kRowIcon, Theme::kRowIcon));
    m_rules->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (const std::string& rule : m_opener.passwordProblems({})) m_rules->addItem(toQString(rule));
    m_rows->addRow(tr("Password of the new database"), m_password);
    m_rows->addRow(tr("The same again"), m_again);
    m_rows->addRow(tr("Without these no app opens it"), m_rules);
}

QWidget* RescuePage::makeOutcome()
{
    auto* const box = new QWidget(this);
    m_message->setObjectName(QStringLiteral("sources.rescue.message"));
    nameControl(m_losses, QStringLiteral("sources.rescue.losses"), tr("What was lost, and what to know"));
    nameControl(m_copyReport, QStringLiteral("sources.rescue.copyReport"), tr("Copy the report of the rescue"));
    nameControl(m_report, QStringLiteral("sources.rescue.report"), tr("Save the report of the rescue"));
    nameControl(m_openNew, QStringLiteral("sources.rescue.openNew"), tr("Open the new database"));
    m_losses->setFixedHeight(kLossRows * Theme::rowHeight());
    auto* const buttons = makeRow();
    buttons->addWidget(m_openNew);
    buttons->addWidget(m_copyReport);
    buttons->addWidget(m_report);
    buttons->addStretch(1);
    auto* const column = makeColumn(box);
    column->addWidget(m_message);
    column->addWidget(m_losses);
    column->addLayout(buttons);
    for (QWidget* part : {static_cast<QWidget*>(m_message), static_cast<QWidget*>(m_losses), static_cast<QWidget*>(m_copyReport),
                          static_cast<QWidget*>(m_report), static_cast<QWidget*>(m_openNew)})
        part->hide();
    return box;
}

QString RescuePage::target() const
{
    return QDir::fromNativeSeparators(m_path->text().trimmed());
}

bool RescuePage::makesDatabase() const
{
    return m_opener.namesDatabase(toUtf8(target()));
}

void RescuePage::chooseTarget()
{
    const auto use = [this](const QString& path) {
        m_confirmed = path;
        m_path->setText(QDir::toNativeSeparators(path));
    };
    const QString name = QFileInfo(target()).fileName();
    m_choose ? m_choose(this, tr("Rescue Into"), name, use) : chooseSaveFile(this, tr("Rescue Into"), name, use);
}

void RescuePage::changeForm()
{
    const QFileInfo info(target());
    m_path->setText(QDir::toNativeSeparators(info.path() + QLatin1Char('/') + info.completeBaseName() + m_form->currentData().toString()));
}

QString RescuePage::whyNot() const
{
    if (m_isRunning) return tr("A rescue is under way");
    if (!m_subject.open && m_sourcePassword->text().isEmpty()) return tr("Type the password of the damaged database first");
    if (!QDir::isAbsolutePath(target()) || QFileInfo(target()).fileName().isEmpty()) return tr("Say which file to write first");
    if (!makesDatabase()) return {};
    if (!m_opener.passwordProblems(toUtf8(m_password->text())).empty()) return tr("The password of the new database breaks a rule");
    if (m_password->text() != m_again->text()) return tr("The two passwords differ");
    return {};
}

void RescuePage::follow()
{
    for (QWidget* row : {static_cast<QWidget*>(m_password), static_cast<QWidget*>(m_again), static_cast<QWidget*>(m_rules)})
        m_rows->setRowVisible(row, makesDatabase());
    m_form->setCurrentIndex(m_form->findData(makesDatabase() ? kDatabaseSuffix : kLinesSuffix)); // what is typed decides
    showRules();
    const QString why = whyNot();
    m_run->setEnabled(why.isEmpty());
    m_run->setToolTip(why);
    m_whyNot->setText(why);
}

/// A rule that is kept is ticked; those that only show later come at the end.
void RescuePage::showRules()
{
    const std::vector<std::string> broken = m_opener.passwordProblems(toUtf8(m_password->text()));
    for (const std::string& rule : broken)
        if (m_rules->findItems(toQString(rule), Qt::MatchExactly).isEmpty()) m_rules->addItem(toQString(rule));
    for (int row = 0; row < m_rules->count(); ++row) {
        QListWidgetItem* const item = m_rules->item(row);
        const bool isKept = std::find(broken.begin(), broken.end(), toUtf8(item->text())) == broken.end();
        item->setIcon(isKept ? m_theme.icon(QStringLiteral("ok"), ColorToken::Ok) : m_theme.icon(QStringLiteral("close"), ColorToken::Muted));
        item->setData(Qt::AccessibleDescriptionRole, isKept ? tr("kept") : tr("not kept yet"));
    }
    if (m_rules->count() > 0) m_rules->setFixedHeight(m_rules->count() * m_rules->sizeHintForRow(0) + Theme::unit(2));
}

void RescuePage::run()
{
    if (!whyNot().isEmpty()) return;
    m_isRunning = true;
    m_written = target();
    m_result = std::make_shared<Guarded<std::optional<Told>>>();
    auto work = std::make_shared<Work>();
    work->place = toUtf8(m_subject.place);
    work->open = m_subject.open;
    work->password = SecureBytes::fromText(toUtf8(m_sourcePassword->text()));
    work->order.to = toUtf8(m_written);
    work->order.mayReplace = m_written == m_confirmed;
    if (makesDatabase()) work->order.password = SecureBytes::fromText(toUtf8(m_password->text()));
    work->result = m_result;
    m_work = work;
    say(QStringLiteral("running"), tr("Reading what is left…"));
    const auto gate = std::make_shared<PauseGate>();
    const quint64 job = m_jobs.run(
        {.title = tr("Rescue %1").arg(m_subject.name), .context = this},
        [&opener = m_opener, gate, work = std::move(work)](const api::CallContext& context) {
            api::CallContext held = context;
            held.pause = gate;
            return save(opener, held, *work);
        },
        [this](const Result<Told>& outcome) { finish(outcome); });
    m_progress->follow(job, tr("Rescuing"), gate);
    follow();
}

Result<RescuePage::Told> RescuePage::save(SourceOpener& opener, const api::CallContext& context, Work& work)
{
    std::unique_ptr<api::DataSource> own;
    if (!work.open) {
        BLAZE_TRY_VALUE(own, openForRescue(opener, context, work.place, work.password));
    }
    const std::string to = work.order.to;
    BLAZE_TRY_VALUE(const SaveOutcome outcome, opener.saveWhatIsLeft(context, work.open ? *work.open : *own, std::move(work.order)));
    Told told = toldOf(outcome, work.place, to);
    *work.result->lock() = told;
    return told;
}

/// The report is of figures and the engine's own sentences, for whoever helps; it is not translated.
RescuePage::Told RescuePage::toldOf(const SaveOutcome& outcome, const std::string& from, const std::string& to)
{
    Told told{.isDatabase = outcome.isDatabase, .written = outcome.written, .softDeleted = outcome.softDeleted, .lost = outcome.lost};
    told.report = QStringLiteral("Rescue of %1\nwritten to: %2\nrecords written: %3\nof them soft-deleted: %4\nlost: %5\n")
                      .arg(toQString(from), toQString(to))
                      .arg(outcome.written)
                      .arg(outcome.softDeleted)
                      .arg(outcome.lost);
    for (const model::Finding& finding : outcome.findings) {
        const QString message = toQString(finding.message);
        const QString advice = finding.advice.empty() ? QString() : QStringLiteral(" (%1)").arg(toQString(finding.advice));
        told.report += QStringLiteral("%1, %2: %3%4\n").arg(QLatin1String(model::findingSeverityName(finding.severity)),
                                                           QLatin1String(model::findingKindName(finding.kind)), message, advice);
        if (static_cast<std::size_t>(told.lines.size()) < kLinesMax) told.lines << message;
        else ++told.linesLeftOut;
    }
    return told;
}

void RescuePage::finish(const Result<Told>& outcome)
{
    if (!outcome && outcome.error().code == ErrorCode::Cancelled && !m_work.expired()) {
        say(QStringLiteral("cancelling"), tr("Cancelling. What became of the new file is said when the writing has ended."));
        m_ending.start();
        return;
    }
    m_isRunning = false;
    follow();
    if (outcome) return showTold(*outcome);
    const bool isCancelled = outcome.error().code == ErrorCode::Cancelled;
    say(QStringLiteral("failed"), isCancelled ? tr("The rescue was cancelled; nothing was written.")
                                              : tr("Nothing was written. %1").arg(rescueHeadline(outcome.error())) + QLatin1Char('\n')
                                                    + breakable(toQString(outcome.error().message)));
}

void RescuePage::waitForEnd()
{
    if (!m_work.expired()) return;
    m_ending.stop();
    const std::optional<Told> told = *m_result->lock();
    finish(told ? Result<Told>(*told) : Result<Told>(api::cancelled()));
}

void RescuePage::showTold(const Told& told)
{
    for (QLineEdit* field : {m_sourcePassword, m_password, m_again}) field->clear();
    QString text = tr("Written to %1.").arg(breakable(QDir::toNativeSeparators(m_written))) + QLatin1Char('\n')
                   + tr("Records written: %1 · known to be lost: %2").arg(formatCount(told.written), formatCount(told.lost));
    if (told.softDeleted > 0) text += QStringLiteral(" · ") + tr("among them deleted by the app: %1").arg(formatCount(told.softDeleted));
    say(QStringLiteral("done"), text);
    m_message->setProperty("value", told.written);
    m_message->setProperty("lost", told.lost);
    m_reportText = told.report;
    m_losses->addItems(told.lines);
    if (told.linesLeftOut > 0) m_losses->addItem(tr("… and %1 more; the report has them all").arg(formatCount(told.linesLeftOut)));
    m_losses->setVisible(m_losses->count() > 0);
    m_copyReport->show();
    m_report->show();
    m_openNew->setVisible(told.isDatabase);
    m_whyNot->clear(); // nothing is wrong with fields that were emptied because all is done
    // When the page has been laid out anew: in a low window the report would stand below what is seen.
    QTimer::singleShot(0, this, [this] { findChild<QScrollArea*>(QStringLiteral("sources.rescue.scroll"))->ensureWidgetVisible(m_report); });
}

void RescuePage::say(const QString& state, const QString& text)
{
    setProperty("state", state);
    m_losses->clear();
    for (QWidget* part : {static_cast<QWidget*>(m_losses), static_cast<QWidget*>(m_copyReport), static_cast<QWidget*>(m_report),
                          static_cast<QWidget*>(m_openNew)})
        part->hide();
    setTextRole(m_message, state == QLatin1String("failed") ? TextRole::Problem : TextRole::Body);
    m_message->setText(text);
    m_message->show();
}

} // namespace blazedb::views
