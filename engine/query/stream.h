// A query as running operators over one scan: Scan, Visibility, Filter. Streams records with their fields, in
// the order of the scan; sorting, offset and limit are put on top by whoever needs them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/metrics/counter_set.h"
#include "engine/model/query.h"
#include "engine/query/row.h"
#include "engine/query/run_watch.h"
#include "engine/query/scan.h"
#include "engine/query/skipped_records.h"

namespace blazedb::query {

struct StreamOptions {
    storage::ScanOrder order = storage::ScanOrder::Storage;
    std::optional<storage::RowKey> from;
    std::uint64_t rowsMax = UINT64_MAX; ///< Rows of the store to read at most.
    RowReading reading = {};
};

/// Thread-safety: none; one owner.
class Stream final : public Operator {
public:
    /// Borrows tree and counters. Collection, deleted and filter of the query count here, the rest is
    /// ignored. Errors: InvalidArgument (a filter that cannot be asked), Io, Conflict.
    static Result<std::unique_ptr<Stream>> open(const storage::RowTree& tree, const model::Query& query,
                                                StreamOptions options, RunLimits limits,
                                                metrics::CounterSet& counters);

    Result<const Row*> next() override { return m_top->next(); }

    [[nodiscard]] std::uint64_t rowsRead() const { return m_scan->rowsRead(); }
    [[nodiscard]] bool isCutShort() const { return m_scan->isCutShort(); }
    [[nodiscard]] std::vector<model::Finding> takeSkipped() { return m_skipped.take(); }
    [[nodiscard]] RunWatch& watch() { return m_watch; }

private:
    explicit Stream(RunLimits limits);

    RunWatch m_watch;
    SkippedRecords m_skipped;
    std::unique_ptr<Operator> m_top;
    const Scan* m_scan = nullptr; ///< At the bottom of m_top.
};

} // namespace blazedb::query
