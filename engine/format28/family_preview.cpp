#include <algorithm>

#include "engine/format28/family_paths.h"
#include "engine/format28/family_store.h"
#include "engine/format28/interrupted_state.h"
#include "engine/format28/lock_holders.h"
#include "engine/format28/page_format.h"

namespace blazedb::format28 {

namespace {

constexpr std::string_view kSqliteMagic{"SQLite format 3\0", 16};
constexpr std::size_t kPagesSniffed = 256;

void addPart(FileSystem& files, std::vector<FamilyPart>& parts, const char* role, const std::string& path)
{
    if (const auto stamp = files.stamp(path); stamp && !stamp->isFolder) parts.push_back({role, path, stamp->sizeBytes, stamp->modifiedNs});
}

bool hasPart(const std::vector<FamilyPart>& parts, std::string_view role)
{
    return std::any_of(parts.begin(), parts.end(), [&](const FamilyPart& part) { return part.role == role; });
}

Error notADatabase(const FamilyPaths& paths, const std::string& why)
{
    return {ErrorCode::InvalidArgument, fileName(paths.pages) + " is not a BlazeDB database: " + why};
}

/// The part whose name was given in place of the page file's; null for any other name.
const char* sideFileRole(const std::string& path)
{
    if (path.ends_with(".meta")) return "catalogue";
    if (path.ends_with(".salt")) return "salt";
    if (path.ends_with(".wal")) return "log";
    return nullptr;
}

/// Looks at the beginning of the page file. Without a catalogue beside it, at least one page must be of a known kind.
Result<void> sniffPages(FileSystem& files, const FamilyPaths& paths, const std::string& pagesPath, bool hasCatalogue)
{
    BLAZE_TRY_VALUE(const auto file, files.openForReading(pagesPath));
    Bytes bytes(kPagesSniffed * kPageBytes);
    BLAZE_TRY_VALUE(const std::size_t got, file->readAt(0, bytes));
    const ByteView there = ByteView(bytes).first(got);
    if (got >= kSqliteMagic.size() && asText(there.first(kSqliteMagic.size())) == kSqliteMagic) return notADatabase(paths, "it is an SQLite database");
    if (hasCatalogue) return {};
    if (there.empty()) return notADatabase(paths, "it is empty and has no " + fileName(paths.catalogue()) + " beside it");
    for (std::size_t offset = 0; offset < got; offset += kPageBytes) {
        const PageKind kind = pageKind(there.subspan(offset, std::min(kPageBytes, got - offset)));
        if (kind != PageKind::Foreign && kind != PageKind::Zero) return {};
    }
    return notADatabase(paths, "it holds no BlazeDB pages and has no " + fileName(paths.catalogue()) + " beside it");
}

} // namespace

std::vector<FamilyPart> familyParts(FileSystem& files, const FamilyPaths& paths)
{
    std::vector<FamilyPart> parts;
    addPart(files, parts, "pages", paths.pages);
    addPart(files, parts, "catalogue", paths.catalogue());
    addPart(files, parts, "log", paths.log());
    addPart(files, parts, "salt", paths.salt());
    addPart(files, parts, "vacuum backup", paths.vacuumBackupPages());
    addPart(files, parts, "index override", paths.indexOverride());
    return parts;
}

Result<FamilyPreview> previewFamily(FileSystem& files, const std::string& path)
{
    BLAZE_TRY_VALUE(const std::string absolute, files.absolute(path));
    const FamilyPaths paths = familyPaths(absolute);
    FamilyPreview preview{paths.name, absolute, familyParts(files, paths), {}};

    const auto given = files.stamp(absolute);
    std::vector<std::string> holders = given ? lockHolders(*given) : std::vector<std::string>();
    // An app that was stopped while it swapped files may have left only their copies; those are the database then.
    const CommittedFiles committed = findCommittedFiles(files, paths, {.isLiving = !holders.empty()});
    const auto stamp = !given && committed.pages != absolute ? files.stamp(committed.pages) : given;
    if (!given && stamp) holders = lockHolders(*stamp); // an app that is swapping them now holds the copy
    if (!stamp && stamp.error().code != ErrorCode::NotFound) return stamp.error();
    if (!stamp) {
        if (!hasPart(preview.parts, "catalogue")) return Error{ErrorCode::NotFound, absolute + " does not exist"};
        return Error{ErrorCode::FailedPrecondition,
                     "the page file " + fileName(absolute) + " is missing, although " + fileName(paths.catalogue())
                         + " is there; put it back beside its side files or restore a backup"};
    }
    if (stamp->isFolder) return Error{ErrorCode::InvalidArgument, absolute + " is a folder; choose the .blazedb file in it"};
    if (const char* role = sideFileRole(absolute))
        return Error{ErrorCode::InvalidArgument, absolute + " is the " + role + " of a BlazeDB database; choose the page file "
                                                     + fileName(paths.base) + ".blazedb beside it"};
    const bool hasCatalogue = files.stamp(committed.catalogue).has_value();
    BLAZE_TRY(sniffPages(files, paths, committed.pages, hasCatalogue));

    preview.findings = committed.findings;
    for (const std::string& holder : holders)
        preview.findings.push_back({model::FindingSeverity::Remark, model::FindingKind::InUse, std::nullopt, std::nullopt,
                                    "in use by " + holder + "; looking does not disturb it", {}});
    if (!hasCatalogue)
        preview.findings.push_back({model::FindingSeverity::Lost, model::FindingKind::CatalogueUntrusted, std::nullopt, std::nullopt,
                                    "the catalogue " + fileName(paths.catalogue()) + " is missing",
                                    "The rescue view shows what the pages still hold. Do not open the database with the app: it would start empty."});
    return preview;
}

} // namespace blazedb::format28
