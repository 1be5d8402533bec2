// What changed between two states of a store, and what happened to its files meanwhile.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "engine/model/finding.h"
#include "engine/storage/row_key.h"

namespace blazedb::storage {

enum class RowChangeKind { Inserted, Updated, Removed };

/// One row that is another one than before.
struct RowChange {
    std::uint64_t sequence = 0; ///< The first state that shows it.
    RowKey key{};
    RowChangeKind kind = RowChangeKind::Updated;
    std::chrono::system_clock::time_point time; ///< When it was noticed.
};

enum class StoreEventKind {
    TransactionOpened, ///< Another process began an explicit transaction; the state before it is shown.
    TransactionEnded,  ///< Committed or rolled back; what it changed comes as changes.
    Rewritten,         ///< A new page file with the same records, as a vacuum makes it.
    Replaced,          ///< A new page file with other records: a restore, or another copy under the name.
    Removed,           ///< A file of the database is gone; the last good state is shown.
    Damaged,           ///< A file became unreadable, untrustworthy or short; the last good state is shown where it can be.
    Recovered,         ///< What was said by Removed or Damaged is over.
};

struct StoreEvent {
    std::uint64_t number = 0; ///< 1, 2, 3 …
    StoreEventKind kind = StoreEventKind::Recovered;
    model::Finding finding; ///< What happened, for a person.
    std::chrono::system_clock::time_point time;
};

/// The answer to "what is new".
struct RowNews {
    std::uint64_t sequence = 0;     ///< The state the news lead to.
    std::vector<RowChange> changes; ///< Ascending by sequence; each row once, with its newest sequence.
    bool isComplete = true;         ///< Otherwise more rows may have changed than are named: read everything again.
    std::uint64_t merged = 0;       ///< Changes that are not listed because a later one of the same row is.
    std::uint64_t dropped = 0;      ///< Changes known but not listed because of the caller's bound.
    std::vector<StoreEvent> events;
    std::uint64_t lastEvent = 0; ///< Ask for events after this one next time.
};

/// How the shown state relates to the files right now.
struct StoreCondition {
    bool isStale = false; ///< The files cannot be followed at the moment; the last good state is shown.
    std::chrono::system_clock::time_point goodAt; ///< When the shown state was last seen to be the files' state.
    std::vector<model::Finding> findings; ///< Why it is stale; an open transaction; an interrupted vacuum.
};

} // namespace blazedb::storage
