#include "engine/local/structure_survey.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "engine/model/query.h"
#include "engine/model/record.h"
#include "engine/model/text_order.h"
#include "engine/query/stream.h"
#include "engine/query/visibility.h"

namespace blazedb::local {

void FieldTally::add(const std::vector<codec::StoredRecord::FieldOutline>& fields)
{
    ++m_records;
    for (const auto& outline : fields) {
        model::FieldStatistics& field = fieldNamed(outline.name);
        ++field.present;
        ++field.ofKind[static_cast<std::size_t>(outline.kind)];
    }
}

void FieldTally::add(const FieldTally& other)
{
    m_records += other.m_records;
    for (const model::FieldStatistics& theirs : other.m_fields) {
        model::FieldStatistics& ours = fieldNamed(theirs.name);
        ours.present += theirs.present;
        for (std::size_t kind = 0; kind < model::kValueKindCount; ++kind)
            ours.ofKind[kind] += theirs.ofKind[kind];
    }
}

model::FieldStatistics& FieldTally::fieldNamed(std::string_view name)
{
    if (const auto known = m_places.find(name); known != m_places.end()) return m_fields[known->second];
    const std::string normal = model::toNfc(name);
    const auto [place, isNew] = m_places.try_emplace(normal, m_fields.size());
    if (isNew) m_fields.push_back({.name = normal, .ofKind = {}});
    const std::size_t position = place->second;
    m_places.try_emplace(std::string(name), position);
    return m_fields[position];
}

std::vector<model::FieldStatistics> FieldTally::statistics() const
{
    std::vector<model::FieldStatistics> sorted = m_fields;
    const auto rank = [](const model::FieldStatistics& field) {
        return std::tuple(field.name != model::fieldname::kId, UINT64_MAX - field.present,
                          std::string_view(field.name));
    };
    std::sort(sorted.begin(), sorted.end(),
              [&](const auto& left, const auto& right) { return rank(left) < rank(right); });
    return sorted;
}

Result<StructureSurvey> StructureSurvey::make(Database& database, const SnapshotView& view,
                                              const Deadline& deadline, std::uint64_t rowsMax)
{
    StructureSurvey survey;
    survey.m_rowsThere = view.records->rowCount();
    // Ids are random, so the first rows by key are a fair sample; everything is read fastest as it lies in
    // the file.
    const bool isSample = rowsMax < survey.m_rowsThere;
    const query::StreamOptions options{.order =
                                           isSample ? storage::ScanOrder::Key : storage::ScanOrder::Storage,
                                       .from = {},
                                       .rowsMax = isSample ? rowsMax : UINT64_MAX,
                                       .reading = view.reading};
    model::Query everything;
    everything.deleted = model::DeletedRecords::Included;
    const auto rowsExpected = std::min(rowsMax, survey.m_rowsThere);
    BLAZE_TRY_VALUE(const auto stream,
                    query::Stream::open(*view.records, everything, options, deadline.forRun(rowsExpected),
                                        database.counters()));
    for (;;) {
        BLAZE_TRY_VALUE(const query::Row* row, stream->next());
        if (row == nullptr) break;
        survey.add(*row);
    }
    survey.m_rowsRead = stream->rowsRead();
    survey.m_isComplete = !stream->isCutShort();
    return survey;
}

void StructureSurvey::add(const query::Row& row)
{
    const std::string* name = query::kindOf(*row.fields);
    Kind& kind = name != nullptr ? m_kinds[model::foldCase(*name)] : m_kindless;
    if (name != nullptr) ++kind.spellings[*name];
    ++(row.isSoftDeleted ? kind.softDeleted : kind.live);
    kind.fields.add(row.fields->outline());
    ++m_sizes.records;
    m_sizes.bytes += row.bytes.size();
    m_sizes.bytesMax = std::max<std::uint64_t>(m_sizes.bytesMax, row.bytes.size());
}

model::Count StructureSurvey::count(std::uint64_t seen) const
{
    if (m_isComplete) return {seen, model::Count::Certainty::Exact};
    if (m_rowsRead == 0) return {};
    const double scale = static_cast<double>(m_rowsThere) / static_cast<double>(m_rowsRead);
    return {static_cast<std::uint64_t>(std::llround(static_cast<double>(seen) * scale)),
            model::Count::Certainty::Estimate};
}

std::string StructureSurvey::displayName(const Kind& kind)
{
    const auto moreFrequent = [](const auto& left, const auto& right) { return left.second < right.second; };
    return std::max_element(kind.spellings.begin(), kind.spellings.end(), moreFrequent)->first;
}

std::vector<model::CollectionSummary> StructureSurvey::collections() const
{
    std::uint64_t live = m_kindless.live;
    std::uint64_t softDeleted = m_kindless.softDeleted;
    std::vector<model::CollectionSummary> summaries(1);
    for (const auto& [folded, kind] : m_kinds) {
        live += kind.live;
        softDeleted += kind.softDeleted;
        // A kind of that name cannot be asked for: the name means every record.
        if (displayName(kind) != model::kDefaultCollection)
            summaries.push_back({displayName(kind), count(kind.live), count(kind.softDeleted)});
    }
    summaries.front() = {model::kDefaultCollection, count(live), count(softDeleted)};
    return summaries;
}

model::CollectionStatistics StructureSurvey::statistics(const std::string& collection) const
{
    FieldTally tally;
    if (collection == model::kDefaultCollection) {
        tally.add(m_kindless.fields);
        for (const auto& [folded, kind] : m_kinds)
            tally.add(kind.fields);
    } else if (const auto kind = m_kinds.find(model::foldCase(collection)); kind != m_kinds.end()) {
        tally.add(kind->second.fields);
    }
    const bool isEveryRecord = collection == model::kDefaultCollection;
    model::CollectionStatistics statistics;
    statistics.recordsRead = tally.records();
    statistics.recordsTotal = m_isComplete && !isEveryRecord ? tally.records() : m_rowsThere;
    statistics.isComplete = m_isComplete;
    statistics.fields = tally.statistics();
    return statistics;
}

} // namespace blazedb::local
