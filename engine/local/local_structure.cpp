#include "engine/local/local_structure.h"

#include <algorithm>
#include <utility>

#include "engine/model/text_order.h"

namespace blazedb::local {

LocalStructure::LocalStructure(Database& database)
    : m_database(database)
{}

Result<LocalStructure::SharedSurvey> LocalStructure::survey(const api::CallContext& context,
                                                            std::uint64_t recordsMax)
{
    const Deadline deadline(context, m_database.clock());
    return onSnapshot(m_database, deadline, [&](const SnapshotView& view) -> Result<SharedSurvey> {
        if (auto kept = m_kept.lock(); kept->survey && kept->sequence == view.sequence()) return kept->survey;
        const std::uint64_t rowsMax = recordsMax == 0 ? UINT64_MAX : recordsMax;
        BLAZE_TRY_VALUE(auto made, StructureSurvey::make(m_database, view, deadline, rowsMax));
        auto shared = std::make_shared<const StructureSurvey>(std::move(made));
        if (shared->isComplete()) *m_kept.lock() = {view.sequence(), shared};
        return shared;
    });
}

Result<std::vector<model::CollectionSummary>> LocalStructure::collections(const api::CallContext& context,
                                                                          std::uint64_t recordsMax)
{
    BLAZE_TRY_VALUE(const SharedSurvey found, survey(context, recordsMax));
    return found->collections();
}

Result<model::CollectionStatistics> LocalStructure::statistics(const api::CallContext& context,
                                                               const std::string& collection,
                                                               std::uint64_t recordsMax)
{
    BLAZE_TRY_VALUE(const SharedSurvey found, survey(context, recordsMax));
    model::CollectionStatistics statistics = found->statistics(collection);
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
    const auto kept = m_kept.lock();
    return kept->sequence == sequence ? kept->survey : nullptr;
}

} // namespace blazedb::local
