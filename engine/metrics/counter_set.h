// The counters of one open source. Relaxed atomics: a figure may lag by an instant, never tear.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "engine/model/metric_sample.h"

namespace blazedb::metrics {

/// Any thread.
struct CounterSet {
    std::atomic<std::uint64_t> queries{0};
    std::atomic<std::uint64_t> recordsRead{0};
    std::atomic<std::uint64_t> recordsDamaged{0};
    std::atomic<std::uint64_t> pagesRead{0};
    std::atomic<std::uint64_t> bytesRead{0};
    std::atomic<std::uint64_t> cacheHits{0};
    std::atomic<std::uint64_t> cacheMisses{0};
    std::atomic<std::uint64_t> retries{0}; ///< Pages read again because the file moved.

    static void add(std::atomic<std::uint64_t>& counter, std::uint64_t amount = 1)
    {
        counter.fetch_add(amount, std::memory_order_relaxed);
    }
    /// One figure each, in the areas "activity" and "memory".
    [[nodiscard]] std::vector<model::MetricSample> samples() const;
};

} // namespace blazedb::metrics
