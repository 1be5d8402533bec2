// A run of tests as a file: JSON, CSV, a page of HTML, or the XML that build servers read. Words of programs, in English, the same in every language. Pure.
#pragma once

#include <QByteArray>

#include "engine/api/data_source.h"
#include "views/self_tests/test_run.h"

namespace blazedb::views {

enum class ReportForm { Json, Csv, Html, Junit };

/// JSON: `database`, `place`, `at`, `isSound`, counts, `rules` and `findings`. CSV (RFC 4180): one line for each finding, cells
/// that a spreadsheet would run begin with '. HTML: a page that needs nothing else. JUnit: one `testsuite` for each suite of rules,
/// one `testcase` for each rule with its name as `classname` and `name`; problems are its `failure`, remarks its `system-out`.
QByteArray toReport(ReportForm form, const api::SourceDescription& about, const TestRun& run);

/// By the suffix of a file's name, .xml for JUnit; JSON for any other.
ReportForm reportFormOf(const QString& path);

} // namespace blazedb::views
