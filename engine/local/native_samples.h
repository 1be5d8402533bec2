// The figures of a native file, each measured or with the reason why it cannot be.
#pragma once

#include <string>
#include <vector>

#include "engine/base/file_system.h"
#include "engine/local/store_facts.h"
#include "engine/storage/native_store.h"

namespace blazedb::local {

struct NativeMeasure {
    FileSystem& files;
    const std::string& path;
    storage::StoreFigures stored;
    std::int64_t modifiedNs = 0;
    std::vector<model::IndexDescription> indexes;
};

/// Ids and units are those of family figures where they mean the same.
std::vector<model::MetricSample> nativeSamples(const NativeMeasure& measure, const StoreFigures& figures);

} // namespace blazedb::local
