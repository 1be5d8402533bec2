#include "views/data/data_tab.h"

#include <algorithm>

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

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
#include "views/data/record_question.h"
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

/// The zone of dates is one for all tabs, also where there are no preferences to share.
constexpr const char* kZoneKey = "main/utc";

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
    m_question = new RecordQuestion(m_context.session, *m_bar, *m_rows, *m_records, *m_grid, this);
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
    connect(m_bar, &DataBar::filterEntered, m_question, &RecordQuestion::apply);
    connect(m_bar, &DataBar::cleared, m_question, &RecordQuestion::clear);
    connect(m_bar, &DataBar::collectionChosen, this, &DataTab::chooseCollection);
    connect(m_bar, &DataBar::deletedToggled, m_question, &RecordQuestion::apply);
    connect(m_bar, &DataBar::exportRequested, m_taking, &RecordTaking::openExport);
    connect(m_bar, &DataBar::buildToggled, this, [this](bool isBuilding) {
        m_rows->setVisible(isBuilding);
        m_context.session.state().setValue(m_stateKey + QStringLiteral("/building"), isBuilding);
    });
    connect(m_bar->columnMenu(), &QMenu::aboutToShow, this, &DataTab::fillColumnMenu);
    connect(m_rows, &FilterPanel::edited, m_question, &RecordQuestion::applyRows);
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
        m_question->ask(query);
    });
    connect(m_grid, &RecordGrid::filterRequested, m_question, &RecordQuestion::narrow);
    connect(m_grid, &RecordGrid::columnFilterRequested, this, &DataTab::filterColumn);
    connect(m_grid, &RecordGrid::statisticsRequested, this, &DataTab::showStatistics);
    connect(m_statistics, &ColumnStatistics::filterRequested, m_question, &RecordQuestion::narrowTo);
    connect(m_grid, &RecordGrid::rowShown, this, &DataTab::showRow);
    connect(m_grid, &RecordGrid::rowEntered, m_panel, &RecordPanel::focusValue);
    connect(m_grid, &RecordGrid::selectedRowsChanged, this, &DataTab::showSelection);
    connect(m_grid, &RecordGrid::visibleRowsChanged, this, &DataTab::statusTextChanged);
    connect(m_reading, &ReadingBar::retryRequested, this, [this] {
        if (m_records->isEarlier()) m_question->apply();
        else m_records->retryFailed();
    });
    connect(m_statePage, &StatePage::buttonClicked, this, [this] {
        if (m_records->state() == RecordTableModel::State::Empty) m_question->clear();
        else m_question->apply();
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
        if (isBack && m_records->state() == RecordTableModel::State::Failed) m_question->apply();
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
}

void DataTab::connectFilters()
{
    connect(m_bar, &DataBar::quickEntered, m_question, &RecordQuestion::applyQuick);
    connect(m_question, &RecordQuestion::said, m_footer, &DataFooter::say);
    connect(m_question, &RecordQuestion::aboutToAsk, this, [this] {
        m_awaited.reset();
        m_footer->say({});
        m_panel->showRecord(nullptr, {});
    });
    connect(m_question, &RecordQuestion::costKnown, this, [this](const QString& sentence) {
        m_notice->setText(sentence);
        m_notice->setVisible(!sentence.isEmpty());
    });
    connect(m_filters, &SavedFilters::aboutToOpen, this, [this] { m_filters->setCurrentText(m_bar->filterText().trimmed()); });
    connect(m_filters, &SavedFilters::said, m_footer, &DataFooter::say);
    connect(m_filters, &SavedFilters::chosen, this, [this](const QString& text) {
        m_bar->setFilterText(text);
        m_question->apply();
    });
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
        m_question->apply();
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
    m_question->ask(query);
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

/// The rows of the same query stay where they are; another query begins anew.
void DataTab::refresh()
{
    const bool isReady = m_records->state() == RecordTableModel::State::Ready || m_records->state() == RecordTableModel::State::Empty;
    if (isReady && m_question->isShown() && !m_records->hasProblem()) m_follow->refresh();
    else m_question->apply();
    m_survey->run(m_bar->collection());
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
    m_question->setKey(collectionKey(QStringLiteral("filter")));
    m_footer->showSample(tr("columns from a sample"));
    m_question->apply();
    m_survey->run(m_bar->collection());
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

QString DataTab::chosenField() const
{
    return m_grid->currentIndex().isValid() ? m_grid->currentField() : m_lastField;
}

void DataTab::showState()
{
    const RecordTableModel::State state = m_records->state();
    setProperty("state", QString::fromLatin1(stateWord(state, m_question->isNarrowed())));
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
        const bool isFiltered = m_question->isNarrowed();
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
    m_question->clear();
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
