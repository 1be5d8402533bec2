#include "engine/txn/commit_history.h"

#include <algorithm>

namespace blazedb::txn {

template <typename Visit>
void CommitHistory::forEachRow(const Commit& commit, const Visit& visit)
{
    for (const auto& [tree, rows] : commit.writes->trees())
        for (const auto& [key, value] : rows) visit(Row{tree, key});
}

void CommitHistory::add(std::uint64_t sequence, std::shared_ptr<const WriteSet> writes)
{
    m_rows += writes->rowCount();
    m_commits.push_back({sequence, std::move(writes)});
    while (m_rows > m_maxRows && !m_commits.empty()) dropOldest();
}

void CommitHistory::addUnknown(std::uint64_t sequence)
{
    forgetUpTo(sequence);
    m_forgottenUpTo = std::max(m_forgottenUpTo, sequence);
}

void CommitHistory::putInOrder(Commit& commit)
{
    if (commit.isInOrder) return;
    commit.isInOrder = true;
    forEachRow(commit, [&](const Row& row) {
        const auto place = m_newest.lower_bound(row);
        if (place == m_newest.end() || place->first != row) {
            m_newest.emplace_hint(place, row, commit.sequence);
            return;
        }
        // The older commit's text may go before this one's.
        const auto behind = std::next(place);
        auto node = m_newest.extract(place);
        node.key() = row;
        node.mapped() = commit.sequence;
        m_newest.insert(behind, std::move(node));
    });
}

void CommitHistory::takeOutOfOrder(const Commit& commit)
{
    if (!commit.isInOrder) return;
    forEachRow(commit, [&](const Row& row) {
        const auto found = m_newest.find(row);
        if (found != m_newest.end() && found->second == commit.sequence) m_newest.erase(found);
    });
}

void CommitHistory::dropOldest()
{
    const Commit& oldest = m_commits.front();
    takeOutOfOrder(oldest);
    m_rows -= oldest.writes->rowCount();
    m_forgottenUpTo = std::max(m_forgottenUpTo, oldest.sequence);
    m_commits.pop_front();
}

void CommitHistory::takeBack(std::uint64_t sequence)
{
    if (m_commits.empty() || m_commits.back().sequence != sequence) return;
    const Commit taken = std::move(m_commits.back());
    m_commits.pop_back();
    m_rows -= taken.writes->rowCount();
    if (!taken.isInOrder) return;
    takeOutOfOrder(taken);
    // A row that an earlier commit wrote too was forgotten with it.
    for (Commit& commit : m_commits) {
        commit.isInOrder = false;
        putInOrder(commit);
    }
}

void CommitHistory::forgetUpTo(std::uint64_t sequence)
{
    while (!m_commits.empty() && m_commits.front().sequence <= sequence) dropOldest();
}

Result<std::vector<RowName>> CommitHistory::conflicts(std::uint64_t snapshot, const WriteSet& writes, const std::vector<KeyRange>& reads,
                                                      std::size_t most)
{
    if (snapshot < m_forgottenUpTo && (writes.rowCount() != 0 || !reads.empty()))
        return Error{ErrorCode::Conflict, "the transaction is older than the commits that are remembered; begin it anew"};
    for (Commit& commit : m_commits) putInOrder(commit);
    std::vector<RowName> found;
    for (const auto& [tree, rows] : writes.trees()) {
        for (const auto& [key, value] : rows) {
            if (found.size() == most) return found;
            const auto newest = m_newest.find(Row{tree, key});
            if (newest != m_newest.end() && newest->second > snapshot) found.push_back({tree, std::string(key)});
        }
    }
    for (const KeyRange& range : reads) {
        for (auto row = m_newest.lower_bound(Row{range.tree, range.from}); row != m_newest.end() && range.holds(row->first.tree, row->first.key); ++row) {
            if (found.size() == most) return found;
            if (row->second > snapshot) found.push_back({std::string(row->first.tree), std::string(row->first.key)});
        }
    }
    return found;
}

} // namespace blazedb::txn
