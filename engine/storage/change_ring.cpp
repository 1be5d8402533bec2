#include "engine/storage/change_ring.h"

#include <algorithm>
#include <unordered_map>

#include "engine/model/uuid.h"

namespace blazedb::storage {

namespace {

/// What two changes of one row come to.
RowChangeKind combined(RowChangeKind earlier, RowChangeKind later)
{
    if (later == RowChangeKind::Updated && earlier == RowChangeKind::Inserted) return RowChangeKind::Inserted;
    if (later == RowChangeKind::Inserted && earlier == RowChangeKind::Removed) return RowChangeKind::Updated;
    return later;
}

} // namespace

void ChangeRing::add(std::uint64_t sequence, const std::vector<RowChange>& changes, std::uint64_t merged)
{
    const auto state = m_state.lock();
    state->newest = sequence;
    state->changes.insert(state->changes.end(), changes.begin(), changes.end());
    if (merged > 0) {
        state->merged += merged;
        state->mergedAt.emplace_back(sequence, merged);
    }
    while (state->changes.size() > kChangesMax) {
        // All or nothing of one state.
        const std::uint64_t oldest = state->changes.front().sequence;
        while (!state->changes.empty() && state->changes.front().sequence == oldest) state->changes.pop_front();
        state->knownAfter = oldest;
    }
    while (!state->mergedAt.empty() && (state->mergedAt.front().first <= state->knownAfter || state->mergedAt.size() > kChangesMax))
        state->mergedAt.pop_front();
}

void ChangeRing::addUnknown(std::uint64_t sequence)
{
    const auto state = m_state.lock();
    state->newest = sequence;
    state->knownAfter = sequence;
    state->changes.clear();
    state->mergedAt.clear();
}

void ChangeRing::addEvent(StoreEvent event)
{
    const auto state = m_state.lock();
    event.number = ++state->lastEvent;
    state->events.push_back(std::move(event));
    if (state->events.size() > kEventsMax) state->events.pop_front();
}

RowNews ChangeRing::since(std::uint64_t sequence, std::uint64_t event, std::size_t changesMax)
{
    std::vector<RowChange> raw;
    RowNews news;
    {
        const auto state = m_state.lock();
        news.sequence = state->newest;
        news.lastEvent = state->lastEvent;
        for (const StoreEvent& known : state->events)
            if (known.number > event) news.events.push_back(known);
        news.isComplete = sequence >= state->knownAfter && sequence <= state->newest;
        const auto first = std::partition_point(state->changes.begin(), state->changes.end(),
                                                [&](const RowChange& change) { return change.sequence <= sequence; });
        raw.assign(first, state->changes.end());
        for (const auto& [at, merged] : state->mergedAt)
            if (at > sequence) news.merged += merged;
    }
    // From the back: the newest of each row stays, at its place.
    std::unordered_map<model::Uuid, std::size_t, model::UuidHash> places;
    std::vector<RowChange> newestFirst;
    for (auto change = raw.rbegin(); change != raw.rend(); ++change) {
        const auto [place, isNew] = places.try_emplace(model::Uuid{change->key}, newestFirst.size());
        if (isNew) {
            newestFirst.push_back(*change);
        } else {
            RowChange& later = newestFirst[place->second];
            later.kind = combined(change->kind, later.kind);
            ++news.merged;
        }
    }
    if (newestFirst.size() > changesMax) {
        news.dropped = newestFirst.size() - changesMax;
        news.isComplete = false;
        newestFirst.resize(changesMax);
    }
    news.changes.assign(newestFirst.rbegin(), newestFirst.rend());
    return news;
}

} // namespace blazedb::storage
