// The commands, one class each: a command has an open database and says how it went.
#pragma once

#include <memory>

#include "app/cli/exit_code.h"
#include "app/cli/invocation.h"
#include "app/cli/terminal.h"
#include "engine/api/data_source.h"

namespace blazedb::cli {

/// Runs once.
class Command {
public:
    virtual ~Command() = default;
    /// Before the database is opened: mistakes in arguments that only this command knows. Errors: InvalidArgument.
    virtual Result<void> prepare() { return {}; }
    /// What could not be done is an error; what was left out is ExitCode::Incomplete.
    virtual Result<ExitCode> run(api::DataSource& source, const api::CallContext& context, Terminal& terminal) = 0;
    /// The database could not be opened. Gives the error back unless that is an answer to what was asked.
    virtual Result<ExitCode> runWithout(Error why, Terminal& /*terminal*/) { return why; }
};

/// A command that opens what it needs by itself. Runs once.
class StandaloneCommand {
public:
    virtual ~StandaloneCommand() = default;
    /// Before anything is opened: mistakes in arguments that only this command knows. Errors: InvalidArgument.
    virtual Result<void> prepare() { return {}; }
    virtual Result<ExitCode> run(const api::CallContext& context, Terminal& terminal) = 0;
};

std::unique_ptr<StandaloneCommand> makeRescueCommand(const Invocation& invocation);
std::unique_ptr<StandaloneCommand> makeWriteFamilyCommand(const Invocation& invocation);
std::unique_ptr<StandaloneCommand> makeDoctorCommand(const Invocation& invocation);
/// Writes, verifies, or says what restores.
std::unique_ptr<StandaloneCommand> makeDumpCommand(const Invocation& invocation);
/// An empty database of the native form; records into one, out of one; its keys; its space.
std::unique_ptr<StandaloneCommand> makeCreateCommand(const Invocation& invocation);
std::unique_ptr<StandaloneCommand> makeImportCommand(const Invocation& invocation);
std::unique_ptr<StandaloneCommand> makePutCommand(const Invocation& invocation);
std::unique_ptr<StandaloneCommand> makeDeleteCommand(const Invocation& invocation);
/// Lists, adds, removes; changes the password.
std::unique_ptr<StandaloneCommand> makeKeyCommand(const Invocation& invocation);
/// Compacts or rekeys.
std::unique_ptr<StandaloneCommand> makeRewriteCommand(const Invocation& invocation);

std::unique_ptr<Command> makeGetCommand(const Invocation& invocation);
std::unique_ptr<Command> makeInfoCommand(const Invocation& invocation);
std::unique_ptr<Command> makeCheckCommand(const Invocation& invocation);
std::unique_ptr<Command> makeExportCommand(const Invocation& invocation);

} // namespace blazedb::cli
