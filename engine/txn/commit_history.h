// Which rows recent commits wrote: what a transaction is checked against that read an older state.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/txn/row_name.h"
#include "engine/txn/write_set.h"

namespace blazedb::txn {

/// Thread-safety: none; Transactions serialises the calls. Bounded: of the oldest commits only the number is kept, and a transaction that
/// would need more is refused. Taking a commit in costs nothing for its rows: they are put in order when somebody has to be checked against them.
class CommitHistory {
public:
    static constexpr std::size_t kDefaultMaxRows = 1'000'000;

    explicit CommitHistory(std::uint64_t startSequence, std::size_t maxRows = kDefaultMaxRows)
        : m_forgottenUpTo(startSequence)
        , m_maxRows(maxRows)
    {
    }

    /// Shares in `writes`, whose rows stay the same as long as they are here; their values may go.
    void add(std::uint64_t sequence, std::shared_ptr<const WriteSet> writes);
    /// A commit whose rows were not kept: it may have written any.
    void addUnknown(std::uint64_t sequence);
    /// The commit did not come about.
    void takeBack(std::uint64_t sequence);
    /// Nobody reads a state older than this any more.
    void forgetUpTo(std::uint64_t sequence);

    /// Rows of `writes` and of what was read that a commit after `snapshot` wrote, at most `most`.
    /// Errors: Conflict (the snapshot is older than what is remembered).
    [[nodiscard]] Result<std::vector<RowName>> conflicts(std::uint64_t snapshot, const WriteSet& writes, const std::vector<KeyRange>& reads,
                                                         std::size_t most = 10);
    [[nodiscard]] std::size_t rowCount() const { return m_rows; } ///< A row counts for each commit that wrote it.

private:
    struct Commit {
        std::uint64_t sequence = 0;
        std::shared_ptr<const WriteSet> writes;
        bool isInOrder = false; ///< Its rows are in m_newest, unless a later commit wrote them too.
    };
    /// Borrows from the newest commit in order that wrote the row.
    struct Row {
        std::string_view tree;
        std::string_view key;
        friend auto operator<=>(const Row&, const Row&) = default;
    };
    template <typename Visit>
    static void forEachRow(const Commit& commit, const Visit& visit);
    void putInOrder(Commit& commit);
    void takeOutOfOrder(const Commit& commit);
    void dropOldest();

    std::map<Row, std::uint64_t> m_newest; ///< The newest commit in order that wrote the row.
    std::deque<Commit> m_commits; ///< Those in order come first.
    std::size_t m_rows = 0; ///< In m_commits.
    std::uint64_t m_forgottenUpTo;
    std::size_t m_maxRows;
};

} // namespace blazedb::txn
