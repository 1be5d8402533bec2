// Whole results of queries, as lists of ids. Several callers that want the same one wait for the first to
// read it; when that one gives up, the next goes on, so nobody fails because somebody else was cancelled.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <utility>

#include "engine/base/guarded.h"
#include "engine/local/deadline.h"
#include "engine/local/result_key.h"
#include "engine/query/executor.h"

namespace blazedb::local {

using SharedResult = std::shared_ptr<const query::ResultKeys>;

/// Any thread.
class ResultCache {
public:
    static constexpr std::size_t kResultsMax = 8;
    /// Bounds the ids kept; the newest result stays even when it alone is larger.
    static constexpr std::uint64_t kIdsMax = std::uint64_t{2} << 20;

    /// Null when it is not here.
    SharedResult find(const ResultKey& key);

    /// The newest result of the same query at another state, with that state; the result is null when there is none.
    std::pair<std::uint64_t, SharedResult> findOtherState(const ResultKey& key);

    /// The result from here, from another caller's reading, or from `build`, which runs on this thread
    /// without a lock. Errors: those of `build`; Cancelled and DeadlineExceeded of this caller while it
    /// waits.
    Result<SharedResult> findOrBuild(const ResultKey& key, const Deadline& deadline,
                                     const std::function<Result<query::ResultKeys>()>& build);

    /// Forgets a result that turned out to be no longer true.
    void drop(const ResultKey& key);

private:
    struct Entry {
        ResultKey key;
        SharedResult result;
    };
    struct State {
        std::list<Entry> entries; ///< Most recently used first.
        std::list<ResultKey> builds;
    };

    static SharedResult findIn(State& state, const ResultKey& key);
    static bool isBeingBuilt(const State& state, const ResultKey& key);
    static void insertInto(State& state, const ResultKey& key, SharedResult result);
    Result<void> waitForBuild(Guarded<State>::Access& state, const ResultKey& key, const Deadline& deadline);

    Guarded<State> m_state;
    std::condition_variable_any m_buildEnded;
};

} // namespace blazedb::local
