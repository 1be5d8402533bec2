#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/json_text.h"
#include "app/cli/output_file.h"
#include "engine/api/unavailable.h"
#include "engine/api/upkeep.h"
#include "engine/local/native_file.h"

namespace blazedb::cli {

namespace {

/// Reads every page and record, and names what is damaged or lost.
class CheckCommand final : public Command {
public:
    explicit CheckCommand(const Invocation& invocation)
        : m_isJson(invocation.isJson)
        , m_path(invocation.path)
    {}

    /// A native file that is too damaged to be opened was looked at all the same; of a family the rescue view says more.
    Result<ExitCode> runWithout(Error why, Terminal& terminal) override
    {
        const bool isNative = local::isNativeFile(localFileSystem(), m_path).value_or(false);
        if (why.code != ErrorCode::Corruption || !isNative) return why;
        api::VerifyReport report;
        report.findings.push_back({model::FindingSeverity::Damage, model::FindingKind::CatalogueUntrusted, std::nullopt, std::nullopt, std::move(why.message),
                                   "Restore a backup."});
        BLAZE_TRY_VALUE(const auto out, OutputFile::create(localFileSystem(), {}));
        BLAZE_TRY(out->write(m_isJson ? asJson(report, false) : asText(report, false)));
        terminal.sayFindings(report.findings);
        return ExitCode::Incomplete;
    }

    Result<ExitCode> run(api::DataSource& source, const api::CallContext& context, Terminal& terminal) override
    {
        api::Upkeep* upkeep = source.upkeep();
        if (!upkeep) return api::unavailable("a check");
        BLAZE_TRY_VALUE(const api::VerifyReport report, upkeep->verify(context, api::VerifyDepth::Full));
        terminal.clearProgress();
        const bool isWell = report.isSound() && !source.describe().isRescue;
        BLAZE_TRY_VALUE(const auto out, OutputFile::create(localFileSystem(), {}));
        BLAZE_TRY(out->write(m_isJson ? asJson(report, isWell) : asText(report, isWell)));
        if (!m_isJson || !isWell) {
            // Why a sound scan of pages is not a sound database.
            if (source.describe().isRescue) terminal.sayFindings(source.openingFindings());
            terminal.sayFindings(report.findings);
            if (report.findingsLeftOut > 0) terminal.say(fmt::format("{} more findings are not listed", report.findingsLeftOut));
        }
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
        nlohmann::ordered_json json{{"isSound", isWell},
                                    {"recordsRead", report.recordsRead},
                                    {"recordsSound", report.recordsSound},
                                    {"pagesRead", report.pagesRead},
                                    {"bytesRead", report.bytesRead}};
        if (report.pages)
            json["pages"] = {{"main", report.pages->main},     {"overflow", report.pages->overflow}, {"free", report.pages->free},
                             {"zero", report.pages->zero},     {"orphan", report.pages->orphan},     {"foreign", report.pages->foreign},
                             {"listedOnly", report.pages->listedOnly}};
        json["rules"] = nlohmann::ordered_json::array();
        for (const model::CheckedRule& rule : report.rules) json["rules"].push_back(asJson(rule));
        json["findings"] = toJson(report.findings);
        if (report.findingsLeftOut > 0) json["findingsLeftOut"] = report.findingsLeftOut;
        return jsonDocument(json);
    }

    static nlohmann::ordered_json asJson(const model::CheckedRule& rule)
    {
        nlohmann::ordered_json json{{"name", rule.name},         {"suite", rule.suite},       {"title", rule.title},
                                    {"outcome", model::ruleOutcomeName(rule.outcome())},
                                    {"unit", rule.unit},         {"lookedAt", rule.lookedAt}, {"problems", rule.problems},
                                    {"remarks", rule.remarks}};
        if (!rule.skippedBecause.empty()) json["skippedBecause"] = rule.skippedBecause;
        return json;
    }

    bool m_isJson;
    std::string m_path;
};

} // namespace

std::unique_ptr<Command> makeCheckCommand(const Invocation& invocation)
{
    return std::make_unique<CheckCommand>(invocation);
}

} // namespace blazedb::cli
