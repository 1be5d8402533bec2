// The commands of the Monitor tab.
#pragma once

namespace blazedb::views {

class CommandRegistry;

/// Once, before the menus are built.
void registerMonitorCommands(CommandRegistry& commands);

} // namespace blazedb::views
