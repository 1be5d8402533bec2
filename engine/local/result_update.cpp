#include "engine/local/result_update.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "engine/codec/order_key.h"
#include "engine/local/record_lookup.h"
#include "engine/model/predicate.h"
#include "engine/query/stream.h"

namespace blazedb::local {

namespace {

/// One result on its way to a newer state. Thread-safety: none; one owner.
class ResultUpdate {
public:
    ResultUpdate(Database& database, const SnapshotView& view, const Deadline& deadline, const model::Query& query)
        : m_database(database)
        , m_view(view)
        , m_deadline(deadline)
        , m_query(query)
    {
    }

    /// False when a record at whose place another one has to be found cannot be read.
    Result<bool> run(const query::ResultKeys& older, const std::vector<storage::RowChange>& changes, query::ResultKeys& result)
    {
        std::unordered_set<model::Uuid, model::UuidHash> changed;
        for (const storage::RowChange& change : changes) changed.insert(model::Uuid{change.key});
        result.rowsRead = older.rowsRead;
        std::copy_if(older.ids.begin(), older.ids.end(), std::back_inserter(result.ids), [&](const model::Uuid& id) { return !changed.contains(id); });
        std::copy_if(older.skipped.begin(), older.skipped.end(), std::back_inserter(result.skipped),
                     [&](const model::Finding& finding) { return !finding.record || !changed.contains(*finding.record); });
        for (const model::Uuid& id : changed) {
            BLAZE_TRY_VALUE(const bool isPlaced, place(id, result));
            if (!isPlaced) return false;
        }
        return true;
    }

private:
    /// Puts the record in if it matches now.
    Result<bool> place(const model::Uuid& id, query::ResultKeys& result)
    {
        const query::StreamOptions onlyThis{.order = storage::ScanOrder::Key, .from = id.bytes, .rowsMax = 1, .reading = m_view.reading};
        BLAZE_TRY_VALUE(const auto stream, query::Stream::open(*m_view.records, m_query, onlyThis, m_deadline.forRun(std::nullopt), m_database.counters()));
        BLAZE_TRY_VALUE(const query::Row* row, stream->next());
        for (model::Finding& finding : stream->takeSkipped())
            if (finding.record == id) result.skipped.push_back(std::move(finding));
        if (row == nullptr || row->id != id) return true;
        if (m_query.order.empty()) {
            result.ids.insert(std::lower_bound(result.ids.begin(), result.ids.end(), id), id);
            return true;
        }
        const std::string key = sortKeyOf(*row->fields);
        auto first = result.ids.begin();
        for (auto count = result.ids.end() - first; count > 0;) {
            const auto half = count / 2;
            BLAZE_TRY_VALUE(const std::string* other, knownSortKey(first[half]));
            if (other == nullptr) return false;
            if (std::tie(*other, first[half]) < std::tie(key, id)) {
                first += half + 1;
                count -= half + 1;
            } else {
                count = half;
            }
        }
        result.ids.insert(first, id);
        m_sortKeys.insert_or_assign(id, key);
        return true;
    }

    std::string sortKeyOf(model::FieldSource& fields) const
    {
        std::string key;
        for (const model::SortKey& part : m_query.order) codec::appendOrderKey(key, model::resolveField(fields, part.field), part.descending);
        return key;
    }

    /// The key of a record that is in the result already; null when it cannot be read any more.
    Result<const std::string*> knownSortKey(const model::Uuid& id)
    {
        const auto known = m_sortKeys.find(id);
        if (known != m_sortKeys.end()) return &known->second;
        const auto row = lookUpRecord(m_database, m_view, id, {});
        if (!row && row.error().code == ErrorCode::Conflict) return row.error();
        if (!row) return static_cast<const std::string*>(nullptr);
        model::RecordFieldSource fields((*row)->record);
        return &m_sortKeys.emplace(id, sortKeyOf(fields)).first->second;
    }

    Database& m_database;
    const SnapshotView& m_view;
    const Deadline& m_deadline;
    const model::Query& m_query;
    std::unordered_map<model::Uuid, std::string, model::UuidHash> m_sortKeys;
};

} // namespace

Result<std::optional<query::ResultKeys>> updatedResult(Database& database, const SnapshotView& view, const Deadline& deadline,
                                                       const model::Query& query, std::uint64_t sequence,
                                                       const query::ResultKeys& older)
{
    // More may have changed than the view shows; looking at those records as well changes nothing.
    const storage::RowNews news = database.store().newsSince(sequence, UINT64_MAX, kRecordsUpdatedMax);
    if (!news.isComplete || news.changes.size() > older.ids.size() + kRecordsUpdatedMax / 10) return std::optional<query::ResultKeys>();
    query::ResultKeys result;
    result.ids.reserve(older.ids.size() + news.changes.size());
    BLAZE_TRY_VALUE(const bool isUpdated, ResultUpdate(database, view, deadline, query).run(older, news.changes, result));
    if (!isUpdated) return std::optional<query::ResultKeys>();
    return std::optional(std::move(result));
}

} // namespace blazedb::local
