#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/json_text.h"
#include "app/cli/native_opening.h"
#include "app/cli/output_file.h"
#include "app/cli/password_source.h"
#include "app/cli/printable.h"

namespace blazedb::cli {

namespace {

/// Makes an empty database of the native form.
class CreateCommand final : public StandaloneCommand {
public:
    explicit CreateCommand(const Invocation& invocation)
        : m_invocation(invocation)
    {}

    Result<ExitCode> run(const api::CallContext& context, Terminal& terminal) override
    {
        FileSystem& files = localFileSystem();
        // Before anything is asked.
        BLAZE_TRY(local::refuseNewName(files, m_invocation.path));
        local::NewNative request;
        request.path = m_invocation.path;
        request.secret.keyFile = m_invocation.keyFile;
        if (m_invocation.keyFile.empty() || isPasswordGiven(m_invocation.passwordDescriptor)) {
            BLAZE_TRY_VALUE(request.secret.password, readNewPassword(m_invocation.passwordDescriptor, m_invocation.path, context.stop));
        }
        BLAZE_TRY(local::createNative(context, files, std::move(request), writingEnvironment()));
        terminal.clearProgress();
        BLAZE_TRY_VALUE(const auto out, OutputFile::create(files, {}));
        BLAZE_TRY(out->write(m_invocation.isJson ? jsonDocument({{"created", m_invocation.path}}) : fmt::format("made {}\n", printable(m_invocation.path))));
        return ExitCode::Done;
    }

private:
    Invocation m_invocation;
};

} // namespace

std::unique_ptr<StandaloneCommand> makeCreateCommand(const Invocation& invocation)
{
    return std::make_unique<CreateCommand>(invocation);
}

} // namespace blazedb::cli
