#include "views/data/data_tab.h"

#include <algorithm>

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "engine/api/structure.h"
#include "engine/codec/query_text.h"
#include "views/commands/command_registry.h"
#include "views/data/column_list.h"
#include "views/data/record_grid.h"
#include "views/data/record_panel.h"
#include "views/data/record_table_model.h"
#include "views/session/session.h"
#include "views/session/state_store.h"
#include "views/widgets/format.h"
#include "views/widgets/parts.h"
#include "views/widgets/state_page.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr std::size_t kClipboardBytesMax = 64 * 1024 * 1024;

const char* stateWord(RecordTableModel::State state, bool hasFilter)
{
    switch (state) {
    case RecordTableModel::State::Loading: return "loading";
    case RecordTableModel::State::Empty: return hasFilter ? "no match" : "empty";
    case RecordTableModel::State::Failed: return "failed";
    case RecordTableModel::State::Ready: break;
    }
    return "ready";
}

struct Survey {
    std::vector<model::CollectionSummary> collections;
    model::CollectionStatistics statistics;
};

/// The first position from `from` on, around the end, where a cell holds the text.
struct Found {
    std::uint64_t position = 0;
    QString field;
};

Result<Found> findText(api::Records& records, const api::CallContext& context, const model::Query& query, std::uint64_t from, const QString& text)
{
    constexpr std::uint64_t kStep = 500;
    for (int lap = 0; lap < 2; ++lap) {
        const std::uint64_t begin = lap == 0 ? from : 0;
        for (std::uint64_t first = begin; lap == 0 || first < from; first += kStep) {
            api::Window window;
            window.first = first;
            window.count = kStep;
            BLAZE_TRY_VALUE(const api::RecordWindow answer, records.query(context, query, window));
            for (std::size_t i = 0; i < answer.rows.size(); ++i) {
                const model::Record& record = answer.rows[i].record;
                if (toQString(record.id.toString()).contains(text, Qt::CaseInsensitive)) return Found{first + i, QStringLiteral("id")};
                for (const model::Field& field : record.fields) {
                    if (formatCell(field.value, ZoneChoice::Local, 4096).contains(text, Qt::CaseInsensitive)) return Found{first + i, toQString(field.name)};
                }
            }
            if (answer.rows.size() < kStep) break;
        }
    }
    return Error{ErrorCode::NotFound, "the text is not in these records"};
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
{
    setObjectName(QStringLiteral("data.page"));
    build();
    connectParts();
    bindCommands();
    m_records->setColumns({QStringLiteral("id")});
    runQuery();
    survey();
    connect(&context.session, &Session::recordRequested, this, &DataTab::showRequestedRecord);
    showRequestedRecord();
}

void DataTab::build()
{
    m_problem = makeWrappedLabel({}, TextRole::Problem, this);
    m_problem->setObjectName(QStringLiteral("data.filter.problem"));
    m_problem->hide();
    m_middle = new QStackedWidget(this);
    m_grid = new RecordGrid(*m_records, m_context.theme, m_context.session.state(), m_stateKey, m_middle);
    m_statePage = new StatePage(m_context.theme, QStringLiteral("data"), m_middle);
    m_middle->addWidget(m_grid);
    m_middle->addWidget(m_statePage);
    m_panel = new RecordPanel(m_context.session, m_context.theme, this);
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->setObjectName(QStringLiteral("data.split"));
    split->addWidget(m_middle);
    split->addWidget(m_panel);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 1);
    split->setSizes({760, 320});
    auto* column = makeColumn(this);
    column->setContentsMargins(Theme::unit(3), Theme::unit(3), Theme::unit(3), Theme::unit(2));
    column->addWidget(buildBar());
    column->addWidget(m_problem);
    column->addWidget(split, 1);
    column->addWidget(buildFooter());
    setFocusProxy(m_grid);
}

QWidget* DataTab::buildBar()
{
    auto* bar = new QWidget(this);
    m_collection = new QComboBox(bar);
    nameControl(m_collection, QStringLiteral("data.collection"), tr("Collection"));
    m_collection->addItem(tr("All records"), QString::fromLatin1(model::kDefaultCollection));
    m_collection->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_filter = new QLineEdit(bar);
    nameControl(m_filter, QStringLiteral("data.filter"), tr("Filter"));
    m_filter->setPlaceholderText(tr("Filter: status = open and priority > 2 sort createdAt desc"));
    m_filter->setText(m_context.session.state().value(m_stateKey + QStringLiteral("/filter")).toString());
    m_clear = new QToolButton(bar);
    nameControl(m_clear, QStringLiteral("data.filter.clear"), tr("Clear the filter"));
    m_clear->setIcon(m_context.theme.icon(QStringLiteral("close")));
    m_clear->setToolTip(tr("Clear the filter"));
    m_deleted = new QCheckBox(tr("Soft-deleted"), bar);
    nameControl(m_deleted, QStringLiteral("data.deleted"), tr("Show soft-deleted records"));
    m_columns = new QToolButton(bar);
    nameControl(m_columns, QStringLiteral("data.columns"), tr("Columns"));
    m_columns->setIcon(m_context.theme.icon(QStringLiteral("columns")));
    m_columns->setToolTip(tr("Show and hide columns"));
    m_columns->setPopupMode(QToolButton::InstantPopup);
    m_columns->setMenu(new QMenu(m_columns));
    auto* row = makeRow(bar);
    row->addWidget(m_collection);
    row->addWidget(m_filter, 1);
    row->addWidget(m_clear);
    row->addWidget(m_deleted);
    row->addWidget(m_columns);
    return bar;
}

QWidget* DataTab::buildFooter()
{
    auto* footer = new QWidget(this);
    m_total = makeLabel({}, TextRole::Body, footer);
    m_total->setObjectName(QStringLiteral("data.total"));
    m_sample = makeLabel({}, TextRole::Muted, footer);
    m_sample->setObjectName(QStringLiteral("data.sample"));
    m_message = makeLabel({}, TextRole::Muted, footer);
    m_message->setObjectName(QStringLiteral("data.message"));
    m_find = new QLineEdit(footer);
    nameControl(m_find, QStringLiteral("data.find"), tr("Find in view"));
    m_find->setPlaceholderText(tr("Find in view"));
    m_find->setMaximumWidth(180);
    m_goTo = new QLineEdit(footer);
    nameControl(m_goTo, QStringLiteral("data.goTo"), tr("Go to position or id"));
    m_goTo->setPlaceholderText(tr("Go to position or id"));
    m_goTo->setMaximumWidth(180);
    auto* row = makeRow(footer);
    row->addWidget(m_total);
    row->addWidget(m_sample);
    row->addWidget(m_message, 1);
    row->addWidget(m_find);
    row->addWidget(m_goTo);
    return footer;
}

void DataTab::connectParts()
{
    connect(m_filter, &QLineEdit::returnPressed, this, &DataTab::applyFilter);
    connect(m_clear, &QToolButton::clicked, this, [this] {
        m_filter->clear();
        applyFilter();
    });
    connect(m_collection, &QComboBox::activated, this, &DataTab::applyFilter);
    connect(m_deleted, &QCheckBox::toggled, this, &DataTab::applyFilter);
    connect(m_columns->menu(), &QMenu::aboutToShow, this, &DataTab::fillColumnMenu);
    connect(m_find, &QLineEdit::returnPressed, this, &DataTab::findNext);
    connect(m_goTo, &QLineEdit::returnPressed, this, &DataTab::goTo);
    connect(m_records, &RecordTableModel::stateChanged, this, &DataTab::showState);
    connect(m_records, &RecordTableModel::totalChanged, this, &DataTab::showTotal);
    connect(m_records, &RecordTableModel::rowsLoaded, this, &DataTab::noteRows);
    connect(m_grid, &RecordGrid::sortRequested, this, [this](const std::vector<model::SortKey>& order) {
        m_query.order = order;
        setFilterText(m_query);
        applyFilter();
    });
    connect(m_grid, &RecordGrid::filterRequested, this, &DataTab::narrow);
    connect(m_grid, &RecordGrid::rowShown, this, &DataTab::showRow);
    connect(m_grid, &RecordGrid::visibleRowsChanged, this, &DataTab::statusTextChanged);
    connect(m_statePage, &StatePage::buttonClicked, this, [this] {
        if (m_records->state() == RecordTableModel::State::Empty) m_filter->clear();
        applyFilter();
    });
}

void DataTab::bindCommands()
{
    CommandRegistry& commands = m_context.commands;
    const auto bind = [&](const char* id, std::function<void()> run) {
        if (commands.action(QString::fromLatin1(id))) commands.setHandler(QString::fromLatin1(id), this, std::move(run));
    };
    bind("data.copy", [this] { copyAs(RecordForm::Tsv); });
    bind("data.copyCsv", [this] { copyAs(RecordForm::Csv); });
    bind("data.copyJson", [this] { copyAs(RecordForm::Json); });
    bind("data.copyJsonLines", [this] { copyAs(RecordForm::JsonLines); });
    bind("data.copyMarkdown", [this] { copyAs(RecordForm::Markdown); });
    bind("data.export", [this] { exportMatching(); });
    bind("data.focusFilter", [this] { m_filter->setFocus(Qt::ShortcutFocusReason); });
    bind("data.clearFilter", [this] { m_clear->click(); });
    bind("data.useValue", [this] { narrow(model::ExpressionKind::Equal, m_grid->currentField(), true); });
    bind("data.excludeValue", [this] { narrow(model::ExpressionKind::NotEqual, m_grid->currentField(), true); });
    bind("data.goTo", [this] { m_goTo->setFocus(Qt::ShortcutFocusReason); });
    bind("data.find", [this] { m_find->setFocus(Qt::ShortcutFocusReason); });
    bind("data.refresh", [this] {
        applyFilter();
        survey();
    });
}

void DataTab::applyFilter()
{
    codec::ParsedQuery parsed = codec::parseQueryText(toUtf8(m_filter->text()));
    m_problem->setVisible(parsed.problem.has_value());
    if (parsed.problem) {
        m_problem->setText(tr("%1, at character %2")
                               .arg(toQString(parsed.problem->message))
                               .arg(m_filter->text().toUtf8().left(static_cast<qsizetype>(parsed.problem->offset)).size() + 1));
        return;
    }
    m_query = std::move(parsed.query);
    m_context.session.state().setValue(m_stateKey + QStringLiteral("/filter"), m_filter->text());
    runQuery();
}

void DataTab::runQuery()
{
    if (m_query.filter.isAll() && m_query.order.empty() && !m_filter->text().isEmpty()) {
        codec::ParsedQuery parsed = codec::parseQueryText(toUtf8(m_filter->text()));
        if (!parsed.problem) m_query = std::move(parsed.query);
    }
    m_query.collection = toUtf8(m_collection->currentData().toString());
    m_query.deleted = m_deleted->isChecked() ? model::DeletedRecords::Included : model::DeletedRecords::Hidden;
    m_message->clear();
    m_panel->showRecord(nullptr, {});
    m_records->setQuery(m_query);
}

void DataTab::setFilterText(const model::Query& query)
{
    m_filter->setText(toQString(codec::toQueryText(query)));
}

/// Adds a condition on a field to the filter, with the value of the current cell if asked for.
void DataTab::narrow(model::ExpressionKind kind, const QString& field, bool usesValue)
{
    model::Expression condition;
    condition.kind = kind;
    condition.field = toUtf8(field);
    if (usesValue) {
        const api::RecordRow* const row = m_records->row(m_grid->currentIndex().row());
        if (!row || field.isEmpty()) return say(tr("Choose a cell first."));
        const model::Field* const known = row->record.find(condition.field);
        const bool isExcluded = kind == model::ExpressionKind::NotEqual;
        if (field == QLatin1String("id")) condition.operands = {model::Value(row->record.id)};
        else if (!known) condition.kind = model::ExpressionKind::IsMissing;
        else if (known->value.isNull()) condition.kind = model::ExpressionKind::IsExplicitNull;
        else if (known->isCut()) return say(tr("This value is too long for a filter."));
        else condition.operands = {known->value};
        if (isExcluded && condition.operands.empty()) condition = model::negation(std::move(condition));
    }
    m_query.filter = model::allOf({m_query.filter, std::move(condition)});
    setFilterText(m_query);
    applyFilter();
}

void DataTab::showState()
{
    const RecordTableModel::State state = m_records->state();
    const bool hasFilter = !m_query.filter.isAll() || m_query.collection != model::kDefaultCollection;
    setProperty("state", QString::fromLatin1(stateWord(state, hasFilter)));
    if (state == RecordTableModel::State::Failed) {
        m_statePage->showError(m_records->error());
    } else if (state == RecordTableModel::State::Empty) {
        m_statePage->showContent({.state = hasFilter ? QStringLiteral("no match") : QStringLiteral("empty"),
                                  .iconName = hasFilter ? QStringLiteral("search") : QStringLiteral("empty"),
                                  .sentence = hasFilter ? tr("No record fits the filter.") : tr("There are no records here."),
                                  .explanation = m_deleted->isChecked() ? QString() : tr("Soft-deleted records are hidden."),
                                  .buttonText = hasFilter ? tr("Clear the Filter") : QString(),
                                  .details = {}});
    }
    const bool hasGrid = state == RecordTableModel::State::Ready || state == RecordTableModel::State::Loading;
    m_middle->setCurrentIndex(hasGrid ? 0 : 1);
    Q_EMIT statusTextChanged();
}

void DataTab::showTotal()
{
    const model::Count total = m_records->total();
    m_total->setText(total.certainty == model::Count::Certainty::Unknown ? tr("Counting…") : tr("%1 records").arg(formatCount(total)));
    m_total->setProperty("value", total.isExact() ? QVariant::fromValue<qulonglong>(total.value) : QVariant());
    m_total->setProperty("unit", QStringLiteral("records"));
    Q_EMIT statusTextChanged();
}

void DataTab::noteRows(int first, int count)
{
    if (!m_areColumnsComplete) {
        QStringList columns = m_records->columns();
        for (int row = first; row < first + count; ++row) {
            if (const api::RecordRow* record = m_records->row(row)) columns = withFieldsOf(std::move(columns), record->record);
        }
        if (columns != m_records->columns()) {
            m_records->setColumns(columns);
            m_grid->showLayout();
        }
    }
    if (!m_grid->currentIndex().isValid() && count > 0) m_grid->setCurrentIndex(m_records->index(0, 0));
    else showRow(m_grid->currentIndex().row());
    Q_EMIT statusTextChanged();
}

/// Completes columns, collections and counts in the background.
void DataTab::survey()
{
    api::Structure* const structure = m_context.session.source().structure();
    if (!structure) return;
    m_context.session.jobs().cancel(m_surveyJob);
    m_sample->setText(tr("columns from a sample"));
    m_surveyJob = m_context.session.jobs().run(
        {.title = tr("Look through all records"), .context = this, .isQuiet = true},
        [structure](const api::CallContext& context) -> Result<Survey> {
            Survey survey;
            BLAZE_TRY_VALUE(survey.collections, structure->collections(context, 0));
            BLAZE_TRY_VALUE(survey.statistics, structure->statistics(context, model::kDefaultCollection, 0));
            return survey;
        },
        [this](Result<Survey> survey) {
            if (!survey) return;
            m_areColumnsComplete = survey->statistics.isComplete;
            m_sample->setText(m_areColumnsComplete ? QString() : tr("sample of %1").arg(formatCount(survey->statistics.recordsRead)));
            fillCollections(survey->collections);
            const QStringList columns = orderedBy(survey->statistics, m_records->columns());
            if (columns == m_records->columns()) return;
            const int row = m_grid->currentIndex().row();
            m_records->setColumns(columns);
            m_grid->showLayout();
            if (row >= 0) m_grid->setCurrentIndex(m_records->index(row, 0));
        });
}

void DataTab::fillCollections(const std::vector<model::CollectionSummary>& collections)
{
    const QVariant current = m_collection->currentData();
    m_collection->clear();
    for (const model::CollectionSummary& collection : collections) {
        const bool isAll = collection.name == model::kDefaultCollection;
        m_collection->addItem(tr("%1 (%2)").arg(isAll ? tr("All records") : toQString(collection.name), formatCount(collection.records)),
                              toQString(collection.name));
    }
    m_collection->setCurrentIndex(qMax(0, m_collection->findData(current)));
}

void DataTab::fillColumnMenu()
{
    QMenu* const menu = m_columns->menu();
    menu->clear();
    for (const QString& field : m_records->columns()) {
        QAction* const action = menu->addAction(field);
        action->setCheckable(true);
        action->setChecked(!m_grid->isHidden(field));
        connect(action, &QAction::toggled, this, [this, field](bool isShown) { m_grid->setHidden(field, !isShown); });
    }
}

void DataTab::showRow(int row)
{
    m_panel->showRecord(m_records->row(row), m_grid->currentField());
}

void DataTab::showPlace(std::uint64_t position, const QString& field)
{
    const auto column = static_cast<int>(qMax<qsizetype>(0, m_records->columns().indexOf(field)));
    const QModelIndex index = m_records->index(static_cast<int>(position), column);
    m_grid->setCurrentIndex(index);
    m_grid->scrollTo(index, QAbstractItemView::PositionAtCenter);
    m_grid->setFocus(Qt::OtherFocusReason);
    m_message->clear();
}

void DataTab::say(const QString& text)
{
    m_message->setText(text);
}

void DataTab::goTo()
{
    const QString text = m_goTo->text().trimmed();
    bool isNumber = false;
    const qulonglong position = QString(text).remove(QLatin1Char(',')).remove(QLatin1Char(' ')).toULongLong(&isNumber);
    if (isNumber) {
        const auto rows = static_cast<qulonglong>(m_records->rowCount());
        if (position == 0 || position > rows) return say(tr("There are %1 records here.").arg(formatCount(std::uint64_t{rows})));
        return showPlace(position - 1, m_grid->currentField());
    }
    const auto id = model::Uuid::parse(toUtf8(text));
    if (!id) return say(tr("Type a position or an id."));
    m_context.session.jobs().run(
        {.title = tr("Find %1").arg(text), .context = this, .isQuiet = true},
        [&records = m_context.session.source().records(), query = m_query, id](const api::CallContext& context) { return records.positionOf(context, query, *id); },
        [this](Result<std::uint64_t> answer) {
            if (answer) showPlace(*answer, QStringLiteral("id"));
            else say(answer.error().code == ErrorCode::NotFound ? tr("No such record in this view.") : errorHeadline(answer.error()));
        });
}

/// Another tab asked for a record: nothing that hides it stays in force.
void DataTab::showRequestedRecord()
{
    const auto id = m_context.session.takeRequestedRecord();
    if (!id) return;
    m_filter->clear();
    m_collection->setCurrentIndex(0);
    m_deleted->setChecked(true);
    applyFilter();
    m_goTo->setText(toQString(id->toString()));
    goTo();
}

void DataTab::findNext()
{
    const QString text = m_find->text();
    if (text.isEmpty()) return;
    m_context.session.jobs().cancel(m_findJob);
    const auto from = static_cast<std::uint64_t>(m_grid->currentIndex().row() + 1);
    m_findJob = m_context.session.jobs().run(
        {.title = tr("Find \"%1\"").arg(text), .context = this, .isQuiet = true},
        [&records = m_context.session.source().records(), query = m_query, from, text](const api::CallContext& context) {
            return findText(records, context, query, from, text);
        },
        [this](Result<Found> found) {
            if (found) return showPlace(found->position, found->field);
            if (found.error().code != ErrorCode::Cancelled)
                say(found.error().code == ErrorCode::NotFound ? tr("The text is not in these records.") : errorHeadline(found.error()));
        });
}

TakeRequest DataTab::takeSelection(RecordForm form) const
{
    TakeRequest request;
    request.query = m_query;
    request.form = form;
    for (const QString& field : m_grid->visibleFields()) request.columns.push_back(toUtf8(field));
    std::vector<std::pair<int, int>> ranges;
    for (const QItemSelectionRange& range : m_grid->selectionModel()->selection()) ranges.emplace_back(range.top(), range.bottom());
    std::sort(ranges.begin(), ranges.end());
    request.rows.clear();
    int end = -1;
    for (const auto& [top, bottom] : ranges) {
        const int first = qMax(top, end + 1);
        if (first > bottom) continue;
        request.rows.push_back({static_cast<std::uint64_t>(first), static_cast<std::uint64_t>(bottom - first + 1)});
        end = bottom;
    }
    return request;
}

void DataTab::copyAs(RecordForm form)
{
    TakeRequest request = takeSelection(form);
    if (request.rows.empty()) return say(tr("Choose records first."));
    m_context.session.jobs().run(
        {.title = tr("Copy records"), .context = this},
        [&records = m_context.session.source().records(), request = std::move(request)](const api::CallContext& context) {
            return copyAsText(records, context, request, kClipboardBytesMax);
        },
        [this](Result<QString> text) {
            if (!text) return say(toQString(text.error().message));
            QGuiApplication::clipboard()->setText(*text);
            say(tr("Copied."));
        });
}

void DataTab::exportMatching()
{
    // The system's own dialog is the one thing that may run a loop of its own.
    QString chosen;
    const QString path = QFileDialog::getSaveFileName(this, tr("Export Matching Records"), {},
                                                      tr("JSON lines (*.jsonl);;JSON (*.json);;CSV (*.csv);;TSV (*.tsv);;Markdown (*.md)"), &chosen);
    if (path.isEmpty()) return;
    TakeRequest request;
    request.query = m_query;
    request.form = path.endsWith(QLatin1String(".csv"))    ? RecordForm::Csv
                   : path.endsWith(QLatin1String(".tsv"))  ? RecordForm::Tsv
                   : path.endsWith(QLatin1String(".md"))   ? RecordForm::Markdown
                   : path.endsWith(QLatin1String(".json")) ? RecordForm::Json
                                                           : RecordForm::JsonLines;
    for (const QString& field : m_grid->visibleFields()) request.columns.push_back(toUtf8(field));
    m_context.session.jobs().run(
        {.title = tr("Export to %1").arg(path), .context = this},
        [&records = m_context.session.source().records(), request = std::move(request), path](const api::CallContext& context) {
            return exportToFile(records, context, request, path);
        },
        [this, path](Result<TakenRecords> taken) {
            if (!taken) return say(taken.error().code == ErrorCode::Cancelled ? tr("The export was cancelled; nothing was written.") : toQString(taken.error().message));
            m_context.session.addFindings(taken->skipped);
            say(tr("%1 records written to %2").arg(formatCount(taken->records), path));
        });
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
