// Sort: the rows of its input in the order of the query, ties by id ascending. Keeps an id and a compact key
// of each row, never the record: what it hands on has no fields any more.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/model/query.h"
#include "engine/query/row.h"
#include "engine/query/run_watch.h"

namespace blazedb::query {

class Sort final : public Operator {
public:
    /// Sorted at once; between two such runs a stop is seen. Runs are merged while they are handed on.
    static constexpr std::size_t kRunRows = 32'768;

    /// Borrows `watch`. Without `order` the rows come by id.
    Sort(std::unique_ptr<Operator> input, std::vector<model::SortKey> order, RunWatch& watch);

    Result<const Row*> next() override;

private:
    struct Entry {
        std::uint64_t prefix = 0; ///< The first bytes of the key, so that most comparisons end here.
        std::uint64_t keyOffset = 0;
        std::uint32_t keyBytes = 0;
        storage::RowMarks marks;
        bool isSoftDeleted = false;
        model::Uuid id;
    };
    struct Run {
        std::size_t next = 0;
        std::size_t end = 0;
    };

    Result<void> drain();
    void append(const Row& row);
    Result<void> sortRuns();
    [[nodiscard]] bool isBefore(const Entry& left, const Entry& right) const;
    [[nodiscard]] bool isRunAfter(const Run& left, const Run& right) const;

    std::unique_ptr<Operator> m_input;
    const std::vector<model::SortKey> m_order;
    RunWatch& m_watch;
    bool m_isDrained = false;
    std::string m_keys; ///< All keys, one behind the other.
    std::vector<Entry> m_entries;
    std::vector<Run> m_runs; ///< A heap: the run whose next entry comes first is in front.
    Row m_row;
};

} // namespace blazedb::query
