// The rules of a family check and what each met: counts that are exact, findings up to a bound. Internal to format28.
#pragma once

#include <array>

#include "engine/base/clock.h"
#include "engine/model/verify_report.h"

namespace blazedb::format28 {

/// In the order of the report.
enum class CheckRule {
    Signature,
    Entries,
    Places,
    PagesOnce,
    FreePages,
    NextPage,
    LogReadable,
    LogReached,
    RecordContent,
    RecordIds,
    RecordsVisible,
    PagesAccounted,
    IndexEntries,
};
inline constexpr std::size_t kCheckRules = 13;

/// Thread-safety: none; one owner.
class CheckLedger {
public:
    /// Of one rule; what comes after is counted, and left out of the list.
    static constexpr std::uint64_t kFindingsPerRuleMax = 1000;

    /// Borrows the clock.
    explicit CheckLedger(const Clock& clock);

    void lookedAt(CheckRule rule, std::uint64_t things) { entry(rule).lookedAt += things; }
    /// `things`: how many the finding is about.
    void add(CheckRule rule, model::Finding finding, std::uint64_t things = 1);
    void skip(CheckRule rule, std::string because) { entry(rule).skippedBecause = std::move(because); }
    [[nodiscard]] const model::CheckedRule& rule(CheckRule rule) const { return m_rules[static_cast<std::size_t>(rule)]; }

    /// Adds the time of its life to a rule.
    class Timing {
    public:
        Timing(CheckLedger& ledger, CheckRule rule);
        ~Timing();
        Timing(const Timing&) = delete;
        Timing& operator=(const Timing&) = delete;

    private:
        CheckLedger& m_ledger;
        CheckRule m_rule;
        std::chrono::steady_clock::time_point m_begin;
    };

    /// Findings and rules so far, moved out.
    model::VerifyReport take();

private:
    model::CheckedRule& entry(CheckRule rule) { return m_rules[static_cast<std::size_t>(rule)]; }

    const Clock& m_clock;
    const std::chrono::steady_clock::time_point m_begin;
    std::array<model::CheckedRule, kCheckRules> m_rules;
    std::array<std::uint64_t, kCheckRules> m_listed{};
    model::VerifyReport m_report;
};

} // namespace blazedb::format28
