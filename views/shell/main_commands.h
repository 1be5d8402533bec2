// The commands of the window itself. Those of a tab are registered by the tab (TabDescriptor::registerCommands).
#pragma once

#include <vector>

#include <QString>

#include "views/shell/tab_registry.h"

class QMenuBar;

namespace blazedb::views {

class CommandRegistry;

/// Adds the window's commands, those of `tabs`, and one to open each tab ("tab.data").
void registerMainCommands(CommandRegistry& commands, const std::vector<TabDescriptor>& tabs);

/// Fills the menu bar from the registry, and again when a command is added. Each command is in the one menu it names.
void buildMenuBar(QMenuBar* bar, CommandRegistry& commands);

/// A command's text without its mnemonic.
QString plainText(const QString& text);

} // namespace blazedb::views
