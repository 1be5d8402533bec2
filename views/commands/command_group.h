// Commands of one part of the window, which have their context, section and translations in common.
#pragma once

#include <QString>

#include "views/commands/command_registry.h"

namespace blazedb::views {

/// GUI thread only. Borrows the registry. Texts are marked with QT_TRANSLATE_NOOP("blazedb::views::commands", …).
class CommandGroup {
public:
    struct Common {
        CommandContext context = CommandContext::Window;
        int section = 0;
        const char* whenIdle = ""; ///< Why they are disabled while the part is not shown.
    };

    CommandGroup(CommandRegistry& commands, Common common)
        : m_commands(commands)
        , m_common(common)
    {
    }

    /// Fields as in Command; `keys` in the form of QKeySequence, none when empty.
    void add(const char* id, const char* menu, const char* text, const char* keys = "", const char* iconName = "", bool isCheckable = false) const;

private:
    CommandRegistry& m_commands;
    const Common m_common;
};

} // namespace blazedb::views
