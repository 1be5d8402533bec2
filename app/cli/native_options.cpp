#include "app/cli/native_options.h"

#include <CLI/CLI.hpp>

#include "app/cli/option_parts.h"

namespace blazedb::cli {

namespace {

constexpr const char* kWritingFooter =
    "What was committed stays, whatever happens afterwards; what was not is not there. One program at a time writes to a file: another is told\n"
    "which. Exit: 0 done, 1 not done, 64 wrong usage.";

CLI::App* addFileCommand(CLI::App& parent, Invocation& invocation, CommandName name, const char* word, const char* description)
{
    CLI::App* command = addCommand(parent, invocation, name, word, description);
    command->add_option("FILE", invocation.path, "The database: a .blaze file")->required();
    addJsonFlag(*command, invocation);
    return command;
}

void addSecretOptions(CLI::App& command, Invocation& invocation)
{
    addPasswordOption(command, invocation);
    addKeyFileOption(command, invocation);
}

CLI::App* addWritingCommand(CLI::App& parent, Invocation& invocation, CommandName name, const char* word, const char* description)
{
    CLI::App* command = addFileCommand(parent, invocation, name, word, description);
    addSecretOptions(*command, invocation);
    command->footer(kWritingFooter);
    return command;
}

void addCollectionOption(CLI::App& command, Invocation& invocation)
{
    command.add_option("--collection", invocation.collection, "The collection; without it the one named default");
}

void addCreate(CLI::App& program, Invocation& invocation)
{
    CLI::App* create = addFileCommand(program, invocation, CommandName::Create, "create", "Make an empty database, a .blaze file");
    addPasswordOption(*create, invocation);
    create->add_option("--key-file", invocation.keyFile,
                       "Let this file, of 32 bytes or more, open it. Alone it opens it instead of a password; with --password-fd or BLAZEDB_PASSWORD each of both does");
    create->footer("The name must be free and end in .blaze. A password is asked for twice. Nothing is left behind when it fails.\n"
                   "Exit: 0 made, 1 not made, 64 wrong usage.");
}

void addImport(CLI::App& program, Invocation& invocation)
{
    CLI::App* import = addWritingCommand(program, invocation, CommandName::Import, "import", "Add records: typed JSON, one a line, as export writes it");
    import->add_option("IN", invocation.from, "The lines; - is standard input")->required();
    addCollectionOption(*import, invocation);
    import->add_option("--commit-every", invocation.commitEvery, "Commit after so many records; without it all of them are one commit: all or none")
        ->check(CLI::PositiveNumber);
    import->add_flag("--report-committed", invocation.isReportingCommitted,
                     "Print the id of each record on a line of its own, once its commit is durable, and nothing else on standard output");
    import->add_flag("--replace", invocation.isReplacing, "Overwrite records that are there with other content; without it they end the import");
    import->footer("A record without an id gets one. A record that is there already, the same in every value, is counted and left.\n"
                   "A bad line ends the import with its number: what was committed before stays, and is said; the rest is not there.\n"
                   "Exit: 0 all is in, 1 not all of it, 64 wrong usage.");
}

void addRecordCommands(CLI::App& program, Invocation& invocation)
{
    CLI::App* get = addFileCommand(program, invocation, CommandName::Get, "get", "Print one record as typed JSON");
    addSecretOptions(*get, invocation);
    get->add_option("ID", invocation.ids, "The record's id")->required()->expected(1);
    addCollectionOption(*get, invocation);
    get->footer("Exit: 0 printed, 1 not there or not readable, 64 wrong usage.");

    CLI::App* put = addWritingCommand(program, invocation, CommandName::Put, "put", "Insert one record, or replace the one with its id");
    put->add_option("--from", invocation.from, "Read its typed JSON from this file; without it from standard input");
    addCollectionOption(*put, invocation);

    CLI::App* remove = addWritingCommand(program, invocation, CommandName::Delete, "delete", "Delete records, all of those named or none");
    remove->add_option("ID", invocation.ids, "Their ids")->required()->expected(-1);
    addCollectionOption(*remove, invocation);
}

void addKeyCommands(CLI::App& program, Invocation& invocation)
{
    CLI::App* passwd = addWritingCommand(program, invocation, CommandName::ChangePassword, "passwd", "Change the password; no data is written again");
    passwd->add_option("--new-password-fd", invocation.newPasswordDescriptor, "Read the new password from this file descriptor")
        ->check(CLI::NonNegativeNumber);

    CLI::App* key = program.add_subcommand("key", "List, add and remove what opens a .blaze file: up to eight passwords and key files");
    key->require_subcommand(1);
    CLI::App* list = addFileCommand(*key, invocation, CommandName::KeyList, "list", "Say what opens it; needs no password");
    list->footer("Exit: 0 done, 1 not done, 64 wrong usage.");
    CLI::App* add = addWritingCommand(*key, invocation, CommandName::KeyAdd, "add", "Add a password, or with --new-key-file a key file");
    CLI::Option* descriptor = add->add_option("--new-password-fd", invocation.newPasswordDescriptor, "Read the new password from this file descriptor")
                                  ->check(CLI::NonNegativeNumber);
    add->add_option("--new-key-file", invocation.newKeyFile, "The new key file, of 32 bytes or more")->excludes(descriptor);
    add->add_option("--label", invocation.label, "What the new key is for, up to 63 bytes; stands in the file as plain text");
    CLI::App* remove = addWritingCommand(*key, invocation, CommandName::KeyRemove, "remove", "Remove a key; the last one stays");
    remove->add_option("SLOT", invocation.keySlot, "Its slot, as list says it")->required();
}

void addSpaceCommands(CLI::App& program, Invocation& invocation)
{
    addWritingCommand(program, invocation, CommandName::Compact, "compact", "Give free space back to the disk");
    CLI::App* rekey = addWritingCommand(program, invocation, CommandName::Rekey, "rekey", "Write everything anew under another data key");
    rekey->footer("After it, no copy of the old key opens the file any more. Keys whose password or key file is not given here are dropped, and named.\n"
                  "Ended in between, the file is as it was before or as it is after. Exit: 0 done, 1 not done, 64 wrong usage.");
}

} // namespace

void addNativeCommands(CLI::App& program, Invocation& invocation)
{
    addCreate(program, invocation);
    addImport(program, invocation);
    addRecordCommands(program, invocation);
    addKeyCommands(program, invocation);
    addSpaceCommands(program, invocation);
}

} // namespace blazedb::cli
