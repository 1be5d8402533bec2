// Edits that succeed or fail together, and what is told of committed ones.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/record.h"

namespace blazedb::model {

/// Counts the states of one record; 0 is "does not exist".
using RecordVersion = std::uint64_t;

struct Edit {
    enum class Kind { Insert, Replace, Remove };
    Kind kind = Kind::Replace;
    Record record;             ///< For Remove only the id counts.
    RecordVersion baseVersion = 0; ///< What the edit was made on; Conflict if that is no longer the newest.
};

struct Batch {
    std::string collection;
    std::vector<Edit> edits;
};

/// One committed edit.
struct Change {
    std::uint64_t sequence = 0;
    std::string collection;
    Uuid id;
    std::optional<Record> before;
    std::optional<Record> after;
    std::string origin;
    std::chrono::system_clock::time_point time;
};

} // namespace blazedb::model
