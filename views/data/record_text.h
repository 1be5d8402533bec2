// Records as text in the forms people take away: copy and export share it. Any thread.
#pragma once

#include <string>
#include <vector>

#include "engine/model/record.h"

namespace blazedb::views {

enum class RecordForm { Tsv, Csv, Json, JsonLines, Markdown };

/// Builds one text piece by piece, so that it need not be held whole.
class RecordText {
public:
    /// Tables have these columns. JSON has these fields of each record, always with its id; none: whole records.
    RecordText(RecordForm form, std::vector<std::string> columns);

    void begin(std::string& out) const;
    void append(std::string& out, const model::Record& record);
    void end(std::string& out) const;

private:
    RecordForm m_form;
    std::vector<std::string> m_columns;
    bool m_isFirst = true;
};

} // namespace blazedb::views
