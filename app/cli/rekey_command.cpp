#include "app/cli/commands.h"
#include "engine/api/unavailable.h"
#include "engine/local/native_file.h"

namespace blazedb::cli {

namespace {

/// Writes a native file anew under another data key.
class RekeyCommand final : public StandaloneCommand {
public:
    explicit RekeyCommand(const Invocation& invocation)
        : m_invocation(invocation)
    {}

    Result<ExitCode> run(const api::CallContext&, Terminal&) override
    {
        BLAZE_TRY(local::readNativeOutline(localFileSystem(), m_invocation.path));
        return api::unavailable("writing a file anew under another data key");
    }

private:
    Invocation m_invocation;
};

} // namespace

std::unique_ptr<StandaloneCommand> makeRekeyCommand(const Invocation& invocation)
{
    return std::make_unique<RekeyCommand>(invocation);
}

} // namespace blazedb::cli
