// What a file format knows about itself besides its rows. One implementation for each form of file beside its
// RowStore.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/api/data_source.h"
#include "engine/api/upkeep.h"
#include "engine/base/file_system.h"
#include "engine/model/metric_sample.h"
#include "engine/model/schema.h"

namespace blazedb::local {

/// Whose limits and advice apply.
enum class StoreForm { Swift, Native };

/// What health is judged by, and everything the form of file can measure of itself.
struct StoreFigures {
    StoreForm form = StoreForm::Swift;
    std::uint64_t databaseBytes = 0; ///< Pages and catalogue, without the log.
    std::uint64_t logBytes = 0;
    std::uint64_t pages = 0;       ///< In the page file.
    std::uint64_t pagesWasted = 0; ///< Free, or named neither as used nor as free.
    std::optional<DiskSpace> disk; ///< Of the file system the database lies on; nullopt: not known.
    std::string problem;           ///< Why the newest state could not be looked at; the figures are then of the last one that could.
    std::vector<model::MetricSample> samples;
};

/// Any thread.
class StoreFacts {
public:
    virtual ~StoreFacts() = default;
    virtual api::SourceDescription describe() const = 0; ///< Never blocks.
    virtual std::vector<model::Finding> openingFindings() const = 0;
    virtual std::vector<model::IndexDescription> indexes() const = 0;
    virtual StoreFigures figures() = 0; ///< Measures now; never reads records.
    /// Errors: Cancelled, DeadlineExceeded, Io, Conflict.
    virtual Result<api::VerifyReport> check(const api::CallContext& context, api::VerifyDepth depth) = 0;
};

} // namespace blazedb::local
