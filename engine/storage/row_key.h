// What rows are ordered by.
#pragma once

#include <array>
#include <cstdint>

namespace blazedb::storage {

/// Rows are ordered by these bytes. Record trees use the record id.
using RowKey = std::array<std::uint8_t, 16>;

} // namespace blazedb::storage
