// The figures of one source. Never scans records.
#pragma once

#include <string>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/model/metric_sample.h"

namespace blazedb::api {

enum class HealthLevel { Ok, Warning, Error };

struct HealthReason {
    HealthLevel level = HealthLevel::Ok;
    std::string message; ///< Names its figure and limit.
    std::string advice;
};

struct Health {
    HealthLevel level = HealthLevel::Ok;
    std::vector<HealthReason> reasons;
};

/// Any thread.
class Monitor {
public:
    virtual ~Monitor() = default;
    virtual Result<std::vector<model::MetricSample>> figures(const CallContext& context) = 0;
    virtual Result<Health> health(const CallContext& context) = 0;
};

} // namespace blazedb::api
