// Pulls a query to its end and keeps the ids: 16 bytes a row.
#pragma once

#include <vector>

#include "engine/model/uuid.h"
#include "engine/query/row.h"

namespace blazedb::query {

/// Errors: those of the operator.
Result<std::vector<model::Uuid>> collectIds(Operator& rows);

} // namespace blazedb::query
