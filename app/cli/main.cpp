// blazedb: looks into databases from the command line.
#include <cstdio>

#include <fmt/format.h>

#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/json_text.h"
#include "app/cli/opening.h"

namespace {

using namespace blazedb;
using namespace blazedb::cli;

std::unique_ptr<Command> makeCommand(const Invocation& invocation)
{
    switch (invocation.command) {
    case CommandName::Check: return makeCheckCommand(invocation);
    case CommandName::Export: return makeExportCommand(invocation);
    default: break;
    }
    return makeInfoCommand(invocation);
}

/// Null for the commands that are handed an open database.
std::unique_ptr<StandaloneCommand> makeStandaloneCommand(const Invocation& invocation)
{
    switch (invocation.command) {
    case CommandName::Rescue: return makeRescueCommand(invocation);
    case CommandName::WriteFamily: return makeWriteFamilyCommand(invocation);
    case CommandName::Doctor: return makeDoctorCommand(invocation);
    case CommandName::DumpWrite:
    case CommandName::DumpVerify:
    case CommandName::DumpRestore: return makeDumpCommand(invocation);
    default: return nullptr;
    }
}

ExitCode fail(const Invocation& invocation, const Error& error, ExitCode code, Terminal& terminal)
{
    terminal.sayError(error);
    // An export's standard output holds records and nothing else.
    if (invocation.isJson && invocation.command != CommandName::Export) fmt::print("{}", jsonDocument(toJson(error)));
    return code;
}

ExitCode run(const Invocation& invocation)
{
    const Interruption interruption;
    Terminal terminal;
    const api::CallContext context = makeContext(terminal, interruption.token());
    if (const auto alone = makeStandaloneCommand(invocation)) {
        const auto ended = alone->run(context, terminal);
        return ended ? *ended : fail(invocation, ended.error(), ExitCode::Failed, terminal);
    }
    const std::unique_ptr<Command> command = makeCommand(invocation);
    if (const auto prepared = command->prepare(); !prepared) return fail(invocation, prepared.error(), ExitCode::Usage, terminal);
    const auto source = openDatabase(invocation, context);
    if (!source) return fail(invocation, source.error(), ExitCode::Failed, terminal);
    const auto ended = command->run(**source, context, terminal);
    return ended ? *ended : fail(invocation, ended.error(), ExitCode::Failed, terminal);
}

} // namespace

int main(int argc, char** argv)
{
    const auto invocation = readCommandLine(argc, argv);
    if (const auto* code = std::get_if<ExitCode>(&invocation)) return static_cast<int>(*code);
    return static_cast<int>(run(std::get<Invocation>(invocation)));
}
