// A RowStore in memory for tests of what stands on one: rows lie in the order they were given, damage is
// planted, scans can be held at a gate, and the store can be made to move on under its readers.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "engine/model/record.h"
#include "engine/storage/row_store.h"

namespace blazedb::tests {

/// One row as it is stored, or why it cannot be read.
struct StoredRow {
    storage::RowKey key{};
    Bytes bytes;
    storage::RowMarks marks;
    std::optional<Error> problem;
    bool isGone = false;
    std::optional<std::uint64_t> place;
};

/// Encodes a record; its `id` field is put in if it is missing. Ends the program if it cannot be encoded.
StoredRow storedRow(const model::Record& record);
StoredRow damagedRow(const model::Uuid& id, std::uint64_t page);
StoredRow goneRow(const model::Uuid& id, std::uint64_t page);

/// Holds every scan at one row until it is opened; a stop lets a scan through with Cancelled. Any thread.
class ScanGate {
public:
    /// Scans that come to row `row` (0: the first) wait there from now on.
    void closeAt(std::uint64_t row);
    void open();
    /// Waits until a scan stands at the gate.
    void waitForArrival();

    /// What a scan calls before it hands out a row. Errors: Cancelled.
    Result<void> pass(std::uint64_t row, const std::stop_token& stop);

private:
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::optional<std::uint64_t> m_closedAt;
    int m_waiting = 0;
};

/// Any thread.
class MemoryRowStore final : public storage::RowStore {
public:
    /// `rows` in the order in which they lie; keys are unique.
    explicit MemoryRowStore(std::vector<StoredRow> rows);

    Result<std::shared_ptr<const storage::RowSnapshot>> snapshot() override;
    storage::RowNews newsSince(std::uint64_t sequence, std::uint64_t event, std::size_t changesMax) override;
    [[nodiscard]] bool isWatchable() const override { return true; }
    std::unique_ptr<storage::RowWatch> watch() override;

    /// Another state: the sequence grows, and what differs is news.
    void replace(std::vector<StoredRow> rows);
    /// The next so many reads and scans answer Conflict and move the sequence on.
    void conflictTimes(int times);

    /// The next scan that comes to row `row` (0: its first) answers Conflict there, and the store has these rows then.
    void replaceUnderScan(std::uint64_t row, std::vector<StoredRow> rows);

    [[nodiscard]] ScanGate& gate();
    /// Rows handed out by scans and reads so far.
    [[nodiscard]] std::uint64_t rowsRead() const;

private:
    struct Shared;
    struct Content {
        std::vector<StoredRow> rows;
        std::vector<std::size_t> byKey; ///< Places in `rows`, ascending by key.
    };
    static std::vector<storage::RowChange> differences(const Content* before, const Content& after,
                                                       std::uint64_t sequence);
    class Snapshot;
    class Tree;
    class Cursor;
    class Watch;
    std::shared_ptr<Shared> m_shared;
};

} // namespace blazedb::tests
