// Collects typed samples with little writing.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/model/metric_sample.h"

namespace blazedb::local {

/// Thread-safety: none; one owner.
class SampleList {
public:
    model::MetricSample& add(const char* id, const char* unit, model::MetricValue value, const char* help)
    {
        model::MetricSample& sample = m_samples.emplace_back();
        sample.id = id;
        sample.unit = unit;
        sample.help = help;
        sample.value = std::move(value);
        return sample;
    }
    /// What happened since opening.
    void count(const char* id, const char* unit, std::uint64_t value, const char* help)
    {
        add(id, unit, value, help).kind = model::MetricKind::Counter;
    }
    /// A figure that cannot be had, and why.
    void miss(const char* id, const char* unit, std::string reason, const char* help)
    {
        add(id, unit, {}, help).reason = std::move(reason);
    }
    [[nodiscard]] std::vector<model::MetricSample> take() { return std::move(m_samples); }

private:
    std::vector<model::MetricSample> m_samples;
};

} // namespace blazedb::local
