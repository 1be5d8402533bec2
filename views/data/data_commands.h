// The commands of the Data tab.
#pragma once

namespace blazedb::views {

class CommandRegistry;

/// Once, before the menus are built.
void registerDataCommands(CommandRegistry& commands);

} // namespace blazedb::views
