#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/json_text.h"
#include "app/cli/output_file.h"
#include "app/cli/password_source.h"
#include "engine/local/family_import.h"

namespace blazedb::cli {

namespace {

std::vector<std::string> fieldsOf(std::string_view index)
{
    std::vector<std::string> fields;
    for (;;) {
        const std::size_t plus = index.find('+');
        fields.emplace_back(index.substr(0, plus));
        if (plus == std::string_view::npos) return fields;
        index.remove_prefix(plus + 1);
    }
}

/// Makes a new database out of typed JSON lines.
class WriteFamilyCommand final : public StandaloneCommand {
public:
    explicit WriteFamilyCommand(const Invocation& invocation)
        : m_invocation(invocation)
    {}

    Result<ExitCode> run(const api::CallContext& context, Terminal& terminal) override
    {
        local::FamilyImport request;
        request.path = m_invocation.to;
        for (const std::string& index : m_invocation.indexes) {
            request.indexes.push_back(fieldsOf(index));
            for (const std::string& field : request.indexes.back())
                if (field.empty()) return Error{ErrorCode::InvalidArgument, "--index " + index + ": a field has no name"};
        }
        BLAZE_TRY(localFileSystem().stamp(m_invocation.from)); // before anything is asked
        BLAZE_TRY_VALUE(request.password, readNewPassword(m_invocation.passwordDescriptor, m_invocation.to, context.stop));
        BLAZE_TRY_VALUE(const std::uint64_t written,
                        local::importFamilyFile(context, localFileSystem(), systemClock(), m_invocation.from, std::move(request)));
        terminal.clearProgress();
        BLAZE_TRY_VALUE(const auto out, OutputFile::create(localFileSystem(), {}));
        BLAZE_TRY(out->write(m_invocation.isJson ? jsonDocument({{"to", m_invocation.to}, {"written", written}, {"indexes", m_invocation.indexes}})
                                                 : fmt::format("{} records written to {}\n", written, m_invocation.to)));
        return ExitCode::Done;
    }

private:
    Invocation m_invocation;
};

} // namespace

std::unique_ptr<StandaloneCommand> makeWriteFamilyCommand(const Invocation& invocation)
{
    return std::make_unique<WriteFamilyCommand>(invocation);
}

} // namespace blazedb::cli
