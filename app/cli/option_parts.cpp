#include "app/cli/option_parts.h"

namespace blazedb::cli {

CLI::App* addCommand(CLI::App& parent, Invocation& invocation, CommandName name, const char* word, const char* description)
{
    CLI::App* command = parent.add_subcommand(word, description);
    command->callback([&invocation, name] { invocation.command = name; });
    command->allow_extras();
    return command;
}

void addPasswordOption(CLI::App& command, Invocation& invocation)
{
    command.add_option("--password-fd", invocation.passwordDescriptor, "Read the password from this file descriptor")->check(CLI::NonNegativeNumber);
}

void addKeyFileOption(CLI::App& command, Invocation& invocation)
{
    command.add_option("--key-file", invocation.keyFile, "Open a .blaze file with this key file instead of a password");
}

void addJsonFlag(CLI::App& command, Invocation& invocation)
{
    command.add_flag("--json", invocation.isJson, "Answer in JSON");
}

} // namespace blazedb::cli
