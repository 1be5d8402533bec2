#include "views/data/export_choice.h"

#include <array>

#include "views/widgets/text.h"

namespace blazedb::views {
namespace {

constexpr std::array kForms{RecordForm::JsonLines, RecordForm::Json, RecordForm::Csv, RecordForm::Tsv, RecordForm::Markdown};

} // namespace

TakeRequest exportRequest(const ExportSource& source, const ExportChoice& choice)
{
    TakeRequest request;
    request.query = source.query;
    request.form = choice.form;
    for (const QString& field : choice.fields) request.columns.push_back(toUtf8(field));
    if (choice.scope == ExportScope::Selection) {
        request.rows = source.selection;
        request.recordsTotal = source.selected;
        return request;
    }
    request.query.deleted = choice.hasDeleted ? model::DeletedRecords::Included : model::DeletedRecords::Hidden;
    if (choice.scope == ExportScope::All) {
        request.query.collection = model::kDefaultCollection;
        request.query.filter = {};
        request.query.order.clear();
        request.query.offset = 0;
        request.query.limit.reset();
    } else if (source.matching.certainty != model::Count::Certainty::Unknown && request.query.deleted == source.query.deleted) {
        request.recordsTotal = source.matching.value;
    }
    return request;
}

QString suffixOf(RecordForm form)
{
    switch (form) {
    case RecordForm::Tsv: return QStringLiteral(".tsv");
    case RecordForm::Csv: return QStringLiteral(".csv");
    case RecordForm::Json: return QStringLiteral(".json");
    case RecordForm::JsonLines: return QStringLiteral(".jsonl");
    case RecordForm::Markdown: return QStringLiteral(".md");
    }
    return {};
}

QString withSuffix(const QString& path, RecordForm form)
{
    for (const RecordForm other : kForms) {
        const QString suffix = suffixOf(other);
        if (path.endsWith(suffix, Qt::CaseInsensitive)) return path.left(path.size() - suffix.size()) + suffixOf(form);
    }
    return path;
}

} // namespace blazedb::views
