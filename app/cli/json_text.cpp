#include "app/cli/json_text.h"

namespace blazedb::cli {

nlohmann::ordered_json toJson(const model::Finding& finding)
{
    nlohmann::ordered_json json{{"severity", model::findingSeverityName(finding.severity)},
                                {"kind", model::findingKindName(finding.kind)},
                                {"message", finding.message}};
    if (!finding.advice.empty()) json["advice"] = finding.advice;
    if (finding.record) json["record"] = finding.record->toString();
    if (finding.page) json["page"] = *finding.page;
    if (!finding.rule.empty()) json["rule"] = finding.rule;
    return json;
}

nlohmann::ordered_json toJson(const std::vector<model::Finding>& findings)
{
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const model::Finding& finding : findings) json.push_back(toJson(finding));
    return json;
}

nlohmann::ordered_json toJson(const Error& error)
{
    return {{"error", {{"code", errorCodeName(error.code)}, {"message", error.message}}}};
}

std::string jsonDocument(const nlohmann::ordered_json& json)
{
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace blazedb::cli
