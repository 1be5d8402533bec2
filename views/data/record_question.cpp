#include "views/data/record_question.h"

#include <algorithm>

#include <QModelIndex>

#include "engine/api/records.h"
#include "engine/codec/query_text.h"
#include "views/data/data_bar.h"
#include "views/data/filter_panel.h"
#include "views/data/record_grid.h"
#include "views/data/record_table_model.h"
#include "views/session/session.h"
#include "views/session/state_store.h"
#include "views/widgets/format.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

/// Reading fewer records than this is over before anybody has read that it happens.
constexpr std::uint64_t kWorthSaying = 10'000;

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

} // namespace

RecordQuestion::RecordQuestion(Session& session, DataBar& bar, FilterPanel& rows, RecordTableModel& records, const RecordGrid& grid, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_bar(bar)
    , m_rows(rows)
    , m_records(records)
    , m_grid(grid)
{
}

void RecordQuestion::setKey(const QString& key)
{
    m_key = key;
    m_bar.setFilterText(m_session.state().value(m_key).toString());
}

/// What the line says; while it cannot be read, what is shown.
model::Query RecordQuestion::draft() const
{
    codec::ParsedQuery parsed = codec::parseQueryText(toUtf8(m_bar.filterText()));
    return parsed.problem ? m_records.query() : std::move(parsed.query);
}

void RecordQuestion::apply()
{
    codec::ParsedQuery parsed = codec::parseQueryText(toUtf8(m_bar.filterText()));
    m_bar.showProblem(parsed.problem);
    if (parsed.problem) return;
    m_rows.setExpression(parsed.query.filter);
    m_session.state().setValue(m_key, m_bar.filterText());
    model::Query query = std::move(parsed.query);
    query.collection = toUtf8(m_bar.collection());
    query.deleted = m_bar.showsDeleted() ? model::DeletedRecords::Included : model::DeletedRecords::Hidden;
    Q_EMIT aboutToAsk();
    m_records.setQuery(query);
    lookAtPlan();
}

/// The line takes what the rows say, and keeps its own sort and limits.
void RecordQuestion::applyRows()
{
    const codec::ParsedQuery parsed = codec::parseQueryText(toUtf8(m_bar.filterText()));
    model::Query query = parsed.problem ? m_records.query() : parsed.query;
    const model::Expression filter = m_rows.expression();
    if (!parsed.problem && model::isIdentical(filter, query.filter)) return;
    query.filter = filter;
    ask(query);
}

/// The word becomes a condition of the line, in the place of the word before.
void RecordQuestion::applyQuick()
{
    model::Query query = draft();
    std::vector<model::Expression> parts = query.filter.kind == model::ExpressionKind::And ? query.filter.children : std::vector{query.filter};
    std::erase_if(parts, [this](const model::Expression& part) { return model::isIdentical(part, m_quick); });
    m_quick = {};
    const QString word = m_bar.quickText();
    if (!word.isEmpty()) {
        QStringList fields = m_grid.visibleFields();
        fields.removeIf([this](const QString& field) {
            const ColumnFacts facts = m_records.columnFacts(field);
            return facts.kind != model::ValueKind::Text && !facts.isMixed;
        });
        if (fields.isEmpty()) {
            Q_EMIT said(tr("No column that is shown holds text."));
            return;
        }
        m_quick = wordFilter(fields, word);
        parts.push_back(m_quick);
    }
    query.filter = model::allOf(std::move(parts));
    ask(query);
}

void RecordQuestion::ask(const model::Query& query)
{
    m_bar.setFilterText(toQString(codec::toQueryText(query)));
    apply();
}

void RecordQuestion::clear()
{
    m_bar.setFilterText({});
    m_rows.setExpression({});
    apply();
}

void RecordQuestion::narrowTo(const model::Expression& condition)
{
    model::Query query = m_records.query();
    query.filter = model::allOf({query.filter, condition});
    ask(query);
}

void RecordQuestion::narrow(model::ExpressionKind kind, const QString& field, bool usesValue)
{
    model::Expression condition;
    condition.kind = kind;
    condition.field = toUtf8(field);
    if (usesValue) {
        const api::RecordRow* const row = m_records.row(m_grid.currentIndex().row());
        if (!row || field.isEmpty()) return Q_EMIT said(tr("Choose a cell first."));
        const model::Field* const known = row->record.find(condition.field);
        const bool isExcluded = kind == model::ExpressionKind::NotEqual;
        if (field == QLatin1String("id")) condition.operands = {model::Value(row->record.id)};
        else if (!known) condition.kind = model::ExpressionKind::IsMissing;
        else if (known->value.isNull()) condition.kind = model::ExpressionKind::IsExplicitNull;
        else if (known->isCut()) return Q_EMIT said(tr("This value is too long for a filter."));
        else condition.operands = {known->value};
        if (isExcluded && condition.operands.empty()) condition = model::negation(std::move(condition));
    }
    narrowTo(condition);
}

bool RecordQuestion::isNarrowed() const
{
    return !m_records.query().filter.isAll() || m_records.query().collection != model::kDefaultCollection;
}

bool RecordQuestion::isShown() const
{
    const codec::ParsedQuery parsed = codec::parseQueryText(toUtf8(m_bar.filterText()));
    const model::Query& shown = m_records.query();
    return !parsed.problem && model::isIdentical(parsed.query.filter, shown.filter) && parsed.query.order == shown.order
        && parsed.query.limit == shown.limit && parsed.query.offset == shown.offset;
}

/// A filter or sort that no index helps reads every record: said when that is worth saying.
void RecordQuestion::lookAtPlan()
{
    Q_EMIT costKnown({});
    m_session.jobs().cancel(m_planJob);
    const model::Query query = m_records.query();
    if (query.filter.isAll() && query.order.empty()) return;
    m_planJob = m_session.jobs().run(
        {.title = tr("Look at the plan"), .context = this, .isQuiet = true},
        [&records = m_session.source().records(), query](const api::CallContext& context) {
            return records.explain(context, query, api::ExplainMode::Plan);
        },
        [this, query](const Result<api::PlanDescription>& plan) {
            if (!plan || !model::isIdentical(query, m_records.query())) return;
            if (!plan->readsAllRecords || plan->recordsToRead < kWorthSaying) return Q_EMIT costKnown({});
            const QString count = formatCount(plan->recordsToRead);
            Q_EMIT costKnown(query.order.empty() ? tr("Reads %1 records: no index serves this filter.").arg(count)
                                                 : tr("Reads %1 records: no index serves this filter and sort.").arg(count));
        });
}

} // namespace blazedb::views
