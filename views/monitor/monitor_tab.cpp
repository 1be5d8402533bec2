#include "views/monitor/monitor_tab.h"

#include <algorithm>
#include <utility>

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include "engine/api/structure.h"
#include "views/commands/command_registry.h"
#include "views/monitor/measurement_loop.h"
#include "views/monitor/measurement_text.h"
#include "views/monitor/monitor_card.h"
#include "views/monitor/open_databases_model.h"
#include "views/session/session.h"
#include "views/session/state_store.h"
#include "views/widgets/column_flow_layout.h"
#include "views/widgets/format.h"
#include "views/widgets/key_tip.h"
#include "views/widgets/last_check.h"
#include "views/widgets/metric_text.h"
#include "views/widgets/parts.h"
#include "views/widgets/state_page.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"
#include "views/widgets/view_preferences.h"

namespace blazedb::views {
namespace {

constexpr int kCardWidthMin = 300;
constexpr int kColumnsMax = 3;
constexpr const char* kIntervalKey = "monitor/intervalMs";
constexpr const char* kHiddenKey = "monitor/hiddenCards";

enum Page { StateOfTab, Cards, AllDatabases };

QString intervalText(int milliseconds)
{
    return MonitorTab::tr("every %1 s").arg(QLocale().toString(milliseconds / 1000.0, 'f', milliseconds % 1000 == 0 ? 0 : 1));
}

bool isKnownInterval(int milliseconds)
{
    const auto& known = MeasurementLoop::kIntervalsMs;
    return std::find(std::begin(known), std::end(known), milliseconds) != std::end(known);
}

} // namespace

QWidget* makeMonitorTab(TabContext context, QWidget* parent)
{
    return new MonitorTab(context, parent);
}

MonitorTab::MonitorTab(const TabContext& context, QWidget* parent)
    : TabPage(parent)
    , m_context(context)
    , m_loop(new MeasurementLoop(context.session, this))
    , m_allTimer(new QTimer(this))
{
    setObjectName(QStringLiteral("monitor.page"));
    if (context.openSessions) m_databases = new OpenDatabasesModel(*context.openSessions, context.theme, this);
    build();
    connectParts();
    bindCommands();
    if (context.preferences) {
        m_forms = context.preferences->forms();
        followPreferences();
        connect(context.preferences, &ViewPreferences::changed, this, &MonitorTab::followPreferences);
    } else {
        setInterval(context.session.state().value(QLatin1String(kIntervalKey), MeasurementLoop::kIntervalMs).toInt());
    }
    showState();
}

void MonitorTab::build()
{
    m_pages = new QStackedWidget(this);
    m_statePage = new StatePage(m_context.theme, QStringLiteral("monitor"), m_pages);
    m_statePage->showContent({.state = QStringLiteral("loading"),
                              .iconName = QStringLiteral("tab-monitor"),
                              .sentence = tr("Measuring…"),
                              .explanation = {},
                              .buttonText = {},
                              .details = {}});
    m_pages->addWidget(m_statePage);
    m_pages->addWidget(buildCards());
    m_pages->addWidget(buildAll());
    auto* column = makeColumn(this);
    column->setContentsMargins(Theme::unit(3), Theme::unit(3), Theme::unit(3), Theme::unit(2));
    column->addWidget(buildBar());
    column->addWidget(m_pages, 1);
    buildMenu();
    setFocusProxy(m_scroll);
}

QWidget* MonitorTab::buildBar()
{
    auto* bar = new QWidget(this);
    m_all = new QToolButton(bar);
    nameControl(m_all, QStringLiteral("monitor.all"), tr("All open databases"));
    m_all->setText(tr("All Open Databases"));
    m_all->setToolTip(tr("Show one row for each open database"));
    m_all->setCheckable(true);
    m_all->setVisible(m_databases != nullptr);
    m_freshness = makeLabel({}, TextRole::Muted, bar);
    m_freshness->setObjectName(QStringLiteral("monitor.freshness"));
    m_interval = new QComboBox(bar);
    nameControl(m_interval, QStringLiteral("monitor.interval"), tr("How often to measure"));
    m_interval->setToolTip(tr("How often to measure, while this tab is shown"));
    for (const int milliseconds : MeasurementLoop::kIntervalsMs) m_interval->addItem(intervalText(milliseconds), milliseconds);
    m_pause = new QToolButton(bar);
    nameControl(m_pause, QStringLiteral("monitor.pause"), tr("Pause"));
    m_pause->setText(tr("Pause"));
    setKeyTip(m_pause, m_context.commands, QStringLiteral("monitor.pause"), tr("Hold the figures as they are"));
    m_pause->setCheckable(true);
    auto* refreshButton = new QToolButton(bar);
    nameControl(refreshButton, QStringLiteral("monitor.refresh"), tr("Measure now"));
    refreshButton->setIcon(m_context.theme.icon(QStringLiteral("refresh")));
    setKeyTip(refreshButton, m_context.commands, QStringLiteral("monitor.refresh"), tr("Measure now"));
    connect(refreshButton, &QToolButton::clicked, this, &MonitorTab::refresh);
    auto* more = new QToolButton(bar);
    nameControl(more, QStringLiteral("monitor.menu"), tr("Copy, and choose cards"));
    more->setIcon(m_context.theme.icon(QStringLiteral("more")));
    more->setToolTip(tr("Copy, and choose cards"));
    more->setPopupMode(QToolButton::InstantPopup);
    m_menu = new QMenu(more);
    more->setMenu(m_menu);

    auto* row = makeRow(bar);
    row->addWidget(makeLabel(tr("Monitor"), TextRole::Section, bar));
    row->addWidget(m_all);
    row->addStretch(1);
    row->addWidget(m_freshness);
    row->addWidget(m_interval);
    row->addWidget(m_pause);
    row->addWidget(refreshButton);
    row->addWidget(more);
    return bar;
}

QWidget* MonitorTab::buildCards()
{
    m_scroll = new QScrollArea(m_pages);
    nameControl(m_scroll, QStringLiteral("monitor.cards"), tr("Figures"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* board = new QWidget(m_scroll);
    auto* flow = new ColumnFlowLayout(kCardWidthMin, kColumnsMax, board);
    flow->setContentsMargins(0, 0, Theme::unit(2), 0);
    flow->setSpacing(Theme::unit(2));
    m_health = new HealthCard(m_context.theme, board);
    adoptCard(m_health, flow);
    for (const CardSpec& spec : monitorCards()) {
        auto* card = new FigureCard(m_context.theme, spec, board);
        m_figureCards.push_back(card);
        adoptCard(card, flow);
        if (spec.id != QLatin1String("storage") || !m_context.session.source().structure()) continue;
        m_count = new QPushButton(tr("Count Records"), card);
        setButtonRole(m_count, ButtonRole::Link);
        nameControl(m_count, QStringLiteral("monitor.count"), tr("Count the records: reads each of them once"));
        m_count->setToolTip(m_count->accessibleName());
        card->layout()->addWidget(m_count);
        connect(m_count, &QPushButton::clicked, this, &MonitorTab::countRecords);
    }
    m_scroll->setWidget(board);
    return m_scroll;
}

void MonitorTab::adoptCard(MonitorCard* card, QLayout* layout)
{
    layout->addWidget(card);
    m_cards.push_back(card);
    const QStringList hidden = m_context.session.state().value(QLatin1String(kHiddenKey)).toStringList();
    card->setVisible(!hidden.contains(card->id()));
    connect(card, &MonitorCard::hideRequested, this, [this, card] { setCardShown(card, false); });
}

QWidget* MonitorTab::buildAll()
{
    auto* page = new QWidget(m_pages);
    m_table = new QTreeView(page);
    nameControl(m_table, QStringLiteral("monitor.databases"), tr("All open databases"));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setAllColumnsShowFocus(true);
    m_totals = makeLabel({}, TextRole::Muted, page);
    m_totals->setObjectName(QStringLiteral("monitor.totals"));
    auto* column = makeColumn(page);
    column->addWidget(m_table, 1);
    column->addWidget(m_totals);
    if (!m_databases) return page;
    m_table->setModel(m_databases);
    const int em = fontMetrics().averageCharWidth();
    const int widths[] = {20, 12, 11, 11, 22, 13};
    for (int i = 0; i < static_cast<int>(std::size(widths)); ++i) m_table->setColumnWidth(i, widths[i] * em);
    connect(m_databases, &OpenDatabasesModel::totalsChanged, this, [this] {
        m_totals->setText(m_databases->totalsText());
        m_allAt = QDateTime::currentDateTime();
        if (m_all->isChecked()) showState();
    });
    return page;
}

void MonitorTab::buildMenu()
{
    for (const char* id : {"monitor.copyJson", "monitor.copyPrometheus", "monitor.count"})
        if (QAction* const action = m_context.commands.action(QString::fromLatin1(id))) m_menu->addAction(action);
    m_menu->addSeparator();
    for (MonitorCard* const card : m_cards) {
        QAction* const action = m_menu->addAction(card->title());
        action->setObjectName(QStringLiteral("monitor.show.") + card->id());
        action->setCheckable(true);
        action->setChecked(!card->isHidden());
        connect(action, &QAction::toggled, this, [this, card](bool isShown) { setCardShown(card, isShown); });
    }
}

void MonitorTab::connectParts()
{
    connect(m_loop, &MeasurementLoop::measured, this, &MonitorTab::accept);
    connect(m_loop, &MeasurementLoop::failed, this, &MonitorTab::refuse);
    connect(m_statePage, &StatePage::buttonClicked, this, &MonitorTab::refresh);
    connect(m_all, &QToolButton::toggled, this, &MonitorTab::showAll);
    connect(m_pause, &QToolButton::toggled, this, &MonitorTab::setPaused);
    connect(m_interval, &QComboBox::activated, this, [this] { chooseInterval(m_interval->currentData().toInt()); });
    connect(m_health, &HealthCard::checkRequested, this, [this] {
        if (QAction* const action = m_context.commands.action(QStringLiteral("tab.tests"))) action->trigger();
    });
    if (m_databases) connect(m_allTimer, &QTimer::timeout, m_databases, &OpenDatabasesModel::measure);
}

void MonitorTab::bindCommands()
{
    CommandRegistry& commands = m_context.commands;
    const auto bind = [&](const char* id, std::function<void()> run) {
        if (commands.action(QString::fromLatin1(id))) commands.setHandler(QString::fromLatin1(id), this, std::move(run));
    };
    bind("monitor.refresh", [this] { refresh(); });
    bind("monitor.pause", [this] { m_pause->toggle(); });
    if (m_databases) bind("monitor.all", [this] { m_all->toggle(); });
    bind("monitor.copyJson", [this] { copyJson(); });
    bind("monitor.copyPrometheus", [this] { copyPrometheus(); });
    if (m_count) bind("monitor.count", [this] { countRecords(); });
}

void MonitorTab::showEvent(QShowEvent* event)
{
    TabPage::showEvent(event);
    const auto check = lastCheck(m_context.session.state(), toQString(m_context.session.description().identity));
    m_health->showLastCheck(check ? lastCheckText(*check) : QString());
    m_loop->setLookedAt(!m_all->isChecked());
    showAll(m_all->isChecked());
}

void MonitorTab::hideEvent(QHideEvent* event)
{
    TabPage::hideEvent(event);
    m_loop->setLookedAt(false);
    m_allTimer->stop();
}

void MonitorTab::accept(const api::Measurement& measurement)
{
    m_last = measurement;
    m_hasMeasured = true;
    m_problem.clear();
    m_health->show(measurement);
    for (FigureCard* const card : m_figureCards) card->show(measurement);
    const model::MetricSample* const live = findFigure(measurement, "storage.records_live");
    if (m_count) m_count->setVisible(live && !live->isMeasured());
    showState();
}

void MonitorTab::refuse(const Error& error)
{
    m_problem = errorHeadline(error);
    if (!m_hasMeasured) m_statePage->showError(error);
    showState();
}

void MonitorTab::showState()
{
    const bool isStale = m_hasMeasured && (!m_problem.isEmpty() || m_loop->isPaused());
    const QString state = isStale                ? QStringLiteral("stale")
                          : m_hasMeasured        ? QStringLiteral("ready")
                          : m_problem.isEmpty() ? QStringLiteral("loading")
                                                 : QStringLiteral("failed");
    setProperty("state", state);
    m_pages->setCurrentIndex(m_all->isChecked() ? AllDatabases : m_hasMeasured ? Cards : StateOfTab);
    const auto sinceEpoch = std::chrono::duration_cast<std::chrono::milliseconds>(m_last.at.time_since_epoch());
    const bool isAll = m_all->isChecked();
    const QDateTime at = isAll ? m_allAt : QDateTime::fromMSecsSinceEpoch(sinceEpoch.count());
    const QString time = formatClock(at);
    if (isAll ? !m_allAt.isValid() : !m_hasMeasured) m_freshness->clear();
    else if (!m_problem.isEmpty() && !isAll) m_freshness->setText(tr("as of %1 – %2").arg(time, m_problem));
    else if (m_loop->isPaused()) m_freshness->setText(tr("paused, as of %1").arg(time));
    else m_freshness->setText(tr("as of %1").arg(time));
    m_freshness->setToolTip(at.isValid() && !m_freshness->text().isEmpty() ? at.toUTC().toString(Qt::ISODateWithMs) : QString());
    Q_EMIT statusTextChanged();
}

void MonitorTab::setCardShown(MonitorCard* card, bool isShown)
{
    card->setVisible(isShown);
    QStringList hidden;
    for (const MonitorCard* const each : m_cards)
        if (each->isHidden()) hidden << each->id();
    m_context.session.state().setValue(QLatin1String(kHiddenKey), hidden);
    if (auto* const action = m_menu->findChild<QAction*>(QStringLiteral("monitor.show.") + card->id())) action->setChecked(isShown);
}

void MonitorTab::chooseInterval(int milliseconds)
{
    if (m_context.preferences) return m_context.preferences->setMeasureIntervalMs(milliseconds); // which tells every Monitor
    m_context.session.state().setValue(QLatin1String(kIntervalKey), milliseconds);
    setInterval(milliseconds);
}

void MonitorTab::followPreferences()
{
    setInterval(m_context.preferences->measureIntervalMs());
    if (std::exchange(m_forms, m_context.preferences->forms()) == m_context.preferences->forms()) return;
    // A figure keeps its samples, not its texts: a new measurement writes them all.
    if (isVisible() || m_loop->isPaused()) m_loop->measureNow();
    if (m_databases && m_all->isChecked()) m_databases->measure();
}

void MonitorTab::setInterval(int milliseconds)
{
    if (!isKnownInterval(milliseconds)) milliseconds = MeasurementLoop::kIntervalMs;
    m_interval->setCurrentIndex(m_interval->findData(milliseconds));
    m_loop->setInterval(milliseconds);
    m_allTimer->setInterval(milliseconds);
    // Two measurements that came a little late still belong together.
    for (FigureCard* const card : m_figureCards) card->setGap(qint64{milliseconds} * 5 / 2 + 500);
}

void MonitorTab::setPaused(bool isPaused)
{
    m_pause->setText(isPaused ? tr("Resume") : tr("Pause"));
    m_pause->setAccessibleName(m_pause->text());
    m_loop->setPaused(isPaused);
    showAll(m_all->isChecked());
}

void MonitorTab::showAll(bool isAll)
{
    m_loop->setLookedAt(isVisible() && !isAll);
    m_allTimer->stop();
    if (isAll && m_databases && isVisible() && !m_loop->isPaused()) {
        m_databases->measure();
        m_allTimer->start();
    }
    setFocusProxy(isAll ? static_cast<QWidget*>(m_table) : m_scroll);
    showState();
}

void MonitorTab::refresh()
{
    if (m_all->isChecked() && m_databases) m_databases->measure();
    else m_loop->measureNow();
}

void MonitorTab::countRecords()
{
    api::Structure* const structure = m_context.session.source().structure();
    if (!structure || m_context.session.jobs().isRunning(m_countJob)) return;
    m_count->setEnabled(false);
    m_countJob = m_context.session.jobs().run(
        {.title = tr("Count records"), .context = this},
        [structure](const api::CallContext& context) { return structure->collections(context, 0); },
        [this](const Result<std::vector<model::CollectionSummary>>&) {
            m_count->setEnabled(true);
            m_loop->measureNow(); // says why there is still nothing, if there is
        });
}

void MonitorTab::copyJson()
{
    if (m_hasMeasured) QGuiApplication::clipboard()->setText(QString::fromUtf8(toMonitorJson(m_context.session.description(), m_last)));
}

void MonitorTab::copyPrometheus()
{
    if (m_hasMeasured) QGuiApplication::clipboard()->setText(toMonitorPrometheus(m_context.session.description(), m_last));
}

QString MonitorTab::statusText() const
{
    if (!m_hasMeasured) return {};
    const model::MetricSample* const size = findFigure(m_last, "storage.bytes");
    return size ? tr("%1, %2").arg(healthWord(m_last.health.level), formatFigure(*size)) : healthWord(m_last.health.level);
}

} // namespace blazedb::views
