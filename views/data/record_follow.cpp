#include "views/data/record_follow.h"

#include <algorithm>

#include "views/data/record_table_model.h"

namespace blazedb::views {
namespace {

/// More records are not counted one by one: "newer changes" without a number says as much.
constexpr std::size_t kNewerMax = 10'000;

} // namespace

RecordFollow::RecordFollow(Session& session, RecordTableModel& records, QObject* parent)
    : QObject(parent)
    , m_records(records)
    , m_feed(session)
{
    connect(&m_feed, &ChangeFeed::delivered, this, &RecordFollow::take);
    connect(&m_feed, &ChangeFeed::stateChanged, this, &RecordFollow::changed);
    connect(&m_records, &RecordTableModel::rowsLoaded, this, &RecordFollow::noteShown);
    connect(&m_records, &RecordTableModel::updated, this, &RecordFollow::noteShown);
    connect(&m_records, &RecordTableModel::stateChanged, this, &RecordFollow::noteShown);
}

RecordFollow::Mode RecordFollow::mode() const
{
    if (m_feed.state() == ChangeFeed::State::Unavailable) return Mode::Unavailable;
    if (!m_isOn) return Mode::Off;
    return m_feed.state() == ChangeFeed::State::Paused ? Mode::Paused : Mode::On;
}

void RecordFollow::setOn(bool isOn)
{
    if (isOn == m_isOn || (isOn && m_feed.state() == ChangeFeed::State::Unavailable)) return;
    m_isOn = isOn;
    m_records.setMarking(isOn);
    m_feed.resume(); // off, newer changes are still counted
    if (isOn) update();
    Q_EMIT changed();
}

void RecordFollow::setPaused(bool isPaused)
{
    if (!m_isOn) return;
    if (isPaused) m_feed.pause();
    else m_feed.resume();
}

void RecordFollow::setVisible(bool isVisible)
{
    m_isVisible = isVisible;
    if (isVisible && m_isDue) update();
}

void RecordFollow::refresh()
{
    m_isDue = false;
    m_records.update();
}

std::optional<std::uint64_t> RecordFollow::newerChanges() const
{
    if (m_isNewerUnknown) return std::nullopt;
    return m_newer.size();
}

void RecordFollow::take(const api::ChangeBatch& batch)
{
    m_newestSequence = batch.sequence;
    if (!batch.events.empty()) Q_EMIT eventsCame(batch.events);
    const bool isFirst = !std::exchange(m_hasBegun, true);
    const std::optional<std::uint64_t> shown = m_records.sequence();
    if (m_isOn) {
        if (mayConcern(batch)) update();
        else if (m_records.sequence()) m_shownAt = QDateTime::currentDateTime(); // still the newest
    } else if (isFirst && batch.isEverything && batch.dropped == 0) {
        // What changed between the first reading and the watch is not known: read again rather than announced as changes.
        update();
    } else if (shown && batch.sequence > *shown) {
        if (batch.isEverything) m_isNewerUnknown = true;
        for (const model::Change& change : batch.changes) {
            if (change.sequence > *shown) m_newer[change.id] = change.sequence;
        }
        if (m_newer.size() > kNewerMax) m_isNewerUnknown = true;
        if (m_isNewerUnknown) m_newer.clear();
    }
    Q_EMIT changed();
}

/// Rows come, leave or move, or one that is held is another one.
bool RecordFollow::mayConcern(const api::ChangeBatch& batch) const
{
    if (batch.isEverything) return true;
    // What could not be read meanwhile may be readable again, without having changed.
    const auto isBack = [](const api::SourceEvent& event) { return event.kind == api::SourceEvent::Kind::Recovered; };
    if (std::any_of(batch.events.begin(), batch.events.end(), isBack)) return true;
    const model::Query& query = m_records.query();
    const bool isSelective = !query.filter.isAll() || !query.order.empty() || query.collection != model::kDefaultCollection || query.offset > 0 || query.limit;
    std::unordered_set<model::Uuid, model::UuidHash> updated;
    for (const model::Change& change : batch.changes) {
        if (isSelective || change.kind != model::Change::Kind::Update) return true;
        updated.insert(change.id);
    }
    return !updated.empty() && m_records.holdsAnyOf(updated);
}

void RecordFollow::update()
{
    m_isDue = !m_isVisible;
    if (m_isVisible) m_records.update();
}

/// Rows of a state are on screen: what changed up to it is not newer any more.
void RecordFollow::noteShown()
{
    const std::optional<std::uint64_t> shown = m_records.sequence();
    const bool isOther = shown && shown != m_shownSequence;
    if (isOther) {
        m_shownSequence = shown;
        std::erase_if(m_newer, [&](const auto& newer) { return newer.second <= *shown; });
        if (*shown >= m_newestSequence) m_isNewerUnknown = false;
    }
    if (shown && (isOther || m_isOn)) m_shownAt = QDateTime::currentDateTime();
    Q_EMIT changed();
}

} // namespace blazedb::views
