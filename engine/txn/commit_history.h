// Which rows recent commits wrote: what a transaction is checked against that read an older state.
#pragma once

#include <deque>
#include <map>
#include <vector>

#include "engine/base/result.h"
#include "engine/txn/write_set.h"

namespace blazedb::txn {

/// Thread-safety: none; Transactions serialises the calls. Bounded: of the oldest commits only the number is kept, and a transaction that
/// would need more is refused.
class CommitHistory {
public:
    static constexpr std::size_t kDefaultMaxRows = 1'000'000;

    explicit CommitHistory(std::uint64_t startSequence, std::size_t maxRows = kDefaultMaxRows)
        : m_forgottenUpTo(startSequence)
        , m_maxRows(maxRows)
    {
    }

    void add(std::uint64_t sequence, const WriteSet& writes);
    /// A commit whose rows were not kept: it may have written any.
    void addUnknown(std::uint64_t sequence);
    /// The commit did not come about.
    void takeBack(std::uint64_t sequence);
    /// Nobody reads a state older than this any more.
    void forgetUpTo(std::uint64_t sequence);

    /// Rows of `writes` and of what was read that a commit after `snapshot` wrote, at most `most`.
    /// Errors: Conflict (the snapshot is older than what is remembered).
    [[nodiscard]] Result<std::vector<RowName>> conflicts(std::uint64_t snapshot, const WriteSet& writes, const std::vector<KeyRange>& reads,
                                                         std::size_t most = 10) const;
    [[nodiscard]] std::size_t rowCount() const { return m_newest.size(); }

private:
    void dropOldest();

    struct Commit {
        std::uint64_t sequence = 0;
        std::vector<RowName> rows;
    };
    std::map<RowName, std::uint64_t> m_newest; ///< The newest remembered commit that wrote the row.
    std::deque<Commit> m_commits;
    std::size_t m_rows = 0; ///< In m_commits.
    std::uint64_t m_forgottenUpTo;
    std::size_t m_maxRows;
};

} // namespace blazedb::txn
