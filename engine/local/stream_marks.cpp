#include "engine/local/stream_marks.h"

#include <algorithm>
#include <iterator>

namespace blazedb::local {

namespace {
bool isMarkBefore(const StreamMark& mark, std::uint64_t position)
{
    return mark.position < position;
}
} // namespace

StreamMark StreamMarks::nearest(const ResultKey& key, std::uint64_t position)
{
    auto state = m_state.lock();
    const std::vector<StreamMark>& marks = entryIn(*state, key).marks;
    auto after = std::lower_bound(marks.begin(), marks.end(), position, isMarkBefore);
    if (after != marks.end() && after->position == position) return *after;
    return after == marks.begin() ? StreamMark{} : *std::prev(after);
}

void StreamMarks::add(const ResultKey& key, const StreamMark& mark)
{
    auto state = m_state.lock();
    std::vector<StreamMark>& marks = entryIn(*state, key).marks;
    const auto place = std::lower_bound(marks.begin(), marks.end(), mark.position, isMarkBefore);
    if (place == marks.end() || place->position != mark.position) marks.insert(place, mark);
}

std::optional<std::uint64_t> StreamMarks::matching(const ResultKey& key)
{
    auto state = m_state.lock();
    return entryIn(*state, key).matching;
}

void StreamMarks::setMatching(const ResultKey& key, std::uint64_t matching)
{
    auto state = m_state.lock();
    entryIn(*state, key).matching = matching;
}

StreamMarks::Entry& StreamMarks::entryIn(State& state, const ResultKey& key)
{
    const auto found =
        std::find_if(state.begin(), state.end(), [&](const Entry& entry) { return entry.key == key; });
    if (found != state.end()) {
        state.splice(state.begin(), state, found);
    } else {
        state.push_front({key, {}, std::nullopt});
        if (state.size() > kQueriesMax) state.pop_back();
    }
    return state.front();
}

} // namespace blazedb::local
