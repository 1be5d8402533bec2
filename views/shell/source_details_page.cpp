#include "views/shell/source_details_page.h"

#include <algorithm>

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QDesktopServices>
#include <QFileInfo>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QUrl>
#include <QVBoxLayout>

#include "views/session/job_runner.h"
#include "views/shell/place_list.h"
#include "views/shell/source_marks.h"
#include "views/shell/source_opener.h"
#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/scrolled.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr int kPartRows = 6;

QString unknownFact()
{
    return SourceDetailsPage::tr("unknown");
}

/// A fact, which its user may copy.
QLabel* makeFact(const char* name, QWidget* parent)
{
    QLabel* const fact = makeWrappedLabel(unknownFact(), TextRole::Body, parent);
    fact->setObjectName(QStringLiteral("sources.details.") + QLatin1String(name));
    fact->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return fact;
}

QFormLayout* makeForm(QWidget* parent)
{
    auto* const form = new QFormLayout(parent);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(Theme::unit(4));
    form->setVerticalSpacing(Theme::unit(2));
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    return form;
}

} // namespace

SourceDetailsPage::SourceDetailsPage(SourceOpener& opener, JobRunner& jobs, PlaceList& places, SourceMarks& marks, const QString& place,
                                     QWidget* parent)
    : QWidget(parent)
    , m_opener(opener)
    , m_jobs(jobs)
    , m_places(places)
    , m_marks(marks)
    , m_place(place)
    , m_title(makeWrappedLabel(breakable(shortPlaceName(place)), TextRole::Title, this))
    , m_problem(makeWrappedLabel({}, TextRole::Problem, this))
    , m_format(makeFact("format", this))
    , m_password(makeFact("password", this))
    , m_size(makeFact("size", this))
    , m_changed(makeFact("changed", this))
    , m_parts(new QTreeWidget(this))
    , m_findings(makeWrappedLabel({}, TextRole::Info, this))
    , m_pinned(new QCheckBox(tr("Pinned: always in the list of sources"), this))
    , m_environment(new QComboBox(this))
    , m_tags(new QLineEdit(this))
    , m_markNote(makeWrappedLabel({}, TextRole::Label, this))
{
    build();
    connect(m_pinned, &QCheckBox::clicked, this, [this](bool isPinned) { m_places.setPinned(m_place, isPinned); });
    connect(m_environment, &QComboBox::activated, this, &SourceDetailsPage::keepMark);
    connect(m_tags, &QLineEdit::textEdited, this, &SourceDetailsPage::keepMark); // at once: closing the page loses nothing
    connect(m_tags, &QLineEdit::editingFinished, this, &SourceDetailsPage::showMark);
    connect(&marks, &SourceMarks::changed, this, &SourceDetailsPage::showMark);
    connect(&places, &PlaceList::changed, this, &SourceDetailsPage::showPinned);
    showPinned();
    showMark();
}

void SourceDetailsPage::build()
{
    setObjectName(QStringLiteral("sources.details"));
    m_title->setObjectName(QStringLiteral("sources.details.name"));
    m_problem->setObjectName(QStringLiteral("sources.details.problem"));
    m_findings->setObjectName(QStringLiteral("sources.details.findings"));
    nameControl(m_parts, QStringLiteral("sources.details.parts"), tr("Files of the database"));
    m_parts->setHeaderLabels({tr("Part"), tr("Size"), tr("File")});
    m_parts->setRootIsDecorated(false);
    m_parts->setTextElideMode(Qt::ElideMiddle);
    m_parts->setFixedHeight((kPartRows + 1) * Theme::rowHeight());
    for (QWidget* part : {static_cast<QWidget*>(m_problem), static_cast<QWidget*>(m_parts), static_cast<QWidget*>(m_findings)}) part->hide();

    auto* const column = makeColumn(makeScrolled(this, QStringLiteral("sources.details.scroll")));
    column->setContentsMargins(Theme::unit(6), Theme::unit(6), Theme::unit(6), Theme::unit(6));
    column->setSpacing(Theme::unit(4));
    column->addWidget(m_title);
    column->addWidget(makeButtons());
    column->addWidget(m_problem);
    column->addWidget(makeFacts());
    column->addWidget(m_findings);
    column->addWidget(m_parts);
    column->addWidget(makeMarks());
    column->addStretch(1);
}

QWidget* SourceDetailsPage::makeFacts()
{
    auto* const box = new QWidget(this);
    QLabel* const place = makeFact("place", this);
    place->setText(breakable(m_place));
    QFormLayout* const form = makeForm(box);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow); // a label that wraps would stay narrow otherwise
    const auto add = [&](const QString& name, QLabel* fact) { form->addRow(makeLabel(name, TextRole::Muted, box), fact); };
    add(tr("Path"), place);
    add(tr("Format"), m_format);
    add(tr("Password"), m_password);
    add(tr("Size"), m_size);
    add(tr("Changed"), m_changed);
    return box;
}

QWidget* SourceDetailsPage::makeMarks()
{
    auto* const box = new QWidget(this);
    nameControl(m_pinned, QStringLiteral("sources.details.pinned"), m_pinned->text());
    nameControl(m_environment, QStringLiteral("sources.details.environment"), tr("Environment"));
    for (const Environment environment : {Environment::None, Environment::Development, Environment::Test, Environment::Production})
        m_environment->addItem(environmentName(environment), static_cast<int>(environment));
    m_environment->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    nameControl(m_tags, QStringLiteral("sources.details.tags"), tr("Tags, parted by commas"));
    m_tags->setPlaceholderText(tr("Tags, parted by commas"));
    m_tags->setMaximumWidth(60 * fontMetrics().averageCharWidth());
    auto* const rows = new QWidget(box);
    QFormLayout* const form = makeForm(rows);
    form->addRow(tr("Environment"), m_environment);
    form->addRow(tr("Tags"), m_tags);
    auto* const column = makeColumn(box);
    column->addWidget(makeLabel(tr("In the list of sources"), TextRole::Section, box));
    column->addWidget(m_pinned, 0, Qt::AlignLeft); // as wide as its words: beside them a click would do nothing
    column->addWidget(rows);
    column->addWidget(m_markNote);
    return box;
}

QWidget* SourceDetailsPage::makeButtons()
{
    auto* const box = new QWidget(this);
    auto* const row = makeRow(box);
    const auto add = [&](const char* name, const QString& text, auto run) {
        auto* const button = new QPushButton(text, box);
        nameControl(button, QStringLiteral("sources.details.") + QLatin1String(name), text);
        connect(button, &QPushButton::clicked, this, run);
        row->addWidget(button);
        return button;
    };
    setButtonRole(add("open", tr("Open"), [this] { Q_EMIT openRequested(m_place); }), ButtonRole::Primary);
    add("copyPlace", tr("Copy Path"), [this] { QGuiApplication::clipboard()->setText(m_place); });
    add("showFolder", tr("Show in File Manager"), [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_place).absolutePath())); });
    row->addStretch(1);
    for (const auto& [name, text] : {std::pair{"compare", tr("Compare…")}, {"rename", tr("Rename…")}, {"move", tr("Move…")}, {"delete", tr("Delete…")}}) {
        QPushButton* const later = add(name, text, [] {});
        later->setEnabled(false);
        later->setToolTip(tr("Not available here: comes with a later version."));
    }
    return box;
}

void SourceDetailsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    look(); // the file may have changed since
}

void SourceDetailsPage::look()
{
    if (m_jobs.isRunning(m_job)) return;
    setProperty("state", QStringLiteral("loading"));
    m_job = m_jobs.run(
        {.title = tr("Look at %1").arg(shortPlaceName(m_place)), .context = this, .isQuiet = true},
        [&opener = m_opener, place = toUtf8(m_place)](const api::CallContext& context) { return opener.preview(context, place); },
        [this](const Result<SourcePreview>& preview) {
            if (preview) return showPreview(*preview);
            if (preview.error().code != ErrorCode::Cancelled) showProblem(preview.error());
        });
}

void SourceDetailsPage::showPreview(const SourcePreview& preview)
{
    m_identity = toQString(preview.identity);
    m_problem->hide();
    m_title->setText(breakable(toQString(preview.name)));
    m_format->setText(toQString(preview.format));
    m_password->setText(preview.needsPassword ? tr("Needed to open it") : tr("None"));
    m_size->setText(formatBytes(preview.totalBytes));
    m_changed->setText(formatDateTime(QDateTime::fromMSecsSinceEpoch(preview.modifiedUnixMs)));
    m_parts->clear();
    for (const api::SourcePart& part : preview.parts) {
        auto* const row = new QTreeWidgetItem(m_parts, {toQString(part.role), formatBytes(part.sizeBytes), toQString(part.path)});
        row->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        row->setToolTip(2, toQString(part.path));
    }
    for (const int column : {0, 1}) m_parts->resizeColumnToContents(column);
    m_parts->setVisible(!preview.parts.empty());
    QStringList findings;
    for (const model::Finding& finding : preview.findings)
        findings << toQString(finding.advice.empty() ? finding.message : finding.message + ". " + finding.advice);
    setTextRole(m_findings, findings.isEmpty() ? TextRole::Muted : TextRole::Warn);
    m_findings->setText(findings.isEmpty() ? tr("Nothing is wrong as far as can be seen without the password.") : findings.join(QLatin1Char('\n')));
    m_findings->show();
    setProperty("state", QStringLiteral("ready"));
    showMark();
}

/// What was known of it before would be told of another file.
void SourceDetailsPage::showProblem(const Error& error)
{
    for (QLabel* fact : {m_format, m_password, m_size, m_changed}) fact->setText(unknownFact());
    m_parts->hide();
    m_findings->hide();
    m_problem->setText(errorHeadline(error) + QLatin1Char('\n') + breakable(toQString(error.message)));
    m_problem->show();
    setProperty("state", QStringLiteral("failed"));
    showMark();
}

void SourceDetailsPage::showPinned()
{
    const auto& places = m_places.places();
    const auto known = std::find_if(places.begin(), places.end(), [this](const Place& place) { return place.place == m_place; });
    m_pinned->setChecked(known != places.end() && known->isPinned);
    if (m_identity.isEmpty() && known != places.end() && !known->identity.isEmpty()) {
        m_identity = known->identity; // a dump is known since it was opened once
        showMark();
    }
}

void SourceDetailsPage::showMark()
{
    const bool isKnown = !m_identity.isEmpty();
    const SourceMark mark = m_marks.mark(m_identity);
    m_environment->setCurrentIndex(m_environment->findData(static_cast<int>(mark.environment)));
    // What is being typed stays as it is written while it says the same.
    if (!m_tags->hasFocus() || tagsOf(m_tags->text()) != mark.tags) m_tags->setText(mark.tags.join(QStringLiteral(", ")));
    m_environment->setEnabled(isKnown);
    m_tags->setEnabled(isKnown);
    m_markNote->setText(isKnown ? tr("Environment and tags belong to the database: they stay when it is moved or renamed, and its copies have them too. "
                                     "The search of the sources finds them.")
                                : tr("Environment and tags are not available here: which database this is can only be told when it is open."));
}

void SourceDetailsPage::keepMark()
{
    m_marks.setMark(m_identity, {static_cast<Environment>(m_environment->currentData().toInt()), tagsOf(m_tags->text())});
}

} // namespace blazedb::views
