#include "engine/query/explain.h"

#include <set>

namespace blazedb::query {

namespace {

void collectFields(const model::Expression& expression, std::set<std::string>& fields)
{
    if (!expression.field.empty()) fields.insert(expression.field);
    for (const model::Expression& child : expression.children) collectFields(child, fields);
}

std::string filterText(const model::Expression& expression)
{
    std::set<std::string> fields;
    collectFields(expression, fields);
    std::string text = "condition on ";
    for (const std::string& field : fields) text += (&field == &*fields.begin() ? "" : ", ") + field;
    return text;
}

std::string sliceText(const model::Query& query)
{
    std::string text = query.offset > 0 ? "passes over " + std::to_string(query.offset) : "";
    if (!query.limit) return text;
    if (!text.empty()) text += ", ";
    return text + "at most " + std::to_string(*query.limit);
}

std::string orderText(const std::vector<model::SortKey>& order)
{
    if (order.empty()) return "id ascending";
    std::string text;
    for (const model::SortKey& key : order)
        text += key.field + (key.descending ? " descending, " : " ascending, ");
    return text + "ties by id, missing and null last";
}

std::string visibilityText(const model::Query& query, bool isOneCollection)
{
    std::string text = isOneCollection ? "collection " + query.collection
                       : query.collection == model::kDefaultCollection ? "every kind" : "kind " + query.collection;
    switch (query.deleted) {
    case model::DeletedRecords::Hidden:
        return text + ", without soft-deleted records";
    case model::DeletedRecords::Included:
        return text + ", with soft-deleted records";
    case model::DeletedRecords::Only:
        return text + ", soft-deleted records only";
    }
    return text;
}

} // namespace

std::vector<PlanStep> describePlan(const model::Query& query, const PlanSource& source)
{
    std::vector<PlanStep> steps;
    if (query.offset > 0 || query.limit) steps.push_back({"Limit", sliceText(query)});
    steps.push_back({"Sort", orderText(query.order)});
    if (!query.filter.isAll()) steps.push_back({"Filter", filterText(query.filter)});
    steps.push_back({"Visible", visibilityText(query, source.isOneCollection)});
    if (source.index.empty()) steps.push_back({"Scan", "all records, in the order of the file"});
    else steps.push_back({"Index", source.index});
    return steps;
}

} // namespace blazedb::query
