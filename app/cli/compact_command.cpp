#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/json_text.h"
#include "app/cli/native_opening.h"
#include "app/cli/output_file.h"
#include "app/cli/printable.h"

namespace blazedb::cli {

namespace {

/// Gives the free space of a native file back to the disk.
class CompactCommand final : public StandaloneCommand {
public:
    explicit CompactCommand(const Invocation& invocation)
        : m_invocation(invocation)
    {}

    Result<ExitCode> run(const api::CallContext& context, Terminal& terminal) override
    {
        BLAZE_TRY_VALUE(const FileStamp before, localFileSystem().stamp(m_invocation.path));
        BLAZE_TRY_VALUE(const auto store, openToWrite(m_invocation, context));
        auto shrunk = store->shrink(context.stop);
        // What was moved stays moved, and is sound: it is closed in any case.
        const auto closed = store->close();
        if (!shrunk) return std::move(shrunk).error();
        BLAZE_TRY(closed);
        BLAZE_TRY_VALUE(const FileStamp after, localFileSystem().stamp(m_invocation.path));
        terminal.clearProgress();
        BLAZE_TRY_VALUE(const auto out, OutputFile::create(localFileSystem(), {}));
        BLAZE_TRY(out->write(m_invocation.isJson ? jsonDocument({{"bytesBefore", before.sizeBytes}, {"bytesAfter", after.sizeBytes}})
                                                 : fmt::format("{}: {} bytes, before {}\n", printable(m_invocation.path), after.sizeBytes, before.sizeBytes)));
        return ExitCode::Done;
    }

private:
    Invocation m_invocation;
};

} // namespace

std::unique_ptr<StandaloneCommand> makeCompactCommand(const Invocation& invocation)
{
    return std::make_unique<CompactCommand>(invocation);
}

} // namespace blazedb::cli
