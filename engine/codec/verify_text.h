// A check's report as text to keep: JSON for programs, CSV for tables, HTML for people. Pure functions; any thread.
#pragma once

#include <chrono>
#include <string>

#include "engine/model/verify_report.h"

namespace blazedb::codec {

/// What a report is about.
struct VerifySubject {
    std::string name;  ///< "orders"
    std::string place; ///< A path; may hold any bytes.
    std::chrono::system_clock::time_point checkedAt;
    model::VerifyDepth depth = model::VerifyDepth::Full;
};

/// One object: subject, "isSound", counts, "pages", "rules", "findings". Two spaces a level, a line end at the end. Bytes that
/// are not UTF-8 come out as replacement characters, here and in HTML.
std::string verifyReportJson(const VerifySubject& subject, const model::VerifyReport& report);

/// One line for each rule ("rule" in the first column) and for each finding ("finding"), as RFC 4180; cells that a spreadsheet
/// would run are guarded with an apostrophe.
std::string verifyReportCsv(const VerifySubject& subject, const model::VerifyReport& report);

/// One page without scripts and without anything from elsewhere; light or dark as the reader's system is.
std::string verifyReportHtml(const VerifySubject& subject, const model::VerifyReport& report);

} // namespace blazedb::codec
