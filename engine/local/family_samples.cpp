#include "engine/local/family_samples.h"

#include <algorithm>
#include <string>

#include "engine/format28/lock_holders.h"
#include "engine/format28/page_format.h"
#include "engine/local/sample_list.h"

namespace blazedb::local {

namespace {

namespace unit = model::metricunit;

constexpr double kNanosecondsInSecond = 1e9;
constexpr const char* kWriterOnly = "only the app that writes knows it; it is not in the files";
constexpr const char* kOneVersion = "records of this format have one version, the newest";

double seconds(std::int64_t nanoseconds)
{
    return static_cast<double>(nanoseconds) / kNanosecondsInSecond;
}

double share(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

void addPart(SampleList& list, const FamilyMeasure& measure, const char* role, const char* id, const char* help)
{
    if (const format28::FamilyPart* part = measure.part(role))
        list.add(id, unit::kBytes, part->sizeBytes, help).detail = part->path;
    else
        list.miss(id, unit::kBytes, "there is no such file", help);
}

void addSizes(SampleList& list, const FamilyMeasure& measure, const StoreFigures& figures)
{
    list.add("storage.bytes", unit::kBytes, measure.totalBytes(), "Size of all files of the database.");
    addPart(list, measure, "pages", "storage.bytes_pages", "Size of the page file, which holds the records.");
    addPart(list, measure, "catalogue", "storage.bytes_catalogue",
            "Size of the catalogue, which says which records there are and holds the indexes.");
    addPart(list, measure, "log", "storage.bytes_log", "Size of the log.");
    addPart(list, measure, "salt", "storage.bytes_salt", "Size of the salt file, without which no password opens the database.");
    const std::uint64_t known = measure.bytesOf("pages") + measure.bytesOf("catalogue") + measure.bytesOf("log") + measure.bytesOf("salt");
    list.add("storage.bytes_other", unit::kBytes, measure.totalBytes() - known,
             "Size of further files: copies of an interrupted vacuum, an index override.");
    constexpr const char* kDiskHelp = "Free space on the disk that the database lies on.";
    if (figures.disk) list.add("storage.disk_free_bytes", unit::kBytes, figures.disk->freeBytes, kDiskHelp);
    else list.miss("storage.disk_free_bytes", unit::kBytes, "the system does not tell", kDiskHelp);
}

void addPages(SampleList& list, const FamilyMeasure& measure, const StoreFigures& figures)
{
    const CataloguePages& pages = measure.pages;
    list.add("storage.records_named", unit::kRecords, std::uint64_t{measure.view.catalogue->entries.size()},
             "Records that the catalogue names, soft-deleted and unreadable ones included.");
    list.add("storage.pages", unit::kPages, pages.inFile, "Pages of 4,096 bytes in the page file and its log.");
    list.add("storage.pages_used", unit::kPages, pages.used, "Pages that the catalogue gives to a record.");
    list.add("storage.pages_free", unit::kPages, pages.free, "Pages on the catalogue's list of free pages that no record uses.");
    list.add("storage.pages_unlisted", unit::kPages, pages.unlisted,
             "Pages that the catalogue names neither as used nor as free: emptied by deletes, orphaned by rolled-back or interrupted "
             "writes, or later pages of long records when the app writes with MVCC, which names only the first. The full check "
             "tells them apart.");
    list.add("storage.fragmentation_ratio", unit::kRatio, share(figures.pagesWasted, pages.inFile),
             "Free and unlisted pages, as a share of all pages.");
    const std::uint64_t records = measure.view.catalogue->entries.size();
    constexpr const char* kSpaceHelp = "Space that a record takes on average: its whole pages, as the catalogue names them.";
    if (records > 0)
        list.add("storage.record_space_mean_bytes", unit::kBytes, static_cast<double>(pages.used * format28::kPageBytes) / static_cast<double>(records),
                 kSpaceHelp);
    else
        list.miss("storage.record_space_mean_bytes", unit::kBytes, "there are no records", kSpaceHelp);
}

void addDurability(SampleList& list, const FamilyMeasure& measure, const StoreFigures& figures)
{
    list.add("durability.log_ratio", unit::kRatio, share(figures.logBytes, figures.databaseBytes),
             "Size of the log as a share of pages and catalogue.");
    list.add("durability.log_entries", unit::kCount, measure.view.pages->log().entries,
             "Page images in the log. The app moves them into the pages when it closes the database.");
    const format28::FamilyPart* log = measure.part("log");
    constexpr const char* kLogTimeHelp = "When the log was written last. This is no checkpoint, although the Swift library calls it one.";
    if (log != nullptr) list.add("durability.log_changed", unit::kTime, seconds(log->modifiedNs), kLogTimeHelp);
    else list.miss("durability.log_changed", unit::kTime, "there is no log", kLogTimeHelp);
    std::int64_t newest = 0;
    for (const format28::FamilyPart& part : measure.parts) newest = std::max(newest, part.modifiedNs);
    list.add("durability.last_change", unit::kTime, seconds(newest), "When any file of the database was written last.");

    const auto& findings = measure.view.committed.findings;
    const auto interrupted = std::find_if(findings.begin(), findings.end(), [](const model::Finding& finding) {
        return finding.kind == model::FindingKind::TransactionInterrupted || finding.kind == model::FindingKind::VacuumInterrupted;
    });
    model::MetricSample& sample = list.add("durability.interrupted", unit::kText, std::string(interrupted == findings.end() ? "no" : "yes"),
                                           "Whether a transaction or a vacuum was interrupted or is under way; the state before it is shown.");
    if (interrupted != findings.end()) sample.detail = interrupted->message;

    list.miss("durability.level", unit::kText, kWriterOnly, "How much the app syncs before it calls a change done.");
    list.miss("durability.last_checkpoint", unit::kTime, "this format has no checkpoints: the app empties the log when it closes",
              "When the log was last moved into the pages.");
    list.miss("durability.last_backup", unit::kTime, "backups are not recorded in the files", "When the newest backup was made.");
}

void addForeignActivity(SampleList& list, const FamilyMeasure& measure)
{
    list.count("activity.pages_logged", unit::kPages, measure.logEntriesSeen,
               "Pages that the app was seen to write since this program opened the database, by the growth of the log. A lower bound: "
               "what was logged and moved into the pages between two looks is not seen.");
    list.count("activity.catalogue_saves", unit::kCount, measure.catalogueSavesSeen,
               "How often the app was seen to replace the catalogue, as it does with every single insert. A lower bound.");
    list.miss("activity.commits", unit::kCount, "the log of this format marks no commits; see pages logged and catalogue saves",
              "Committed changes of the app.");
    list.miss("activity.operations", unit::kCount, kWriterOnly, "Inserts, updates and deletes of the app.");
    list.miss("activity.latency_seconds", unit::kSeconds, kWriterOnly, "How long operations of the app take.");
    list.miss("activity.lock_waits", unit::kCount, "one process holds the lock from open to close; others fail at once and do not wait",
              "Waits for the lock.");
}

void addVersions(SampleList& list)
{
    list.miss("versions.live", unit::kCount, kOneVersion, "Versions of records that a reader may still need.");
    list.miss("versions.removable", unit::kCount, kOneVersion, "Versions of records that nobody needs.");
    list.miss("versions.last_collection", unit::kTime, kOneVersion, "When old versions were last removed.");
}

void addIndexes(SampleList& list, const FamilyMeasure& measure)
{
    const auto& indexes = measure.view.catalogue->indexes;
    std::string names;
    std::uint64_t keys = 0;
    bool areKeysKnown = true;
    for (const model::IndexDescription& index : indexes) {
        names += (names.empty() ? "" : ", ") + index.name;
        areKeysKnown = areKeysKnown && index.keys.has_value();
        keys += index.keys.value_or(0);
    }
    list.add("indexes.secondary", unit::kCount, std::uint64_t{indexes.size()}, "Secondary indexes that the catalogue holds.").detail = names;
    if (areKeysKnown) list.add("indexes.keys", unit::kCount, keys, "Distinct keys in all indexes.");
    else list.miss("indexes.keys", unit::kCount, "the catalogue defines an index without its contents", "Distinct keys in all indexes.");
    list.miss("indexes.bytes", unit::kBytes, "indexes are a part of the catalogue and are not measured apart from it", "Size of all indexes.");
    list.miss("indexes.unused", unit::kCount, kWriterOnly, "Indexes that no query used for long.");
}

void addEnvironment(SampleList& list, const FamilyMeasure& measure)
{
    const format28::ViewParts& view = measure.view;
    list.add("environment.format_version", unit::kText, view.catalogue->formatVersion, "Version of the format that the catalogue declares.");
    list.add("environment.encoding", unit::kText, view.catalogue->encodingFormat, "How records are encoded.");
    std::string holders;
    if (view.stamps.pages)
        for (const std::string& holder : format28::lockHolders(*view.stamps.pages)) holders += (holders.empty() ? "" : ", ") + holder;
    list.add("environment.in_use_by", unit::kText, holders.empty() ? std::string("no process that the system names") : holders,
             "Who holds the lock on the page file. Looking does not disturb it.");
    list.miss("environment.created", unit::kTime, "the files do not record it", "When the database was made.");
    std::string names;
    std::string paths;
    for (const format28::FamilyPart& part : measure.parts) {
        names += (names.empty() ? "" : ", ") + format28::fileName(part.path);
        paths += (paths.empty() ? "" : "\n") + part.path;
    }
    list.add("environment.files", unit::kText, names, "Files of the database that are there.").detail = paths;
}

} // namespace

const format28::FamilyPart* FamilyMeasure::part(std::string_view role) const
{
    const auto found = std::find_if(parts.begin(), parts.end(), [&](const format28::FamilyPart& p) { return p.role == role; });
    return found == parts.end() ? nullptr : &*found;
}

std::uint64_t FamilyMeasure::bytesOf(std::string_view role) const
{
    const format28::FamilyPart* found = part(role);
    return found == nullptr ? 0 : found->sizeBytes;
}

std::uint64_t FamilyMeasure::totalBytes() const
{
    std::uint64_t bytes = 0;
    for (const format28::FamilyPart& each : parts) bytes += each.sizeBytes;
    return bytes;
}

std::vector<model::MetricSample> familySamples(const FamilyMeasure& measure, const StoreFigures& figures)
{
    SampleList list;
    addSizes(list, measure, figures);
    addPages(list, measure, figures);
    addDurability(list, measure, figures);
    addForeignActivity(list, measure);
    addVersions(list);
    addIndexes(list, measure);
    addEnvironment(list, measure);
    return list.take();
}

} // namespace blazedb::local
