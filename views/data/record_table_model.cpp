#include "views/data/record_table_model.h"

#include <algorithm>
#include <limits>

#include "views/session/session.h"
#include "views/widgets/format.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

constexpr std::size_t kLoadsAtOnce = 2;
constexpr std::size_t kWantedMax = 6;

bool isNumeric(model::ValueKind kind)
{
    return kind == model::ValueKind::Integer || kind == model::ValueKind::Double;
}

} // namespace

RecordTableModel::RecordTableModel(Session& session, QObject* parent)
    : QAbstractTableModel(parent)
    , m_session(session)
{}

void RecordTableModel::setQuery(const model::Query& query)
{
    m_query = query;
    restart();
}

void RecordTableModel::restart()
{
    beginResetModel();
    ++m_generation;
    m_windows.clear();
    m_recent.clear();
    m_wanted.clear();
    m_underWay.clear();
    m_sequence.reset();
    m_rows = 0;
    m_total = {};
    endResetModel();
    setState(State::Loading);
    Q_EMIT totalChanged();
    want(0);
}

void RecordTableModel::setColumns(const QStringList& fields)
{
    if (fields == m_columns) return;
    beginResetModel();
    m_columns = fields;
    endResetModel();
}

const api::RecordRow* RecordTableModel::row(int row) const
{
    const auto at = static_cast<std::uint64_t>(row);
    const auto held = m_windows.find(at / kRowsAWindow);
    if (row < 0 || held == m_windows.end()) return nullptr;
    const auto& rows = held->second.window.rows;
    return at % kRowsAWindow < rows.size() ? &rows[at % kRowsAWindow] : nullptr;
}

int RecordTableModel::rowOf(const model::Uuid& id) const
{
    for (const auto& [number, held] : m_windows) {
        for (std::size_t i = 0; i < held.window.rows.size(); ++i) {
            if (held.window.rows[i].record.id == id) return static_cast<int>(number * kRowsAWindow + i);
        }
    }
    return -1;
}

int RecordTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int RecordTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant RecordTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.column() >= m_columns.size()) return {};
    const api::RecordRow* const record = row(index.row());
    if (!record) {
        want(static_cast<std::uint64_t>(index.row()) / kRowsAWindow);
        return role == CellStateRole ? QVariant(static_cast<int>(CellState::Loading)) : QVariant();
    }
    const auto windowNumber = static_cast<std::uint64_t>(index.row()) / kRowsAWindow;
    m_recent.splice(m_recent.begin(), m_recent, m_windows.at(windowNumber).place);
    const QString& name = m_columns[index.column()];
    const bool isId = name == QLatin1String("id");
    const model::Field* const field = isId ? nullptr : record->record.find(toUtf8(name));
    switch (role) {
    case Qt::DisplayRole:
        if (isId) return toQString(record->record.id.toString());
        return field && !field->value.isNull() ? QVariant(formatCell(field->value, ZoneChoice::Local)) : QVariant();
    case Qt::ToolTipRole:
        if (!field || field->value.isNull()) return {};
        if (const auto* date = field->value.as<model::Date>()) return formatIsoDate(*date, ZoneChoice::Utc);
        return field->isCut() ? tr("%1 in all").arg(formatBytes(field->wholeBytes)) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (field && isNumeric(field->value.kind()) ? Qt::AlignRight : Qt::AlignLeft)));
    case CellStateRole: {
        if (isId) return static_cast<int>(CellState::Value);
        if (!field) return static_cast<int>(CellState::Missing);
        if (field->value.isNull()) return static_cast<int>(CellState::Null);
        const auto* text = field->value.as<std::string>();
        return static_cast<int>(text && text->empty() ? CellState::EmptyText : CellState::Value);
    }
    case KindRole: return static_cast<int>(isId ? model::ValueKind::Uuid : field ? field->value.kind() : model::ValueKind::Null);
    case Qt::AccessibleTextRole:
        if (!isId && !field) return tr("missing");
        if (field && field->value.isNull()) return tr("null");
        return isId ? QVariant(toQString(record->record.id.toString())) : QVariant(formatCell(field->value, ZoneChoice::Local));
    default: return {};
    }
}

QString RecordTableModel::sortMark(const QString& field) const
{
    const auto& order = m_query.order;
    const auto key = std::find_if(order.begin(), order.end(), [&](const model::SortKey& k) { return toQString(k.field) == field; });
    if (key == order.end()) return {};
    QString mark = key->descending ? QStringLiteral(" ▼") : QStringLiteral(" ▲");
    if (order.size() > 1) mark += QString::number(key - order.begin() + 1);
    return mark;
}

QVariant RecordTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole) return {};
    if (orientation == Qt::Vertical) return formatCount(static_cast<std::uint64_t>(section) + 1);
    return section < m_columns.size() ? m_columns[section] + sortMark(m_columns[section]) : QVariant();
}

void RecordTableModel::want(WindowNumber number) const
{
    if (m_windows.contains(number) || std::find(m_underWay.begin(), m_underWay.end(), number) != m_underWay.end()) return;
    std::erase(m_wanted, number);
    m_wanted.push_back(number);
    if (m_wanted.size() > kWantedMax) m_wanted.erase(m_wanted.begin());
    if (m_isLoadQueued) return;
    m_isLoadQueued = true;
    auto* const self = const_cast<RecordTableModel*>(this);
    QMetaObject::invokeMethod(self, [self] { self->loadWanted(); }, Qt::QueuedConnection);
}

void RecordTableModel::loadWanted()
{
    m_isLoadQueued = false;
    while (!m_wanted.empty() && m_underWay.size() < kLoadsAtOnce) {
        const WindowNumber number = m_wanted.back();
        m_wanted.pop_back();
        m_underWay.push_back(number);
        m_session.jobs().run(
            {.title = tr("Read records"), .context = this, .isQuiet = true},
            [&records = m_session.source().records(), query = m_query, number](const api::CallContext& context) {
                api::Window window;
                window.first = number * kRowsAWindow;
                window.count = kRowsAWindow;
                return records.query(context, query, window);
            },
            [this, number, generation = m_generation](Result<api::RecordWindow> answer) {
                if (generation == m_generation) take(number, std::move(answer));
            });
    }
}

void RecordTableModel::take(WindowNumber number, Result<api::RecordWindow> answer)
{
    std::erase(m_underWay, number);
    if (!answer) {
        if (answer.error().code == ErrorCode::Cancelled && m_state == State::Ready) return;
        m_error = answer.error();
        setState(State::Failed);
        return;
    }
    m_session.addFindings(answer->skipped);
    // The database moved on: rows of two states are never mixed.
    if (m_sequence && *m_sequence != answer->sequence) return restart();
    m_sequence = answer->sequence;
    const int first = static_cast<int>(number * kRowsAWindow);
    const int count = static_cast<int>(answer->rows.size());
    const bool isEnd = answer->rows.size() < kRowsAWindow;
    model::Count total = answer->total;
    m_recent.push_front(number);
    m_windows[number] = {std::move(*answer), m_recent.begin()};
    while (m_windows.size() > kWindowsMax) {
        m_windows.erase(m_recent.back());
        m_recent.pop_back();
    }
    if (!m_total.isExact()) {
        if (isEnd && count > 0 && !total.isExact()) total = {static_cast<std::uint64_t>(first + count), model::Count::Certainty::Exact};
        setTotal(total);
    }
    if (count > 0 && !m_columns.isEmpty()) Q_EMIT dataChanged(index(first, 0), index(qMin(first + count, m_rows) - 1, columnCount() - 1));
    const bool wasLoading = m_state != State::Ready;
    setState(m_rows > 0 ? State::Ready : State::Empty);
    Q_EMIT rowsLoaded(first, count);
    if (wasLoading && !m_total.isExact()) countAll();
    if (!m_wanted.empty()) loadWanted();
}

void RecordTableModel::countAll()
{
    m_session.jobs().run(
        {.title = tr("Count records"), .context = this, .isQuiet = true},
        [&records = m_session.source().records(), query = m_query](const api::CallContext& context) { return records.count(context, query); },
        [this, generation = m_generation](Result<api::CountAnswer> answer) {
            if (generation != m_generation || !answer) return;
            m_session.addFindings(answer->skipped);
            std::uint64_t rows = answer->matching - std::min(answer->matching, m_query.offset);
            if (m_query.limit) rows = std::min(rows, *m_query.limit);
            setTotal({rows, model::Count::Certainty::Exact});
            if (m_state != State::Failed) setState(m_rows > 0 ? State::Ready : State::Empty);
        });
}

void RecordTableModel::setTotal(model::Count total)
{
    const int rows = static_cast<int>(std::min<std::uint64_t>(total.value, std::numeric_limits<int>::max() / 2));
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    } else if (rows < m_rows) {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        endRemoveRows();
    }
    if (total == m_total) return;
    m_total = total;
    Q_EMIT totalChanged();
}

void RecordTableModel::setState(State state)
{
    if (state == m_state && state != State::Failed) return;
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace blazedb::views
