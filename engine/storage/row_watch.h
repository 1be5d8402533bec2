// Follows a store that something else writes to.
#pragma once

#include <chrono>
#include <stop_token>

#include "engine/base/result.h"

namespace blazedb::storage {

/// As long as one exists, its store knows which rows change. Thread-safety: none; one owner, whose store outlives it.
class RowWatch {
public:
    virtual ~RowWatch() = default;
    /// Waits until the store may have moved on, `atMost` has passed or a stop is asked for. True when it may have moved on.
    virtual bool wait(std::chrono::milliseconds atMost, const std::stop_token& stop) = 0;
    /// Brings the store to the newest state. Finds also what snapshot() alone does not notice.
    /// Errors: those of RowStore::snapshot.
    virtual Result<void> look() = 0;
};

} // namespace blazedb::storage
