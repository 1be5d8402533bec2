// Writes the records of a query as text: to a file that appears whole or not at all, or into a string for the clipboard.
#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "engine/api/records.h"
#include "views/data/record_text.h"

namespace blazedb::views {

struct RowRange {
    std::uint64_t first = 0;
    std::uint64_t count = UINT64_MAX; ///< To the end.
};

struct TakenRecords {
    std::uint64_t records = 0;
    std::vector<model::Finding> skipped;
};

struct TakeRequest {
    model::Query query;
    std::vector<RowRange> rows{RowRange{}};
    RecordForm form = RecordForm::Tsv;
    std::vector<std::string> columns; ///< As RecordText takes them.
    std::optional<std::uint64_t> recordsTotal; ///< For the progress; nullopt: not known.
};

/// What an export would begin with.
struct ExportPreview {
    QString text;           ///< The first records, at most 4 KB.
    bool isThere = false;   ///< A file of the name exists and would be replaced.
};

/// On a worker. Errors: those of Records::query, ResourceExhausted, PermissionDenied, Io; the old file then stays.
Result<TakenRecords> exportToFile(api::Records& records, const api::CallContext& context, const TakeRequest& request, const QString& path);
Result<ExportPreview> previewExport(api::Records& records, const api::CallContext& context, const TakeRequest& request, const QString& path);
/// At most `bytesMax`; ResourceExhausted beyond.
Result<QString> copyAsText(api::Records& records, const api::CallContext& context, const TakeRequest& request, std::size_t bytesMax);

} // namespace blazedb::views
