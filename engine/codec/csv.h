// Comma- and tab-separated values out (RFC 4180), and Markdown tables. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/model/record.h"

namespace blazedb::codec {

enum class TableFormat { Csv, Tsv, Markdown };

struct TableOptions {
    TableFormat format = TableFormat::Csv;
    std::vector<std::string> columns; ///< Field names, in order.
    std::string nullText = "null";    ///< An explicit null; a missing field is an empty cell, an empty text "".
    bool guardFormulas = false;       ///< Puts ' before cells that a spreadsheet would run (= + - @ tab CR), numbers aside.
};

/// Appends the header line.
void appendTableHeader(std::string& out, const TableOptions& options);
/// Appends one record. Texts as they are; dates RFC 3339; ids upper case; bytes base64; containers typed JSON.
void appendTableRow(std::string& out, const model::Record& record, const TableOptions& options);

/// A value as a person reads it in one line; what tables use. Not lossless.
std::string plainText(const model::Value& value);

} // namespace blazedb::codec
