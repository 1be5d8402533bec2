// The two relations between values: what predicates find (DM-6, DM-7) and the total order of sorts (DM-9).
// Pure functions; any thread.
#pragma once

#include <compare>

#include "engine/model/value.h"

namespace blazedb::model {

/// What a predicate sees. Incomparable: neither equal nor less nor greater. Equality is looser than order for
/// dates against numbers and dates against dates across kinds (within 1 ms) and for a text that spells a UUID.
enum class Relation { Less, Equal, Greater, Incomparable };

/// Equality of `=`, `!=` and `in` (DM-6).
bool predicateEqual(const Value& left, const Value& right);
/// Order of `<` and `>` (DM-7): Less, Greater, Equal when neither, Incomparable for pairs without order.
Relation predicateOrder(const Value& left, const Value& right);

/// The total order (DM-9). A null pointer is a missing field; missing and null are equal and come last whatever
/// the direction, so `compareForSort` leaves the direction to its caller and ranks them greatest.
std::weak_ordering compareForSort(const Value* left, const Value* right);

/// Exact comparison of an integer with a double; unordered for NaN.
std::partial_ordering compareExactly(std::int64_t left, double right);

} // namespace blazedb::model
