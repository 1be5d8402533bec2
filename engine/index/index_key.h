// Keys of secondary indexes, and the runs of them that a condition can match.
//
//   key := order key of the value (codec/order_key), at most kMaxValueBytes of it | record id 16
//
// Keys order as the total order of values (semantics DM-9), then by id; null and missing share the last place. Where two values
// agree in the first kMaxValueBytes of their order keys only the ids order them: such neighbours are found together and told
// apart by looking at the record, as every match of a range is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/model/expression.h"
#include "engine/model/uuid.h"

namespace blazedb::index {

/// With the id it stays below the store's longest key.
inline constexpr std::size_t kMaxValueBytes = 1'000;
inline constexpr std::size_t kIdBytes = 16;

/// Appends the key of a value; null is a missing field. Pure; any thread.
void appendIndexKey(std::string& key, const model::Value* value, const model::Uuid& id);

/// The record an index key belongs to. `key` has at least kIdBytes.
model::Uuid idOfIndexKey(ByteView key);

/// Keys from `from` (included) to `to` (excluded; empty: to the end).
struct KeyRange {
    std::string from;
    std::string to;

    [[nodiscard]] bool isEmpty() const { return !to.empty() && from >= to; }
    friend bool operator==(const KeyRange&, const KeyRange&) = default;
};

/// Where the matches of a condition are: disjoint, not empty, ascending. None: nothing can match.
using KeyRanges = std::vector<KeyRange>;

/// Every record whose value matches the comparison (its `field` aside) has its key in these ranges; others may be there too, so that
/// the condition must still be asked. Nullopt: the matches are not in a few runs (`!=`, patterns, negations). Pure; any thread.
std::optional<KeyRanges> rangesOf(const model::Expression& comparison);

/// What is in both.
KeyRanges intersectionOf(const KeyRanges& left, const KeyRanges& right);

} // namespace blazedb::index
