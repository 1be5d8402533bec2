// The rescue view: which records the pages still hold when the catalogue cannot be trusted.
// Source: file-format specification 5.5 (Engine).
#pragma once

#include <functional>
#include <stop_token>

#include "engine/format28/catalogue.h"
#include "engine/format28/page_source.h"
#include "engine/model/finding.h"

namespace blazedb::format28 {

struct Salvaged {
    Catalogue catalogue;
    std::vector<model::Finding> findings; ///< What is lost and why; duplicates.
};

/// Scans all pages; memory grows with the number of records, not with their size.
/// Errors: Cancelled, Io.
Result<Salvaged> salvage(const PageSource& pages, ByteView key, const std::stop_token& stop,
                         const std::function<void(std::uint64_t done, std::uint64_t total)>& onProgress);

} // namespace blazedb::format28
