// The figures of one source and what they mean for its health. Never scans records.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/model/metric_sample.h"

namespace blazedb::api {

enum class HealthLevel { Ok, Warning, Error };

/// What would help and can be started from a window.
enum class HealthAction { None, Check };

struct HealthReason {
    HealthLevel level = HealthLevel::Ok;
    std::string figure;  ///< The id of the figure that is over its limit; empty for what was met while opening.
    std::string message; ///< Names its figure and limit.
    std::string advice;  ///< May be empty.
    HealthAction action = HealthAction::None;
};

struct Health {
    HealthLevel level = HealthLevel::Ok; ///< The worst of its reasons.
    std::vector<HealthReason> reasons;   ///< Worst first.
};

/// Figures that belong together, and the judgement of them.
struct Measurement {
    std::chrono::system_clock::time_point at;
    std::vector<model::MetricSample> figures; ///< Each id once.
    Health health;
};

/// Any thread.
class Monitor {
public:
    virtual ~Monitor() = default;
    /// Measures now. What cannot be measured is a figure with a reason, not an error. Errors: Cancelled, DeadlineExceeded.
    virtual Result<Measurement> measure(const CallContext& context) = 0;
};

} // namespace blazedb::api
