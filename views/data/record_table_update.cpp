// How the table takes over a newer state of its result. A file of its own, as it is a job of its own.
#include <algorithm>
#include <limits>
#include <utility>

#include "engine/base/assert.h"
#include "views/data/record_table_model.h"
#include "views/session/session.h"

namespace blazedb::views {
namespace {

/// So many rows beside those on screen are read with them: a few records more or less do not leave the screen empty.
constexpr int kMargin = 25;
/// The current row is read along with the rows on screen when that makes no more than these.
constexpr int kRowsMax = 1'000;

} // namespace

void RecordTableModel::attend(const Attention& attention)
{
    m_attention = attention;
    if (m_isMerging) return;
    if (attention.current < 0) {
        m_current.reset();
    } else if (const api::RecordRow* const current = row(attention.current)) {
        m_current = KnownRow{attention.current, current->record.id};
    } else if (m_current && m_current->row != attention.current) {
        m_current.reset();
    }
}

void RecordTableModel::setMarking(bool isMarking)
{
    m_isMarking = isMarking;
}

bool RecordTableModel::holdsAnyOf(const std::unordered_set<model::Uuid, model::UuidHash>& ids) const
{
    for (const auto& [number, held] : m_windows) {
        for (const api::RecordRow& row : held.window.rows) {
            if (ids.contains(row.record.id)) return true;
        }
    }
    return false;
}

/// Whole windows around what is on screen, and around the current row when it is near.
api::Window RecordTableModel::attendedWindow() const
{
    int first = std::clamp(m_attention.first, 0, std::max(0, m_rows - 1));
    int last = std::clamp(m_attention.last, first, std::max(first, m_rows - 1));
    const int current = m_current ? m_current->row : first;
    if (std::max(last, current) - std::min(first, current) < kRowsMax) {
        first = std::min(first, current);
        last = std::max(last, current);
    }
    const auto window = static_cast<int>(kRowsAWindow);
    const int from = std::max(0, first - kMargin) / window;
    const int to = (last + kMargin) / window;
    return {static_cast<std::uint64_t>(from) * kRowsAWindow, static_cast<std::uint64_t>(to - from + 1) * kRowsAWindow};
}

void RecordTableModel::update()
{
    if (m_state != State::Ready && m_state != State::Empty) return;
    if (m_updateJob != 0) {
        m_isUpdateDue = true;
        return;
    }
    m_isUpdateDue = false;
    const api::Window window = attendedWindow();
    const auto current = m_current ? std::optional(m_current->id) : std::nullopt;
    m_updateJob = m_session.jobs().run(
        {.title = tr("Read newer records"), .context = this, .isQuiet = true},
        [&records = m_session.source().records(), query = m_query, window, current](const api::CallContext& context) -> Result<Update> {
            api::CallContext quiet = context;
            quiet.onProgress = nullptr;
            Update update;
            update.rowsAsked = window.count;
            BLAZE_TRY_VALUE(update.window, records.query(quiet, query, window));
            const auto& rows = update.window.rows;
            const auto isCurrent = [&](const api::RecordRow& row) { return row.record.id == *current; };
            if (!current || std::any_of(rows.begin(), rows.end(), isCurrent)) return update;
            // Perhaps of a state that is newer still; the next update puts that right.
            if (const auto position = records.positionOf(quiet, query, *current)) {
                if (*position < window.first || *position >= window.first + window.count) update.current = KnownRow{static_cast<int>(*position), *current};
            }
            return update;
        },
        [this, generation = m_generation](const Result<Update>& answer) {
            if (generation != m_generation) return;
            m_updateJob = 0;
            takeUpdate(answer);
            if (m_isUpdateDue) update();
        });
}

KnownRows RecordTableModel::heldRows() const
{
    KnownRows known;
    known.count = m_rows;
    for (const auto& [number, held] : m_windows) {
        for (std::size_t i = 0; i < held.window.rows.size(); ++i)
            known.rows.push_back({static_cast<int>(number * kRowsAWindow + i), held.window.rows[i].record.id});
    }
    if (m_current && m_current->row < m_rows && !row(m_current->row)) known.rows.push_back(*m_current);
    std::sort(known.rows.begin(), known.rows.end(), [](const KnownRow& left, const KnownRow& right) { return left.row < right.row; });
    return known;
}

void RecordTableModel::takeUpdate(const Result<Update>& answer)
{
    if (!answer) {
        if (answer.error().code == ErrorCode::Cancelled) return;
        m_error = answer.error();
        m_isOutdated = true;
        return setProblem(true);
    }
    if (std::exchange(m_isOutdated, false)) setProblem(false);
    const api::RecordWindow& window = answer->window;
    m_session.addFindings(window.skipped);
    model::Count total = window.total;
    const std::uint64_t end = window.first + window.rows.size();
    const bool isEnd = window.rows.size() < answer->rowsAsked && (!window.rows.empty() || window.first == 0);
    if (!total.isExact() && isEnd) total = {end, model::Count::Certainty::Exact};
    const auto rows = static_cast<int>(std::min<std::uint64_t>(std::max(total.value, end), std::numeric_limits<int>::max() / 2));

    KnownRows after;
    after.count = rows;
    for (std::size_t i = 0; i < window.rows.size(); ++i) after.rows.push_back({static_cast<int>(window.first + i), window.rows[i].record.id});
    if (answer->current && answer->current->row < rows) {
        const auto place = std::lower_bound(after.rows.begin(), after.rows.end(), answer->current->row, [](const KnownRow& known, int row) { return known.row < row; });
        after.rows.insert(place, *answer->current);
    }
    const RowMerge merge = mergeRows(heldRows(), after);
    const std::vector<int> changed = takeContents(window);
    if (showsLeaving(merge)) {
        announceRows(changed, {});
        Q_EMIT updated();
        return;
    }

    if (m_isMarking) {
        for (const api::RecordRow& row : window.rows) {
            if (merge.inserted.contains(row.record.id)) m_marks.markInserted(row.record.id, LiveMarks::Clock::now());
        }
    }
    const bool isWindowGone = window.rows.empty() && rows > 0; // the result became shorter than where one looks
    m_sequence = window.sequence;
    if (answer->current) m_current = answer->current;
    takeRows(merge, window, rows);
    if (merge.steps.empty()) announceRows(changed, {});
    if (!m_marks.isEmpty()) m_fadeTick.start();
    if (total != m_total) {
        m_total = total;
        Q_EMIT totalChanged();
    }
    setState(m_rows > 0 ? State::Ready : State::Empty);
    Q_EMIT merged();
    Q_EMIT updated();
    if (!m_total.isExact()) countAll();
    if (isWindowGone) update();
}

/// Records that leave are marked and stay for a moment, with everything else in its place.
bool RecordTableModel::showsLeaving(const RowMerge& merge)
{
    const bool mayRemove = std::exchange(m_mayRemove, false);
    if (!m_isMarking || mayRemove) return false;
    std::vector<int> rows;
    for (int at = std::max(0, m_attention.first); at <= m_attention.last; ++at) {
        const api::RecordRow* const known = row(at);
        if (!known || !merge.removed.contains(known->record.id)) continue;
        m_marks.markRemoved(known->record.id, LiveMarks::Clock::now());
        rows.push_back(at);
    }
    if (rows.empty()) return false;
    announceRows(rows, {MarkRole, MarkStrengthRole});
    if (!m_leaving.isActive()) m_leaving.start();
    m_fadeTick.start();
    return true;
}

/// The newer contents of records that are shown, where they stand. Answers their rows.
std::vector<int> RecordTableModel::takeContents(const api::RecordWindow& window)
{
    std::unordered_map<model::Uuid, const api::RecordRow*, model::UuidHash> newer;
    for (const api::RecordRow& row : window.rows) newer.emplace(row.record.id, &row);
    std::vector<int> changed;
    for (auto& [number, held] : m_windows) {
        for (std::size_t i = 0; i < held.window.rows.size(); ++i) {
            api::RecordRow& shown = held.window.rows[i];
            const auto found = newer.find(shown.record.id);
            if (found == newer.end()) continue;
            const std::vector<std::string> fields = changedFields(shown.record, found->second->record);
            if (fields.empty() && shown.marks == found->second->marks) continue;
            if (m_isMarking) m_marks.markChanged(shown.record.id, fields, LiveMarks::Clock::now());
            shown = *found->second;
            changed.push_back(static_cast<int>(number * kRowsAWindow + i));
        }
    }
    if (!m_marks.isEmpty()) m_fadeTick.start();
    return changed;
}

void RecordTableModel::takeRows(const RowMerge& merge, api::RecordWindow window, int rows)
{
    Q_EMIT aboutToMerge();
    m_isMerging = true;
    // While rows come and go no record is at any of them: views that ask meanwhile see rows that are being read.
    m_windows.clear();
    m_recent.clear();
    m_wanted.clear();
    m_failed.clear();
    for (const RowStep& step : merge.steps) {
        if (step.kind == RowStep::Kind::Insert) {
            beginInsertRows({}, step.first, step.first + step.count - 1);
            m_rows += step.count;
            endInsertRows();
        } else {
            beginRemoveRows({}, step.first, step.first + step.count - 1);
            m_rows -= step.count;
            endRemoveRows();
        }
    }
    BLAZE_ASSERT(m_rows == rows);
    const std::uint64_t first = window.first;
    const std::size_t count = window.rows.size();
    for (std::size_t from = 0; from < count; from += kRowsAWindow) {
        const WindowNumber number = (first + from) / kRowsAWindow;
        api::RecordWindow part;
        part.first = first + from;
        part.total = window.total;
        part.sequence = window.sequence;
        const auto begin = window.rows.begin() + static_cast<std::ptrdiff_t>(from);
        part.rows.assign(std::make_move_iterator(begin), std::make_move_iterator(begin + static_cast<std::ptrdiff_t>(std::min<std::size_t>(kRowsAWindow, count - from))));
        m_recent.push_front(number);
        m_windows[number] = {std::move(part), m_recent.begin()};
    }
    m_isMerging = false;
    if (!merge.steps.empty() && count > 0 && !m_columns.isEmpty())
        Q_EMIT dataChanged(index(static_cast<int>(first), 0), index(static_cast<int>(first + count) - 1, columnCount() - 1));
}

void RecordTableModel::fadeMarks()
{
    const std::vector<model::Uuid> faded = m_marks.fade(LiveMarks::Clock::now());
    if (m_marks.isEmpty()) m_fadeTick.stop();
    if (faded.empty()) return;
    const std::unordered_set<model::Uuid, model::UuidHash> ids(faded.begin(), faded.end());
    std::vector<int> rows;
    for (int at = std::max(0, m_attention.first); at <= std::min(m_attention.last, m_rows - 1); ++at) {
        const api::RecordRow* const known = row(at);
        if (known && ids.contains(known->record.id)) rows.push_back(at);
    }
    announceRows(rows, {MarkRole, MarkStrengthRole});
}

void RecordTableModel::announceRows(const std::vector<int>& rows, const QList<int>& roles)
{
    if (m_columns.isEmpty()) return;
    for (const int row : rows) Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1), roles);
}

} // namespace blazedb::views
