#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/json_text.h"
#include "app/cli/output_file.h"
#include "engine/api/unavailable.h"
#include "engine/api/upkeep.h"

namespace blazedb::cli {

namespace {

/// Reads every page and record, and names what is damaged or lost.
class CheckCommand final : public Command {
public:
    explicit CheckCommand(const Invocation& invocation)
        : m_isJson(invocation.isJson)
    {}

    Result<ExitCode> run(api::DataSource& source, const api::CallContext& context, Terminal& terminal) override
    {
        api::Upkeep* upkeep = source.upkeep();
        if (!upkeep) return api::unavailable("a check");
        BLAZE_TRY_VALUE(const api::VerifyReport report, upkeep->verify(context, api::VerifyDepth::Full));
        terminal.clearProgress();
        const bool isWell = report.isSound() && !source.describe().isRescue;
        BLAZE_TRY_VALUE(const auto out, OutputFile::create(localFileSystem(), {}));
        BLAZE_TRY(out->write(m_isJson ? asJson(report, isWell) : asText(report, isWell)));
        if (!m_isJson || !isWell) terminal.sayFindings(report.findings);
        return isWell ? ExitCode::Done : ExitCode::Incomplete;
    }

private:
    static std::string asText(const api::VerifyReport& report, bool isWell)
    {
        return fmt::format("{}: {} of {} records are sound; {} pages, {} bytes read\n", isWell ? "sound" : "not sound",
                           report.recordsSound, report.recordsRead, report.pagesRead, report.bytesRead);
    }

    static std::string asJson(const api::VerifyReport& report, bool isWell)
    {
        return jsonDocument({{"isSound", isWell},
                             {"recordsRead", report.recordsRead},
                             {"recordsSound", report.recordsSound},
                             {"pagesRead", report.pagesRead},
                             {"bytesRead", report.bytesRead},
                             {"findings", toJson(report.findings)}});
    }

    bool m_isJson;
};

} // namespace

std::unique_ptr<Command> makeCheckCommand(const Invocation& invocation)
{
    return std::make_unique<CheckCommand>(invocation);
}

} // namespace blazedb::cli
