// A naive answer to a query: every record decoded, one loop, comparisons written from the semantics document
// (1.3, 1.4, 3.3) with Qt's text functions. Shares no code with engine/model's comparisons or with
// engine/query, so that the two can be held against each other.
#pragma once

#include <vector>

#include "engine/model/query.h"
#include "engine/model/record.h"

namespace blazedb::tests {

/// Ids of the matches in order, offset and limit applied. Patterns must be valid and mean the same to RE2 and
/// PCRE.
std::vector<model::Uuid> answerByOracle(const std::vector<model::Record>& records, const model::Query& query);

/// Whether one record fulfils a condition.
bool oracleMatches(const model::Record& record, const model::Expression& expression);

/// DM-9: negative, zero or positive; a null pointer is a missing field.
int oracleSortOrder(const model::Value* left, const model::Value* right);

} // namespace blazedb::tests
