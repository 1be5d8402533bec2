#include "engine/local/health_judgement.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/codec/number_text.h"

namespace blazedb::local {

namespace {

using api::HealthAction;
using api::HealthLevel;
using codec::grouped;
using Reasons = std::vector<api::HealthReason>;

/// More damage than this is in the report of a check, not in the list of reasons.
constexpr std::size_t kFindingsSaid = 5;

double shareOf(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string percent(double share)
{
    return std::to_string(std::llround(share * 100)) + " %";
}

void judgeLog(const StoreFigures& figures, Reasons& reasons)
{
    // The native form bounds its log by itself.
    const double share = figures.form == StoreForm::Native ? 0 : shareOf(figures.logBytes, figures.databaseBytes);
    if (share <= healthlimit::kLogShareWarned) return;
    api::HealthReason reason{HealthLevel::Warning, "durability.log_ratio", {}, {}, HealthAction::None};
    reason.message = "the log has " + grouped(figures.logBytes) + " bytes, " + percent(share) + " of the " + grouped(figures.databaseBytes)
                     + " bytes of the database; the limit is " + percent(healthlimit::kLogShareWarned);
    if (share > healthlimit::kLogShareAdvised)
        reason.advice = "Let the app that owns the database close it: that moves the log into the pages.";
    reasons.push_back(std::move(reason));
}

void judgeSize(const StoreFigures& figures, Reasons& reasons)
{
    if (figures.form == StoreForm::Native) return; // made for that
    if (figures.pages > healthlimit::kPagesWarned)
        reasons.push_back({HealthLevel::Warning, "storage.pages",
                           "the database has " + grouped(figures.pages) + " pages; the Swift library recommends at most "
                               + grouped(healthlimit::kPagesWarned),
                           {}, HealthAction::None});
    if (figures.databaseBytes > healthlimit::kDatabaseBytesWarned)
        reasons.push_back({HealthLevel::Warning, "storage.bytes",
                           "the database has " + grouped(figures.databaseBytes) + " bytes; the limit is "
                               + grouped(healthlimit::kDatabaseBytesWarned) + " (10 GiB)",
                           {}, HealthAction::None});
}

void judgeWaste(const StoreFigures& figures, Reasons& reasons)
{
    const double share = shareOf(figures.pagesWasted, figures.pages);
    if (share <= healthlimit::kWastedShareWarned || figures.pagesWasted <= healthlimit::kWastedPagesWarned) return;
    const bool isNative = figures.form == StoreForm::Native;
    reasons.push_back({HealthLevel::Warning, "storage.fragmentation_ratio",
                       grouped(figures.pagesWasted) + " of " + grouped(figures.pages) + " pages are free or on no list, " + percent(share)
                           + "; the limit is " + percent(healthlimit::kWastedShareWarned),
                       isNative ? "They are used for what is written next; blazedb compact gives them back to the disk."
                                : "A vacuum by the app gives the space back. The full check says first which pages really belong to nothing.",
                       isNative ? HealthAction::None : HealthAction::Check});
}

void judgeDisk(const StoreFigures& figures, Reasons& reasons)
{
    if (!figures.disk || figures.disk->totalBytes == 0) return;
    const double share = shareOf(figures.disk->freeBytes, figures.disk->totalBytes);
    if (share >= healthlimit::kDiskFreeShareWarned) return;
    const bool isNearlyFull = share < healthlimit::kDiskFreeShareError;
    const double limit = isNearlyFull ? healthlimit::kDiskFreeShareError : healthlimit::kDiskFreeShareWarned;
    reasons.push_back({isNearlyFull ? HealthLevel::Error : HealthLevel::Warning, "storage.disk_free_bytes",
                       "the disk has " + grouped(figures.disk->freeBytes) + " of " + grouped(figures.disk->totalBytes)
                           + " bytes free, " + percent(share) + "; the limit is " + percent(limit),
                       "Make room: a transaction of the app needs space for a copy of the page file.", HealthAction::None});
}

void judgeDamage(const HealthEvidence& evidence, Reasons& reasons)
{
    if (!evidence.figures.problem.empty())
        reasons.push_back({HealthLevel::Error, {}, "the files could not be looked at again: " + evidence.figures.problem,
                           "What is shown is the last state that could be read.", HealthAction::None});
    std::size_t bad = 0;
    for (const model::Finding& finding : evidence.openingFindings) {
        if (finding.severity == model::FindingSeverity::Remark || ++bad > kFindingsSaid) continue;
        reasons.push_back({HealthLevel::Error, {}, finding.message, finding.advice, HealthAction::Check});
    }
    if (bad > kFindingsSaid)
        reasons.push_back({HealthLevel::Error, {}, grouped(bad - kFindingsSaid) + " more parts were found damaged or lost while opening",
                           "The full check names each of them.", HealthAction::Check});
    if (evidence.recordsDamaged > 0)
        reasons.push_back({HealthLevel::Error, "activity.records_damaged",
                           "records that cannot be read were met " + grouped(evidence.recordsDamaged) + " times; the limit is 0",
                           "The full check names each damaged record.", HealthAction::Check});
}

} // namespace

api::Health judgeHealth(const HealthEvidence& evidence)
{
    api::Health health;
    judgeDamage(evidence, health.reasons);
    judgeDisk(evidence.figures, health.reasons);
    judgeLog(evidence.figures, health.reasons);
    judgeWaste(evidence.figures, health.reasons);
    judgeSize(evidence.figures, health.reasons);
    std::stable_sort(health.reasons.begin(), health.reasons.end(),
                     [](const api::HealthReason& left, const api::HealthReason& right) { return left.level > right.level; });
    if (!health.reasons.empty()) health.level = health.reasons.front().level;
    return health;
}

} // namespace blazedb::local
