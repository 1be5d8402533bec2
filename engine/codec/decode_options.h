// How much of a record is wanted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace blazedb::codec {

struct DecodeOptions {
    /// Values whose encoded form is longer come cut (model::Field::wholeBytes).
    std::uint64_t valueBytesMax = UINT64_MAX;
    /// Only these fields; empty: all.
    std::vector<std::string> fields;
};

} // namespace blazedb::codec
