#include "engine/model/verify_report.h"

#include <algorithm>

namespace blazedb::model {

RuleOutcome CheckedRule::outcome() const
{
    if (!skippedBecause.empty()) return RuleOutcome::Skipped;
    if (problems > 0) return RuleOutcome::Failed;
    return remarks > 0 ? RuleOutcome::Remarked : RuleOutcome::Passed;
}

bool VerifyReport::isSound() const
{
    const bool isAnyFailed = std::any_of(rules.begin(), rules.end(), [](const CheckedRule& rule) { return rule.outcome() == RuleOutcome::Failed; });
    return !isAnyFailed
        && std::all_of(findings.begin(), findings.end(), [](const Finding& finding) { return finding.severity == FindingSeverity::Remark; });
}

const char* ruleOutcomeName(RuleOutcome outcome)
{
    switch (outcome) {
    case RuleOutcome::Passed: return "passed";
    case RuleOutcome::Remarked: return "remarks";
    case RuleOutcome::Failed: return "failed";
    case RuleOutcome::Skipped: return "skipped";
    }
    return "skipped";
}

} // namespace blazedb::model
