// From one state of a result to a newer one, as the insertions and removals of rows a view has to be told of.
#pragma once

#include <unordered_set>
#include <vector>

#include "engine/model/uuid.h"

namespace blazedb::views {

/// A row whose record is known.
struct KnownRow {
    int row = 0;
    model::Uuid id;
};

/// A state of a result of which some rows are known.
struct KnownRows {
    std::vector<KnownRow> rows; ///< Ascending.
    int count = 0;              ///< Of the whole result.
};

struct RowStep {
    enum class Kind { Remove, Insert };
    Kind kind = Kind::Insert;
    int first = 0; ///< When all steps before are done.
    int count = 0;
    friend bool operator==(const RowStep&, const RowStep&) = default;
};

struct RowMerge {
    std::vector<RowStep> steps; ///< From the beginning of the result to its end.
    /// Of the newer state: records that were certainly not among the rows before, and rows before that certainly left.
    std::unordered_set<model::Uuid, model::UuidHash> inserted;
    std::unordered_set<model::Uuid, model::UuidHash> removed;
};

/// Rows with the same record stay the same row, as long as their order allows; the others leave and come. Where neither state
/// knows what lies between two such rows, only their number is put right, at the end of the gap.
RowMerge mergeRows(const KnownRows& before, const KnownRows& after);

} // namespace blazedb::views
