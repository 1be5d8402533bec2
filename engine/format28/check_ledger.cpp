#include "engine/format28/check_ledger.h"

namespace blazedb::format28 {

namespace {

struct RuleText {
    const char* name;
    const char* suite;
    const char* title;
    const char* checks;
    const char* unit;
};

constexpr std::array<RuleText, kCheckRules> kRuleTexts{{
    {"catalogue-signature", "Quick", "The catalogue is signed", "The signature of the catalogue fits its content under the database's key.", "catalogues"},
    {"catalogue-entries", "Quick", "Every entry of the catalogue is usable", "Each entry names a record, once, and at least one page.", "entries"},
    {"record-places", "Quick", "The page file is long enough", "The page file reaches as far as the catalogue says.", "records"},
    {"pages-once", "Quick", "No page is used twice", "No page belongs to two records.", "pages"},
    {"free-pages", "Quick", "Free pages are free", "No page on the list of free pages is used by a record, and none is on it twice.", "free pages"},
    {"next-page", "Quick", "The next page is free", "The page that the next insert takes lies behind all pages in use.", "pages"},
    {"log-readable", "Log", "The log can be read", "Every entry of the log is whole and its checksum fits.", "log entries"},
    {"log-reached", "Log", "The log holds nothing that is lost", "Every page image in the log belongs to a record of the catalogue.", "page images"},
    {"record-content", "Integrity", "Every record is whole",
     "Pages authenticate, chains lead to their end, length and checksum fit, and the record decodes.", "records"},
    {"record-ids", "Integrity", "Every record is the one it should be", "The record on a page carries the id under which the catalogue lists it.", "records"},
    {"records-visible", "Integrity", "The app sees every record", "The main page of each record is the lowest of its pages, as the Swift library expects.", "records"},
    {"pages-accounted", "Integrity", "Every page has its place", "Each page of the file belongs to a record, is free, or is empty.", "pages"},
    {"index-entries", "Indexes", "Indexes agree with the records", "Each index entry names a record with that value, and each record with the fields has its entry.",
     "index entries"},
}};

} // namespace

CheckLedger::CheckLedger(const Clock& clock)
    : m_clock(clock)
    , m_begin(clock.steadyNow())
{
    for (std::size_t i = 0; i < kCheckRules; ++i) {
        const RuleText& text = kRuleTexts[i];
        m_rules[i].name = text.name;
        m_rules[i].suite = text.suite;
        m_rules[i].title = text.title;
        m_rules[i].checks = text.checks;
        m_rules[i].unit = text.unit;
    }
}

void CheckLedger::add(CheckRule rule, model::Finding finding, std::uint64_t things)
{
    model::CheckedRule& checked = entry(rule);
    (finding.severity == model::FindingSeverity::Remark ? checked.remarks : checked.problems) += things;
    if (++m_listed[static_cast<std::size_t>(rule)] > kFindingsPerRuleMax) {
        ++m_report.findingsLeftOut;
        return;
    }
    finding.rule = checked.name;
    m_report.findings.push_back(std::move(finding));
}

CheckLedger::Timing::Timing(CheckLedger& ledger, CheckRule rule)
    : m_ledger(ledger)
    , m_rule(rule)
    , m_begin(ledger.m_clock.steadyNow())
{
}

CheckLedger::Timing::~Timing()
{
    auto& duration = m_ledger.entry(m_rule).duration;
    duration = duration.value_or(std::chrono::nanoseconds{0}) + (m_ledger.m_clock.steadyNow() - m_begin);
}

model::VerifyReport CheckLedger::take()
{
    m_report.rules.assign(m_rules.begin(), m_rules.end());
    m_report.duration = m_clock.steadyNow() - m_begin;
    return std::move(m_report);
}

} // namespace blazedb::format28
