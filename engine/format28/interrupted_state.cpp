#include "engine/format28/interrupted_state.h"

#include <filesystem>

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

void resolveTransaction(FileSystem& files, const FamilyPaths& paths, CommittedFiles& committed)
{
    const std::vector<std::string> digests = ownDigests(paths);
    for (const std::string& digest : digests) {
        const std::string stem = paths.folder + "/" + paths.transactionPrefix() + digest;
        if (exists(files, stem + ".blazedb")) {
            committed.pages = stem + ".blazedb";
            if (exists(files, stem + ".meta")) committed.catalogue = stem + ".meta";
            committed.log.clear();
            committed.findings.push_back(remark(model::FindingKind::TransactionInterrupted,
                                                "a transaction was open when the app stopped, or still is; the state before it is shown",
                                                "The app restores this state when it opens the database next."));
            break;
        }
        if (exists(files, stem + ".state"))
            committed.findings.push_back(remark(model::FindingKind::TransactionInterrupted,
                                                "the backup of an interrupted transaction is missing; the files are shown as they are"));
    }
    noteForeignTransactions(files, paths, digests, committed);
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

CommittedFiles findCommittedFiles(FileSystem& files, const FamilyPaths& paths)
{
    CommittedFiles committed{paths.pages, paths.catalogue(), paths.log(), {}};
    resolveVacuum(files, paths, committed);
    resolveTransaction(files, paths, committed);
    if (exists(files, paths.indexOverride()))
        committed.findings.push_back(remark(model::FindingKind::IndexOverride,
                                            "an unsigned " + fileName(paths.indexOverride()) + " lies here; the app would use it instead of the signed indexes",
                                            "Remove it while the app is closed, unless you put it there."));
    return committed;
}

} // namespace blazedb::format28
