#include "app/cli/opening.h"

#include "app/cli/password_source.h"
#include "engine/local/opener.h"

namespace blazedb::cli {

Result<std::unique_ptr<api::DataSource>> openDatabase(const Invocation& invocation, const api::CallContext& context)
{
    local::Opener opener;
    // Before the password is asked for: what no password can open needs none.
    BLAZE_TRY(opener.preview(invocation.path));
    BLAZE_TRY_VALUE(SecureBytes password, readPassword(invocation.passwordDescriptor, invocation.path, context.stop));
    auto source = opener.open(context, {invocation.path, std::move(password),
                                        invocation.isRescue ? local::OpenMode::Rescue : local::OpenMode::Observe});
    if (!source && source.error().code == ErrorCode::Corruption && !invocation.isRescue)
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
