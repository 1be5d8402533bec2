// Profiles one field over the matches of a query, in one scan and bounded memory.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "engine/metrics/counter_set.h"
#include "engine/model/field_profile.h"
#include "engine/model/query.h"
#include "engine/query/distinct_estimate.h"
#include "engine/query/row.h"
#include "engine/query/run_watch.h"
#include "engine/storage/row_store.h"

namespace blazedb::query {

/// Thread-safety: none; one owner.
class FieldProfiler {
public:
    /// New values are no longer kept beyond either bound.
    static constexpr std::size_t kValuesMax = 100'000;
    static constexpr std::size_t kValueBytesMax = std::size_t{32} << 20;

    void add(const model::Value* value); ///< Null: the field is missing.

    /// The `valuesMax` most frequent values.
    [[nodiscard]] model::FieldProfile finish(std::size_t valuesMax);

private:
    void addNumber(double value);
    void addEnds(const model::Value& value);
    void count(const model::Value& value);

    model::FieldProfile m_profile;
    std::unordered_map<std::string, model::CountedValue> m_values; ///< By sort key.
    std::size_t m_valueBytes = 0;
    std::string m_key;
    std::string m_leastKey;
    std::string m_greatestKey;
    DistinctEstimate m_estimate;
    std::uint64_t m_numbers = 0;
    double m_sum = 0;
    double m_lost = 0; ///< What rounding took from m_sum.
};

/// Every match of the query counts; its order, offset and limit are ignored. `field` is a name or a path (DM-2).
/// Errors: InvalidArgument (a filter that cannot be asked), Cancelled, DeadlineExceeded, Io, Conflict.
Result<model::FieldProfile> profileField(const storage::RowTree& tree, const model::Query& query, const std::string& field,
                                         std::size_t valuesMax, RunLimits limits, metrics::CounterSet& counters, RowReading reading = {});

} // namespace blazedb::query
