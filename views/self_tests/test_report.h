// A run of tests as a file: JSON, CSV or a page of HTML. Words of programs, in English, the same in every language. Pure.
#pragma once

#include <QByteArray>

#include "engine/api/data_source.h"
#include "views/self_tests/test_run.h"

namespace blazedb::views {

enum class ReportForm { Json, Csv, Html };

/// JSON: `database`, `place`, `at`, `isSound`, counts, `rules` and `findings`. CSV (RFC 4180): one line for each finding, cells
/// that a spreadsheet would run begin with '. HTML: a page that needs nothing else.
QByteArray toReport(ReportForm form, const api::SourceDescription& about, const TestRun& run);

/// By the suffix of a file's name; JSON for any other.
ReportForm reportFormOf(const QString& path);

} // namespace blazedb::views
