#include "engine/local/local_structure.h"

#include <algorithm>
#include <utility>

#include "engine/local/record_trees.h"
#include "engine/model/text_order.h"

namespace blazedb::local {

LocalStructure::LocalStructure(Database& database)
    : m_database(database)
{}

Result<LocalStructure::SharedSurvey> LocalStructure::survey(const api::CallContext& context, const std::string& collection,
                                                            std::uint64_t recordsMax)
{
    const Deadline deadline(context, m_database.clock());
    model::Query everything;
    everything.collection = collection;
    return onSnapshot(m_database, deadline, [&](const SnapshotView& newest) -> Result<SharedSurvey> {
        if (const auto kept = keptAt(collection, newest.sequence())) return kept;
        const std::uint64_t rowsMax = recordsMax == 0 ? UINT64_MAX : recordsMax;
        BLAZE_TRY_VALUE(const SnapshotView view, forQuery(m_database, newest, everything));
        BLAZE_TRY_VALUE(auto made, StructureSurvey::make(m_database, view, deadline, rowsMax));
        auto shared = std::make_shared<const StructureSurvey>(std::move(made));
        if (shared->isComplete()) (*m_kept.lock())[collection] = {view.sequence(), shared};
        return shared;
    });
}

LocalStructure::SharedSurvey LocalStructure::keptAt(const std::string& collection, std::uint64_t sequence)
{
    const auto kept = m_kept.lock();
    const auto found = kept->find(collection);
    return found != kept->end() && found->second.sequence == sequence ? found->second.survey : nullptr;
}

Result<std::vector<std::string>> LocalStructure::separateCollections(const api::CallContext& context)
{
    const RecordTrees* trees = m_database.trees();
    if (trees == nullptr) return std::vector<std::string>();
    const Deadline deadline(context, m_database.clock());
    return onSnapshot(m_database, deadline, [&](const SnapshotView& view) { return Result<std::vector<std::string>>(trees->collections(view)); });
}

Result<std::vector<model::CollectionSummary>> LocalStructure::collections(const api::CallContext& context,
                                                                          std::uint64_t recordsMax)
{
    BLAZE_TRY_VALUE(const auto separate, separateCollections(context));
    BLAZE_TRY_VALUE(const SharedSurvey found, survey(context, model::kDefaultCollection, recordsMax));
    auto summaries = found->collections();
    for (const std::string& name : separate) {
        BLAZE_TRY_VALUE(const SharedSurvey own, survey(context, name, recordsMax));
        model::CollectionSummary summary = own->collections().front();
        summary.name = name;
        summary.isSeparate = true;
        // A kind of that name in `default` cannot be asked for: the name means the collection.
        const auto twin = std::find_if(summaries.begin() + 1, summaries.end(), [&](const auto& other) { return other.name == name; });
        if (twin != summaries.end()) *twin = std::move(summary);
        else summaries.push_back(std::move(summary));
    }
    if (!separate.empty())
        std::sort(summaries.begin() + 1, summaries.end(),
                  [](const auto& left, const auto& right) { return model::compareText(model::foldCase(left.name), model::foldCase(right.name)) < 0; });
    return summaries;
}

Result<model::CollectionStatistics> LocalStructure::statistics(const api::CallContext& context,
                                                               const std::string& collection,
                                                               std::uint64_t recordsMax)
{
    BLAZE_TRY_VALUE(const auto separate, separateCollections(context));
    const bool isSeparate = std::find(separate.begin(), separate.end(), collection) != separate.end();
    BLAZE_TRY_VALUE(const SharedSurvey found, survey(context, isSeparate ? collection : model::kDefaultCollection, recordsMax));
    model::CollectionStatistics statistics = found->statistics(isSeparate ? model::kDefaultCollection : collection);
    const auto indexes = m_database.facts().indexes();
    for (model::FieldStatistics& field : statistics.fields) {
        const auto namesField = [&](const std::string& name) {
            return model::canonicallyEqual(name, field.name);
        };
        field.isIndexed =
            std::any_of(indexes.begin(), indexes.end(), [&](const model::IndexDescription& index) {
                return std::any_of(index.fields.begin(), index.fields.end(), namesField);
            });
    }
    return statistics;
}

Result<std::vector<model::IndexDescription>> LocalStructure::indexes(const api::CallContext& context)
{
    BLAZE_TRY(Deadline(context, m_database.clock()).check());
    return m_database.facts().indexes();
}

LocalStructure::SharedSurvey LocalStructure::completeSurvey(std::uint64_t sequence)
{
    return keptAt(model::kDefaultCollection, sequence);
}

} // namespace blazedb::local
