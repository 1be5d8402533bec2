// One run of tests: what was asked, what was looked at, what was found; and how two runs differ. Plain values.
#pragma once

#include <vector>

#include <QDateTime>
#include <QString>
#include <QStringList>

#include "engine/model/verify_report.h"

namespace blazedb::views {

struct TestRun {
    QDateTime at; ///< When it ended.
    QStringList rules; ///< Those that were asked for.
    model::VerifyReport report; ///< Only their results and findings. In a run out of the history findings have no message.
    bool isFromHistory = false; ///< Details were left out when it was kept.

    [[nodiscard]] bool isFull() const;
    [[nodiscard]] std::uint64_t problems() const;
    [[nodiscard]] std::uint64_t remarks() const;
};

/// The part of a report that belongs to these rules; findings of no rule stay.
model::VerifyReport onlyRules(model::VerifyReport report, const QStringList& rules);

enum class FindingChange { None, New, Gone, Still };

struct ComparedFinding {
    model::Finding finding;
    FindingChange change = FindingChange::None;
};

/// All findings of one run.
std::vector<ComparedFinding> findingsOf(const TestRun& run);

/// Findings are the same when rule, kind, record and page are. Of rules that only one of the runs looked at, findings are
/// neither new nor gone: they are left out. New ones first, then gone ones, then those that are still there.
std::vector<ComparedFinding> compareRuns(const TestRun& older, const TestRun& newer);

} // namespace blazedb::views
