#include "engine/metrics/counter_set.h"

namespace blazedb::metrics {

std::vector<model::MetricSample> CounterSet::samples() const
{
    namespace unit = model::metricunit;
    const auto sample = [](const char* id, const char* unit, const char* help, const std::atomic<std::uint64_t>& counter) {
        model::MetricSample counted;
        counted.id = id;
        counted.unit = unit;
        counted.help = help;
        counted.value = counter.load(std::memory_order_relaxed);
        counted.kind = model::MetricKind::Counter;
        return counted;
    };
    return {
        sample("activity.queries", unit::kCount, "Queries and counts that this program asked since it opened the database.", queries),
        sample("activity.records_read", unit::kRecords, "Records that this program read since it opened the database, each time anew.",
               recordsRead),
        sample("activity.records_damaged", unit::kRecords, "How often this program met a record that could not be read.", recordsDamaged),
        sample("activity.pages_read", unit::kPages, "Pages of records that this program read since it opened the database.", pagesRead),
        sample("activity.bytes_read", unit::kBytes, "The same in bytes; a page counts whole.", bytesRead),
        sample("activity.read_retries", unit::kCount, "Reads that were made again because the app changed the files meanwhile.", retries),
        sample("memory.record_cache_hits", unit::kCount, "Records that were found in this program's cache.", cacheHits),
        sample("memory.record_cache_misses", unit::kCount, "Records that had to be read because they were not in this program's cache.",
               cacheMisses),
    };
}

} // namespace blazedb::metrics
