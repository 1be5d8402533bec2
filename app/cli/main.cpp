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
    case CommandName::Get: return makeGetCommand(invocation);
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
    case CommandName::Create: return makeCreateCommand(invocation);
    case CommandName::Import: return makeImportCommand(invocation);
    case CommandName::Put: return makePutCommand(invocation);
    case CommandName::Delete: return makeDeleteCommand(invocation);
    case CommandName::KeyList:
    case CommandName::KeyAdd:
    case CommandName::KeyRemove:
    case CommandName::ChangePassword: return makeKeyCommand(invocation);
    case CommandName::Compact:
    case CommandName::Rekey: return makeRewriteCommand(invocation);
    default: return nullptr;
    }
}

ExitCode fail(const Invocation& invocation, const Error& error, ExitCode code, Terminal& terminal)
{
    terminal.sayError(error);
    // Standard output holds records or their ids there, and nothing else.
    const bool isOfRecords = invocation.command == CommandName::Export || invocation.command == CommandName::Get || invocation.isReportingCommitted;
    if (invocation.isJson && !isOfRecords) fmt::print("{}", jsonDocument(toJson(error)));
    return code;
}

ExitCode run(const Invocation& invocation)
{
    const Interruption interruption;
    Terminal terminal;
    const api::CallContext context = makeContext(terminal, interruption.token());
    if (const auto alone = makeStandaloneCommand(invocation)) {
        if (const auto prepared = alone->prepare(); !prepared) return fail(invocation, prepared.error(), ExitCode::Usage, terminal);
        const auto ended = alone->run(context, terminal);
        return ended ? *ended : fail(invocation, ended.error(), ExitCode::Failed, terminal);
    }
    const std::unique_ptr<Command> command = makeCommand(invocation);
    if (const auto prepared = command->prepare(); !prepared) return fail(invocation, prepared.error(), ExitCode::Usage, terminal);
    const auto source = openDatabase(invocation, context);
    const auto ended = source ? command->run(**source, context, terminal) : command->runWithout(source.error(), terminal);
    return ended ? *ended : fail(invocation, ended.error(), ExitCode::Failed, terminal);
}

} // namespace

int main(int argc, char** argv)
{
    const auto invocation = readCommandLine(argc, argv);
    if (const auto* code = std::get_if<ExitCode>(&invocation)) return static_cast<int>(*code);
    return static_cast<int>(run(std::get<Invocation>(invocation)));
}
