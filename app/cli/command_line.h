// Reads the program's arguments.
#pragma once

#include <variant>

#include "app/cli/exit_code.h"
#include "app/cli/invocation.h"

namespace blazedb::cli {

/// The invocation, or the code to end with after help, version or a mistake was printed.
std::variant<Invocation, ExitCode> readCommandLine(int argc, char** argv);

} // namespace blazedb::cli
