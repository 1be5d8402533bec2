// The newest commits as changes, in order, for whoever watches: a bounded ring. Who comes too late is told so, and reads the state instead.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/txn/row_name.h"

namespace blazedb::txn {

struct RowChange {
    RowName row;
    std::optional<Bytes> before; ///< Nullopt: there was no such row.
    std::optional<Bytes> after;  ///< Nullopt: there is none any more.
};

struct CommittedChanges {
    std::uint64_t sequence = 0;
    std::vector<RowChange> rows;
    bool isWhole = true; ///< False: the rows were not kept; the feed counts the commit as dropped.
};

/// Any thread. At its bound the oldest commits are dropped.
class ChangeFeed {
public:
    static constexpr std::size_t kDefaultMaxBytes = std::size_t{16} << 20;

    /// Commits up to `startSequence` are not in it.
    explicit ChangeFeed(std::uint64_t startSequence, std::size_t maxBytes = kDefaultMaxBytes);

    /// A commit that is visible now. They may come in any order; they are shown in the order of their sequences, without gaps.
    void add(CommittedChanges changes);

    /// The commits after `sequence`, at most `most`; waits until there is one, or the deadline or the stop comes (none then).
    /// Errors: FailedPrecondition (some of them were dropped; droppedUpTo() says from where on), Cancelled.
    Result<std::vector<CommittedChanges>> after(std::uint64_t sequence, std::size_t most, const std::stop_token& stop,
                                                std::chrono::steady_clock::time_point deadline);
    /// The last commit that is no longer, or was never, in the ring.
    [[nodiscard]] std::uint64_t droppedUpTo() const;

private:
    static std::size_t sizeOf(const CommittedChanges& changes);

    mutable std::mutex m_mutex;
    std::condition_variable_any m_arrived;
    std::deque<CommittedChanges> m_ring;
    std::map<std::uint64_t, CommittedChanges> m_early; ///< Their predecessors are not here yet.
    std::uint64_t m_droppedUpTo;
    std::uint64_t m_newest;
    std::size_t m_bytes = 0;
    std::size_t m_maxBytes;
};

} // namespace blazedb::txn
