// Collections, fields and indexes of one source.
#pragma once

#include <string>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/model/finding.h"
#include "engine/model/schema.h"

namespace blazedb::api {

/// Any thread; may block.
class Structure {
public:
    virtual ~Structure() = default;

    /// "default" first, then kinds by name. Reads at most `recordsMax` records (0: all, then counts are exact);
    /// a later call gets the exact answer without reading if a complete one was made on the same snapshot.
    virtual Result<std::vector<model::CollectionSummary>> collections(const CallContext& context, std::uint64_t recordsMax) = 0;

    /// Fields of the collection's records, soft-deleted ones included. Reads at most `recordsMax` (0: all).
    virtual Result<model::CollectionStatistics> statistics(const CallContext& context, const std::string& collection,
                                                           std::uint64_t recordsMax) = 0;

    virtual Result<std::vector<model::IndexDescription>> indexes(const CallContext& context) = 0;
};

} // namespace blazedb::api
