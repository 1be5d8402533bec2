// The log as a layer over the page file: which page images it holds, replayed in memory only.
// Source: file-format specification 6.2 to 6.5.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "engine/base/file_system.h"
#include "engine/format28/page_format.h"

namespace blazedb::format28 {

/// What a log holds: for each page the place of its newest image. Images stay in the file.
struct PageLog {
    static constexpr std::uint64_t kZeroImage = UINT64_MAX; ///< A unified log's "delete": the page is zero.

    std::unordered_map<PageNumber, std::uint64_t> imageAt; ///< Offset in the log file, or kZeroImage.
    std::uint64_t entries = 0;
    std::uint64_t sizeBytes = 0;
    std::uint64_t readableBytes = 0; ///< Less than sizeBytes: a torn tail or damage begins here.
    const char* problem = nullptr;   ///< Why reading stopped before the end; null when it did not.
    bool isTorn = false; ///< The last entry is cut short, as after a crash: normal. Other problems are damage.
};

/// Reads both log forms, told apart by their first bytes; checks every checksum once. Errors: Io.
Result<PageLog> readPageLog(const File& file);

} // namespace blazedb::format28
