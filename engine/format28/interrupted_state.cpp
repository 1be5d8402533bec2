#include "engine/format28/interrupted_state.h"

#include <filesystem>

#include "engine/format28/catalogue.h"

namespace blazedb::format28 {

namespace {

bool exists(FileSystem& files, const std::string& path)
{
    return files.stamp(path).has_value();
}

model::Finding remark(model::FindingKind kind, std::string message, std::string advice = {})
{
    return {model::FindingSeverity::Remark, kind, std::nullopt, std::nullopt, std::move(message), std::move(advice)};
}

/// The digests this database's transaction files may bear: of the path as given and of the path behind links.
std::vector<std::string> ownDigests(const FamilyPaths& paths)
{
    std::vector<std::string> digests{transactionDigest(paths.pages)};
    std::error_code failure;
    const std::filesystem::path resolved = std::filesystem::canonical(paths.pages, failure);
    if (!failure && resolved.string() != paths.pages) digests.push_back(transactionDigest(resolved.string()));
    return digests;
}

/// Files of transactions of a database of this name, kept under another path.
void noteForeignTransactions(FileSystem& files, const FamilyPaths& paths, const std::vector<std::string>& digests, CommittedFiles& committed)
{
    const auto names = files.list(paths.folder);
    if (!names) return; // a folder that cannot be listed hides nothing that was asked for by name
    for (const std::string& name : *names) {
        if (!name.starts_with(paths.transactionPrefix()) || !name.ends_with(".blazedb")) continue;
        bool isOwn = false;
        for (const std::string& digest : digests) isOwn = isOwn || name == paths.transactionPrefix() + digest + ".blazedb";
        if (isOwn) continue;
        committed.findings.push_back(remark(model::FindingKind::TransactionForeign,
                                            "transaction files of a database of this name lie here, but for another path (" + name
                                                + "); they are not used",
                                            "If this database was moved or copied while a transaction was open, the state before the transaction is in them."));
    }
}

bool isWholeCatalogue(FileSystem& files, const std::string& path)
{
    if (path.empty()) return false;
    const auto bytes = readWholeFile(files, path, std::uint64_t{4} << 30);
    return bytes && parseCatalogueWrapper(*bytes);
}

/// The files of one transaction that are there.
struct TransactionFiles {
    std::string pages;
    std::string catalogue;
    std::string state;

    TransactionFiles(FileSystem& files, const std::string& stem)
    {
        const auto ifThere = [&](const char* extension) { return exists(files, stem + extension) ? stem + extension : std::string(); };
        pages = ifThere(".blazedb");
        catalogue = ifThere(".meta");
        state = ifThere(".state");
    }
    /// The state file is written last, after both copies.
    [[nodiscard]] bool isWhole() const { return !pages.empty() && !catalogue.empty() && !state.empty(); }
};

void resolveTransaction(FileSystem& files, const FamilyPaths& paths, const CommittedSearch& search, CommittedFiles& committed)
{
    const std::vector<std::string> digests = ownDigests(paths);
    for (const std::string& digest : digests) {
        const TransactionFiles there(files, paths.folder + "/" + paths.transactionPrefix() + digest);
        if (there.pages.empty() && there.state.empty()) continue;
        if (search.isLiving && !there.isWhole()) {
            committed.findings.push_back(remark(model::FindingKind::TransactionInterrupted,
                                                "a transaction is just beginning or ending; the files are shown as they are"));
        } else if (there.state.empty() && !isWholeCatalogue(files, there.catalogue)) {
            // The copies are made one after the other, and nothing is changed before the state file is there.
            committed.findings.push_back(remark(model::FindingKind::TransactionInterrupted,
                                                "the app stopped while it prepared a transaction; the files are shown as they are",
                                                "The app puts its unfinished copy in their place when it opens the database next: remove "
                                                    + fileName(there.pages) + " before."));
        } else if (there.pages.empty()) {
            committed.findings.push_back(remark(model::FindingKind::TransactionInterrupted,
                                                "the backup of an interrupted transaction is missing; the files are shown as they are"));
        } else {
            committed.pages = there.pages;
            if (!there.catalogue.empty()) committed.catalogue = there.catalogue;
            committed.log.clear();
            committed.findings.push_back(remark(model::FindingKind::TransactionInterrupted,
                                                "a transaction was open when the app stopped, or still is; the state before it is shown",
                                                "The app restores this state when it opens the database next."));
            break;
        }
    }
    if (search.notesForeign) noteForeignTransactions(files, paths, digests, committed);
}

void resolveVacuum(FileSystem& files, const FamilyPaths& paths, CommittedFiles& committed)
{
    if (!exists(files, paths.vacuumMarker())) return;
    if (exists(files, paths.vacuumDone())) {
        committed.findings.push_back(remark(model::FindingKind::VacuumInterrupted, "a vacuum was interrupted after its end; its result is whole and shown"));
        return;
    }
    if (!exists(files, paths.vacuumBackupPages())) {
        committed.findings.push_back(remark(model::FindingKind::VacuumInterrupted, "a vacuum was interrupted before it changed anything; the database is shown as it is"));
        return;
    }
    committed.pages = paths.vacuumBackupPages();
    if (exists(files, paths.vacuumBackupCatalogue())) committed.catalogue = paths.vacuumBackupCatalogue();
    committed.findings.push_back(remark(model::FindingKind::VacuumInterrupted, "a vacuum was interrupted while it swapped files; the state before it is shown",
                                        "The app restores this state when it opens the database next."));
}

} // namespace

CommittedFiles findCommittedFiles(FileSystem& files, const FamilyPaths& paths, CommittedSearch search)
{
    CommittedFiles committed{paths.pages, paths.catalogue(), paths.log(), {}};
    resolveVacuum(files, paths, committed);
    resolveTransaction(files, paths, search, committed);
    if (exists(files, paths.indexOverride()))
        committed.findings.push_back(remark(model::FindingKind::IndexOverride,
                                            "an unsigned " + fileName(paths.indexOverride()) + " lies here; the app would use it instead of the signed indexes",
                                            "Remove it while the app is closed, unless you put it there."));
    return committed;
}

} // namespace blazedb::format28
