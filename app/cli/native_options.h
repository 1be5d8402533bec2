// The arguments of the commands that make, fill and keep files of the native form.
#pragma once

#include "app/cli/invocation.h"

namespace CLI {
class App;
}

namespace blazedb::cli {

/// Adds the commands; parsing fills `invocation`, which outlives the program's parse.
void addNativeCommands(CLI::App& program, Invocation& invocation);

} // namespace blazedb::cli
