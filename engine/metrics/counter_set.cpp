#include "engine/metrics/counter_set.h"

namespace blazedb::metrics {

std::vector<model::MetricSample> CounterSet::samples() const
{
    const auto sample = [](const char* name, const char* unit, const std::atomic<std::uint64_t>& counter) {
        return model::MetricSample{name, unit, static_cast<double>(counter.load(std::memory_order_relaxed)), {}};
    };
    return {sample("blazedb_queries_total", "1", queries),
            sample("blazedb_records_read_total", "records", recordsRead),
            sample("blazedb_records_damaged_total", "records", recordsDamaged),
            sample("blazedb_pages_read_total", "pages", pagesRead),
            sample("blazedb_read_bytes_total", "bytes", bytesRead),
            sample("blazedb_cache_hits_total", "1", cacheHits),
            sample("blazedb_cache_misses_total", "1", cacheMisses),
            sample("blazedb_read_retries_total", "1", retries)};
}

} // namespace blazedb::metrics
