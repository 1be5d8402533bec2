// What devices reported: series of samples.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "engine/api/call_context.h"

namespace blazedb::api {

struct TelemetryPoint {
    std::chrono::system_clock::time_point time;
    double value = 0;
};

/// Any thread.
class Telemetry {
public:
    virtual ~Telemetry() = default;
    virtual Result<std::vector<std::string>> seriesNames(const CallContext& context) = 0;
    virtual Result<std::vector<TelemetryPoint>> series(const CallContext& context, const std::string& name) = 0;
};

} // namespace blazedb::api
