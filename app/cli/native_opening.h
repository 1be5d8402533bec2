// What every command that writes to a native file begins with: the lock, then the key, then the open store.
#pragma once

#include <memory>

#include "app/cli/invocation.h"
#include "engine/api/call_context.h"
#include "engine/local/native_file.h"

namespace blazedb::cli {

/// What opens the file: the key file of the invocation, or the password, asked for when need be. Errors: those of readPassword and
/// local::credentialFor.
Result<storage::Credential> credentialOf(const Invocation& invocation, const local::NativeOutline& outline, const api::CallContext& context);

/// The same for a key that is to be added: its key file, or a new password.
Result<storage::Credential> newCredentialOf(const Invocation& invocation, const api::CallContext& context);

/// How this program names itself in a file that it writes to.
storage::NativeStore::Environment writingEnvironment();

/// Locks, asks for the key, opens. Errors: those of local::lockNative (before anything is asked), credentialOf, local::openLocked.
Result<std::unique_ptr<storage::NativeStore>> openToWrite(const Invocation& invocation, const api::CallContext& context);

} // namespace blazedb::cli
