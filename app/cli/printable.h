// Text of files and paths made safe for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace blazedb::cli {

/// Control characters come out as \xNN, so that a file name cannot steer the terminal.
std::string printable(std::string_view text);

} // namespace blazedb::cli
