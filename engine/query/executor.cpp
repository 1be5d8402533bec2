#include "engine/query/executor.h"

#include <memory>
#include <utility>

#include "engine/query/key_collector.h"
#include "engine/query/sort.h"
#include "engine/query/stream.h"

namespace blazedb::query {

namespace {

/// Hands rows of a borrowed operator on, so that the owner can still be asked about its run.
class Borrowed final : public Operator {
public:
    explicit Borrowed(Operator& rows)
        : m_rows(rows)
    {}
    Result<const Row*> next() override { return m_rows.next(); }

private:
    Operator& m_rows;
};

} // namespace

Executor::Executor(const storage::RowTree& tree, metrics::CounterSet& counters, RowReading reading)
    : m_tree(tree)
    , m_counters(counters)
    , m_reading(reading)
{}

Result<ResultKeys> Executor::collect(const model::Query& query, RunLimits limits)
{
    BLAZE_TRY_VALUE(const auto stream,
                    Stream::open(m_tree, query, {.order = storage::ScanOrder::Storage, .from = {}, .reading = m_reading},
                                 std::move(limits), m_counters));
    Sort sorted(std::make_unique<Borrowed>(*stream), query.order, stream->watch());
    BLAZE_TRY_VALUE(auto ids, collectIds(sorted));
    return ResultKeys{std::move(ids), stream->takeSkipped(), stream->rowsRead()};
}

} // namespace blazedb::query
