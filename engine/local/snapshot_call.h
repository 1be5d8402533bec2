// Runs a piece of work on the newest snapshot, and again on a newer one when the files moved under it.
#pragma once

#include <memory>
#include <utility>

#include "engine/local/database.h"
#include "engine/local/deadline.h"

namespace blazedb::local {

/// What a piece of work reads from.
struct SnapshotView {
    std::shared_ptr<const storage::RowSnapshot> snapshot;
    const storage::RowTree* records = nullptr; ///< The tree of all records; lives as long as the snapshot.

    [[nodiscard]] std::uint64_t sequence() const { return snapshot->sequence(); }
};

/// Errors: those of the store; Corruption when it has no tree of records.
Result<SnapshotView> takeSnapshot(Database& database);

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
