// What an export takes, as the user chooses it, and the request it becomes. Pure; GUI-free.
#pragma once

#include <QString>
#include <QStringList>

#include "views/data/export_job.h"

namespace blazedb::views {

enum class ExportScope { Selection, Matching, All };

/// What the Data tab shows when an export is asked for.
struct ExportSource {
    model::Query query;            ///< Of the shown rows.
    std::vector<RowRange> selection;
    std::uint64_t selected = 0;    ///< Records in `selection`.
    model::Count matching;
    QStringList visibleFields;     ///< From left to right.
    QStringList fields;            ///< All that are known.
    QString name;                  ///< Of the database, for the file name.
};

struct ExportChoice {
    ExportScope scope = ExportScope::Matching;
    RecordForm form = RecordForm::JsonLines;
    bool hasDeleted = false;  ///< For Selection: what is shown is taken, so this does not count.
    QStringList fields;       ///< In order; empty: whole records (JSON forms).
};

TakeRequest exportRequest(const ExportSource& source, const ExportChoice& choice);
QString suffixOf(RecordForm form); ///< ".csv"
/// `path` with the suffix of the form in place of that of another form; others stay.
QString withSuffix(const QString& path, RecordForm form);

} // namespace blazedb::views
