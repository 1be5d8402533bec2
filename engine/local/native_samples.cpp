#include "engine/local/native_samples.h"

#include "engine/local/native_file.h"
#include "engine/local/sample_list.h"

namespace blazedb::local {

namespace {

namespace unit = model::metricunit;

constexpr double kNanosecondsInOneSecond = 1e9;
constexpr const char* kOwnWriterOnly = "only the program that writes counts it; this one looks on";
constexpr const char* kInOneFile = "it lies inside the one file";

void addNativeSizes(SampleList& list, const StoreFigures& figures)
{
    list.add("storage.bytes", unit::kBytes, figures.databaseBytes, "Size of the file of the database, its log included.");
    list.miss("storage.bytes_pages", unit::kBytes, kInOneFile, "Size of the page file.");
    list.miss("storage.bytes_catalogue", unit::kBytes, kInOneFile, "Size of the catalogue.");
    list.miss("storage.bytes_log", unit::kBytes, kInOneFile, "Size of the log.");
    constexpr const char* kDiskHelp = "Free space on the disk that the database lies on.";
    if (figures.disk) list.add("storage.disk_free_bytes", unit::kBytes, figures.disk->freeBytes, kDiskHelp);
    else list.miss("storage.disk_free_bytes", unit::kBytes, "the system does not tell", kDiskHelp);
}

void addNativePages(SampleList& list, const NativeMeasure& measure, const StoreFigures& figures)
{
    list.add("storage.pages", unit::kPages, figures.pages, "Pages of 8,192 bytes in the file.");
    list.add("storage.pages_used", unit::kPages, figures.pages - figures.pagesWasted, "Pages that trees, large values, the log and the fixed places take.");
    list.add("storage.pages_free", unit::kPages, figures.pagesWasted, "Pages that are free for what is written next; compacting gives them back to the disk.");
    const double share = figures.pages == 0 ? 0.0 : static_cast<double>(figures.pagesWasted) / static_cast<double>(figures.pages);
    list.add("storage.fragmentation_ratio", unit::kRatio, share, "Free pages, as a share of all pages.");
    list.add("memory.nodes", unit::kCount, measure.stored.nodesInMemory, "Nodes of trees that this program keeps decrypted in memory.");
    const std::uint64_t asked = measure.stored.cacheHits + measure.stored.cacheMisses;
    constexpr const char* kRateHelp = "Share of tree nodes that were found in this program's cache.";
    if (asked > 0)
        list.add("memory.node_cache_hit_ratio", unit::kRatio, static_cast<double>(measure.stored.cacheHits) / static_cast<double>(asked), kRateHelp);
    else
        list.miss("memory.node_cache_hit_ratio", unit::kRatio, "nothing was asked for yet", kRateHelp);
}

void addNativeDurability(SampleList& list, const NativeMeasure& measure)
{
    list.add("durability.last_change", unit::kTime, static_cast<double>(measure.modifiedNs) / kNanosecondsInOneSecond, "When the file was written last.");
    list.add("durability.interrupted", unit::kText, std::string("no"),
             "Whether a transaction was interrupted or is under way. In this form what was not committed leaves nothing behind.");
    list.miss("durability.level", unit::kText, kOwnWriterOnly, "How much the writer syncs before it calls a change done.");
    list.miss("durability.last_backup", unit::kTime, "backups are not recorded in the file", "When the newest backup was made.");
    list.miss("activity.commits", unit::kCount, kOwnWriterOnly, "Committed changes.");
    list.miss("activity.operations", unit::kCount, kOwnWriterOnly, "Inserts, updates and deletes of the writer.");
}

void addNativeVersions(SampleList& list, const NativeMeasure& measure)
{
    list.add("versions.snapshots", unit::kCount, measure.stored.liveSnapshots, "States of the database that this program holds on to.");
    list.add("versions.pages_waiting", unit::kPages, measure.stored.pagesWaitingForSnapshots, "Pages that only a state held by this program still needs.");
}

void addNativeIndexes(SampleList& list, const NativeMeasure& measure)
{
    std::string names;
    for (const model::IndexDescription& index : measure.indexes) names += (names.empty() ? "" : ", ") + index.name;
    list.add("indexes.secondary", unit::kCount, std::uint64_t{measure.indexes.size()}, "Secondary indexes of all collections.").detail = names;
    list.miss("indexes.bytes", unit::kBytes, "pages of indexes are not counted apart", "Size of all indexes.");
}

void addNativeEnvironment(SampleList& list, const NativeMeasure& measure)
{
    list.add("environment.format_version", unit::kText, std::string("1"), "Version of the form of the file.");
    const auto outline = readNativeOutline(measure.files, measure.path);
    constexpr const char* kUseHelp = "Who has the file open for writing. Looking does not disturb it.";
    if (outline) list.add("environment.in_use_by", unit::kText, outline->holder.empty() ? std::string("no process that the system names") : outline->holder, kUseHelp);
    else list.miss("environment.in_use_by", unit::kText, outline.error().message, kUseHelp);
    list.add("environment.files", unit::kText, measure.path.substr(measure.path.rfind('/') + 1), "The file of the database.").detail = measure.path;
}

} // namespace

std::vector<model::MetricSample> nativeSamples(const NativeMeasure& measure, const StoreFigures& figures)
{
    SampleList list;
    addNativeSizes(list, figures);
    addNativePages(list, measure, figures);
    addNativeDurability(list, measure);
    addNativeVersions(list, measure);
    addNativeIndexes(list, measure);
    addNativeEnvironment(list, measure);
    return list.take();
}

} // namespace blazedb::local
