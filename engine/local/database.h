// The parts of one open database: its rows, what its format knows of itself, counters and caches. The facets
// share it.
#pragma once

#include <memory>

#include "engine/base/clock.h"
#include "engine/local/record_cache.h"
#include "engine/local/result_cache.h"
#include "engine/local/store_facts.h"
#include "engine/local/stream_marks.h"
#include "engine/metrics/counter_set.h"
#include "engine/storage/row_store.h"

namespace blazedb::local {

class RecordTrees;

/// Any thread.
class Database {
public:
    struct Parts {
        std::unique_ptr<metrics::CounterSet> counters; ///< The store may borrow it.
        std::unique_ptr<storage::RowStore> store;
        std::unique_ptr<StoreFacts> facts; ///< May borrow the store.
        std::shared_ptr<const RecordTrees> trees = nullptr; ///< Null: one tree of BlazeBinary records. May borrow the store.
    };

    /// Borrows the clock.
    Database(Parts parts, const Clock& clock);

    [[nodiscard]] storage::RowStore& store() { return *m_parts.store; }
    [[nodiscard]] StoreFacts& facts() { return *m_parts.facts; }
    /// Null: the store has one tree of BlazeBinary records.
    [[nodiscard]] const RecordTrees* trees() const { return m_parts.trees.get(); }
    [[nodiscard]] metrics::CounterSet& counters() { return *m_parts.counters; }
    [[nodiscard]] const Clock& clock() const { return m_clock; }
    [[nodiscard]] RecordCache& recordCache() { return m_recordCache; }
    [[nodiscard]] ResultCache& resultCache() { return m_resultCache; }
    [[nodiscard]] StreamMarks& streamMarks() { return m_streamMarks; }

private:
    Parts m_parts; ///< Destroyed in the reverse order of its members: trees, facts, store, counters.
    const Clock& m_clock;
    RecordCache m_recordCache;
    ResultCache m_resultCache;
    StreamMarks m_streamMarks;
};

} // namespace blazedb::local
