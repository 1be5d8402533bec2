// What a 2.8 family knows of itself: description, parts, figures, check.
#pragma once

#include <string>

#include "engine/base/clock.h"
#include "engine/base/file_system.h"
#include "engine/format28/family_store.h"
#include "engine/local/opener.h"
#include "engine/local/store_facts.h"

namespace blazedb::local {

inline constexpr const char* kFamilyFormat = "BlazeDB 2.8 family";

/// Any thread.
class FamilyFacts final : public StoreFacts {
public:
    struct Origin {
        std::string name;
        std::string path;
        std::string identity;
        OpenMode mode = OpenMode::Observe;
    };

    /// Borrows store and clock.
    FamilyFacts(format28::FamilyStore& store, const Clock& clock, Origin origin);

    api::SourceDescription describe() const override;
    std::vector<model::Finding> openingFindings() const override;
    std::vector<model::IndexDescription> indexes() const override;
    StoreFigures figures() const override;
    Result<api::VerifyReport> check(const api::CallContext& context, api::VerifyDepth depth) override;

private:
    format28::FamilyStore& m_store;
    const Clock& m_clock;
    const Origin m_origin;
    const std::string m_encryption;
    const std::vector<api::SourcePart> m_parts; ///< As of opening: describing must not touch the disk.
};

/// What stays the same when the family is moved or renamed: a digest of its salt, which is no secret; empty
/// without one.
std::string familyIdentity(FileSystem& files, const std::vector<format28::FamilyPart>& parts);

std::vector<api::SourcePart> toSourceParts(const std::vector<format28::FamilyPart>& parts);

} // namespace blazedb::local
