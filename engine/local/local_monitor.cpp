#include "engine/local/local_monitor.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "engine/local/deadline.h"
#include "engine/local/health_judgement.h"
#include "engine/local/sample_list.h"
#include "engine/local/snapshot_call.h"

namespace blazedb::local {

namespace {

namespace unit = model::metricunit;

constexpr const char* kNotSurveyed = "not counted on this state of the database; measuring never reads records";
constexpr const char* kLiveHelp = "Records without soft-deleted ones.";
constexpr const char* kDeletedHelp = "Records whose field isDeleted is true.";
constexpr const char* kCollectionsHelp = "Collections: all records, and each kind of record.";
constexpr const char* kFieldsHelp = "Different fields in all records.";
constexpr const char* kMeanHelp = "Size of a record on average, as it is encoded.";
constexpr const char* kLargestHelp = "Size of the largest record, as it is encoded.";

void missSurvey(SampleList& list)
{
    list.miss("storage.records_live", unit::kRecords, kNotSurveyed, kLiveHelp);
    list.miss("storage.records_soft_deleted", unit::kRecords, kNotSurveyed, kDeletedHelp);
    list.miss("storage.record_mean_bytes", unit::kBytes, kNotSurveyed, kMeanHelp);
    list.miss("storage.record_max_bytes", unit::kBytes, kNotSurveyed, kLargestHelp);
    list.miss("structure.collections", unit::kCount, kNotSurveyed, kCollectionsHelp);
    list.miss("structure.fields", unit::kCount, kNotSurveyed, kFieldsHelp);
}

void addSurvey(SampleList& list, const StructureSurvey& survey)
{
    const auto collections = survey.collections();
    list.add("storage.records_live", unit::kRecords, collections.front().records.value, kLiveHelp);
    list.add("storage.records_soft_deleted", unit::kRecords, collections.front().softDeleted.value, kDeletedHelp);
    const RecordSizes& sizes = survey.recordSizes();
    if (sizes.records > 0) {
        list.add("storage.record_mean_bytes", unit::kBytes, static_cast<double>(sizes.bytes) / static_cast<double>(sizes.records), kMeanHelp);
        list.add("storage.record_max_bytes", unit::kBytes, sizes.bytesMax, kLargestHelp);
    } else {
        list.miss("storage.record_mean_bytes", unit::kBytes, "there are no records", kMeanHelp);
        list.miss("storage.record_max_bytes", unit::kBytes, "there are no records", kLargestHelp);
    }
    std::string names;
    for (const model::CollectionSummary& collection : collections) names += (names.empty() ? "" : ", ") + collection.name;
    list.add("structure.collections", unit::kCount, std::uint64_t{collections.size()}, kCollectionsHelp).detail = names;
    list.add("structure.fields", unit::kCount, std::uint64_t{survey.statistics(model::kDefaultCollection).fields.size()}, kFieldsHelp);
}

void addStructure(SampleList& list, Database& database, LocalStructure& structure)
{
    const auto view = takeSnapshot(database);
    const auto survey = view ? structure.completeSurvey(view->sequence()) : nullptr;
    if (survey) addSurvey(list, *survey);
    else missSurvey(list);
    list.miss("structure.schema_version", unit::kText, "the app does not keep it: any single insert drops it from the catalogue",
              "Version of the app's own schema.");
}

void addMemory(SampleList& list, Database& database)
{
    list.add("memory.record_cache_bytes", unit::kBytes, database.recordCache().bytes(), "Records that this program keeps in memory.");
    list.add("memory.record_cache_max_bytes", unit::kBytes, RecordCache::kBytesMax, "The most that this cache takes.");
    const std::uint64_t hits = database.counters().cacheHits.load();
    const std::uint64_t asked = hits + database.counters().cacheMisses.load();
    constexpr const char* kRateHelp = "Share of records that were found in this program's cache.";
    if (asked > 0)
        list.add("memory.record_cache_hit_ratio", unit::kRatio, static_cast<double>(hits) / static_cast<double>(asked), kRateHelp);
    else
        list.miss("memory.record_cache_hit_ratio", unit::kRatio, "nothing was asked for yet", kRateHelp);
    list.miss("memory.page_cache_hit_ratio", unit::kRatio, "pages are not cached by this program but by the system", "Share of pages found in a cache.");
}

double secondsSince1970(std::chrono::system_clock::time_point time)
{
    return std::chrono::duration<double>(time.time_since_epoch()).count();
}

void addDescription(SampleList& list, const api::SourceDescription& about)
{
    list.add("environment.format", unit::kText, about.format, "The form of the files.");
    list.add("environment.encryption", unit::kText, about.encryption, "Cipher, and how the key comes from the password.");
    list.add("environment.place", unit::kText, about.place, "Where the database lies.");
    list.add("environment.access", unit::kText, std::string(about.isRescue ? "rescue view" : about.isReadOnly ? "read-only" : "read and write"),
             "What this program may do with it.")
        .detail = about.readOnlyReason;
}

void append(std::vector<model::MetricSample>& all, std::vector<model::MetricSample> more)
{
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::vector<model::MetricSample> healthSamples(const api::Health& health)
{
    SampleList list;
    list.add("health.level", unit::kCount, static_cast<std::uint64_t>(health.level), "0: well; 1: something to look at; 2: something is wrong.");
    list.add("health.reasons", unit::kCount, std::uint64_t{health.reasons.size()}, "Reasons for the level of health.");
    return list.take();
}

} // namespace

LocalMonitor::LocalMonitor(Database& database, LocalStructure& structure)
    : m_database(database)
    , m_structure(structure)
    , m_opened(database.clock().now())
    , m_openedSteady(database.clock().steadyNow())
{}

Result<api::Measurement> LocalMonitor::measure(const api::CallContext& context)
{
    BLAZE_TRY(Deadline(context, m_database.clock()).check());
    StoreFigures figures = m_database.facts().figures();

    SampleList list;
    addStructure(list, m_database, m_structure);
    addMemory(list, m_database);
    addDescription(list, m_database.facts().describe());
    list.add("environment.opened", unit::kTime, secondsSince1970(m_opened), "When this program opened the database.");
    list.add("environment.open_seconds", unit::kSeconds, std::chrono::duration<double>(m_database.clock().steadyNow() - m_openedSteady).count(),
             "For how long it has been open.");
    list.add("environment.engine_version", unit::kText, std::string(BLAZEDB_VERSION), "Version of this program's engine.");

    api::Measurement measurement;
    measurement.at = m_database.clock().now();
    measurement.figures = std::move(figures.samples);
    append(measurement.figures, m_database.counters().samples());
    append(measurement.figures, list.take());
    measurement.health = judgeHealth({std::move(figures), m_database.facts().openingFindings(), m_database.counters().recordsDamaged.load()});
    append(measurement.figures, healthSamples(measurement.health));
    return measurement;
}

} // namespace blazedb::local
