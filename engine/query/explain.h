// How a query is going to be answered, step by step, for people. Pure.
#pragma once

#include <string>
#include <vector>

#include "engine/model/query.h"

namespace blazedb::query {

/// One operator; the first step of a plan is the last to run and pulls from the one behind it.
struct PlanStep {
    std::string operation; ///< "Limit", "Sort", "Filter", "Visible", "Scan".
    std::string detail;
};

/// From the top of the plan down to its scan.
std::vector<PlanStep> describePlan(const model::Query& query);

} // namespace blazedb::query
