// The filter text people type (semantics 3.8, QL-21 with its extensions), to and from model::Query. Pure; any thread.
//
//   text      := [condition] (clause)*
//   condition := or-expression over: field op value | field in (v, …) | field is [not] null|missing|valued | not c | (c)
//   op        := = == eq | != <> ne | > | < | >= | <= | contains | like | ilike | matches | startswith | endswith
//   clause    := sort|orderby field [asc|desc] {, field [asc|desc]} | limit N | offset N | select field {, field}
//
// A field whose name is a keyword or holds spaces stands in backquotes; a quote inside quotes is written twice. Words are separated
// by spaces; a parenthesis groups only where a condition may begin, so `name = foo(bar)` asks for the text "foo(bar)".
// Two conditions side by side are joined by and, as in the old grammar; quoted words are always text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/model/query.h"

namespace blazedb::codec {

struct TextProblem {
    std::size_t offset = 0; ///< Byte in the text where it goes wrong.
    std::string message;    ///< "expected a value after >".
};

struct ParsedQuery {
    model::Query query; ///< filter, order, limit, offset, fields; collection and deleted are the caller's.
    std::optional<TextProblem> problem; ///< When set, `query` is not to be used.
};

/// A filter line may be empty or only sort; the `query` command of the old grammar asks for at least one condition.
enum class ConditionRule { Optional, Required };

/// Where conditions are optional, empty text is the query that matches everything.
ParsedQuery parseQueryText(std::string_view text, ConditionRule rule = ConditionRule::Optional);

/// Text that parses back to an identical query. For "use as text" and saved filters.
std::string toQueryText(const model::Query& query);
std::string toFilterText(const model::Expression& expression);

} // namespace blazedb::codec
