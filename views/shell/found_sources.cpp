#include "views/shell/found_sources.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <QDateTime>

#include "views/session/job_runner.h"
#include "views/widgets/format.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

constexpr int kTakeEveryMs = 100;

} // namespace

FoundSources::FoundSources(SourceOpener& opener, JobRunner& jobs, QObject* parent)
    : QAbstractTableModel(parent)
    , m_opener(opener)
    , m_jobs(jobs)
    , m_arrived(std::make_shared<Arrived>())
{
    m_timer.setInterval(kTakeEveryMs);
    connect(&m_timer, &QTimer::timeout, this, &FoundSources::takeArrived);
    connect(&jobs, &JobRunner::jobChanged, this, [this](quint64 id) {
        if (id != m_job || m_state != State::Running) return;
        if (const auto job = m_jobs.job(id)) m_filesSeen = job->progress.done;
        Q_EMIT stateChanged();
    });
}

void FoundSources::start(const SearchOrder& order)
{
    cancel();
    beginResetModel();
    m_rows.clear();
    endResetModel();
    m_outcome = {};
    m_filesSeen = 0;
    m_arrived = std::make_shared<Arrived>();
    m_state = State::Running;
    m_timer.start();
    m_job = m_jobs.run(
        {.title = tr("Find databases"), .context = this},
        [&opener = m_opener, order, arrived = m_arrived](const api::CallContext& context) {
            return opener.search(context, order, [&arrived](const SourcePreview& preview) {
                const bool isListed = arrived->lock()->count < kRowsMax; // the worker is the only one that counts
                Row row = isListed ? rowOf(preview) : Row{};
                const auto found = arrived->lock();
                ++found->count;
                if (isListed) found->rows.push_back(std::move(row));
            });
        },
        [this, search = m_arrived](Result<SearchOutcome> outcome) {
            if (search != m_arrived || m_state != State::Running) return; // of a search that was cancelled
            if (!outcome) {
                m_error = outcome.error();
                return end(outcome.error().code == ErrorCode::Cancelled ? State::Cancelled : State::Failed);
            }
            m_filesSeen = outcome->filesSeen;
            m_outcome = std::move(*outcome);
            end(State::Done);
        });
    Q_EMIT stateChanged();
}

void FoundSources::cancel()
{
    if (m_state != State::Running) return;
    end(State::Cancelled);
    m_jobs.cancel(m_job);
}

/// What arrived and is not taken yet follows by the timer.
void FoundSources::end(State state)
{
    m_state = state;
    takeArrived();
    Q_EMIT stateChanged();
}

quint64 FoundSources::found() const
{
    return m_arrived->lock()->count;
}

FoundSources::Row FoundSources::rowOf(const SourcePreview& preview)
{
    Row row;
    row.place = toQString(preview.place);
    row.texts[Name] = toQString(preview.name);
    row.texts[Folder] = row.place.section(QLatin1Char('/'), 0, -2);
    row.texts[Format] = toQString(preview.format);
    row.texts[Size] = formatBytes(preview.totalBytes);
    row.texts[Changed] = formatDateTime(QDateTime::fromMSecsSinceEpoch(preview.modifiedUnixMs));
    row.bytes = preview.totalBytes;
    row.changedMs = preview.modifiedUnixMs;
    return row;
}

void FoundSources::takeArrived()
{
    std::vector<Row> taken;
    bool isEmptied = true;
    {
        const auto found = m_arrived->lock();
        const auto count = std::min<std::ptrdiff_t>(std::ssize(found->rows), kTakenAtOnce);
        const auto end = found->rows.begin() + count;
        taken.assign(std::move_iterator(found->rows.begin()), std::move_iterator(end));
        found->rows.erase(found->rows.begin(), end);
        isEmptied = found->rows.empty();
    }
    if (isEmptied && m_state != State::Running) m_timer.stop();
    if (taken.empty()) return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(taken.size()) - 1);
    std::move(taken.begin(), taken.end(), std::back_inserter(m_rows));
    endInsertRows();
    Q_EMIT stateChanged();
}

int FoundSources::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FoundSources::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FoundSources::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return row.texts[static_cast<std::size_t>(index.column())];
    case Qt::TextAlignmentRole: return index.column() == Size ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ToolTipRole:
    case PlaceRole: return row.place;
    case SortRole:
        if (index.column() == Size) return row.bytes;
        if (index.column() == Changed) return row.changedMs;
        return row.texts[static_cast<std::size_t>(index.column())];
    default: return {};
    }
}

QVariant FoundSources::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && section == Size) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Name: return tr("Name");
    case Folder: return tr("Folder");
    case Format: return tr("Format");
    case Size: return tr("Size");
    case Changed: return tr("Changed");
    default: return {};
    }
}

} // namespace blazedb::views
