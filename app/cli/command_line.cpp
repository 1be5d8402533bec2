#include "app/cli/command_line.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/keeping_options.h"
#include "app/cli/native_options.h"
#include "app/cli/option_parts.h"
#include "app/cli/printable.h"

namespace blazedb::cli {

namespace {

constexpr const char* kFooter =
    "The password is asked for on the terminal, or read from --password-fd N, or taken from the environment variable\n"
    "BLAZEDB_PASSWORD; it is never an argument.\n"
    "Exit: 0 all well, 1 could not open or do it, 2 done but something is damaged or was left out, 64 wrong usage.";

void addCommonOptions(CLI::App& command, Invocation& invocation)
{
    command.add_option("FILE", invocation.path, "The database: its .blazedb or .blaze file")->required();
    addPasswordOption(command, invocation);
    addKeyFileOption(command, invocation);
    command.add_flag("--rescue", invocation.isRescue, "Ignore the catalogue and show what the pages still hold");
    command.footer(kFooter);
    command.allow_extras();
}

} // namespace

std::variant<Invocation, ExitCode> readCommandLine(int argc, char** argv)
{
    Invocation invocation;
    CLI::App program("Looks into BlazeDB databases without changing a byte of them, and keeps .blaze databases of its own.", "blazedb");
    program.set_version_flag("--version", std::string("blazedb ") + BLAZEDB_VERSION);
    program.require_subcommand(1);
    program.footer(kFooter);

    CLI::App* info = program.add_subcommand("info", "Say what a database is and holds");
    addCommonOptions(*info, invocation);
    info->add_flag("--json", invocation.isJson, "Answer in JSON");

    CLI::App* check = program.add_subcommand("check", "Read everything: name what is damaged or lost");
    addCommonOptions(*check, invocation);
    check->add_flag("--json", invocation.isJson, "Answer in JSON");

    CLI::App* exporting = program.add_subcommand("export", "Write the records, sorted by id");
    addCommonOptions(*exporting, invocation);
    exporting->add_option("--where", invocation.where, "Only records that fit this filter: \"status = open and priority > 2\"");
    const std::map<std::string, ExportFormat> formats{{"jsonl", ExportFormat::JsonLines}, {"csv", ExportFormat::Csv}};
    exporting->add_option("--format", invocation.format, "jsonl (typed JSON, one record a line) or csv")
        ->transform(CLI::CheckedTransformer(formats));
    exporting->add_option("--to", invocation.to, "Write to this file, replacing it when all is written");
    exporting->add_option("--collection", invocation.collection, "Only this collection; without it the one named default. Of a family: only this kind");
    exporting->add_flag("--deleted", invocation.withSoftDeleted, "Include soft-deleted records");
    exporting->add_flag("--json", invocation.isJson, "Tell what was done in JSON, on standard error");

    addKeepingCommands(program, invocation);
    addNativeCommands(program, invocation);

    std::vector<char*> arguments = withOldName(argc, argv);
    try {
        program.parse(static_cast<int>(arguments.size()), arguments.data());
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return program.exit(error) == 0 ? ExitCode::Done : ExitCode::Usage; // --help, --version
        std::string why = error.what();
        std::replace(why.begin(), why.end(), '\n', ' ');
        fmt::print(stderr, "blazedb: {} (--help says what there is)\n", printable(why));
        return ExitCode::Usage;
    }
    if (const auto complaint = leftoverComplaint(program)) {
        fmt::print(stderr, "blazedb: {}\n", *complaint);
        return ExitCode::Usage;
    }
    if (exporting->parsed()) invocation.command = CommandName::Export;
    if (check->parsed()) invocation.command = CommandName::Check;
    return invocation;
}

} // namespace blazedb::cli
