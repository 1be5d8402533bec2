// Which row: its tree and its key.
#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace blazedb::txn {

struct RowName {
    std::string tree;
    std::string key; ///< Bytes; they order as unsigned.

    friend auto operator<=>(const RowName&, const RowName&) = default;
};

/// Keys of one tree from `from` (included) to `to` (excluded; empty: to the end).
struct KeyRange {
    std::string tree;
    std::string from;
    std::string to;

    [[nodiscard]] bool holds(std::string_view rowTree, std::string_view key) const { return rowTree == tree && key >= from && (to.empty() || key < to); }
};

} // namespace blazedb::txn
