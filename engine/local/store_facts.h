// What a file format knows about itself besides its rows. One implementation for each form of file beside its
// RowStore.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/api/data_source.h"
#include "engine/api/upkeep.h"
#include "engine/model/metric_sample.h"
#include "engine/model/schema.h"

namespace blazedb::local {

/// What health is judged by; all in bytes or pages.
struct StoreFigures {
    std::uint64_t databaseBytes = 0; ///< Pages and catalogue, without the log.
    std::uint64_t logBytes = 0;
    std::uint64_t pages = 0;
    std::vector<model::MetricSample> samples;
};

/// Any thread.
class StoreFacts {
public:
    virtual ~StoreFacts() = default;
    virtual api::SourceDescription describe() const = 0; ///< Never blocks.
    virtual std::vector<model::Finding> openingFindings() const = 0;
    virtual std::vector<model::IndexDescription> indexes() const = 0;
    virtual StoreFigures figures() const = 0; ///< Never reads records.
    /// Errors: Cancelled, DeadlineExceeded, Io, Conflict.
    virtual Result<api::VerifyReport> check(const api::CallContext& context, api::VerifyDepth depth) = 0;
};

} // namespace blazedb::local
