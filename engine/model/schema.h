// What is known of a source's structure: collections, fields seen in records, indexes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/value.h"

namespace blazedb::model {

/// A count that may not be exact yet.
struct Count {
    enum class Certainty { Exact, Estimate, Unknown };
    std::uint64_t value = 0;
    Certainty certainty = Certainty::Unknown;

    [[nodiscard]] bool isExact() const { return certainty == Certainty::Exact; }
    friend bool operator==(const Count&, const Count&) = default;
};

struct CollectionSummary {
    std::string name; ///< "default" holds every record that is in no separate collection; its kinds follow under their names.
    Count records;    ///< Without soft-deleted ones.
    Count softDeleted;
    bool isSeparate = false; ///< Has records of its own, which are not part of "default".
};

/// How often a field occurs among the records looked at.
struct FieldStatistics {
    std::string name;
    std::uint64_t present = 0; ///< Records that have the field, null included.
    std::array<std::uint64_t, kValueKindCount> ofKind{}; ///< By ValueKind.
    bool isIndexed = false;

    /// The most frequent kind besides null; nullopt when only nulls were seen.
    [[nodiscard]] std::optional<ValueKind> mainKind() const;
    [[nodiscard]] bool hasMixedKinds() const;
};

struct CollectionStatistics {
    std::uint64_t recordsRead = 0;
    std::uint64_t recordsTotal = 0; ///< As far as the catalogue knows.
    bool isComplete = false;        ///< Otherwise "sample of recordsRead".
    std::vector<FieldStatistics> fields; ///< id first, then by falling frequency, then by name.
};

struct IndexDescription {
    std::string name;
    std::vector<std::string> fields; ///< In index order.
    std::string kind;                ///< "secondary".
    std::optional<std::uint64_t> keys;
};

} // namespace blazedb::model
