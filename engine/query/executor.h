// Answers a whole query: reads every record once in the order of the file, then puts the matches in the order
// asked for.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/metrics/counter_set.h"
#include "engine/model/finding.h"
#include "engine/model/query.h"
#include "engine/model/uuid.h"
#include "engine/query/row.h"
#include "engine/query/run_watch.h"
#include "engine/storage/row_store.h"

namespace blazedb::query {

struct ResultKeys {
    std::vector<model::Uuid> ids; ///< Of every match, in order; offset and limit are not applied.
    std::vector<model::Finding> skipped;
    std::uint64_t rowsRead = 0;
};

/// Thread-safety: none; one owner.
class Executor {
public:
    /// Borrows both.
    Executor(const storage::RowTree& tree, metrics::CounterSet& counters, RowReading reading = {});

    /// Errors: InvalidArgument (a filter that cannot be asked), Cancelled, DeadlineExceeded, Io, Conflict.
    Result<ResultKeys> collect(const model::Query& query, RunLimits limits);

private:
    const storage::RowTree& m_tree;
    metrics::CounterSet& m_counters;
    const RowReading m_reading;
};

} // namespace blazedb::query
