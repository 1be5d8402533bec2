#include "views/data/record_table_model.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "views/session/session.h"
#include "views/widgets/format.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

constexpr std::size_t kLoadsAtOnce = 2;
constexpr std::size_t kWantedMax = 6;
constexpr std::chrono::milliseconds kFadeTick{100};

bool isOnTheRight(model::ValueKind kind)
{
    return kind == model::ValueKind::Integer || kind == model::ValueKind::Double || kind == model::ValueKind::Date;
}

} // namespace

RecordTableModel::RecordTableModel(Session& session, QObject* parent)
    : QAbstractTableModel(parent)
    , m_session(session)
{
    connect(&session.jobs(), &JobRunner::jobChanged, this, &RecordTableModel::noteProgress);
    m_fadeTick.setInterval(kFadeTick);
    connect(&m_fadeTick, &QTimer::timeout, this, &RecordTableModel::fadeMarks);
    m_leaving.setSingleShot(true);
    m_leaving.setInterval(LiveMarks::kFade);
    connect(&m_leaving, &QTimer::timeout, this, [this] {
        m_mayRemove = true;
        update();
    });
}

void RecordTableModel::setQuery(const model::Query& query)
{
    restart(query);
}

void RecordTableModel::restart(model::Query query)
{
    cancelReads();
    beginResetModel();
    // Of several queries that never came to rows, the last rows that were seen are kept.
    if (m_state == State::Ready || m_state == State::Empty)
        m_earlier = Content{std::move(m_query), std::move(m_windows), std::move(m_recent), m_sequence, m_rows, m_total, m_state};
    m_query = std::move(query);
    ++m_generation;
    m_windows.clear();
    m_recent.clear();
    m_wanted.clear();
    m_failed.clear();
    m_sequence.reset();
    m_rows = 0;
    m_total = {};
    m_isEarlier = false;
    m_isOutdated = false;
    m_current.reset();
    m_readFacts = {};
    m_readTimer.start();
    endResetModel();
    setProblem(false);
    setState(State::Loading);
    Q_EMIT totalChanged();
    want(0);
}

void RecordTableModel::bringBackEarlier()
{
    beginResetModel();
    ++m_generation;
    m_query = std::move(m_earlier->query);
    m_windows = std::move(m_earlier->windows);
    m_recent = std::move(m_earlier->recent);
    m_sequence = m_earlier->sequence;
    m_rows = m_earlier->rows;
    m_total = m_earlier->total;
    m_wanted.clear();
    m_isEarlier = true;
    endResetModel();
    const State state = m_earlier->state;
    m_earlier.reset();
    setState(state);
    Q_EMIT totalChanged();
    setProblem(true);
    Q_EMIT rowsLoaded(0, static_cast<int>(std::min<std::uint64_t>(kRowsAWindow, static_cast<std::uint64_t>(m_rows))));
}

void RecordTableModel::cancel()
{
    if (m_state != State::Loading) return;
    for (const auto& [number, job] : m_underWay) m_session.jobs().cancel(job);
    // One that was still about to be asked for has no job that could answer.
    if (m_underWay.empty()) takeFailure(0, api::cancelled());
}

/// Their answers would be dropped anyway; so the workers are free for the query that is wanted now.
void RecordTableModel::cancelReads()
{
    const auto underWay = std::exchange(m_underWay, {});
    ++m_generation;
    m_session.jobs().cancel(std::exchange(m_updateJob, 0));
    m_isUpdateDue = false;
    m_leaving.stop();
    m_mayRemove = false;
    m_marks.clear();
    for (const auto& [number, job] : underWay) m_session.jobs().cancel(job);
}

void RecordTableModel::retryFailed()
{
    if (m_isOutdated) update();
    if (m_failed.empty()) return;
    const auto failed = std::exchange(m_failed, {});
    setProblem(false);
    for (const WindowNumber number : failed) want(number);
}

void RecordTableModel::noteProgress(quint64 job)
{
    if (m_state != State::Loading) return;
    const auto first = m_underWay.find(0);
    if (first == m_underWay.end() || first->second != job) return;
    if (const auto snapshot = m_session.jobs().job(job)) m_readFacts.progress = snapshot->progress;
}

ReadFacts RecordTableModel::readFacts() const
{
    ReadFacts facts = m_readFacts;
    if (m_state == State::Loading) facts.elapsed = std::chrono::milliseconds(m_readTimer.elapsed());
    return facts;
}

void RecordTableModel::setProblem(bool hasProblem)
{
    if (!hasProblem && !m_hasProblem) return;
    m_hasProblem = hasProblem;
    Q_EMIT problemChanged();
}

void RecordTableModel::setColumns(const QStringList& fields)
{
    if (fields == m_columns) return;
    beginResetModel();
    m_columns = fields;
    endResetModel();
}

void RecordTableModel::setColumnFacts(const QHash<QString, ColumnFacts>& facts)
{
    if (facts == m_facts) return;
    m_facts = facts;
    if (!m_columns.isEmpty()) Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void RecordTableModel::setZone(ZoneChoice zone)
{
    m_zone = zone;
    if (m_rows > 0 && !m_columns.isEmpty()) Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1), {Qt::DisplayRole, Qt::ToolTipRole});
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
    const auto windowNumber = static_cast<std::uint64_t>(index.row()) / kRowsAWindow;
    const api::RecordRow* const record = row(index.row());
    if (!record) {
        const bool hasFailed = std::find(m_failed.begin(), m_failed.end(), windowNumber) != m_failed.end();
        want(windowNumber);
        if (role == Qt::ToolTipRole && hasFailed) return errorHeadline(m_error);
        return role == CellStateRole ? QVariant(static_cast<int>(hasFailed ? CellState::Failed : CellState::Loading)) : QVariant();
    }
    m_recent.splice(m_recent.begin(), m_recent, m_windows.at(windowNumber).place);
    const QString& name = m_columns[index.column()];
    const bool isId = name == QLatin1String("id");
    const model::Field* const field = isId ? nullptr : record->record.find(toUtf8(name));
    switch (role) {
    case Qt::DisplayRole:
        if (isId) return toQString(record->record.id.toString());
        return field && !field->value.isNull() ? QVariant(formatCell(field->value, m_zone)) : QVariant();
    case Qt::ToolTipRole: return toolTip(record->record, name);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (field && isOnTheRight(field->value.kind()) ? Qt::AlignRight : Qt::AlignLeft)));
    case CellStateRole: {
        if (isId) return static_cast<int>(CellState::Value);
        if (!field) return static_cast<int>(CellState::Missing);
        if (field->value.isNull()) return static_cast<int>(CellState::Null);
        const auto* text = field->value.as<std::string>();
        return static_cast<int>(text && text->empty() ? CellState::EmptyText : CellState::Value);
    }
    case KindRole: return static_cast<int>(isId ? model::ValueKind::Uuid : field ? field->value.kind() : model::ValueKind::Null);
    case Qt::AccessibleTextRole:
        if (isId) return toQString(record->record.id.toString());
        if (!field) return tr("missing");
        if (field->value.isNull()) return tr("null");
        if (const auto* text = field->value.as<std::string>(); text && text->empty()) return tr("empty text");
        return formatCell(field->value, m_zone);
    case MarkRole: return static_cast<int>(m_marks.isEmpty() ? LiveMark::None : m_marks.of(record->record.id, toUtf8(name)));
    case MarkStrengthRole: return m_marks.strength(record->record.id, LiveMarks::Clock::now());
    default: return {};
    }
}

/// What the cell cuts: the whole id, the instant with its zone, the size of what is long.
QVariant RecordTableModel::toolTip(const model::Record& record, const QString& name) const
{
    if (name == QLatin1String("id")) return toQString(record.id.toString());
    const model::Field* const field = record.find(toUtf8(name));
    if (!field) return tr("missing: the record has no field %1").arg(name);
    if (field->value.isNull()) return tr("null");
    if (const auto* id = field->value.as<model::Uuid>()) return toQString(id->toString());
    if (const auto* date = field->value.as<model::Date>())
        return formatIsoDate(*date, m_zone) + QLatin1Char('\n') + formatIsoDate(*date, m_zone == ZoneChoice::Local ? ZoneChoice::Utc : ZoneChoice::Local);
    return field->isCut() ? tr("%1 in all").arg(formatBytes(field->wholeBytes)) : QVariant();
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

/// What the header's signs mean, in words.
QString RecordTableModel::headerWords(const QString& field) const
{
    QStringList words{field};
    const ColumnFacts facts = m_facts.value(field);
    if (facts.isMixed) words << tr("several kinds");
    else if (facts.kind) words << kindName(*facts.kind);
    if (facts.isIndexed) words << tr("indexed");
    const auto& order = m_query.order;
    const auto key = std::find_if(order.begin(), order.end(), [&](const model::SortKey& k) { return toQString(k.field) == field; });
    if (key != order.end()) {
        words << (key->descending ? tr("sorted descending") : tr("sorted ascending"));
        if (order.size() > 1) words << tr("sort key %1 of %2").arg(key - order.begin() + 1).arg(order.size());
    }
    return words.join(QStringLiteral(", "));
}

QVariant RecordTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) return role == Qt::DisplayRole ? QVariant(formatCount(static_cast<std::uint64_t>(section) + 1)) : QVariant();
    if (section < 0 || section >= m_columns.size()) return {};
    const QString& field = m_columns[section];
    const ColumnFacts facts = m_facts.value(field);
    switch (role) {
    case Qt::DisplayRole: return field + sortMark(field) + (facts.isIndexed ? QStringLiteral(" ◆") : QString());
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole: return headerWords(field);
    case KindRole: return facts.kind && !facts.isMixed ? QVariant(static_cast<int>(*facts.kind)) : QVariant();
    default: return {};
    }
}

void RecordTableModel::want(WindowNumber number) const
{
    if (m_isMerging || m_windows.contains(number) || m_underWay.contains(number) || std::find(m_failed.begin(), m_failed.end(), number) != m_failed.end()) return;
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
        m_underWay[number] = m_session.jobs().run(
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

/// Without any rows of this query the rows before it come back, else the page says why; later windows only mark their rows.
void RecordTableModel::takeFailure(WindowNumber number, const Error& error)
{
    const bool isCancelled = error.code == ErrorCode::Cancelled;
    if (m_state != State::Loading) {
        // Cancelled ones are asked for again the next time their rows are looked at.
        if (isCancelled || m_state == State::Failed || m_state == State::Cancelled) return;
        m_error = error;
        m_failed.push_back(number);
        setProblem(true);
        const int first = static_cast<int>(number * kRowsAWindow);
        const int last = qMin(first + static_cast<int>(kRowsAWindow), m_rows) - 1;
        if (first <= last && !m_columns.isEmpty()) Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
        return;
    }
    m_readFacts.elapsed = std::chrono::milliseconds(m_readTimer.elapsed());
    m_error = error;
    m_wanted.clear();
    if (m_earlier) bringBackEarlier();
    else setState(isCancelled ? State::Cancelled : State::Failed);
}

void RecordTableModel::take(WindowNumber number, Result<api::RecordWindow> answer)
{
    m_underWay.erase(number);
    if (!answer) return takeFailure(number, answer.error());
    m_session.addFindings(answer->skipped);
    // The database moved on: rows of two states are never mixed.
    if (m_sequence && *m_sequence != answer->sequence) {
        if (m_attention.first < 0) m_attention.first = m_attention.last = static_cast<int>(number * kRowsAWindow);
        return update();
    }
    m_sequence = answer->sequence;
    m_earlier.reset();
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
    if (m_state == State::Loading) m_readFacts.elapsed = std::chrono::milliseconds(m_readTimer.elapsed());
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
            if (m_state == State::Ready || m_state == State::Empty) setState(m_rows > 0 ? State::Ready : State::Empty);
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
    if (state == m_state && state != State::Failed && state != State::Cancelled) return;
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace blazedb::views
