#include "engine/txn/commit_history.h"

#include <algorithm>

namespace blazedb::txn {

void CommitHistory::add(std::uint64_t sequence, const WriteSet& writes)
{
    Commit commit{sequence, {}};
    commit.rows.reserve(writes.rows().size());
    for (const auto& [row, value] : writes.rows()) {
        commit.rows.push_back(row);
        m_newest[row] = sequence;
    }
    m_rows += commit.rows.size();
    m_commits.push_back(std::move(commit));
    while (m_rows > m_maxRows && !m_commits.empty()) dropOldest();
}

void CommitHistory::addUnknown(std::uint64_t sequence)
{
    forgetUpTo(sequence);
    m_forgottenUpTo = std::max(m_forgottenUpTo, sequence);
}

void CommitHistory::dropOldest()
{
    const Commit& oldest = m_commits.front();
    for (const RowName& row : oldest.rows) {
        const auto found = m_newest.find(row);
        if (found != m_newest.end() && found->second == oldest.sequence) m_newest.erase(found);
    }
    m_rows -= oldest.rows.size();
    m_forgottenUpTo = std::max(m_forgottenUpTo, oldest.sequence);
    m_commits.pop_front();
}

void CommitHistory::takeBack(std::uint64_t sequence)
{
    if (m_commits.empty() || m_commits.back().sequence != sequence) return;
    // A row that an earlier commit wrote too is forgotten with it; the earlier commit is found again by its own list.
    const Commit taken = std::move(m_commits.back());
    m_commits.pop_back();
    m_rows -= taken.rows.size();
    for (const RowName& row : taken.rows) m_newest.erase(row);
    for (const Commit& commit : m_commits)
        for (const RowName& row : commit.rows) m_newest[row] = commit.sequence;
}

void CommitHistory::forgetUpTo(std::uint64_t sequence)
{
    while (!m_commits.empty() && m_commits.front().sequence <= sequence) dropOldest();
}

Result<std::vector<RowName>> CommitHistory::conflicts(std::uint64_t snapshot, const WriteSet& writes, const std::vector<KeyRange>& reads,
                                                      std::size_t most) const
{
    if (snapshot < m_forgottenUpTo && (!writes.rows().empty() || !reads.empty()))
        return Error{ErrorCode::Conflict, "the transaction is older than the commits that are remembered; begin it anew"};
    std::vector<RowName> found;
    for (const auto& [row, value] : writes.rows()) {
        if (found.size() == most) return found;
        const auto newest = m_newest.find(row);
        if (newest != m_newest.end() && newest->second > snapshot) found.push_back(row);
    }
    for (const KeyRange& range : reads) {
        for (auto row = m_newest.lower_bound({range.tree, range.from}); row != m_newest.end() && range.holds(row->first); ++row) {
            if (found.size() == most) return found;
            if (row->second > snapshot) found.push_back(row->first);
        }
    }
    return found;
}

} // namespace blazedb::txn
