// What a check of a database found out: each rule with what it looked at, every finding, and where each page belongs.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/finding.h"

namespace blazedb::model {

/// Quick: signature, catalogue against the page file. Full: every page, chain, checksum, record and index entry.
enum class VerifyDepth { Quick, Full };

/// Remarked: nothing is wrong, but there is something to say.
enum class RuleOutcome { Passed, Remarked, Failed, Skipped };

/// One rule of a check and how it went.
struct CheckedRule {
    std::string name;   ///< Stable word for programs: "record-content".
    std::string suite;  ///< "Quick", "Integrity", "Indexes", "Log": what a person would run together.
    std::string title;  ///< "Every record is whole".
    std::string checks; ///< One sentence: what is compared with what.
    std::string unit;   ///< What `lookedAt` counts: "records", "pages", "index entries".
    std::uint64_t lookedAt = 0;
    std::uint64_t problems = 0; ///< Things that are damaged or lost; may be more than there are findings.
    std::uint64_t remarks = 0;
    /// Time spent for this rule alone; nullopt when the reading of another rule answered it along the way.
    std::optional<std::chrono::nanoseconds> duration = {};
    std::string skippedBecause = {}; ///< Empty: it ran.

    [[nodiscard]] RuleOutcome outcome() const;
};

/// Where each page of the file belongs; every page is in exactly one of these.
struct PageTally {
    std::uint64_t main = 0;       ///< Holds a whole record, or the beginning of one.
    std::uint64_t overflow = 0;   ///< Holds a further part of a whole record.
    std::uint64_t free = 0;       ///< On the list of free pages, and used by nothing.
    std::uint64_t zero = 0;       ///< Empty, and on no list.
    std::uint64_t orphan = 0;     ///< A BlazeDB page that no record owns.
    std::uint64_t foreign = 0;    ///< Something that is not BlazeDB's.
    std::uint64_t listedOnly = 0; ///< Named by a record that does not use it, or that cannot be read.

    [[nodiscard]] std::uint64_t total() const { return main + overflow + free + zero + orphan + foreign + listedOnly; }
};

struct VerifyReport {
    std::vector<Finding> findings = {};
    std::uint64_t findingsLeftOut = 0; ///< Beyond the bound of findings a rule may list; its counts include them.
    std::uint64_t recordsRead = 0;
    std::uint64_t recordsSound = 0;
    std::uint64_t pagesRead = 0;
    std::uint64_t bytesRead = 0;
    std::vector<CheckedRule> rules = {};
    std::optional<PageTally> pages = {}; ///< After a full check of something that has pages.
    std::chrono::nanoseconds duration{0};

    /// True when nothing is more than a remark.
    [[nodiscard]] bool isSound() const;
};

/// "passed", "remarks", "failed", "skipped".
const char* ruleOutcomeName(RuleOutcome outcome);

} // namespace blazedb::model
