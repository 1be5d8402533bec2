// What a 2.8 family knows of itself: description, parts, figures, check.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/file_system.h"
#include "engine/base/guarded.h"
#include "engine/format28/family_snapshot.h"
#include "engine/format28/family_store.h"
#include "engine/local/opener.h"
#include "engine/local/store_facts.h"

namespace blazedb::local {

inline constexpr const char* kFamilyFormat = "BlazeDB 2.8 family";

/// How the pages of the file are used, as far as the catalogue tells. Each page of the file counts once.
struct CataloguePages {
    std::uint64_t inFile = 0;
    std::uint64_t used = 0;   ///< Named by a record.
    std::uint64_t free = 0;   ///< On the list of free pages and named by no record.
    std::uint64_t unlisted = 0; ///< Neither: emptied, orphaned, or with MVCC the later pages of long records.

    static CataloguePages of(const format28::Catalogue& catalogue, std::uint64_t pagesInFile);
};

/// Any thread.
class FamilyFacts final : public StoreFacts {
public:
    struct Origin {
        std::string name;
        std::string path;
        std::string identity;
        OpenMode mode = OpenMode::Observe;
    };

    /// Borrows all three.
    FamilyFacts(format28::FamilyStore& store, FileSystem& files, const Clock& clock, Origin origin);

    api::SourceDescription describe() const override;
    std::vector<model::Finding> openingFindings() const override;
    std::vector<model::IndexDescription> indexes() const override;
    StoreFigures figures() override;
    Result<api::VerifyReport> check(const api::CallContext& context, api::VerifyDepth depth) override;

private:
    using SharedSnapshot = std::shared_ptr<const format28::FamilySnapshot>;

    /// What is remembered between two measurements.
    struct Watched {
        SharedSnapshot snapshot; ///< The last state that could be looked at.
        CataloguePages pages;         ///< Of it.
        std::uint64_t logEntriesSeen = 0;     ///< New ones since opening.
        std::uint64_t catalogueSavesSeen = 0; ///< Replacements since opening.
        std::string problem; ///< Why there is no newer state.
    };

    Watched watch();
    void accept(Watched& watched, SharedSnapshot newest) const;

    format28::FamilyStore& m_store;
    FileSystem& m_files;
    const Clock& m_clock;
    const Origin m_origin;
    const std::string m_encryption;
    const std::vector<api::SourcePart> m_parts; ///< As of opening: describing must not touch the disk.
    Guarded<Watched> m_watched;
};

/// What stays the same when the family is moved or renamed: a digest of its salt, which is no secret; empty
/// without one.
std::string familyIdentity(FileSystem& files, const std::vector<format28::FamilyPart>& parts);

std::vector<api::SourcePart> toSourceParts(const std::vector<format28::FamilyPart>& parts);

} // namespace blazedb::local
