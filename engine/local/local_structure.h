// Structure of an open file: what its records show (a family file declares nothing) and the indexes its
// catalogue names.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/structure.h"
#include "engine/base/guarded.h"
#include "engine/local/database.h"
#include "engine/local/structure_survey.h"

namespace blazedb::local {

/// Any thread.
class LocalStructure final : public api::Structure {
public:
    using SharedSurvey = std::shared_ptr<const StructureSurvey>;

    /// Borrows the database.
    explicit LocalStructure(Database& database);

    Result<std::vector<model::CollectionSummary>> collections(const api::CallContext& context,
                                                              std::uint64_t recordsMax) override;
    Result<model::CollectionStatistics> statistics(const api::CallContext& context,
                                                   const std::string& collection,
                                                   std::uint64_t recordsMax) override;
    Result<std::vector<model::IndexDescription>> indexes(const api::CallContext& context) override;

    /// A survey of every record that was made on this state of the database; null when there is none. Reads nothing.
    [[nodiscard]] SharedSurvey completeSurvey(std::uint64_t sequence);

private:
    struct Kept {
        std::uint64_t sequence = 0;
        SharedSurvey survey; ///< Complete, or null.
    };

    /// Of the records of every kind, or of a collection that has rows of its own.
    Result<SharedSurvey> survey(const api::CallContext& context, const std::string& collection, std::uint64_t recordsMax);
    /// Null when there is none of that state.
    SharedSurvey keptAt(const std::string& collection, std::uint64_t sequence);
    /// Collections that have rows of their own. Errors: those of a snapshot.
    Result<std::vector<std::string>> separateCollections(const api::CallContext& context);

    Database& m_database;
    Guarded<std::map<std::string, Kept>> m_kept; ///< By collection: the default one, and those that have rows of their own.
};

} // namespace blazedb::local
