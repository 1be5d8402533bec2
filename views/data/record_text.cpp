#include "views/data/record_text.h"

#include <utility>

#include "engine/codec/csv.h"
#include "engine/codec/typed_json.h"

namespace blazedb::views {
namespace {

codec::TableOptions tableOptions(RecordForm form, const std::vector<std::string>& columns)
{
    codec::TableOptions options;
    options.columns = columns;
    options.format = form == RecordForm::Csv   ? codec::TableFormat::Csv
                     : form == RecordForm::Tsv ? codec::TableFormat::Tsv
                                               : codec::TableFormat::Markdown;
    return options;
}

/// In the order of the names; a field the record lacks stays missing.
model::Record withFields(const model::Record& record, const std::vector<std::string>& names)
{
    model::Record chosen;
    chosen.id = record.id;
    for (const std::string& name : names)
        if (const model::Field* field = record.find(name)) chosen.fields.push_back(*field);
    return chosen;
}

bool isJson(RecordForm form)
{
    return form == RecordForm::Json || form == RecordForm::JsonLines;
}

} // namespace

RecordText::RecordText(RecordForm form, std::vector<std::string> columns)
    : m_form(form)
    , m_columns(std::move(columns))
{}

void RecordText::begin(std::string& out) const
{
    if (m_form == RecordForm::Json) out += "[";
    if (!isJson(m_form)) codec::appendTableHeader(out, tableOptions(m_form, m_columns));
}

void RecordText::append(std::string& out, const model::Record& record)
{
    if (!isJson(m_form)) return codec::appendTableRow(out, record, tableOptions(m_form, m_columns));
    if (m_form == RecordForm::Json) out += m_isFirst ? "\n" : ",\n";
    m_isFirst = false;
    codec::appendTypedJson(out, m_columns.empty() ? record : withFields(record, m_columns));
    if (m_form == RecordForm::JsonLines) out += '\n';
}

void RecordText::end(std::string& out) const
{
    if (m_form == RecordForm::Json) out += "\n]\n";
}

} // namespace blazedb::views
