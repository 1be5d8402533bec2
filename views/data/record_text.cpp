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
    codec::appendTypedJson(out, record);
    if (m_form == RecordForm::JsonLines) out += '\n';
}

void RecordText::end(std::string& out) const
{
    if (m_form == RecordForm::Json) out += "\n]\n";
}

} // namespace blazedb::views
