// The commands of the Tests tab.
#pragma once

namespace blazedb::views {

class CommandRegistry;

/// Once, before the menus are built.
void registerTestCommands(CommandRegistry& commands);

} // namespace blazedb::views
