#include <algorithm>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/json_text.h"
#include "app/cli/opening.h"
#include "app/cli/output_file.h"
#include "app/cli/password_source.h"
#include "engine/api/monitor.h"
#include "engine/api/structure.h"
#include "engine/api/upkeep.h"
#include "engine/local/opener.h"

namespace blazedb::cli {

namespace {

/// One line of the doctor's answer.
struct DoctorCheck {
    std::string name;
    bool isPassed = false;
    std::string message;
};

/// The old BlazeDoctor with its words and keys. It reads everything and writes nothing: no probe record, no file that was not there.
class DoctorCommand final : public StandaloneCommand {
public:
    explicit DoctorCommand(const Invocation& invocation)
        : m_invocation(invocation)
    {}

    Result<ExitCode> run(const api::CallContext& context, Terminal& terminal) override
    {
        BLAZE_TRY(examine(context));
        terminal.clearProgress();
        const bool isHealthy = std::all_of(m_checks.begin(), m_checks.end(), [](const DoctorCheck& check) { return check.isPassed; });
        BLAZE_TRY_VALUE(const auto out, OutputFile::create(localFileSystem(), {}));
        BLAZE_TRY(out->write(m_invocation.isJson ? asJson(isHealthy) : asText(isHealthy)));
        if (!m_invocation.isJson) terminal.sayFindings(m_findings);
        return isHealthy ? ExitCode::Done : ExitCode::Failed;
    }

private:
    /// Fills checks and figures; an error only when the person changed their mind.
    Result<void> examine(const api::CallContext& context)
    {
        const auto preview = local::Opener().preview(m_invocation.path);
        note("File Exists", preview ? "the database file is there" : preview.error().message, preview.has_value());
        if (!preview) return {};
        m_name = preview->name;
        m_isEncrypted = preview->needsPassword || !preview->keys.empty();
        auto source = openDatabase(m_invocation, context);
        if (!source && source.error().code == ErrorCode::Cancelled) return source.error();
        const bool isKeyRight = source || source.error().code == ErrorCode::Corruption;
        note("Encryption Key", isKeyRight ? "the password fits" : source.error().message, isKeyRight);
        if (!isKeyRight) return {};
        note("Layout Integrity", source ? "the catalogue is sound" : source.error().message, source.has_value());
        if (!source) return {};
        m_findings = (*source)->openingFindings();
        BLAZE_TRY(fillFigures(**source, context));
        api::Upkeep* upkeep = (*source)->upkeep();
        if (upkeep == nullptr) return {};
        BLAZE_TRY_VALUE(const api::VerifyReport report, upkeep->verify(context, api::VerifyDepth::Full));
        noteRules(report);
        return {};
    }

    void note(std::string name, std::string message, bool isPassed)
    {
        if (!isPassed) m_errors.push_back(message);
        m_checks.push_back({std::move(name), isPassed, std::move(message)});
    }

    void noteRules(const api::VerifyReport& report)
    {
        for (const model::CheckedRule& rule : report.rules) {
            if (rule.outcome() == model::RuleOutcome::Skipped) continue;
            std::string message = fmt::format("{} {} looked at", rule.lookedAt, rule.unit);
            if (rule.problems > 0) message += fmt::format(", {} are wrong", rule.problems);
            if (rule.remarks > 0) message += fmt::format(", {} remarks", rule.remarks);
            m_checks.push_back({rule.title, rule.outcome() != model::RuleOutcome::Failed, std::move(message)});
        }
        for (const model::Finding& finding : report.findings) {
            if (finding.severity != model::FindingSeverity::Remark) m_errors.push_back(finding.message);
            const bool isKnown = std::any_of(m_findings.begin(), m_findings.end(), [&](const model::Finding& known) { return known.message == finding.message; });
            if (!isKnown) m_findings.push_back(finding);
        }
    }

    Result<void> fillFigures(api::DataSource& source, const api::CallContext& context)
    {
        if (api::Monitor* monitor = source.monitor()) {
            BLAZE_TRY_VALUE(api::Measurement measured, monitor->measure(context));
            m_samples = std::move(measured.figures);
        }
        if (api::Structure* structure = source.structure()) {
            BLAZE_TRY_VALUE(const auto indexes, structure->indexes(context));
            m_indexes = indexes.size();
        }
        return {};
    }

    /// A figure in whole units; null where it is not measured.
    [[nodiscard]] nlohmann::ordered_json figure(std::string_view id) const
    {
        for (const model::MetricSample& sample : m_samples)
            if (const auto* whole = std::get_if<std::uint64_t>(&sample.value); whole != nullptr && sample.id == id) return *whole;
        return nullptr;
    }

    [[nodiscard]] std::string asText(bool isHealthy) const
    {
        std::string text = isHealthy ? "healthy\n" : "not healthy\n";
        for (const DoctorCheck& check : m_checks) text += fmt::format("{}  {}: {}\n", check.isPassed ? "passed" : "FAILED", check.name, check.message);
        return text;
    }

    [[nodiscard]] std::string asJson(bool isHealthy) const
    {
        nlohmann::ordered_json json{{"healthy", isHealthy}, {"database", m_name}, {"path", m_invocation.path}};
        json["checks"] = nlohmann::ordered_json::array();
        for (const DoctorCheck& check : m_checks) json["checks"].push_back({{"name", check.name}, {"passed", check.isPassed}, {"message", check.message}});
        // A file does not tell when its log was emptied last, and a reader of one pass has no hit rate.
        json["stats"] = {{"pageCount", figure("storage.pages")},   {"recordCount", figure("storage.records_named")},
                         {"databaseSize", figure("storage.bytes")}, {"isEncrypted", m_isEncrypted},
                         {"walSize", figure("storage.bytes_log")}, {"lastCheckpoint", nullptr},
                         {"cacheHitRate", nullptr},                {"indexCount", m_indexes}};
        json["errors"] = m_errors;
        json["findings"] = toJson(m_findings);
        return jsonDocument(json);
    }

    Invocation m_invocation;
    std::string m_name;
    bool m_isEncrypted = true;
    std::vector<DoctorCheck> m_checks;
    std::vector<std::string> m_errors;
    std::vector<model::Finding> m_findings;
    std::vector<model::MetricSample> m_samples;
    std::uint64_t m_indexes = 0;
};

} // namespace

std::unique_ptr<StandaloneCommand> makeDoctorCommand(const Invocation& invocation)
{
    return std::make_unique<DoctorCommand>(invocation);
}

} // namespace blazedb::cli
