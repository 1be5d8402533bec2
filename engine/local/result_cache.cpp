#include "engine/local/result_cache.h"

#include <algorithm>
#include <utility>

namespace blazedb::local {

SharedResult ResultCache::find(const ResultKey& key)
{
    auto state = m_state.lock();
    return findIn(*state, key);
}

std::pair<std::uint64_t, SharedResult> ResultCache::findOtherState(const ResultKey& key)
{
    const auto state = m_state.lock();
    std::pair<std::uint64_t, SharedResult> newest;
    for (const Entry& entry : state->entries)
        if (entry.key.sequence != key.sequence && isIdentical(entry.key.query, key.query) && (!newest.second || entry.key.sequence > newest.first))
            newest = {entry.key.sequence, entry.result};
    return newest;
}

Result<SharedResult> ResultCache::findOrBuild(const ResultKey& key, const Deadline& deadline,
                                              const std::function<Result<query::ResultKeys>()>& build)
{
    {
        auto state = m_state.lock();
        for (;;) {
            if (SharedResult found = findIn(*state, key)) return found;
            if (!isBeingBuilt(*state, key)) break;
            BLAZE_TRY(waitForBuild(state, key, deadline));
        }
        state->builds.push_back(key);
    }
    auto built = build();
    SharedResult result = built ? std::make_shared<const query::ResultKeys>(*std::move(built)) : nullptr;
    {
        auto state = m_state.lock();
        state->builds.remove(key);
        if (result) insertInto(*state, key, result);
    }
    m_buildEnded.notify_all();
    if (!result) return std::move(built).error();
    return result;
}

Result<void> ResultCache::waitForBuild(Guarded<State>::Access& state, const ResultKey& key,
                                       const Deadline& deadline)
{
    const auto hasEnded = [&] { return !isBeingBuilt(*state, key); };
    if (const auto remaining = deadline.remaining())
        m_buildEnded.wait_for(state.lock(), deadline.stop(), *remaining, hasEnded);
    else
        m_buildEnded.wait(state.lock(), deadline.stop(), hasEnded);
    return deadline.check();
}

void ResultCache::drop(const ResultKey& key)
{
    auto state = m_state.lock();
    state->entries.remove_if([&](const Entry& entry) { return entry.key == key; });
}

SharedResult ResultCache::findIn(State& state, const ResultKey& key)
{
    const auto found = std::find_if(state.entries.begin(), state.entries.end(),
                                    [&](const Entry& entry) { return entry.key == key; });
    if (found == state.entries.end()) return nullptr;
    state.entries.splice(state.entries.begin(), state.entries, found);
    return found->result;
}

bool ResultCache::isBeingBuilt(const State& state, const ResultKey& key)
{
    return std::find(state.builds.begin(), state.builds.end(), key) != state.builds.end();
}

void ResultCache::insertInto(State& state, const ResultKey& key, SharedResult result)
{
    if (findIn(state, key)) return;
    // An older state of the same query has served: while a database is followed every look would add one more.
    state.entries.remove_if([&](const Entry& entry) { return entry.key.sequence < key.sequence && isIdentical(entry.key.query, key.query); });
    state.entries.push_front({key, std::move(result)});
    std::uint64_t ids = 0;
    std::size_t kept = 0;
    std::erase_if(state.entries, [&](const Entry& entry) {
        ids += entry.result->ids.size();
        return kept++ > 0 && (kept > kResultsMax || ids > kIdsMax);
    });
}

} // namespace blazedb::local
