// The arguments of the commands that keep and carry: rescue, write-family, and the old names doctor and dump.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/cli/invocation.h"

namespace CLI {
class App;
}

namespace blazedb::cli {

/// Adds the commands; parsing fills `invocation`, which outlives the program's parse.
void addKeepingCommands(CLI::App& program, Invocation& invocation);

/// The arguments, with the command put in when the program was started as BlazeDoctor, BlazeDump or BlazeInfo.
std::vector<char*> withOldName(int argc, char** argv);

/// A sentence about arguments that no command knows; nullopt when there are none. Never repeats one that may be a password: the
/// old tools took it as their last argument.
std::optional<std::string> leftoverComplaint(const CLI::App& program);

} // namespace blazedb::cli
