// Numbers as text, the same in every language: in files, and inside English reports and messages.
#pragma once

#include <cstdint>
#include <string>

namespace blazedb::codec {

/// Shortest decimal that reads back as the same double: "5.0", "0.1", "1e+300", "NaN", "Infinity", "-Infinity", "-0.0".
std::string doubleToText(double value);

/// 600000 as "600,000".
std::string grouped(std::uint64_t number);

} // namespace blazedb::codec
