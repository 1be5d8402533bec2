#include "views/monitor/open_databases_model.h"

#include <algorithm>

#include "views/monitor/monitor_card.h"
#include "views/session/open_sessions.h"
#include "views/session/session.h"
#include "views/widgets/format.h"
#include "views/widgets/metric_text.h"
#include "views/widgets/text.h"
#include "views/widgets/theme.h"

namespace blazedb::views {
namespace {

constexpr const char* kSizeFigure = "storage.bytes";
constexpr const char* kRecordsFigure = "storage.records_named";
constexpr const char* kReadFigure = "activity.records_read";

/// The figure behind a column; null where a column has none.
const char* figureOf(int column)
{
    switch (column) {
    case OpenDatabasesModel::Size: return kSizeFigure;
    case OpenDatabasesModel::Records: return kRecordsFigure;
    case OpenDatabasesModel::LastBackup: return "durability.last_backup";
    default: return nullptr;
    }
}

ColorToken levelToken(api::HealthLevel level)
{
    if (level == api::HealthLevel::Error) return ColorToken::Danger;
    return level == api::HealthLevel::Warning ? ColorToken::Warn : ColorToken::Ok;
}

std::uint64_t wholeFigure(const api::Measurement& measurement, const char* id)
{
    const model::MetricSample* const sample = findFigure(measurement, id);
    const auto* const whole = sample ? std::get_if<std::uint64_t>(&sample->value) : nullptr;
    return whole ? *whole : 0;
}

/// What was read in a second since the measurement before.
std::optional<double> readRate(const std::optional<api::Measurement>& before, const api::Measurement& now)
{
    if (!before) return std::nullopt;
    const double seconds = std::chrono::duration<double>(now.at - before->at).count();
    const std::uint64_t first = wholeFigure(*before, kReadFigure);
    const std::uint64_t second = wholeFigure(now, kReadFigure);
    if (seconds <= 0 || second < first) return std::nullopt;
    return static_cast<double>(second - first) / seconds;
}

} // namespace

OpenDatabasesModel::OpenDatabasesModel(OpenSessions& open, const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent)
    , m_open(open)
    , m_theme(theme)
{
    connect(&open, &OpenSessions::changed, this, &OpenDatabasesModel::takeSessions);
    takeSessions();
}

void OpenDatabasesModel::takeSessions()
{
    for (std::size_t i = m_rows.size(); i-- > 0;) {
        const auto& open = m_open.sessions();
        if (m_rows[i].session && std::find(open.begin(), open.end(), m_rows[i].session) != open.end()) continue;
        beginRemoveRows({}, static_cast<int>(i), static_cast<int>(i));
        m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(i));
        endRemoveRows();
    }
    for (Session* const session : m_open.sessions()) {
        if (std::any_of(m_rows.begin(), m_rows.end(), [=](const Row& row) { return row.session == session; })) continue;
        Row row;
        row.session = session;
        row.name = toQString(session->description().name);
        row.place = toQString(session->description().place);
        if (!session->source().monitor()) row.problem = tr("this source has no figures");
        beginInsertRows({}, rowCount(), rowCount());
        m_rows.push_back(std::move(row));
        endInsertRows();
    }
    Q_EMIT totalsChanged();
}

void OpenDatabasesModel::measure()
{
    for (Row& row : m_rows) {
        api::Monitor* const monitor = row.session ? row.session->source().monitor() : nullptr;
        if (!monitor || row.isMeasuring) continue;
        row.isMeasuring = true;
        row.session->jobs().run(
            {.title = tr("Measure"), .context = this, .isQuiet = true},
            [monitor](const api::CallContext& context) { return monitor->measure(context); },
            [this, session = row.session](Result<api::Measurement> answer) {
                if (session) accept(session, std::move(answer));
            });
    }
}

void OpenDatabasesModel::accept(Session* session, Result<api::Measurement> answer)
{
    const auto row = std::find_if(m_rows.begin(), m_rows.end(), [=](const Row& known) { return known.session == session; });
    if (row == m_rows.end()) return;
    row->isMeasuring = false;
    if (answer) {
        row->recordsPerSecond = readRate(row->last, *answer);
        row->last = *std::move(answer);
        row->problem.clear();
    } else {
        row->problem = errorHeadline(answer.error());
    }
    const int at = static_cast<int>(row - m_rows.begin());
    Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
    Q_EMIT totalsChanged();
}

QString OpenDatabasesModel::totalsText() const
{
    std::uint64_t bytes = 0;
    std::uint64_t records = 0;
    for (const Row& row : m_rows) {
        if (!row.last) continue;
        bytes += wholeFigure(*row.last, kSizeFigure);
        records += wholeFigure(*row.last, kRecordsFigure);
    }
    return tr("Open databases: %1 – %2, %3 records").arg(formatCount(static_cast<std::uint64_t>(rowCount())), formatBytes(bytes), formatCount(records));
}

int OpenDatabasesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int OpenDatabasesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString OpenDatabasesModel::text(const Row& row, int column) const
{
    if (column == Name) return row.name;
    if (column == Place) return row.place;
    if (!row.last) return unmeasured();
    if (column == HealthColumn) return healthWord(row.last->health.level);
    if (column == Activity) return row.recordsPerSecond ? tr("%1 records read").arg(formatRate(*row.recordsPerSecond)) : unmeasured();
    const model::MetricSample* const figure = findFigure(*row.last, figureOf(column));
    return figure ? formatFigure(*figure) : unmeasured();
}

QString OpenDatabasesModel::toolTip(const Row& row, int column) const
{
    if (!row.problem.isEmpty() && column != Name && column != Place) return row.problem;
    if (column == Activity && !row.recordsPerSecond) return tr("A rate needs two measurements.");
    if (!row.last) return text(row, column);
    if (column == HealthColumn) {
        QStringList reasons;
        for (const api::HealthReason& reason : row.last->health.reasons) reasons << toQString(reason.message);
        return reasons.isEmpty() ? tr("All figures are within their limits, and nothing damaged was met.") : reasons.join(QLatin1Char('\n'));
    }
    const char* const id = figureOf(column);
    const model::MetricSample* const figure = id ? findFigure(*row.last, id) : nullptr;
    return figure ? explainFigure(*figure) : text(row, column);
}

QVariant OpenDatabasesModel::value(const Row& row, int column) const
{
    if (column == Name) return row.name;
    if (column == Place) return row.place;
    if (!row.last) return {};
    if (column == HealthColumn) return static_cast<int>(row.last->health.level);
    if (column == Activity) return row.recordsPerSecond ? QVariant(*row.recordsPerSecond) : QVariant();
    const model::MetricSample* const figure = findFigure(*row.last, figureOf(column));
    return figure ? figureVariant(*figure) : QVariant();
}

QVariant OpenDatabasesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return text(row, index.column());
    case Qt::ToolTipRole: return toolTip(row, index.column());
    case ValueRole: return value(row, index.column());
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), text(row, index.column()));
    case Qt::TextAlignmentRole:
        return index.column() == Size || index.column() == Records ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::DecorationRole:
        if (index.column() != HealthColumn || !row.last) return {};
        return m_theme.icon(healthIconName(row.last->health.level), levelToken(row.last->health.level));
    default: return {};
    }
}

QVariant OpenDatabasesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Name: return tr("Database");
    case HealthColumn: return tr("Health");
    case Size: return tr("Size");
    case Records: return tr("Records");
    case Activity: return tr("Activity");
    case LastBackup: return tr("Last backup");
    case Place: return tr("Place");
    default: return {};
    }
}

} // namespace blazedb::views
