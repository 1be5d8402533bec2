// What is asked of a source, as a value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/expression.h"

namespace blazedb::model {

/// The collection that holds every record of a family file; others are its kinds (DM-18).
inline constexpr const char* kDefaultCollection = "default";

struct SortKey {
    std::string field; ///< As Expression::field.
    bool descending = false;
    friend bool operator==(const SortKey&, const SortKey&) = default;
};

/// Soft-deleted records (`isDeleted`) in the answer.
enum class DeletedRecords { Hidden, Included, Only };

struct Query {
    std::string collection = kDefaultCollection; ///< Another name is the kind: `_blazeKind` equal ignoring case.
    Expression filter;
    std::vector<SortKey> order; ///< Empty: by id. Ties by id ascending; missing and null last in both directions.
    DeletedRecords deleted = DeletedRecords::Hidden;
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> limit;
    std::vector<std::string> fields; ///< Which fields the answer carries; empty: all.
};

bool isIdentical(const Query& left, const Query& right);

} // namespace blazedb::model
