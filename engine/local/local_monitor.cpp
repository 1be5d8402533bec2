#include "engine/local/local_monitor.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/local/deadline.h"

namespace blazedb::local {

namespace {

constexpr std::uint64_t kLogShareWarned = 5;  ///< A fifth of the database.
constexpr std::uint64_t kLogShareAdvised = 2; ///< Half of it.
constexpr std::uint64_t kPagesWarned = 1'000'000;
constexpr std::uint64_t kDatabaseBytesWarned = std::uint64_t{10} << 30;

void judgeLog(const StoreFigures& figures, std::vector<api::HealthReason>& reasons)
{
    if (figures.databaseBytes == 0 || figures.logBytes <= figures.databaseBytes / kLogShareWarned) return;
    api::HealthReason reason;
    reason.level = api::HealthLevel::Warning;
    reason.message = "the log has " + std::to_string(figures.logBytes) + " bytes, over 20 % of the " +
                     std::to_string(figures.databaseBytes) + " bytes of the database";
    if (figures.logBytes > figures.databaseBytes / kLogShareAdvised)
        reason.advice = "Let the app that owns the database close it: that moves the log into the pages.";
    reasons.push_back(std::move(reason));
}

void judgeSize(const StoreFigures& figures, std::vector<api::HealthReason>& reasons)
{
    if (figures.pages > kPagesWarned)
        reasons.push_back({api::HealthLevel::Warning,
                           "the database has " + std::to_string(figures.pages) +
                               " pages, over the 1,000,000 that the Swift library recommends",
                           {}});
    if (figures.databaseBytes > kDatabaseBytesWarned)
        reasons.push_back(
            {api::HealthLevel::Warning,
             "the database has " + std::to_string(figures.databaseBytes) + " bytes, over 10 GiB",
             {}});
}

void judgeDamage(const HealthEvidence& evidence, std::vector<api::HealthReason>& reasons)
{
    for (const model::Finding& finding : evidence.openingFindings)
        if (finding.severity != model::FindingSeverity::Remark)
            reasons.push_back({api::HealthLevel::Error, finding.message, finding.advice});
    if (evidence.recordsDamaged > 0)
        reasons.push_back(
            {api::HealthLevel::Error,
             "records that cannot be read were met " + std::to_string(evidence.recordsDamaged) + " times",
             "Verify the database: the report names each damaged record."});
}

} // namespace

api::Health judgeHealth(const HealthEvidence& evidence)
{
    api::Health health;
    judgeDamage(evidence, health.reasons);
    judgeLog(evidence.figures, health.reasons);
    judgeSize(evidence.figures, health.reasons);
    for (const api::HealthReason& reason : health.reasons)
        health.level = std::max(health.level, reason.level);
    return health;
}

LocalMonitor::LocalMonitor(Database& database)
    : m_database(database)
{}

Result<std::vector<model::MetricSample>> LocalMonitor::figures(const api::CallContext& context)
{
    BLAZE_TRY(Deadline(context, m_database.clock()).check());
    std::vector<model::MetricSample> samples = m_database.facts().figures().samples;
    std::vector<model::MetricSample> counted = m_database.counters().samples();
    samples.insert(samples.end(), std::make_move_iterator(counted.begin()),
                   std::make_move_iterator(counted.end()));
    samples.push_back(
        {"blazedb_record_cache_bytes", "bytes", static_cast<double>(m_database.recordCache().bytes()), {}});
    return samples;
}

Result<api::Health> LocalMonitor::health(const api::CallContext& context)
{
    BLAZE_TRY(Deadline(context, m_database.clock()).check());
    return judgeHealth({m_database.facts().figures(), m_database.facts().openingFindings(),
                        m_database.counters().recordsDamaged.load()});
}

} // namespace blazedb::local
