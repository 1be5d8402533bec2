// What the figures of an open file mean for its health. Source: semantics specification HM-2 as corrected there.
// Of the Swift library's rules two are left out, and one is changed:
// - "fewer than 10 records per page" holds for every file with a record, since each record has a page of its own;
// - the cache hit rate is of this program's cache, which is cold after opening and says nothing of the database;
// - fragmentation counts pages that nothing names, not the overflow pages of long records as well (HM-3).
#pragma once

#include <cstdint>
#include <vector>

#include "engine/api/monitor.h"
#include "engine/local/store_facts.h"

namespace blazedb::local {

/// The limits of judgeHealth. A figure at its limit is still well.
namespace healthlimit {
inline constexpr double kLogShareWarned = 0.20;  ///< Of pages and catalogue.
inline constexpr double kLogShareAdvised = 0.50; ///< From here on the warning comes with advice.
inline constexpr std::uint64_t kPagesWarned = 1'000'000;
inline constexpr std::uint64_t kDatabaseBytesWarned = std::uint64_t{10} << 30; ///< 10 GiB.
inline constexpr double kWastedShareWarned = 0.30; ///< Of all pages.
inline constexpr std::uint64_t kWastedPagesWarned = 100; ///< Below this there is nothing worth a vacuum.
inline constexpr double kDiskFreeShareWarned = 0.10;
inline constexpr double kDiskFreeShareError = 0.01; ///< "Nearly full".
} // namespace healthlimit

struct HealthEvidence {
    StoreFigures figures;
    std::vector<model::Finding> openingFindings;
    std::uint64_t recordsDamaged = 0; ///< Met while reading, so far.
};

/// Pure. Error: something is damaged or lost, the files cannot be looked at, the disk is nearly full.
/// Warning: log, pages, size, wasted pages or free disk beyond their limits.
api::Health judgeHealth(const HealthEvidence& evidence);

} // namespace blazedb::local
