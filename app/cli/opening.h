// What every command begins with: the password and the open database.
#pragma once

#include <memory>

#include "app/cli/invocation.h"
#include "app/cli/terminal.h"
#include "engine/api/data_source.h"
#include "engine/base/secure_bytes.h"

namespace blazedb::cli {

/// Errors as local::Opener, with what to do next for a catalogue that cannot be trusted; and those of readPassword.
Result<std::unique_ptr<api::DataSource>> openDatabase(const Invocation& invocation, const api::CallContext& context);

/// The password of what lies at `path`; empty for what has none. Errors: those of Opener::preview and readPassword.
Result<SecureBytes> passwordFor(const Invocation& invocation, const api::CallContext& context);

/// A context that draws progress and stops on Ctrl-C.
api::CallContext makeContext(Terminal& terminal, std::stop_token stop);

} // namespace blazedb::cli
