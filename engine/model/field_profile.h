// What the values of one field look like over many records: how often it is there, its ends, its mean, its values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/model/finding.h"
#include "engine/model/schema.h"
#include "engine/model/value.h"

namespace blazedb::model {

/// A value and how many records hold it. Values of one DM-9 key count together: 1 and 1.0, composed and decomposed text.
struct CountedValue {
    Value value; ///< As it was met first.
    std::uint64_t records = 0;
};

struct FieldProfile {
    std::uint64_t records = 0; ///< Looked at.
    std::uint64_t missing = 0;
    std::array<std::uint64_t, kValueKindCount> ofKind{}; ///< By ValueKind; null is one of them.
    /// By the total order (DM-9), null and missing left out; nullopt when there was nothing else.
    std::optional<Value> least;
    std::optional<Value> greatest;
    std::optional<double> mean; ///< Of integers and doubles; nullopt when there was none.
    Count distinct;             ///< Keys, null and missing left out. An estimate (2 %) once there are too many to keep.
    /// Most frequent first, then by value; null and missing left out.
    std::vector<CountedValue> values;
    bool areValuesComplete = true; ///< False: there are more values than were kept. The counts of those here are exact.
    std::uint64_t sequence = 0;    ///< The state of the database that was looked at.
    std::vector<Finding> skipped;  ///< Records that could not be read.

    [[nodiscard]] std::uint64_t nulls() const { return ofKind[static_cast<std::size_t>(ValueKind::Null)]; }
};

} // namespace blazedb::model
