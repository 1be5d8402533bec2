#include "views/commands/command_group.h"

#include <QCoreApplication>

namespace blazedb::views {
namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("blazedb::views::commands", text);
}

} // namespace

void CommandGroup::add(const char* id, const char* menu, const char* text, const char* keys, const char* iconName, bool isCheckable) const
{
    Command command;
    command.id = QString::fromLatin1(id);
    command.menu = QString::fromLatin1(menu);
    command.text = translated(text);
    if (*keys != '\0') command.keys = {QKeySequence(QString::fromLatin1(keys))};
    command.iconName = QString::fromLatin1(iconName);
    command.context = m_common.context;
    command.section = m_common.section;
    command.isCheckable = isCheckable;
    command.whenIdle = translated(m_common.whenIdle);
    m_commands.add(command);
}

} // namespace blazedb::views
