#include "views/data/data_tab.h"

#include <algorithm>

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "engine/codec/query_text.h"
#include "views/commands/command_registry.h"
#include "views/data/column_list.h"
#include "views/data/column_statistics.h"
#include "views/data/data_bar.h"
#include "views/data/data_footer.h"
#include "views/data/data_survey.h"
#include "views/data/filter_panel.h"
#include "views/data/follow_bar.h"
#include "views/data/reading_bar.h"
#include "views/data/record_finder.h"
#include "views/data/record_follow.h"
#include "views/data/record_grid.h"
#include "views/data/record_panel.h"
#include "views/data/record_table_model.h"
#include "views/data/record_taking.h"
#include "views/data/saved_filters.h"
#include "views/data/source_banner.h"
#include "views/session/session.h"
#include "views/session/state_store.h"
#include "views/widgets/parts.h"
#include "views/widgets/state_page.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"
#include "views/widgets/view_preferences.h"

namespace blazedb::views {
namespace {

/// Reading fewer records than this is over before anybody has read that it happens.
constexpr std::uint64_t kWorthSaying = 10'000;
/// The zone of dates is one for all tabs, also where there are no preferences to share.
constexpr const char* kZoneKey = "main/utc";

/// A word anywhere in one of the fields, in any case.
model::Expression wordFilter(const QStringList& fields, const QString& word)
{
    QString pattern = word;
    pattern.replace(QLatin1String("\\"), QLatin1String("\\\\")).replace(QLatin1Char('%'), QLatin1String("\\%")).replace(QLatin1Char('_'), QLatin1String("\\_"));
    const std::string text = toUtf8(QLatin1Char('%') + pattern + QLatin1Char('%'));
    std::vector<model::Expression> any;
    for (const QString& field : fields) any.push_back(model::comparison(model::ExpressionKind::ILike, toUtf8(field), model::Value(text)));
    return model::anyOf(std::move(any));
}

const char* stateWord(RecordTableModel::State state, bool hasFilter)
{
    switch (state) {
    case RecordTableModel::State::Loading: return "loading";
    case RecordTableModel::State::Empty: return hasFilter ? "no match" : "empty";
    case RecordTableModel::State::Failed: return "failed";
    case RecordTableModel::State::Cancelled: return "cancelled";
    case RecordTableModel::State::Ready: break;
    }
    return "ready";
}

} // namespace

QWidget* makeDataTab(TabContext context, QWidget* parent)
{
    return new DataTab(context, parent);
}

DataTab::DataTab(const TabContext& context, QWidget* parent)
    : TabPage(parent)
    , m_context(context)
    , m_stateKey(QStringLiteral("source/") + toQString(context.session.description().identity) + QStringLiteral("/data"))
    , m_records(new RecordTableModel(context.session, this))
    , m_survey(new DataSurvey(context.session, this))
    , m_finder(new RecordFinder(context.session, this))
    , m_follow(new RecordFollow(context.session, *m_records, this))
    , m_visits(new RecordVisits(context.session, this))
{
    setObjectName(QStringLiteral("data.page"));
    build();
    connectBar();
    connectGrid();
    connectFooter();
    connectFollow();
    connectVisits();
    connectFilters();
    bindCommands();
    bindCopies();
    bindFollow();
    const StateStore& state = m_context.session.state();
    if (const ViewPreferences* const preferences = m_context.preferences) {
        connect(preferences, &ViewPreferences::changed, this, [this, preferences] { showForms(preferences->forms().zone); });
        showForms(preferences->forms().zone);
    } else {
        showForms(state.value(QString::fromLatin1(kZoneKey)).toBool() ? ZoneChoice::Utc : ZoneChoice::Local);
    }
    m_bar->setBuilding(state.value(m_stateKey + QStringLiteral("/building")).toBool());
    m_bar->chooseCollection(state.value(m_stateKey + QStringLiteral("/collection")).toString());
    chooseCollection();
    connect(&context.session, &Session::recordRequested, this, [this](const QObject* asker) {
        const auto* const part = qobject_cast<const QWidget*>(asker);
        if (!part || part->window() == window()) showRequestedRecord(); // not what another window asked for
    });
    showRequestedRecord();
}

DataTab::~DataTab()
{
    // Going off the screen, the parts still speak; they must find a whole tab.
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

void DataTab::build()
{
    m_bar = new DataBar(m_context.theme, this);
    m_filters = new SavedFilters(m_context.session.state(), m_stateKey + QStringLiteral("/savedFilters"), m_context.theme, m_bar);
    m_bar->addTool(m_filters);
    m_rows = new FilterPanel(m_context.theme, this);
    m_rows->hide();
    m_followBar = new FollowBar(*m_follow, m_context.theme, this);
    m_source = new SourceBanner(m_follow->feed(), m_context.theme, this);
    m_reading = new ReadingBar(*m_records, this);
    m_notice = makeWrappedLabel({}, TextRole::Info, this);
    m_notice->setObjectName(QStringLiteral("data.notice"));
    m_notice->hide();
    m_middle = new QStackedWidget(this);
    m_grid = new RecordGrid(*m_records, m_context.theme, m_context.session.state(), m_middle);
    m_statePage = new StatePage(m_context.theme, QStringLiteral("data"), m_middle);
    m_middle->addWidget(m_grid);
    m_middle->addWidget(m_statePage);
    m_panel = new RecordPanel(m_context.session, m_context.theme, this);
    m_statistics = new ColumnStatistics(m_context.session, m_context.theme, m_panel);
    m_panel->addPage(m_statistics, tr("Statistics"));
    m_taking = new RecordTaking(m_context.session, m_context.theme, *m_records, *m_grid, this);
    m_footer = new DataFooter(m_context.theme, this);
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->setObjectName(QStringLiteral("data.split"));
    split->addWidget(m_middle);
    split->addWidget(m_panel);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 1);
    split->setSizes({760, 320});
    auto* column = makeColumn(this);
    column->setContentsMargins(Theme::unit(3), Theme::unit(3), Theme::unit(3), Theme::unit(2));
    auto* second = makeRow();
    second->addWidget(m_bar->options());
    second->addWidget(m_followBar, 1);
    column->addWidget(m_bar);
    column->addLayout(second);
    column->addWidget(m_rows);
    column->addWidget(m_source);
    column->addWidget(m_notice);
    column->addWidget(m_reading);
    column->addWidget(split, 1);
    column->addWidget(m_footer);
    setFocusTarget(this, m_grid);
}

void DataTab::connectBar()
{
    connect(m_bar, &DataBar::filterEntered, this, &DataTab::applyFilterText);
    connect(m_bar, &DataBar::cleared, this, &DataTab::clearFilter);
    connect(m_bar, &DataBar::collectionChosen, this, &DataTab::chooseCollection);
    connect(m_bar, &DataBar::deletedToggled, this, &DataTab::applyFilterText);
    connect(m_bar, &DataBar::exportRequested, m_taking, &RecordTaking::openExport);
    connect(m_bar, &DataBar::buildToggled, this, [this](bool isBuilding) {
        m_rows->setVisible(isBuilding);
        m_context.session.state().setValue(m_stateKey + QStringLiteral("/building"), isBuilding);
    });
    connect(m_bar->columnMenu(), &QMenu::aboutToShow, this, &DataTab::fillColumnMenu);
    connect(m_rows, &FilterPanel::edited, this, &DataTab::applyRows);
    connect(m_rows, &FilterPanel::left, this, [this] { m_grid->setFocus(Qt::OtherFocusReason); });
}

void DataTab::connectGrid()
{
    connect(m_records, &RecordTableModel::stateChanged, this, &DataTab::showState);
    connect(m_records, &RecordTableModel::rowsLoaded, this, &DataTab::noteRows);
    connect(m_records, &RecordTableModel::totalChanged, this, [this] {
        m_footer->showTotal(m_records->total());
        if (m_awaited && m_awaited->first < static_cast<quint64>(m_records->rowCount())) {
            const auto awaited = *std::exchange(m_awaited, std::nullopt);
            showPlace(awaited.first, awaited.second);
        }
        showSelection();
        Q_EMIT statusTextChanged();
    });
    connect(m_records, &QAbstractItemModel::modelReset, this, &DataTab::showSelection);
    connect(m_grid, &RecordGrid::sortRequested, this, [this](const std::vector<model::SortKey>& order) {
        model::Query query = m_records->query();
        query.order = order;
        askFor(std::move(query));
    });
    connect(m_grid, &RecordGrid::filterRequested, this, &DataTab::narrow);
    connect(m_grid, &RecordGrid::columnFilterRequested, this, &DataTab::filterColumn);
    connect(m_grid, &RecordGrid::statisticsRequested, this, &DataTab::showStatistics);
    connect(m_statistics, &ColumnStatistics::filterRequested, this, [this](const model::Expression& condition) {
        model::Query query = m_records->query();
        query.filter = model::allOf({query.filter, condition});
        askFor(std::move(query));
    });
    connect(m_grid, &RecordGrid::rowShown, this, &DataTab::showRow);
    connect(m_grid, &RecordGrid::rowEntered, m_panel, &RecordPanel::focusValue);
    connect(m_grid, &RecordGrid::selectedRowsChanged, this, &DataTab::showSelection);
    connect(m_grid, &RecordGrid::visibleRowsChanged, this, &DataTab::statusTextChanged);
    connect(m_reading, &ReadingBar::retryRequested, this, [this] {
        if (m_records->isEarlier()) applyFilterText();
        else m_records->retryFailed();
    });
    connect(m_statePage, &StatePage::buttonClicked, this, [this] {
        if (m_records->state() == RecordTableModel::State::Empty) clearFilter();
        else applyFilterText();
    });
    connect(m_survey, &DataSurvey::surveyed, this,
            [this](const std::vector<model::CollectionSummary>& collections, const model::CollectionStatistics& statistics) {
                m_bar->setCollections(collections);
                takeSurvey(statistics);
            });
    connect(m_survey, &DataSurvey::failed, this, [this] { m_footer->showSample(tr("columns of the records seen so far")); });
}

void DataTab::connectFooter()
{
    connect(m_footer, &DataFooter::findRequested, this, &DataTab::find);
    connect(m_footer, &DataFooter::goToRequested, this, &DataTab::goTo);
    connect(m_footer, &DataFooter::zoneChosen, this, &DataTab::chooseZone);
    connect(m_finder, &RecordFinder::found, this, &DataTab::showPlace);
    connect(m_finder, &RecordFinder::missed, m_footer, &DataFooter::say);
    connect(m_taking, &RecordTaking::said, m_footer, &DataFooter::say);
    connect(m_panel, &RecordPanel::said, m_footer, &DataFooter::say);
}

void DataTab::connectFollow()
{
    const auto setOn = [this](bool isOn) {
        m_context.session.state().setValue(m_stateKey + QStringLiteral("/follow"), isOn);
        m_follow->setOn(isOn);
    };
    connect(m_followBar, &FollowBar::followToggled, this, setOn);
    connect(m_followBar, &FollowBar::pauseToggled, m_follow, &RecordFollow::setPaused);
    connect(m_followBar, &FollowBar::refreshRequested, m_follow, &RecordFollow::refresh);
    connect(m_follow, &RecordFollow::changed, this, &DataTab::showFollow);
    connect(m_follow, &RecordFollow::eventsCame, this, [this](const std::vector<api::SourceEvent>& events) {
        m_source->take(events);
        const bool isBack = std::any_of(events.begin(), events.end(), [](const api::SourceEvent& event) { return event.kind == api::SourceEvent::Kind::Recovered; });
        if (isBack && m_records->state() == RecordTableModel::State::Failed) applyFilterText();
    });
    connect(m_records, &RecordTableModel::updated, this, [this] {
        if (m_records->row(m_grid->currentIndex().row())) showRow(m_grid->currentIndex().row());
        showSelection();
        Q_EMIT statusTextChanged();
    });
    m_follow->setOn(m_context.session.state().value(m_stateKey + QStringLiteral("/follow")).toBool());
}

void DataTab::connectVisits()
{
    connect(m_grid, &RecordGrid::referenceRequested, this, &DataTab::followReference);
    connect(m_grid, &RecordGrid::referrersRequested, this, &DataTab::showReferrers);
    connect(m_visits, &RecordVisits::said, m_footer, &DataFooter::say);
    connect(m_visits, &RecordVisits::referenceFound, this, &DataTab::showReference);
    connect(m_visits, &RecordVisits::visitRequested, this, &DataTab::visit);
    CommandRegistry& commands = m_context.commands;
    const auto bind = [&](const char* id, std::function<void()> run) {
        if (commands.action(QString::fromLatin1(id))) commands.setHandler(QString::fromLatin1(id), this, std::move(run));
    };
    bind("data.followReference", [this] { followReference(); });
    bind("data.referrers", [this] { showReferrers(); });
    bind("data.back", [this] { m_visits->goBack(here()); });
    bind("data.forward", [this] { m_visits->goForward(here()); });
    const auto showWays = [this, &commands] {
        if (!commands.action(QStringLiteral("data.back"))) return;
        commands.setEnabledFor(QStringLiteral("data.back"), this, m_visits->canGoBack(), tr("No reference has been followed."));
        commands.setEnabledFor(QStringLiteral("data.forward"), this, m_visits->canGoForward(), tr("There is nothing to go forward to."));
    };
    connect(m_visits, &RecordVisits::changed, this, showWays);
    showWays();
}

void DataTab::connectFilters()
{
    connect(m_bar, &DataBar::quickEntered, this, &DataTab::applyQuick);
    connect(m_filters, &SavedFilters::aboutToOpen, this, [this] { m_filters->setCurrentText(m_bar->filterText().trimmed()); });
    connect(m_filters, &SavedFilters::said, m_footer, &DataFooter::say);
    connect(m_filters, &SavedFilters::chosen, this, [this](const QString& text) {
        m_bar->setFilterText(text);
        applyFilterText();
    });
    CommandRegistry& commands = m_context.commands;
    const auto bind = [&](const char* id, std::function<void()> run) {
        if (commands.action(QString::fromLatin1(id))) commands.setHandler(QString::fromLatin1(id), this, std::move(run));
    };
    bind("data.quick", [this] { m_bar->focusQuick(); });
    bind("data.saveFilter", [this] {
        m_filters->setCurrentText(m_bar->filterText().trimmed());
        m_filters->askForName();
    });
}

/// The word becomes a condition of the filter line, in the place of the word before.
void DataTab::applyQuick()
{
    const codec::ParsedQuery parsed = codec::parseQueryText(toUtf8(m_bar->filterText()));
    model::Query query = parsed.problem ? m_records->query() : parsed.query;
    std::vector<model::Expression> parts = query.filter.kind == model::ExpressionKind::And ? query.filter.children : std::vector{query.filter};
    std::erase_if(parts, [this](const model::Expression& part) { return model::isIdentical(part, m_quick); });
    m_quick = {};
    const QString word = m_bar->quickText();
    if (!word.isEmpty()) {
        QStringList fields = m_grid->visibleFields();
        fields.removeIf([this](const QString& field) {
            const ColumnFacts facts = m_records->columnFacts(field);
            return facts.kind != model::ValueKind::Text && !facts.isMixed;
        });
        if (fields.isEmpty()) return m_footer->say(tr("No column that is shown holds text."));
        m_quick = wordFilter(fields, word);
        parts.push_back(m_quick);
    }
    query.filter = model::allOf(std::move(parts));
    askFor(std::move(query));
}

Visit DataTab::here() const
{
    const api::RecordRow* const row = m_records->row(m_grid->currentIndex().row());
    return {row ? row->record.id : model::Uuid{}, m_grid->currentField(), m_bar->collection(), m_bar->filterText()};
}

void DataTab::followReference()
{
    const api::RecordRow* const row = m_records->row(m_grid->currentIndex().row());
    const model::Field* const value = row ? row->record.find(toUtf8(m_grid->currentField())) : nullptr;
    const auto id = value ? referenceIn(value->value) : std::nullopt;
    if (!id) return m_footer->say(tr("This value names no record: it is not a UUID."));
    m_visits->follow(here(), m_records->query(), *id);
}

/// A record that the filter hides is shown without it; Back brings the filter back.
void DataTab::showReference(const model::Uuid& id, bool isShown)
{
    if (isShown) m_finder->findId(m_records->query(), id);
    else m_context.session.requestRecord(id, this);
}

void DataTab::visit(const Visit& place)
{
    if (place.collection != m_bar->collection()) {
        m_bar->chooseCollection(place.collection);
        chooseCollection();
    }
    if (place.filter != m_bar->filterText()) {
        m_bar->setFilterText(place.filter);
        applyFilterText();
    }
    m_lastField = place.field;
    m_finder->findId(m_records->query(), place.id);
}

void DataTab::showReferrers()
{
    const api::RecordRow* const row = m_records->row(m_grid->currentIndex().row());
    if (!row) return m_footer->say(tr("Choose a cell first."));
    if (m_referenceFields.isEmpty()) return m_footer->say(tr("No field of these records holds UUIDs."));
    std::vector<model::Expression> any;
    for (const QString& field : m_referenceFields) any.push_back(model::comparison(model::ExpressionKind::Equal, toUtf8(field), model::Value(row->record.id)));
    model::Query query = m_records->query();
    query.filter = model::anyOf(std::move(any));
    askFor(std::move(query));
}

void DataTab::showFollow()
{
    CommandRegistry& commands = m_context.commands;
    if (!commands.action(QStringLiteral("data.follow"))) return;
    const RecordFollow::Mode mode = m_follow->mode();
    const bool isAvailable = mode != RecordFollow::Mode::Unavailable;
    commands.setEnabledFor(QStringLiteral("data.follow"), this, isAvailable,
                           isAvailable ? QString() : tr("Not available here: %1").arg(errorHeadline(m_follow->feed().error())));
    commands.setEnabledFor(QStringLiteral("data.pauseFollow"), this, m_follow->isOn(), tr("The records are not followed."));
    commands.setCheckedFor(QStringLiteral("data.follow"), this, m_follow->isOn());
    commands.setCheckedFor(QStringLiteral("data.pauseFollow"), this, mode == RecordFollow::Mode::Paused);
}

void DataTab::showEvent(QShowEvent* event)
{
    TabPage::showEvent(event);
    m_follow->setVisible(true);
    showFollow();
}

void DataTab::hideEvent(QHideEvent* event)
{
    TabPage::hideEvent(event);
    m_follow->setVisible(false);
}

void DataTab::bindFollow()
{
    CommandRegistry& commands = m_context.commands;
    const auto bind = [&](const char* id, std::function<void()> run) {
        if (commands.action(QString::fromLatin1(id))) commands.setHandler(QString::fromLatin1(id), this, std::move(run));
    };
    bind("data.follow", [this] { Q_EMIT m_followBar->followToggled(!m_follow->isOn()); });
    bind("data.pauseFollow", [this] { m_follow->setPaused(m_follow->mode() != RecordFollow::Mode::Paused); });
    showFollow();
}

/// The rows of the same query stay where they are; another query begins anew.
void DataTab::refresh()
{
    const codec::ParsedQuery parsed = codec::parseQueryText(toUtf8(m_bar->filterText()));
    model::Query shown = m_records->query();
    const bool isReady = m_records->state() == RecordTableModel::State::Ready || m_records->state() == RecordTableModel::State::Empty;
    const bool isSame = !parsed.problem && model::isIdentical(parsed.query.filter, shown.filter) && parsed.query.order == shown.order
                        && parsed.query.limit == shown.limit && parsed.query.offset == shown.offset;
    if (isReady && isSame && !m_records->hasProblem()) m_follow->refresh();
    else applyFilterText();
    m_survey->run(m_bar->collection());
}

void DataTab::bindCommands()
{
    CommandRegistry& commands = m_context.commands;
    const auto bind = [&](const char* id, std::function<void()> run) {
        if (commands.action(QString::fromLatin1(id))) commands.setHandler(QString::fromLatin1(id), this, std::move(run));
    };
    bind("data.focusFilter", [this] { m_bar->focusFilter(); });
    bind("data.build", [this] {
        m_bar->setBuilding(!m_bar->isBuilding());
        if (m_bar->isBuilding()) m_rows->focusRows();
        else m_grid->setFocus(Qt::OtherFocusReason);
    });
    bind("data.filterColumn", [this] { filterColumn(chosenField()); });
    bind("data.clearFilter", [this] { clearFilter(); });
    bind("data.useValue", [this] { narrow(model::ExpressionKind::Equal, chosenField(), true); });
    bind("data.excludeValue", [this] { narrow(model::ExpressionKind::NotEqual, chosenField(), true); });
    bind("data.statistics", [this] { showStatistics(chosenField()); });
    bind("data.sort", [this] { m_grid->sortBy(chosenField(), false); });
    bind("data.sortAlso", [this] { m_grid->sortBy(chosenField(), true); });
    bind("data.freeze", [this] { m_grid->freezeUpTo(chosenField()); });
    bind("data.unfreeze", [this] { m_grid->freezeUpTo({}); });
    bind("data.goTo", [this] { m_footer->focusGoTo(); });
    bind("data.find", [this] { m_footer->focusFind(); });
    bind("data.findNext", [this] { find(true); });
    bind("data.findPrevious", [this] { find(false); });
    bind("data.valuePanel", [this] {
        if (m_panel->isAncestorOf(focusWidget()) && focusWidget()->hasFocus()) m_grid->setFocus(Qt::ShortcutFocusReason);
        else m_panel->focusValue();
    });
    bind("data.refresh", [this] { refresh(); });
}

void DataTab::bindCopies()
{
    CommandRegistry& commands = m_context.commands;
    const auto bind = [&](const char* id, std::function<void()> run) {
        if (commands.action(QString::fromLatin1(id))) commands.setHandler(QString::fromLatin1(id), this, std::move(run));
    };
    bind("data.copy", [this] { m_taking->copyAs(RecordForm::Tsv); });
    bind("data.copyCsv", [this] { m_taking->copyAs(RecordForm::Csv); });
    bind("data.copyJson", [this] { m_taking->copyAs(RecordForm::Json); });
    bind("data.copyJsonLines", [this] { m_taking->copyAs(RecordForm::JsonLines); });
    bind("data.copyMarkdown", [this] { m_taking->copyAs(RecordForm::Markdown); });
    bind("data.export", [this] { m_taking->openExport(); });
    bind("data.saveValue", [this] { m_panel->saveValue(); });
}

QString DataTab::collectionKey(const QString& name) const
{
    return m_stateKey + QLatin1Char('/') + m_bar->collection() + QLatin1Char('/') + name;
}

/// Each collection has columns and a filter of its own.
void DataTab::chooseCollection()
{
    StateStore& state = m_context.session.state();
    state.setValue(m_stateKey + QStringLiteral("/collection"), m_bar->collection());
    m_areColumnsComplete = false;
    m_records->setColumns({QStringLiteral("id")});
    m_grid->setLayoutKey(collectionKey(QStringLiteral("columns")));
    m_bar->setFilterText(state.value(collectionKey(QStringLiteral("filter"))).toString());
    m_footer->showSample(tr("columns from a sample"));
    applyFilterText();
    m_survey->run(m_bar->collection());
}

void DataTab::applyFilterText()
{
    codec::ParsedQuery parsed = codec::parseQueryText(toUtf8(m_bar->filterText()));
    m_bar->showProblem(parsed.problem);
    if (parsed.problem) return;
    m_rows->setExpression(parsed.query.filter);
    m_context.session.state().setValue(collectionKey(QStringLiteral("filter")), m_bar->filterText());
    model::Query query = std::move(parsed.query);
    query.collection = toUtf8(m_bar->collection());
    query.deleted = m_bar->showsDeleted() ? model::DeletedRecords::Included : model::DeletedRecords::Hidden;
    m_awaited.reset();
    m_footer->say({});
    m_panel->showRecord(nullptr, {});
    m_records->setQuery(query);
    announceReading();
}

/// The line takes what the rows say, and keeps its own sort and limits.
void DataTab::applyRows()
{
    const codec::ParsedQuery parsed = codec::parseQueryText(toUtf8(m_bar->filterText()));
    model::Query query = parsed.problem ? m_records->query() : parsed.query;
    const model::Expression filter = m_rows->expression();
    if (!parsed.problem && model::isIdentical(filter, query.filter)) return;
    query.filter = filter;
    askFor(std::move(query));
}

void DataTab::clearFilter()
{
    m_bar->setFilterText({});
    m_rows->setExpression({});
    applyFilterText();
}

/// Through the line, so that it always says what is shown.
void DataTab::askFor(model::Query query)
{
    m_bar->setFilterText(toQString(codec::toQueryText(query)));
    applyFilterText();
}

/// A filter or sort that no index helps reads every record: said when that is worth saying.
void DataTab::announceReading()
{
    m_notice->hide();
    m_context.session.jobs().cancel(m_explainJob);
    const model::Query query = m_records->query();
    if (query.filter.isAll() && query.order.empty()) return;
    m_explainJob = m_context.session.jobs().run(
        {.title = tr("Look at the plan"), .context = this, .isQuiet = true},
        [&records = m_context.session.source().records(), query](const api::CallContext& context) {
            return records.explain(context, query, api::ExplainMode::Plan);
        },
        [this, query](const Result<api::PlanDescription>& plan) {
            if (!plan || !model::isIdentical(query, m_records->query())) return;
            m_notice->setVisible(plan->readsAllRecords && plan->recordsToRead >= kWorthSaying);
            m_notice->setText(query.order.empty() ? tr("Reads %1 records: no index serves this filter.").arg(formatCount(plan->recordsToRead))
                                                  : tr("Reads %1 records: no index serves this filter and sort.").arg(formatCount(plan->recordsToRead)));
        });
}

/// Adds a condition on a field to the filter, with the value of the current cell if asked for.
void DataTab::narrow(model::ExpressionKind kind, const QString& field, bool usesValue)
{
    model::Expression condition;
    condition.kind = kind;
    condition.field = toUtf8(field);
    if (usesValue) {
        const api::RecordRow* const row = m_records->row(m_grid->currentIndex().row());
        if (!row || field.isEmpty()) return m_footer->say(tr("Choose a cell first."));
        const model::Field* const known = row->record.find(condition.field);
        const bool isExcluded = kind == model::ExpressionKind::NotEqual;
        if (field == QLatin1String("id")) condition.operands = {model::Value(row->record.id)};
        else if (!known) condition.kind = model::ExpressionKind::IsMissing;
        else if (known->value.isNull()) condition.kind = model::ExpressionKind::IsExplicitNull;
        else if (known->isCut()) return m_footer->say(tr("This value is too long for a filter."));
        else condition.operands = {known->value};
        if (isExcluded && condition.operands.empty()) condition = model::negation(std::move(condition));
    }
    model::Query query = m_records->query();
    query.filter = model::allOf({query.filter, std::move(condition)});
    askFor(std::move(query));
}

void DataTab::showStatistics(const QString& field)
{
    if (field.isEmpty()) return m_footer->say(tr("Choose a cell first."));
    m_panel->showPage(m_statistics);
    m_statistics->run(m_records->query(), field);
}

void DataTab::filterColumn(const QString& field)
{
    if (field.isEmpty()) return m_footer->say(tr("Choose a cell first."));
    m_bar->setBuilding(true);
    m_rows->addCondition(field);
}

bool DataTab::hasFilter() const
{
    return !m_records->query().filter.isAll() || m_records->query().collection != model::kDefaultCollection;
}

QString DataTab::chosenField() const
{
    return m_grid->currentIndex().isValid() ? m_grid->currentField() : m_lastField;
}

void DataTab::showState()
{
    const RecordTableModel::State state = m_records->state();
    setProperty("state", QString::fromLatin1(stateWord(state, hasFilter())));
    if (state == RecordTableModel::State::Failed) {
        m_statePage->showError(m_records->error());
    } else if (state == RecordTableModel::State::Cancelled) {
        m_statePage->showContent({.state = QStringLiteral("cancelled"),
                                  .iconName = QStringLiteral("stop"),
                                  .sentence = m_reading->cancelledText(),
                                  .explanation = {},
                                  .buttonText = tr("Read Again"),
                                  .details = {}});
    } else if (state == RecordTableModel::State::Empty) {
        const bool isFiltered = hasFilter();
        QString explanation = isFiltered ? m_bar->filterText() : QString();
        if (!m_bar->showsDeleted()) explanation += (explanation.isEmpty() ? QString() : QStringLiteral("\n")) + tr("Soft-deleted records are hidden.");
        m_statePage->showContent({.state = isFiltered ? QStringLiteral("no match") : QStringLiteral("empty"),
                                  .iconName = isFiltered ? QStringLiteral("search") : QStringLiteral("empty"),
                                  .sentence = isFiltered ? tr("No record fits the filter.") : tr("There are no records here."),
                                  .explanation = explanation,
                                  .buttonText = isFiltered ? tr("Clear the Filter") : QString(),
                                  .details = {}});
    }
    const bool hasGrid = state == RecordTableModel::State::Ready || state == RecordTableModel::State::Loading;
    m_middle->setCurrentIndex(hasGrid ? 0 : 1);
    Q_EMIT statusTextChanged();
}

void DataTab::showSelection()
{
    m_footer->showSelection(m_grid->selectedRowCount(), m_records->total());
}

void DataTab::noteRows(int first, int count)
{
    if (!m_areColumnsComplete) {
        QStringList columns = m_records->columns();
        for (int row = first; row < first + count; ++row) {
            if (const api::RecordRow* record = m_records->row(row)) columns = withFieldsOf(std::move(columns), record->record);
        }
        setColumns(columns);
    }
    const auto column = static_cast<int>(qMax<qsizetype>(0, m_records->columns().indexOf(m_lastField)));
    if (!m_grid->currentIndex().isValid() && count > 0) m_grid->setCurrentIndex(m_records->index(0, column));
    else showRow(m_grid->currentIndex().row());
    Q_EMIT statusTextChanged();
}

void DataTab::takeSurvey(const model::CollectionStatistics& statistics)
{
    m_areColumnsComplete = statistics.isComplete;
    m_footer->showSample(m_areColumnsComplete ? QString() : tr("sample of %1").arg(formatCount(statistics.recordsRead)));
    m_referenceFields.clear();
    QHash<QString, ColumnFacts> facts;
    QList<FilterField> fields;
    for (const model::FieldStatistics& field : statistics.fields) {
        const QString name = toQString(field.name);
        if (field.ofKind[static_cast<std::size_t>(model::ValueKind::Uuid)] > 0 && name != QLatin1String("id")) m_referenceFields << name;
        facts[name] = {field.mainKind(), field.hasMixedKinds(), field.isIndexed};
        fields << FilterField{name, field.hasMixedKinds() ? std::nullopt : field.mainKind()};
    }
    m_records->setColumnFacts(facts);
    m_rows->setFields(fields);
    setColumns(orderedBy(statistics, m_records->columns()));
}

void DataTab::setColumns(const QStringList& columns)
{
    if (columns == m_records->columns()) return;
    const int row = m_grid->currentIndex().row();
    const QString field = chosenField();
    m_records->setColumns(columns);
    m_grid->showLayout();
    if (row >= 0) m_grid->setCurrentIndex(m_records->index(row, static_cast<int>(qMax<qsizetype>(0, columns.indexOf(field)))));
}

void DataTab::fillColumnMenu()
{
    QMenu* const menu = m_bar->columnMenu();
    menu->clear();
    for (const QString& field : m_records->columns()) {
        QAction* const action = menu->addAction(field);
        action->setCheckable(true);
        action->setChecked(!m_grid->isHidden(field));
        connect(action, &QAction::toggled, this, [this, field](bool isShown) { m_grid->setHidden(field, !isShown); });
    }
    menu->addSeparator();
    const QString current = m_grid->currentField();
    if (!current.isEmpty()) menu->addAction(tr("Freeze Columns up to %1").arg(current), this, [this, current] { m_grid->freezeUpTo(current); });
    if (!m_grid->frozenField().isEmpty()) menu->addAction(tr("Unfreeze Columns"), this, [this] { m_grid->freezeUpTo({}); });
}

void DataTab::showRow(int row)
{
    if (m_records->isMerging()) return; // the records are back in a moment
    if (m_grid->currentIndex().isValid()) m_lastField = m_grid->currentField();
    m_panel->showRecord(m_records->row(row), m_grid->currentField());
}

void DataTab::showPlace(quint64 position, const QString& field)
{
    const auto column = static_cast<int>(qMax<qsizetype>(0, m_records->columns().indexOf(field)));
    if (position >= static_cast<quint64>(m_records->rowCount())) {
        m_awaited = {position, field}; // found before the rows of a new query are there
        return;
    }
    m_awaited.reset();
    const QModelIndex index = m_records->index(static_cast<int>(position), column);
    m_grid->setCurrentIndex(index);
    m_grid->scrollTo(index, QAbstractItemView::PositionAtCenter);
    m_grid->setFocus(Qt::OtherFocusReason);
    m_footer->say({});
}

void DataTab::goTo(const QString& place)
{
    bool isNumber = false;
    const qulonglong position = QString(place).remove(QLatin1Char(',')).remove(QLatin1Char(' ')).toULongLong(&isNumber);
    if (isNumber) {
        const auto rows = static_cast<qulonglong>(m_records->rowCount());
        if (position == 0 || position > rows) return m_footer->say(tr("There are %1 records here.").arg(formatCount(std::uint64_t{rows})));
        return showPlace(position - 1, m_grid->currentField());
    }
    const auto id = model::Uuid::parse(toUtf8(place));
    if (!id) return m_footer->say(tr("Type a position or an id."));
    m_finder->findId(m_records->query(), *id);
}

/// Another tab asked for a record: nothing that hides it stays in force.
void DataTab::showRequestedRecord()
{
    const auto id = m_context.session.takeRequestedRecord();
    if (!id) return;
    m_bar->chooseCollection(QString::fromLatin1(model::kDefaultCollection));
    m_bar->setShowsDeleted(true);
    chooseCollection();
    clearFilter();
    goTo(toQString(id->toString()));
}

void DataTab::find(bool isForward)
{
    const QString text = m_footer->findText();
    if (text.isEmpty()) return m_footer->focusFind();
    m_finder->findText(m_records->query(), text, m_grid->currentIndex().row(), m_records->rowCount(), isForward);
}

void DataTab::chooseZone(ZoneChoice zone)
{
    if (m_context.preferences) return m_context.preferences->setZone(zone); // which tells every tab
    m_context.session.state().setValue(QString::fromLatin1(kZoneKey), zone == ZoneChoice::Utc);
    showForms(zone);
}

/// Writes every value anew: the zone, or another form of values, changed.
void DataTab::showForms(ZoneChoice zone)
{
    m_records->setZone(zone);
    m_panel->setZone(zone);
    m_statistics->setZone(zone);
    m_footer->setZone(zone);
}

QString DataTab::statusText() const
{
    if (m_records->state() != RecordTableModel::State::Ready) return {};
    const int top = m_grid->rowAt(0);
    const int bottom = m_grid->rowAt(m_grid->viewport()->height() - 1);
    const int last = bottom >= 0 ? bottom : m_records->rowCount() - 1;
    return tr("%1–%2 of %3").arg(formatCount(static_cast<std::uint64_t>(qMax(top, 0)) + 1), formatCount(static_cast<std::uint64_t>(qMax(last, 0)) + 1),
                                 formatCount(m_records->total()));
}

} // namespace blazedb::views
