#include "engine/txn/change_feed.h"

#include <algorithm>

namespace blazedb::txn {

ChangeFeed::ChangeFeed(std::uint64_t startSequence, std::size_t maxBytes)
    : m_droppedUpTo(startSequence)
    , m_newest(startSequence)
    , m_maxBytes(maxBytes)
{
}

std::size_t ChangeFeed::sizeOf(const CommittedChanges& changes)
{
    std::size_t bytes = 64;
    for (const RowChange& change : changes.rows)
        bytes += 160 + change.row.tree.size() + change.row.key.size() + (change.before ? change.before->size() : 0) + (change.after ? change.after->size() : 0);
    return bytes;
}

void ChangeFeed::add(CommittedChanges changes)
{
    {
        const std::lock_guard lock(m_mutex);
        const std::uint64_t sequence = changes.sequence;
        m_early.emplace(sequence, std::move(changes));
        while (!m_early.empty() && m_early.begin()->first == m_newest + 1) {
            CommittedChanges next = std::move(m_early.begin()->second);
            m_early.erase(m_early.begin());
            ++m_newest;
            if (!next.isWhole) {
                m_ring.clear();
                m_bytes = 0;
                m_droppedUpTo = m_newest;
                continue;
            }
            m_bytes += sizeOf(next);
            m_ring.push_back(std::move(next));
        }
        while (m_bytes > m_maxBytes && !m_ring.empty()) {
            m_bytes -= sizeOf(m_ring.front());
            m_droppedUpTo = m_ring.front().sequence;
            m_ring.pop_front();
        }
    }
    m_arrived.notify_all();
}

Result<std::vector<CommittedChanges>> ChangeFeed::after(std::uint64_t sequence, std::size_t most, const std::stop_token& stop,
                                                        std::chrono::steady_clock::time_point deadline)
{
    std::unique_lock lock(m_mutex);
    m_arrived.wait_until(lock, stop, deadline, [&] { return m_newest > sequence; });
    if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "waiting for changes was stopped"};
    if (sequence < m_droppedUpTo)
        return Error{ErrorCode::FailedPrecondition, "changes up to commit " + std::to_string(m_droppedUpTo) + " are no longer kept"};
    const auto first = std::lower_bound(m_ring.begin(), m_ring.end(), sequence + 1,
                                        [](const CommittedChanges& changes, std::uint64_t wanted) { return changes.sequence < wanted; });
    const auto count = std::min<std::ptrdiff_t>(m_ring.end() - first, static_cast<std::ptrdiff_t>(most));
    return std::vector<CommittedChanges>(first, first + count);
}

std::uint64_t ChangeFeed::droppedUpTo() const
{
    const std::lock_guard lock(m_mutex);
    return m_droppedUpTo;
}

} // namespace blazedb::txn
