#include "app/cli/native_opening.h"

#include <fmt/format.h>
#include <unistd.h>

#include "app/cli/password_source.h"

namespace blazedb::cli {

Result<storage::Credential> credentialOf(const Invocation& invocation, const local::NativeOutline& outline, const api::CallContext& context)
{
    local::NativeSecret secret;
    secret.keyFile = invocation.keyFile;
    // What has no password is not asked for one.
    if (secret.keyFile.empty() && outline.hasPassword()) {
        BLAZE_TRY_VALUE(secret.password, readPassword(invocation.passwordDescriptor, invocation.path, context.stop));
    }
    auto credential = local::credentialFor(localFileSystem(), outline, std::move(secret));
    if (!credential && invocation.keyFile.empty() && !outline.hasPassword()) credential.error().message += "; name it with --key-file";
    return credential;
}

Result<storage::Credential> newCredentialOf(const Invocation& invocation, const api::CallContext& context)
{
    if (!invocation.newKeyFile.empty()) return local::readKeyFile(localFileSystem(), invocation.newKeyFile);
    BLAZE_TRY_VALUE(SecureBytes password, readNewPassword(invocation.newPasswordDescriptor, invocation.path, context.stop));
    if (password.isEmpty()) return Error{ErrorCode::InvalidArgument, "the new password is empty"};
    return storage::Credential(storage::Password{std::move(password)});
}

storage::NativeStore::Environment writingEnvironment()
{
    storage::NativeStore::Environment environment;
    environment.holder = fmt::format("blazedb, process {}", ::getpid());
    return environment;
}

Result<std::unique_ptr<storage::NativeStore>> openToWrite(const Invocation& invocation, const api::CallContext& context)
{
    BLAZE_TRY_VALUE(local::LockedNative locked, local::lockNative(localFileSystem(), invocation.path));
    BLAZE_TRY_VALUE(const storage::Credential credential, credentialOf(invocation, locked.outline, context));
    if (context.stop.stop_requested()) return api::cancelled();
    return local::openLocked(std::move(locked), credential, writingEnvironment());
}

} // namespace blazedb::cli
