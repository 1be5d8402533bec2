#include "engine/codec/base64.h"
#include "engine/codec/csv.h"
#include "engine/codec/number_text.h"
#include "engine/codec/typed_json.h"

namespace blazedb::codec {

namespace {

bool mayRunAsFormula(std::string_view cell)
{
    return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

void appendCsvCell(std::string& out, std::string_view cell, bool isQuoted)
{
    if (!isQuoted && cell.find_first_of(",\"\r\n") == std::string_view::npos) {
        out += cell;
        return;
    }
    out += '"';
    for (const char character : cell) {
        out += character;
        if (character == '"') out += '"';
    }
    out += '"';
}

void appendEscapedCell(std::string& out, std::string_view cell, TableFormat format)
{
    for (const char character : cell) {
        switch (character) {
        case '\t': out += format == TableFormat::Tsv ? "\\t" : " "; break;
        case '\n': out += format == TableFormat::Tsv ? "\\n" : "<br>"; break;
        case '\r': out += format == TableFormat::Tsv ? "\\r" : ""; break;
        case '\\': out += "\\\\"; break;
        case '|': out += format == TableFormat::Markdown ? "\\|" : "|"; break;
        default: out += character;
        }
    }
}

void appendCell(std::string& out, std::string_view cell, bool isEmptyText, const TableOptions& options, bool isNumber = false)
{
    std::string guarded;
    // The sign of a number begins no formula, and a ' before it would make it a text.
    if (options.guardFormulas && !isNumber && mayRunAsFormula(cell)) {
        guarded = "'" + std::string(cell);
        cell = guarded;
    }
    // An empty text is "" so that it differs from a missing field.
    if (options.format == TableFormat::Csv) appendCsvCell(out, cell, isEmptyText);
    else if (isEmptyText && options.format == TableFormat::Tsv) out += "\"\"";
    else appendEscapedCell(out, cell, options.format);
}

template <typename WriteCell>
void appendLine(std::string& out, const TableOptions& options, WriteCell writeCell)
{
    const bool isMarkdown = options.format == TableFormat::Markdown;
    const std::string_view separator = isMarkdown ? " | " : options.format == TableFormat::Tsv ? "\t" : ",";
    if (isMarkdown) out += "| ";
    for (std::size_t i = 0; i < options.columns.size(); ++i) {
        if (i > 0) out += separator;
        writeCell(options.columns[i]);
    }
    out += isMarkdown ? " |\n" : options.format == TableFormat::Csv ? "\r\n" : "\n";
}

} // namespace

std::string plainText(const model::Value& value)
{
    switch (value.kind()) {
    case model::ValueKind::Null: return "null";
    case model::ValueKind::Bool: return *value.as<bool>() ? "true" : "false";
    case model::ValueKind::Integer: return std::to_string(*value.as<std::int64_t>());
    case model::ValueKind::Double: return doubleToText(*value.as<double>());
    case model::ValueKind::Date: return dateToText(value.as<model::Date>()->seconds).value_or(doubleToText(value.as<model::Date>()->seconds));
    case model::ValueKind::Text: return *value.as<std::string>();
    case model::ValueKind::Uuid: return value.as<model::Uuid>()->toString();
    case model::ValueKind::Data: {
        std::string text;
        appendBase64(text, *value.as<Bytes>());
        return text;
    }
    default: return toTypedJson(value);
    }
}

void appendTableHeader(std::string& out, const TableOptions& options)
{
    appendLine(out, options, [&](const std::string& column) { appendCell(out, column, column.empty(), options); });
    if (options.format == TableFormat::Markdown) appendLine(out, options, [&](const std::string&) { out += "---"; });
}

void appendTableRow(std::string& out, const model::Record& record, const TableOptions& options)
{
    appendLine(out, options, [&](const std::string& column) {
        const model::Field* field = record.find(column);
        if (field == nullptr) {
            if (column == model::fieldname::kId) appendCell(out, record.id.toString(), false, options);
        } else if (field->value.isNull()) {
            appendCell(out, options.nullText, false, options);
        } else {
            const std::string text = plainText(field->value);
            const bool isNumber = field->value.kind() == model::ValueKind::Integer || field->value.kind() == model::ValueKind::Double;
            appendCell(out, text, text.empty(), options, isNumber);
        }
    });
}

} // namespace blazedb::codec
