// Scan: the rows of a tree as records. Rows that cannot be read are noted and passed over.
#pragma once

#include <cstdint>
#include <memory>

#include "engine/metrics/counter_set.h"
#include "engine/query/row.h"
#include "engine/query/run_watch.h"
#include "engine/query/skipped_records.h"

namespace blazedb::query {

class Scan final : public Operator {
public:
    struct Options {
        std::uint64_t rowsMax = UINT64_MAX; ///< Stops after this many rows of the store, readable or not.
        const codec::RowForm* form = &codec::blazeBinaryForm();
    };

    /// Borrows watch, skipped and counters.
    Scan(std::unique_ptr<storage::RowCursor> cursor, RunWatch& watch, SkippedRecords& skipped,
         metrics::CounterSet& counters, Options options);

    Result<const Row*> next() override;

    [[nodiscard]] std::uint64_t rowsRead() const { return m_rowsRead; }
    /// True when the scan ended because of rowsMax although the tree may hold more.
    [[nodiscard]] bool isCutShort() const { return m_isCutShort; }

private:
    bool accept(const storage::RowView& view);
    void skip(const storage::RowView& view, const Error& problem);

    std::unique_ptr<storage::RowCursor> m_cursor;
    RunWatch& m_watch;
    SkippedRecords& m_skipped;
    metrics::CounterSet& m_counters;
    const Options m_options;
    const std::unique_ptr<codec::StoredRecord> m_reader;
    Row m_row;
    std::uint64_t m_rowsRead = 0;
    bool m_isCutShort = false;
};

} // namespace blazedb::query
