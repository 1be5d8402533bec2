// LIKE patterns (semantics QL-9): `%` any run, `_` one Unicode scalar, backslash makes the next character literal.
#pragma once

#include <string>
#include <string_view>

namespace blazedb::model {

/// The RE2 pattern that matches what the LIKE pattern does: anchored at both ends, `.` crossing line ends.
/// A backslash at the end stands for itself.
std::string likeToRe2(std::string_view pattern);

} // namespace blazedb::model
