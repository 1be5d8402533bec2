// How a query is going to be answered, step by step, for people. Pure.
#pragma once

#include <string>
#include <vector>

#include "engine/model/query.h"

namespace blazedb::query {

/// One operator; the first step of a plan is the last to run and pulls from the one behind it.
struct PlanStep {
    std::string operation; ///< "Limit", "Sort", "Filter", "Visible", "Scan", "Index".
    std::string detail;
};

/// How the rows are come by, where that is not a scan of records of every kind.
struct PlanSource {
    std::string index; ///< What is read of which index; empty: all rows are read.
    bool isOneCollection = false; ///< The query's collection has rows of its own.
};

/// From the top of the plan down to its scan.
std::vector<PlanStep> describePlan(const model::Query& query, const PlanSource& source = {});

} // namespace blazedb::query
