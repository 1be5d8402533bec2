#include "app/cli/keeping_options.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <CLI/CLI.hpp>

#include "app/cli/option_parts.h"
#include "app/cli/printable.h"

namespace blazedb::cli {

namespace {

void addRescue(CLI::App& program, Invocation& invocation)
{
    CLI::App* rescue = addCommand(program, invocation, CommandName::Rescue, "rescue", "Save what a database still holds into a new file");
    rescue->add_option("FILE", invocation.path, "The database, or a dump of one")->required();
    rescue->add_option("--to", invocation.to, "The new file: a new database when it ends in .blazedb, otherwise typed JSON lines")->required();
    addPasswordOption(*rescue, invocation);
    rescue->add_option("--to-password-fd", invocation.newPasswordDescriptor, "Read the new database's password from here; else it has the same")
        ->check(CLI::NonNegativeNumber);
    rescue->add_flag("--rescue", invocation.isRescue, "Ignore the catalogue even if it can be trusted");
    addJsonFlag(*rescue, invocation);
    rescue->footer("A catalogue that cannot be trusted is ignored. What is lost is named on standard error.\n"
                   "Exit: 0 all of it is saved, 1 nothing is, 2 saved, but something is lost.");
}

void addWriteFamily(CLI::App& program, Invocation& invocation)
{
    CLI::App* write = addCommand(program, invocation, CommandName::WriteFamily, "write-family", "Make a new database out of typed JSON lines");
    write->add_option("OUT", invocation.to, "The new database's .blazedb file; it must not exist")->required();
    write->add_option("--from", invocation.from, "Typed JSON, one record a line, as export writes it")->required();
    write->add_option("--index", invocation.indexes, "An index over a field, or over several joined by +; may be given more than once");
    addPasswordOption(*write, invocation);
    addJsonFlag(*write, invocation);
}

void addDoctor(CLI::App& program, Invocation& invocation)
{
    CLI::App* doctor = addCommand(program, invocation, CommandName::Doctor, "doctor", "Say whether a database is healthy; the old BlazeDoctor, changing nothing");
    doctor->add_option("FILE", invocation.path, "The database: its .blazedb file")->required();
    addPasswordOption(*doctor, invocation);
    addJsonFlag(*doctor, invocation);
    doctor->footer("Exit: 0 healthy, 1 not.");
}

void addDump(CLI::App& program, Invocation& invocation)
{
    CLI::App* dump = program.add_subcommand("dump", "Write or verify a .blazedump; the old BlazeDump");
    dump->require_subcommand(1);
    CLI::App* write = addCommand(*dump, invocation, CommandName::DumpWrite, "dump", "Write a dump that the Swift library can restore");
    write->add_option("FILE", invocation.path, "The database: its .blazedb file")->required();
    write->add_option("OUT", invocation.to, "The dump, replaced when all is written")->required();
    addPasswordOption(*write, invocation);
    addJsonFlag(*write, invocation);
    CLI::App* verify = addCommand(*dump, invocation, CommandName::DumpVerify, "verify", "Verify the hashes of a dump");
    verify->add_option("FILE", invocation.path, "The dump")->required();
    addJsonFlag(*verify, invocation);
    CLI::App* restore = addCommand(*dump, invocation, CommandName::DumpRestore, "restore", "Says what does this now");
    restore->add_option("FILE", invocation.path, "The dump")->required();
    restore->add_option("DATABASE", invocation.to, "The database")->required();
    restore->add_flag_callback("--allow-schema-mismatch", [] {}, "Not needed any more");
    addJsonFlag(*restore, invocation);
}

std::string lowerName(const char* path)
{
    std::string name = path;
    name.erase(0, name.rfind('/') == std::string::npos ? 0 : name.rfind('/') + 1);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name;
}

} // namespace

void addKeepingCommands(CLI::App& program, Invocation& invocation)
{
    addRescue(program, invocation);
    addWriteFamily(program, invocation);
    addDoctor(program, invocation);
    addDump(program, invocation);
}

std::vector<char*> withOldName(int argc, char** argv)
{
    static std::array<char, 7> doctor{"doctor"};
    static std::array<char, 5> dump{"dump"};
    static std::array<char, 5> info{"info"};
    std::vector<char*> arguments(argv, argv + argc);
    if (argc == 0) return arguments;
    const std::string name = lowerName(argv[0]);
    if (name == "blazedoctor") arguments.insert(arguments.begin() + 1, doctor.data());
    if (name == "blazedump") arguments.insert(arguments.begin() + 1, dump.data());
    if (name == "blazeinfo") arguments.insert(arguments.begin() + 1, info.data());
    return arguments;
}

std::optional<std::string> leftoverComplaint(const CLI::App& program)
{
    const std::vector<std::string> left = program.remaining(true);
    if (left.empty()) return std::nullopt;
    const std::string& first = left.front();
    if (first.starts_with('-')) return "there is no option " + printable(first.substr(0, first.find('='))) + "; --help names those that there are";
    return "one argument too many. If it is the password: it is never an argument, where every user of the machine can see it and the "
           "shell keeps it. Leave it out and type it when asked, or use --password-fd or BLAZEDB_PASSWORD";
}

} // namespace blazedb::cli
