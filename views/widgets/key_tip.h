// Tool tips that name the key of a command as it is now.
#pragma once

#include <QString>

class QWidget;

namespace blazedb::views {

class CommandRegistry;

/// Gives `widget` the tip "`text` (key)", without the brackets while the command has no key or is not registered, and keeps
/// it right when the user chooses other keys. GUI thread only; the registry outlives the widget.
void setKeyTip(QWidget* widget, const CommandRegistry& commands, const QString& command, const QString& text);

} // namespace blazedb::views
