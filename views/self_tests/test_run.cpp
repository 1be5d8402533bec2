#include "views/self_tests/test_run.h"

#include <algorithm>
#include <unordered_map>

#include "views/self_tests/test_list.h"
#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

std::string sameKey(const model::Finding& finding)
{
    std::string key = finding.rule + '/' + model::findingKindName(finding.kind);
    key += '/' + (finding.record ? finding.record->toString() : std::string());
    return key + '/' + (finding.page ? std::to_string(*finding.page) : std::string());
}

template <typename Count>
std::uint64_t countedBy(const model::VerifyReport& report, Count count, bool isRemark)
{
    std::uint64_t sum = 0;
    for (const model::CheckedRule& rule : report.rules) sum += count(rule);
    for (const model::Finding& finding : report.findings)
        if (finding.rule.empty() && (finding.severity == model::FindingSeverity::Remark) == isRemark) ++sum;
    return sum;
}

bool wasLookedAt(const TestRun& run, const model::Finding& finding)
{
    if (finding.rule.empty()) return true;
    const auto rule = std::find_if(run.report.rules.begin(), run.report.rules.end(),
                                   [&](const model::CheckedRule& known) { return known.name == finding.rule; });
    return rule != run.report.rules.end() && rule->outcome() != model::RuleOutcome::Skipped;
}

} // namespace

bool TestRun::isFull() const
{
    return TestListModel::needFull(rules);
}

std::uint64_t TestRun::problems() const
{
    return countedBy(report, [](const model::CheckedRule& rule) { return rule.problems; }, false);
}

std::uint64_t TestRun::remarks() const
{
    return countedBy(report, [](const model::CheckedRule& rule) { return rule.remarks; }, true);
}

model::VerifyReport onlyRules(model::VerifyReport report, const QStringList& rules)
{
    const auto isOther = [&](const std::string& rule) { return !rule.empty() && !rules.contains(toQString(rule)); };
    std::erase_if(report.rules, [&](const model::CheckedRule& rule) { return isOther(rule.name); });
    std::erase_if(report.findings, [&](const model::Finding& finding) { return isOther(finding.rule); });
    return report;
}

std::vector<ComparedFinding> findingsOf(const TestRun& run)
{
    std::vector<ComparedFinding> found;
    found.reserve(run.report.findings.size());
    for (const model::Finding& finding : run.report.findings) found.push_back({finding, FindingChange::None});
    std::stable_sort(found.begin(), found.end(),
                     [](const ComparedFinding& a, const ComparedFinding& b) { return a.finding.severity > b.finding.severity; });
    return found;
}

std::vector<ComparedFinding> compareRuns(const TestRun& older, const TestRun& newer)
{
    std::unordered_multimap<std::string, const model::Finding*> before;
    for (const model::Finding& finding : older.report.findings) before.emplace(sameKey(finding), &finding);
    std::vector<ComparedFinding> compared;
    for (const model::Finding& finding : newer.report.findings) {
        const auto known = before.find(sameKey(finding));
        const bool isStill = known != before.end();
        if (isStill) before.erase(known);
        if (isStill || wasLookedAt(older, finding)) compared.push_back({finding, isStill ? FindingChange::Still : FindingChange::New});
    }
    for (const model::Finding& finding : older.report.findings) {
        const auto left = before.find(sameKey(finding));
        if (left == before.end()) continue;
        before.erase(left);
        if (wasLookedAt(newer, finding)) compared.push_back({finding, FindingChange::Gone});
    }
    std::stable_sort(compared.begin(), compared.end(), [](const ComparedFinding& a, const ComparedFinding& b) { return a.change < b.change; });
    return compared;
}

} // namespace blazedb::views
