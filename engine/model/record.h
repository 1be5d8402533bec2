// A record: its id and its fields, as values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/model/value.h"

namespace blazedb::model {

struct Field {
    std::string name;
    Value value;
    /// 0 when `value` is whole. Otherwise `value` holds only the beginning (or, for a container, is empty) and this is the
    /// size of the whole: content bytes of a text or of bytes, stored bytes otherwise. Records::readValue fetches it.
    std::uint64_t wholeBytes = 0;

    [[nodiscard]] bool isCut() const { return wholeBytes != 0; }
};

struct Record {
    Uuid id;
    /// In stored order (by name). Names are unique up to canonical equivalence; `id` is among them as stored.
    std::vector<Field> fields;

    /// The field of that name, by canonical equivalence; null when missing.
    [[nodiscard]] const Field* find(std::string_view name) const;
};

/// Names the 2.8 family and the product give a meaning to (semantics 1.6).
namespace fieldname {
inline constexpr std::string_view kId = "id";
inline constexpr std::string_view kKind = "_blazeKind";
inline constexpr std::string_view kIsDeleted = "isDeleted";
inline constexpr std::string_view kCreatedAt = "createdAt";
inline constexpr std::string_view kUpdatedAt = "updatedAt";
inline constexpr std::string_view kProject = "project";
} // namespace fieldname

} // namespace blazedb::model
