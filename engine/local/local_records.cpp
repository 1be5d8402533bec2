#include "engine/local/local_records.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/local/keyed_window.h"
#include "engine/local/record_lookup.h"
#include "engine/local/record_scan.h"
#include "engine/local/record_trees.h"
#include "engine/local/result_update.h"
#include "engine/local/streamed_window.h"
#include "engine/local/value_part.h"
#include "engine/local/window_range.h"
#include "engine/model/predicate.h"
#include "engine/query/explain.h"
#include "engine/query/field_profile.h"

namespace blazedb::local {

using metrics::CounterSet;

namespace {

Error fieldNotFound(const api::ValueRef& value)
{
    return {ErrorCode::NotFound, "record " + value.id.toString() + " has no such field"};
}

/// The steps as a tree: each pulls from the one behind it.
api::PlanStep nested(const std::vector<query::PlanStep>& steps)
{
    api::PlanStep root;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        api::PlanStep above{step->operation, step->detail, {}};
        if (!root.operation.empty()) above.inputs.push_back(std::move(root));
        root = std::move(above);
    }
    return root;
}

/// As onSnapshot, with the rows that the query needs.
template <typename Work>
auto onQuery(Database& database, const Deadline& deadline, const model::Query& query, const Work& work)
{
    return onSnapshot(database, deadline, [&](const SnapshotView& newest) -> decltype(work(newest)) {
        BLAZE_TRY_VALUE(const SnapshotView view, forQuery(database, newest, query));
        return work(view);
    });
}

/// The same with those of one record.
template <typename Work>
auto onRecord(Database& database, const Deadline& deadline, const model::Uuid& id, const Work& work)
{
    return onSnapshot(database, deadline, [&](const SnapshotView& newest) -> decltype(work(newest)) {
        BLAZE_TRY_VALUE(const SnapshotView view, forRecord(database, newest, id));
        return work(view);
    });
}

} // namespace

LocalRecords::LocalRecords(Database& database)
    : m_database(database)
{}

Result<api::RecordWindow> LocalRecords::query(const api::CallContext& context, const model::Query& query,
                                              api::Window window)
{
    CounterSet::add(m_database.counters().queries);
    const Deadline deadline(context, m_database.clock());
    return onQuery(m_database, deadline, query,
                   [&](const SnapshotView& view) { return windowOf(view, deadline, query, window); });
}

Result<api::RecordWindow> LocalRecords::windowOf(const SnapshotView& view, const Deadline& deadline,
                                                 const model::Query& query, const api::Window& window)
{
    const ResultKey key(view.sequence(), query);
    BLAZE_TRY_VALUE(const SharedResult known, knownResult(view, deadline, query));
    if (query.order.empty() && known == nullptr) {
        BLAZE_TRY_VALUE(auto streamed, streamWindow(m_database, view, deadline, query, window));
        if (streamed) return *std::move(streamed);
    }
    BLAZE_TRY_VALUE(const SharedResult result, wholeResult(view, deadline, query));
    auto answer = keyedWindow(m_database, view, deadline, *result, query, window);
    if (!answer && answer.error().code == ErrorCode::Conflict) m_database.resultCache().drop(key);
    return answer;
}

Result<SharedResult> LocalRecords::knownResult(const SnapshotView& view, const Deadline& deadline,
                                               const model::Query& query)
{
    const ResultKey key(view.sequence(), query);
    if (SharedResult found = m_database.resultCache().find(key)) return found;
    const auto [sequence, older] = m_database.resultCache().findOtherState(key);
    if (!older) return SharedResult();
    BLAZE_TRY_VALUE(auto updated, updatedResult(m_database, view, deadline, query, sequence, *older));
    if (!updated) return SharedResult();
    return m_database.resultCache().findOrBuild(
        key, deadline, [&] { return Result<query::ResultKeys>(*std::move(updated)); });
}

Result<SharedResult> LocalRecords::wholeResult(const SnapshotView& view, const Deadline& deadline,
                                               const model::Query& query)
{
    BLAZE_TRY_VALUE(SharedResult known, knownResult(view, deadline, query));
    if (known) return known;
    return m_database.resultCache().findOrBuild(ResultKey(view.sequence(), query), deadline, [&] {
        query::Executor executor(*view.records, m_database.counters(), view.reading);
        return executor.collect(query, deadline.forRun(view.records->rowCount()));
    });
}

Result<api::CountAnswer> LocalRecords::count(const api::CallContext& context, const model::Query& query)
{
    CounterSet::add(m_database.counters().queries);
    const Deadline deadline(context, m_database.clock());
    return onQuery(m_database, deadline, query, [&](const SnapshotView& view) -> Result<api::CountAnswer> {
        BLAZE_TRY_VALUE(const SharedResult result, wholeResult(view, deadline, query));
        return api::CountAnswer{result->ids.size(), view.sequence(), result->skipped};
    });
}

Result<api::ScanSummary> LocalRecords::scan(const api::CallContext& context, const model::Query& query,
                                            const api::ScanOptions& options, const api::RowSink& sink)
{
    CounterSet::add(m_database.counters().queries);
    const Deadline deadline(context, m_database.clock());
    const ScanCall call{m_database, context, deadline, query, options, sink};
    if (query.order.empty()) return scanById(call);
    // Only the making of the order is repeated when the files move; rows that were handed on cannot be taken back.
    SnapshotView ordered;
    SharedResult result;
    BLAZE_TRY(onQuery(m_database, deadline, query, [&](const SnapshotView& view) -> Result<void> {
        BLAZE_TRY_VALUE(result, wholeResult(view, deadline, query));
        ordered = view;
        return {};
    }));
    return scanInOrder(call, std::move(ordered), *result);
}

Result<api::RecordRow> LocalRecords::record(const api::CallContext& context, const model::Uuid& id)
{
    const Deadline deadline(context, m_database.clock());
    return onRecord(m_database, deadline, id, [&](const SnapshotView& view) -> Result<api::RecordRow> {
        BLAZE_TRY_VALUE(const auto row, lookUpRecord(m_database, view, id, {}));
        return *row;
    });
}

Result<std::uint64_t> LocalRecords::positionOf(const api::CallContext& context, const model::Query& query,
                                               const model::Uuid& id)
{
    const Deadline deadline(context, m_database.clock());
    return onQuery(m_database, deadline, query, [&](const SnapshotView& view) -> Result<std::uint64_t> {
        BLAZE_TRY_VALUE(const SharedResult result, wholeResult(view, deadline, query));
        const auto found = std::find(result->ids.begin(), result->ids.end(), id);
        const auto position = static_cast<std::uint64_t>(std::distance(result->ids.begin(), found));
        if (found == result->ids.end() || position < query.offset || position >= endOfLimit(query))
            return Error{ErrorCode::NotFound, "record " + id.toString() + " is not in this result"};
        return position - query.offset;
    });
}

Result<api::ValuePart> LocalRecords::readValue(const api::CallContext& context, const api::ValueRef& value,
                                               api::ByteRange range)
{
    const Deadline deadline(context, m_database.clock());
    return onRecord(m_database, deadline, value.id, [&](const SnapshotView& view) -> Result<api::ValuePart> {
        if (const RecordTrees* trees = m_database.trees()) {
            BLAZE_TRY_VALUE(auto part, trees->readPart(view, value, range));
            if (part) return *std::move(part);
        }
        BLAZE_TRY_VALUE(const auto row, lookUpRecord(m_database, view, value.id, {}));
        const model::Field* field = row->record.find(value.field);
        if (field == nullptr) return fieldNotFound(value);
        return cutPart(field->value, range);
    });
}

Result<model::FieldProfile> LocalRecords::profile(const api::CallContext& context, const model::Query& query,
                                                  const std::string& field, std::size_t valuesMax)
{
    CounterSet::add(m_database.counters().queries);
    const Deadline deadline(context, m_database.clock());
    return onQuery(m_database, deadline, query, [&](const SnapshotView& view) -> Result<model::FieldProfile> {
        BLAZE_TRY_VALUE(auto profile,
                        query::profileField(*view.records, query, field, valuesMax,
                                            deadline.forRun(view.records->rowCount()), m_database.counters(), view.reading));
        profile.sequence = view.sequence();
        return profile;
    });
}

Result<api::PlanDescription> LocalRecords::explain(const api::CallContext& context, const model::Query& query,
                                                   api::ExplainMode mode)
{
    const Deadline deadline(context, m_database.clock());
    return onQuery(m_database, deadline, query, [&](const SnapshotView& view) -> Result<api::PlanDescription> {
        BLAZE_TRY(model::Predicate::compile(query.filter));
        api::PlanDescription plan{nested(query::describePlan(query, {view.index, view.reading.isOneCollection})), view.index.empty(),
                                  view.records->rowCount()};
        if (mode == api::ExplainMode::Plan) return plan;
        BLAZE_TRY_VALUE(const SharedResult result, wholeResult(view, deadline, query));
        const std::uint64_t shown = afterOffsetAndLimit(query, result->ids.size());
        plan.recordsToRead = result->rowsRead;
        plan.root.detail += "; " + std::to_string(result->ids.size()) + " of " +
                            std::to_string(result->rowsRead) + " records match, " + std::to_string(shown) +
                            " are handed on";
        return plan;
    });
}

} // namespace blazedb::local
