#include "app/cli/opening.h"

#include "app/cli/password_source.h"
#include "engine/local/native_file.h"
#include "engine/local/opener.h"

namespace blazedb::cli {

Result<SecureBytes> passwordFor(const Invocation& invocation, const api::CallContext& context)
{
    // Before the password is asked for: what no password can open needs none.
    BLAZE_TRY_VALUE(const local::FilePreview preview, local::Opener().preview(invocation.path));
    if (!invocation.keyFile.empty()) {
        if (preview.keys.empty()) return Error{ErrorCode::InvalidArgument, "--key-file opens .blaze files alone; " + invocation.path + " is none"};
        return SecureBytes();
    }
    if (!preview.needsPassword && !preview.keys.empty())
        return Error{ErrorCode::FailedPrecondition, invocation.path + " has no password: it opens with a key file; name it with --key-file"};
    if (!preview.needsPassword) return SecureBytes();
    return readPassword(invocation.passwordDescriptor, invocation.path, context.stop);
}

Result<std::unique_ptr<api::DataSource>> openDatabase(const Invocation& invocation, const api::CallContext& context)
{
    local::Opener opener;
    BLAZE_TRY_VALUE(SecureBytes password, passwordFor(invocation, context));
    auto source = opener.open(context, {invocation.path, std::move(password),
                                        invocation.isRescue ? local::OpenMode::Rescue : local::OpenMode::Observe, invocation.keyFile});
    const bool hasRescue = !local::isNativeFile(localFileSystem(), invocation.path).value_or(false);
    if (!source && source.error().code == ErrorCode::Corruption && !invocation.isRescue && hasRescue)
        source.error().message += "; --rescue opens it";
    return source;
}

api::CallContext makeContext(Terminal& terminal, std::stop_token stop)
{
    api::CallContext context;
    context.stop = std::move(stop);
    context.onProgress = [&terminal](const api::Progress& progress) { terminal.showProgress(progress); };
    return context;
}

} // namespace blazedb::cli
