#include "views/self_tests/self_tests_tab.h"

#include <algorithm>

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include "engine/api/records.h"
#include "engine/api/upkeep.h"
#include "engine/base/pause_gate.h"
#include "views/commands/command_registry.h"
#include "views/self_tests/findings_list.h"
#include "views/self_tests/run_history.h"
#include "views/self_tests/test_list.h"
#include "views/self_tests/test_report.h"
#include "views/session/session.h"
#include "views/session/state_store.h"
#include "views/widgets/format.h"
#include "views/widgets/job_progress_strip.h"
#include "views/widgets/key_splitter.h"
#include "views/widgets/key_tip.h"
#include "views/widgets/last_check.h"
#include "views/widgets/parts.h"
#include "views/widgets/state_page.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

QString lookedAtText(const model::VerifyReport& report)
{
    QString text = SelfTestsTab::tr("Looked at %1 records (%2 whole), %3 pages, %4, in %5.")
                       .arg(formatCount(report.recordsRead), formatCount(report.recordsSound), formatCount(report.pagesRead),
                            formatBytes(report.bytesRead), formatDuration(report.duration));
    if (report.findingsLeftOut > 0)
        text += QLatin1Char(' ') + SelfTestsTab::tr("%1 more findings are counted, but not listed.").arg(formatCount(report.findingsLeftOut));
    return text;
}

QString summaryOf(const TestRun& run)
{
    const auto& rules = run.report.rules;
    const auto passed = std::count_if(rules.begin(), rules.end(), [](const model::CheckedRule& rule) {
        return rule.outcome() == model::RuleOutcome::Passed || rule.outcome() == model::RuleOutcome::Remarked;
    });
    const QString tests = SelfTestsTab::tr("%1 of %2 tests passed", "two numbers")
                              .arg(formatCount(static_cast<std::uint64_t>(passed)), formatCount(rules.size()));
    if (run.problems() > 0) return SelfTestsTab::tr("Not sound: %1; %2.").arg(runOutcomeText(run), tests);
    const QString sound = SelfTestsTab::tr("Sound: nothing is damaged or lost; %1.").arg(tests);
    return run.remarks() == 0 ? sound : SelfTestsTab::tr("%1 Remarks: %2.").arg(sound, formatCount(run.remarks()));
}

Result<void> writeReport(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
    if (isWritten) return {};
    return Error{ErrorCode::Io, toUtf8(path) + " could not be written: " + toUtf8(file.errorString())};
}

QTreeView* makeTable(const QString& name, const QString& accessibleName, QAbstractItemModel* model, QWidget* parent)
{
    auto* table = new QTreeView(parent);
    nameControl(table, name, accessibleName);
    table->setModel(model);
    table->setRootIsDecorated(false);
    table->setUniformRowHeights(true);
    table->setAllColumnsShowFocus(true);
    table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    return table;
}

} // namespace

QWidget* makeSelfTestsTab(TabContext context, QWidget* parent)
{
    return new SelfTestsTab(context, parent);
}

SelfTestsTab::SelfTestsTab(const TabContext& context, QWidget* parent)
    : TabPage(parent)
    , m_context(context)
    , m_stateKey(QStringLiteral("source/") + toQString(context.session.description().identity) + QStringLiteral("/tests"))
    , m_tests(new TestListModel(context.theme, this))
    , m_findings(new TestFindingsModel(context.theme, this))
    , m_history(new RunHistory(context.session.state(), m_stateKey + QStringLiteral("/runs"), context.theme, this))
{
    setObjectName(QStringLiteral("tests.page"));
    const QVariant kept = context.session.state().value(m_stateKey + QStringLiteral("/ticked"));
    if (kept.isValid()) m_tests->setTicked(kept.toStringList());
    build();
    connectParts();
    bindCommands();
    setState(QStringLiteral("not run"));
    m_statePage->showContent({.state = QStringLiteral("not run"),
                              .iconName = QStringLiteral("tab-tests"),
                              .sentence = tr("No test has run yet in this window."),
                              .explanation = tr("Tests only read: the database is not changed."),
                              .buttonText = tr("Run All Ticked"),
                              .details = {}});
    refreshActions();
}

void SelfTestsTab::build()
{
    m_progress = new JobProgressStrip(m_context.session.jobs(), QStringLiteral("tests"), this);
    auto* left = new KeySplitter(Qt::Vertical, QStringLiteral("tests.choice"), tr("Height of the list of tests"), this);
    left->addWidget(buildChoice());
    left->addWidget(buildHistory());
    left->setStretchFactor(0, 2);
    left->setStretchFactor(1, 1);
    auto* columns = new KeySplitter(Qt::Horizontal, QStringLiteral("tests.columns"), tr("Width of the list of tests"), this);
    columns->addWidget(left);
    columns->addWidget(buildResult());
    columns->setStretchFactor(1, 1);
    columns->setChildrenCollapsible(false);
    columns->setSizes({Theme::unit(75), Theme::unit(110)});
    auto* column = makeColumn(this);
    column->setContentsMargins(Theme::unit(3), Theme::unit(3), Theme::unit(3), Theme::unit(2));
    column->addWidget(buildBar());
    column->addWidget(m_progress);
    column->addWidget(columns, 1);
    setFocusProxy(m_list);
}

QWidget* SelfTestsTab::buildBar()
{
    auto* bar = new QWidget(this);
    m_runAll = new QPushButton(tr("Run All Ticked"), bar);
    nameControl(m_runAll, QStringLiteral("tests.runAll"), tr("Run all ticked tests"));
    setKeyTip(m_runAll, m_context.commands, QStringLiteral("tests.runAll"), tr("Run all ticked tests"));
    setButtonRole(m_runAll, ButtonRole::Primary);
    m_runSelected = new QPushButton(tr("Run Selected"), bar);
    nameControl(m_runSelected, QStringLiteral("tests.runSelected"), tr("Run the selected test"));
    m_runSelected->setToolTip(tr("Run the test or group that is selected (Enter in the list)"));
    m_freshness = makeLabel({}, TextRole::Muted, bar);
    m_freshness->setObjectName(QStringLiteral("tests.freshness"));
    m_export = new QPushButton(tr("Export…"), bar);
    nameControl(m_export, QStringLiteral("tests.export"), tr("Export the report"));
    m_export->setToolTip(tr("Save the report as JSON, CSV, HTML or JUnit XML"));
    auto* row = makeRow(bar);
    row->addWidget(makeLabel(tr("Tests"), TextRole::Section, bar));
    row->addWidget(m_runAll);
    row->addWidget(m_runSelected);
    row->addStretch(1);
    row->addWidget(m_freshness);
    row->addWidget(m_export);
    return bar;
}

QWidget* SelfTestsTab::buildChoice()
{
    m_list = makeTable(QStringLiteral("tests.list"), tr("Tests"), m_tests, this);
    m_list->setRootIsDecorated(true);
    m_list->setIndentation(Theme::unit(4));
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->expandAll();
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(TestListModel::Test, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(TestListModel::ResultColumn, QHeaderView::ResizeToContents);
    m_list->setCurrentIndex(m_tests->index(0, 0));
    m_list->installEventFilter(this);
    return m_list;
}

QWidget* SelfTestsTab::buildHistory()
{
    auto* part = new QWidget(this);
    m_runs = makeTable(QStringLiteral("tests.runs"), tr("Earlier runs"), m_history, part);
    m_runs->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_compare = new QPushButton(tr("Compare Two Runs"), part);
    nameControl(m_compare, QStringLiteral("tests.compare"), tr("Compare the two selected runs"));
    auto* head = makeRow();
    head->addWidget(makeLabel(tr("Runs"), TextRole::Section, part), 1);
    head->addWidget(m_compare);
    auto* column = makeColumn(part);
    column->setContentsMargins(0, Theme::unit(2), 0, 0);
    column->addLayout(head);
    column->addWidget(m_runs, 1);
    return part;
}

QWidget* SelfTestsTab::buildResult()
{
    auto* part = new QWidget(this);
    m_icon = new QLabel(part);
    m_summary = makeWrappedLabel({}, TextRole::Section, part);
    m_summary->setObjectName(QStringLiteral("tests.summary"));
    m_lookedAt = makeWrappedLabel({}, TextRole::Muted, part);
    m_lookedAt->setObjectName(QStringLiteral("tests.lookedAt"));
    m_message = makeWrappedLabel({}, TextRole::Muted, part);
    m_message->setObjectName(QStringLiteral("tests.message"));
    m_filter = new QLineEdit(part);
    nameControl(m_filter, QStringLiteral("tests.filter"), tr("Filter the findings"));
    m_filter->setPlaceholderText(tr("Filter the findings by words: damaged, a page, a part of an id"));
    m_filter->setClearButtonEnabled(true);
    m_filter->hide(); // until there is something to filter
    m_middle = new QStackedWidget(part);
    m_statePage = new StatePage(m_context.theme, QStringLiteral("tests"), m_middle);
    m_table = makeTable(QStringLiteral("tests.findings"), tr("Findings"), m_findings, m_middle);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    const int em = fontMetrics().averageCharWidth();
    const int widths[] = {13, 12, 24, 20, 8, 60, 40};
    m_table->setTextElideMode(Qt::ElideMiddle); // ids differ at their ends
    for (int column = 0; column < TestFindingsModel::ColumnCount; ++column) m_table->setColumnWidth(column, widths[column] * em);
    m_middle->addWidget(m_statePage);
    m_middle->addWidget(m_table);

    // Its pages may be wider than a small window; they wrap and scroll.
    part->setMinimumWidth(Theme::unit(60));
    auto* head = makeRow();
    head->addWidget(m_icon, 0, Qt::AlignTop);
    head->addWidget(m_summary, 1);
    auto* column = makeColumn(part);
    column->setContentsMargins(Theme::unit(3), 0, 0, 0);
    column->addLayout(head);
    column->addWidget(m_lookedAt);
    column->addWidget(m_filter);
    column->addWidget(m_middle, 1);
    column->addWidget(m_message);
    return part;
}

void SelfTestsTab::connectParts()
{
    connect(m_runAll, &QPushButton::clicked, this, &SelfTestsTab::runTicked);
    connect(m_runSelected, &QPushButton::clicked, this, &SelfTestsTab::runSelected);
    connect(m_export, &QPushButton::clicked, this, &SelfTestsTab::exportReport);
    connect(m_compare, &QPushButton::clicked, this, &SelfTestsTab::compareSelected);
    connect(m_statePage, &StatePage::buttonClicked, this, &SelfTestsTab::runTicked);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_findings->setFilter(text);
        sayWhatIsShown();
    });
    connect(m_table, &QTreeView::doubleClicked, this, &SelfTestsTab::goToRecord);
    connect(m_runs->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SelfTestsTab::showHistoryRow);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &SelfTestsTab::refreshActions);
    connect(m_tests, &TestListModel::tickedChanged, this, [this] {
        m_context.session.state().setValue(m_stateKey + QStringLiteral("/ticked"), m_tests->ticked());
        refreshActions();
    });
    connect(m_progress, &JobProgressStrip::pausedChanged, this,
            [this](bool isPaused) { setState(isPaused ? QStringLiteral("stale") : QStringLiteral("loading")); });
}

void SelfTestsTab::bindCommands()
{
    CommandRegistry& commands = m_context.commands;
    const auto bind = [&](const char* id, std::function<void()> run) {
        if (commands.action(QString::fromLatin1(id))) commands.setHandler(QString::fromLatin1(id), this, std::move(run));
    };
    bind("tests.runAll", [this] { runTicked(); });
    bind("tests.runSelected", [this] { runSelected(); });
    bind("tests.export", [this] { exportReport(); });
    bind("tests.compare", [this] { compareSelected(); });
    bind("tests.copy", [this] { copyFindings(); });
    bind("tests.find", [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    if (QAction* const copy = commands.action(QStringLiteral("tests.copy"))) m_table->addAction(copy);
}

bool SelfTestsTab::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_list || event->type() != QEvent::KeyPress) return TabPage::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key != Qt::Key_Return && key != Qt::Key_Enter) return TabPage::eventFilter(watched, event);
    runSelected();
    return true;
}

void SelfTestsTab::runTicked()
{
    run(m_tests->ticked());
}

void SelfTestsTab::runSelected()
{
    run(m_tests->rulesOf(m_list->currentIndex().siblingAtColumn(0)));
}

void SelfTestsTab::run(const QStringList& rules)
{
    JobRunner& jobs = m_context.session.jobs();
    api::Upkeep* const upkeep = m_context.session.source().upkeep();
    if (rules.isEmpty() || !upkeep || jobs.isRunning(m_job)) return;
    const bool isFull = TestListModel::needFull(rules);
    const QString title = isFull ? tr("Full check") : tr("Quick check");
    const auto gate = std::make_shared<PauseGate>();
    m_job = jobs.run(
        {.title = title, .context = this},
        [upkeep, gate, depth = isFull ? api::VerifyDepth::Full : api::VerifyDepth::Quick](const api::CallContext& context) {
            api::CallContext held = context;
            held.pause = gate;
            return upkeep->verify(held, depth);
        },
        [this, rules](Result<model::VerifyReport> report) { accept(rules, std::move(report)); });
    m_progress->follow(m_job, title, gate);
    m_message->clear();
    setState(QStringLiteral("loading"));
    refreshActions();
}

void SelfTestsTab::accept(const QStringList& rules, Result<model::VerifyReport> report)
{
    if (!report) {
        showStopped(report.error());
        refreshActions();
        return;
    }
    TestRun done;
    done.at = QDateTime::currentDateTime();
    done.rules = rules;
    done.report = onlyRules(*std::move(report), rules);
    m_tests->showResults(done.report.rules);
    rememberCheck(m_context.session.state(), toQString(m_context.session.description().identity),
                  {done.at, done.isFull(), done.problems(), done.remarks()});
    m_freshness->setText(tr("last run %1").arg(formatClock(done.at)));
    m_history->add(done);
    m_runs->clearSelection();
    showRun(done);
    refreshActions();
}

/// Earlier results stay in the list of tests and in the history.
void SelfTestsTab::showStopped(const Error& error)
{
    const bool isCancelled = error.code == ErrorCode::Cancelled;
    setState(isCancelled ? QStringLiteral("cancelled") : QStringLiteral("failed"));
    if (isCancelled)
        m_statePage->showContent({.state = QStringLiteral("cancelled"),
                                  .iconName = QStringLiteral("stop"),
                                  .sentence = tr("The check was cancelled."),
                                  .explanation = tr("It only read; nothing was changed. There is no result of it."),
                                  .buttonText = tr("Run All Ticked"),
                                  .details = {}});
    else
        m_statePage->showError(error);
    m_summary->clear();
    m_lookedAt->clear();
    m_icon->clear();
    m_hasShown = false;
    m_middle->setCurrentWidget(m_statePage);
    m_filter->hide();
}

void SelfTestsTab::showRun(const TestRun& run)
{
    m_shown = run;
    m_hasShown = true;
    const bool isBad = run.problems() > 0;
    const QSize size(Theme::kToolIcon, Theme::kToolIcon);
    const QIcon icon = isBad ? m_context.theme.icon(QStringLiteral("error"), ColorToken::Danger)
                             : m_context.theme.icon(QStringLiteral("ok"), ColorToken::Ok);
    m_icon->setPixmap(icon.pixmap(size, devicePixelRatioF()));
    m_summary->setText(summaryOf(run));
    m_summary->setProperty("problems", QVariant::fromValue<qulonglong>(run.problems()));
    m_summary->setProperty("remarks", QVariant::fromValue<qulonglong>(run.remarks()));
    m_lookedAt->setText(lookedAtText(run.report));
    showFindings(findingsOf(run), false);
    if (run.isFromHistory) m_message->setText(tr("Of a kept run only test, record and page are known."));
    setState(QStringLiteral("ready"));
}

void SelfTestsTab::showFindings(std::vector<ComparedFinding> findings, bool isComparison)
{
    const bool isEmpty = findings.empty();
    m_table->setColumnHidden(TestFindingsModel::Change, !isComparison);
    m_findings->setFindings(std::move(findings));
    m_filter->setVisible(!isEmpty);
    if (isEmpty)
        m_statePage->showContent({.state = QStringLiteral("empty"),
                                  .iconName = QStringLiteral("ok"),
                                  .sentence = isComparison ? tr("The two runs found the same: nothing.") : tr("Nothing was found."),
                                  .explanation = {}, // what was looked at stands above
                                  .buttonText = {},
                                  .details = {}});
    m_middle->setCurrentWidget(isEmpty ? static_cast<QWidget*>(m_statePage) : m_table);
    sayWhatIsShown();
}

void SelfTestsTab::sayWhatIsShown()
{
    const auto shown = static_cast<std::size_t>(m_findings->rowCount());
    m_message->setText(shown == m_findings->total() ? QString()
                                                     : tr("%1 of %2 findings fit the filter.").arg(formatCount(shown), formatCount(m_findings->total())));
    m_message->setProperty("value", QVariant::fromValue<qulonglong>(shown));
}

QList<int> SelfTestsTab::selectedRuns() const
{
    QList<int> rows;
    for (const QModelIndex& index : m_runs->selectionModel()->selectedRows()) rows << index.row();
    std::sort(rows.begin(), rows.end());
    return rows;
}

void SelfTestsTab::showHistoryRow()
{
    const QList<int> rows = selectedRuns();
    if (rows.size() == 1) showRun(m_history->run(rows.front()));
    refreshActions();
}

void SelfTestsTab::compareSelected()
{
    const QList<int> rows = selectedRuns();
    if (rows.size() != 2) {
        m_message->setText(tr("Select two runs in the list first."));
        return;
    }
    showComparison(m_history->run(rows.back()), m_history->run(rows.front())); // the list begins with the newest
}

void SelfTestsTab::showComparison(const TestRun& older, const TestRun& newer)
{
    std::vector<ComparedFinding> compared = compareRuns(older, newer);
    const auto count = [&](FindingChange change) {
        const auto found = std::count_if(compared.begin(), compared.end(), [=](const ComparedFinding& f) { return f.change == change; });
        return formatCount(static_cast<std::uint64_t>(found));
    };
    m_summary->setText(tr("New: %1, gone: %2, still there: %3").arg(count(FindingChange::New), count(FindingChange::Gone), count(FindingChange::Still)));
    m_lookedAt->setText(tr("The run of %1 compared with that of %2. Findings of tests that only one of them ran are left out.")
                            .arg(formatDateTime(newer.at), formatDateTime(older.at)));
    m_icon->clear();
    m_hasShown = false;
    showFindings(std::move(compared), true);
    setState(QStringLiteral("ready"));
    refreshActions();
}

void SelfTestsTab::setState(const QString& state)
{
    setProperty("state", state);
    Q_EMIT statusTextChanged();
}

void SelfTestsTab::refreshActions()
{
    const bool isRunning = m_context.session.jobs().isRunning(m_job);
    m_runAll->setEnabled(!isRunning && !m_tests->ticked().isEmpty());
    m_runSelected->setEnabled(!isRunning && m_list->currentIndex().isValid());
    m_export->setEnabled(m_hasShown);
    m_compare->setEnabled(selectedRuns().size() == 2);
    m_compare->setToolTip(m_compare->isEnabled() ? tr("Show what is new, gone and still there") : tr("Select two runs in the list first."));
}

void SelfTestsTab::copyFindings()
{
    QList<int> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) rows << index.row();
    std::sort(rows.begin(), rows.end());
    if (rows.isEmpty())
        for (int row = 0; row < m_findings->rowCount(); ++row) rows << row;
    if (rows.isEmpty()) return m_message->setText(tr("There is nothing to copy."));
    QGuiApplication::clipboard()->setText(m_findings->asTsv(rows));
    m_message->setText(tr("Findings copied: %1.").arg(formatCount(static_cast<std::uint64_t>(rows.size()))));
}

void SelfTestsTab::exportReport()
{
    if (!m_hasShown) return;
    // Without a loop of its own: the database may be locked while the dialog stands open, and the tab goes then.
    auto* const dialog = new QFileDialog(this, tr("Export the Report"));
    dialog->setObjectName(QStringLiteral("tests.exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("JSON (*.json)"), tr("CSV (*.csv)"), tr("HTML (*.html)"), tr("JUnit XML (*.xml)")});
    connect(dialog, &QFileDialog::fileSelected, this, &SelfTestsTab::exportReportTo);
    dialog->open();
}

void SelfTestsTab::exportReportTo(const QString& path)
{
    m_context.session.jobs().run(
        {.title = tr("Export the report to %1").arg(path), .context = this},
        [path, about = m_context.session.description(), run = m_shown](const api::CallContext&) {
            return writeReport(path, toReport(reportFormOf(path), about, run));
        },
        [this, path](const Result<void>& written) {
            m_message->setText(written ? tr("The report was written to %1.").arg(path) : toQString(written.error().message));
        });
}

void SelfTestsTab::goToRecord(const QModelIndex& index)
{
    const auto id = m_findings->finding(index.row()).record;
    if (!id) return m_message->setText(tr("This finding is not about a single record."));
    m_context.session.jobs().run(
        {.title = tr("Find %1").arg(toQString(id->toString())), .context = this, .isQuiet = true},
        [&records = m_context.session.source().records(), id = *id](const api::CallContext& context) { return records.record(context, id); },
        [this, id = *id](const Result<api::RecordRow>& row) {
            if (row) m_context.session.requestRecord(id, this);
            else m_message->setText(tr("The record cannot be shown: %1").arg(toQString(row.error().message)));
        });
}

QString SelfTestsTab::statusText() const
{
    const QString state = property("state").toString();
    if (state == QLatin1String("loading")) return tr("Checking…");
    if (state == QLatin1String("stale")) return tr("Check held");
    return m_hasShown ? runOutcomeText(m_shown) : QString();
}

} // namespace blazedb::views
