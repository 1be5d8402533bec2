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

/// One record that is another one than before.
struct Change {
    /// SoftDelete: the record was written and now says of itself that it is deleted (it may have said so before).
    enum class Kind { Insert, Update, Delete, SoftDelete };

    std::uint64_t sequence = 0; ///< The first state of the source that shows it.
    Kind kind = Kind::Update;
    Uuid id;
    std::string collection;       ///< Empty where the source does not say.
    std::optional<Record> before; ///< Only from sources that keep it; a 2.8 family overwrites in place and has none.
    std::optional<Record> after;  ///< Likewise; ask Records::record for the present content.
    std::string origin;           ///< Who made the change; empty where the source does not know.
    std::chrono::system_clock::time_point time; ///< When it was committed or, for a file that is watched, noticed.
};

/// Stable word for logs and JSON: "insert", "update", "delete", "soft-delete".
const char* changeKindName(Change::Kind kind);

} // namespace blazedb::model
