#include <algorithm>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/json_text.h"
#include "app/cli/line_input.h"
#include "app/cli/native_opening.h"
#include "app/cli/output_file.h"
#include "app/cli/printable.h"
#include "engine/local/native_documents.h"
#include "engine/local/native_import.h"

namespace blazedb::cli {

namespace {

constexpr std::uint64_t kLinesBetweenLooks = 64;

/// Takes typed JSON lines into a native file.
class ImportCommand final : public StandaloneCommand {
public:
    explicit ImportCommand(const Invocation& invocation)
        : m_invocation(invocation)
    {}

    Result<ExitCode> run(const api::CallContext& context, Terminal& terminal) override
    {
        BLAZE_TRY_VALUE(LineInput input, LineInput::open(m_invocation.from)); // before anything is asked
        BLAZE_TRY_VALUE(auto store, openToWrite(m_invocation, context));
        BLAZE_TRY_VALUE(const auto documents, local::NativeDocuments::open(std::move(store)));
        BLAZE_TRY_VALUE(m_out, OutputFile::create(localFileSystem(), {}));
        auto taken = take(input, documents->documents(), context);
        const auto closed = documents->close();
        terminal.clearProgress();
        if (!taken) return explained(std::move(taken).error(), input);
        BLAZE_TRY(closed);
        return say(terminal);
    }

private:
    Result<void> take(LineInput& input, documents::DocumentStore& store, const api::CallContext& context)
    {
        local::NativeImportRequest request;
        if (!m_invocation.collection.empty()) request.collection = m_invocation.collection;
        request.commitEvery = m_invocation.commitEvery;
        request.isReplacing = m_invocation.isReplacing;
        local::NativeImport::Committed committed;
        if (m_invocation.isReportingCommitted) committed = [this](const std::vector<model::Uuid>& ids) { return print(ids); };
        local::NativeImport import(store, systemRandom(), std::move(request), std::move(committed));
        const auto outcome = takeLines(input, import, context);
        m_counts = import.committed();
        return outcome;
    }

    static Result<void> takeLines(LineInput& input, local::NativeImport& import, const api::CallContext& context)
    {
        while (true) {
            if (import.lines() % kLinesBetweenLooks == 0) {
                if (context.stop.stop_requested()) return api::cancelled();
                if (context.onProgress) context.onProgress({input.bytesDone(), input.bytesTotal(), "bytes", input.bytesDone()});
            }
            BLAZE_TRY_VALUE(const auto line, input.next(context.stop));
            if (!line) break;
            BLAZE_TRY(import.line(*line));
        }
        if (context.stop.stop_requested()) return api::cancelled();
        return import.finish();
    }

    /// One write for all of a commit: nothing is kept back in a buffer of this program.
    Result<void> print(const std::vector<model::Uuid>& ids)
    {
        std::string text;
        for (const model::Uuid& id : ids) text += id.toString() + "\n";
        return m_out->write(text);
    }

    [[nodiscard]] Error explained(Error error, const LineInput& input) const
    {
        error = std::move(error).in(input.name());
        error.message += m_counts.total() == 0 ? std::string("; nothing was imported")
                                               : fmt::format("; committed before, and kept: {}; nothing of the rest was imported", m_counts.total());
        if (error.code == ErrorCode::AlreadyExists && error.message.find("other content") != std::string::npos) error.message += "; --replace overwrites it";
        return error;
    }

    Result<ExitCode> say(Terminal& terminal)
    {
        const nlohmann::ordered_json json{{"to", m_invocation.path}, {"inserted", m_counts.inserted}, {"replaced", m_counts.replaced}, {"unchanged", m_counts.unchanged}};
        std::string text = fmt::format("{} records imported into {}", m_counts.inserted + m_counts.replaced, printable(m_invocation.path));
        if (m_counts.replaced > 0) text += fmt::format(", {} of them in place of others", m_counts.replaced);
        if (m_counts.unchanged > 0) text += fmt::format("; {} were there already", m_counts.unchanged);
        if (m_invocation.isReportingCommitted) {
            if (m_invocation.isJson) fmt::print(stderr, "{}", jsonDocument(json));
            else terminal.say(text);
            return ExitCode::Done;
        }
        BLAZE_TRY(m_out->write(m_invocation.isJson ? jsonDocument(json) : text + "\n"));
        return ExitCode::Done;
    }

    Invocation m_invocation;
    std::unique_ptr<OutputFile> m_out;
    local::NativeImportCounts m_counts;
};

} // namespace

std::unique_ptr<StandaloneCommand> makeImportCommand(const Invocation& invocation)
{
    return std::make_unique<ImportCommand>(invocation);
}

} // namespace blazedb::cli
