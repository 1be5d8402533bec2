// Runs a piece of work on the newest snapshot, and again on a newer one when the files moved under it.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "engine/local/database.h"
#include "engine/local/deadline.h"
#include "engine/model/query.h"
#include "engine/query/row.h"

namespace blazedb::local {

/// What a piece of work reads from.
struct SnapshotView {
    std::shared_ptr<const storage::RowSnapshot> snapshot;
    /// The tree of all records, or what a query needs of it; lives as long as the snapshot or, if it was made for this view, as `own`.
    const storage::RowTree* records = nullptr;
    std::shared_ptr<const storage::RowTree> own;
    query::RowReading reading;
    std::string index; ///< What is read of which index, for people; empty: none is used.

    [[nodiscard]] std::uint64_t sequence() const { return snapshot->sequence(); }
};

/// Errors: those of the store; Corruption when it has no tree of records.
Result<SnapshotView> takeSnapshot(Database& database);
// The same state, with the rows that this query or this record needs. Errors: those of RecordTrees.
Result<SnapshotView> forQuery(Database& database, SnapshotView view, const model::Query& query);
Result<SnapshotView> forRecord(Database& database, SnapshotView view, const model::Uuid& id);

inline constexpr int kSnapshotAttemptsMax = 5;

/// `work` takes a SnapshotView and answers a Result; Conflict makes it run again on a new snapshot.
/// Errors: those of `work`; Unavailable when the database kept changing; Cancelled, DeadlineExceeded.
template <typename Work>
auto onSnapshot(Database& database, const Deadline& deadline, const Work& work)
    -> decltype(work(std::declval<const SnapshotView&>()))
{
    for (int attempt = 1;; ++attempt) {
        BLAZE_TRY(deadline.check());
        auto view = takeSnapshot(database);
        const bool mayTryAgain = attempt < kSnapshotAttemptsMax;
        if (view) {
            auto answer = work(*view);
            if (answer) {
                const auto confirmed = view->snapshot->confirm();
                if (confirmed) return answer;
                answer = confirmed.error();
            }
            if (answer.error().code != ErrorCode::Conflict) return answer;
            if (!mayTryAgain)
                return Error{ErrorCode::Unavailable,
                             "the database keeps changing while it is read: " + answer.error().message};
        } else if (view.error().code != ErrorCode::Conflict || !mayTryAgain) {
            return std::move(view).error();
        }
        metrics::CounterSet::add(database.counters().retries);
    }
}

} // namespace blazedb::local
