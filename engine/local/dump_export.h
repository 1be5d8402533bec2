// Writes a dump (.blazedump) that the Swift library verifies and restores. Source: file-format specification 9.3.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/api/call_context.h"
#include "engine/api/data_source.h"
#include "engine/base/clock.h"
#include "engine/base/file_system.h"
#include "engine/base/random.h"

namespace blazedb::local {

struct DumpRequest {
    std::string to;
    std::string toolVersion; ///< Who wrote it, for the header.
};

struct DumpReport {
    std::uint64_t written = 0;
    std::uint64_t softDeleted = 0; ///< Left out, as the Swift library does.
    /// What opening met, what could not be read or written, and how many records hold values that a dump cannot keep as they are.
    std::vector<model::Finding> findings;
};

/// Values are brought into the form that survives the library's own reading, so that it finds the hashes right. Reads the source
/// twice, since the hashes stand before the records. Nothing bears the name before all is written; an existing file is replaced then.
/// Errors: as rescueInto, without those of families. Any thread; blocks.
Result<DumpReport> writeDump(const api::CallContext& context, FileSystem& files, Clock& clock, Random& random, api::DataSource& source,
                             const DumpRequest& request);

} // namespace blazedb::local
