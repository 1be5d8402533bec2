#include "engine/local/native_check.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/local/deadline.h"
#include "engine/model/predicate.h"

namespace blazedb::local {

namespace {

/// In the order of the report.
enum NativeRule : std::size_t { kFixedPlaces, kSealedPages, kWholeRecords, kAgreeingIndexes, kNativeRules };

/// Of one rule; what comes after is counted, and left out of the list.
constexpr std::uint64_t kListedFindingsMax = 1000;
constexpr std::uint64_t kFixedPlacesThere = 5; // two key areas, two headers, the witness
constexpr std::uint64_t kRecordsBetweenStops = 256;

std::vector<model::CheckedRule> nativeRules()
{
    return {{"fixed-places", "Quick", "Key area and headers are whole", "Both copies of the key area by their checksum, both header slots and the witness by their codes.",
             "places"},
            {"pages", "Integrity", "Every page is sealed and has one owner",
             "Each page of trees, large values and lists by its seal and by the one that its parent holds; the order of keys, the counts of rows, and the free list against the pages in use.",
             "pages"},
            {"record-content", "Records", "Every record is whole", "Each record of each collection is decoded to its last value.", "records"},
            {"index-entries", "Indexes", "Indexes and records agree", "Each record has its entry in each index of its collection, and there are no others.", "index entries"}};
}

/// One check. Thread-safety: none; one owner.
class NativeCheck {
public:
    NativeCheck(const CheckedNative& file, const api::CallContext& context, const Clock& clock)
        : m_file(file)
        , m_context(context)
        , m_clock(clock)
        , m_deadline(context, clock)
        , m_progress(context, clock)
    {
        m_report.rules = nativeRules();
    }

    Result<model::VerifyReport> run(model::VerifyDepth depth)
    {
        const auto begin = m_clock.steadyNow();
        BLAZE_TRY_VALUE(const FileStamp before, m_file.files.stamp(m_file.path));
        if (depth == model::VerifyDepth::Quick) {
            BLAZE_TRY(timed(kFixedPlaces, [this] { return checkFixedPlaces(); }));
            for (const std::size_t rule : {kSealedPages, kWholeRecords, kAgreeingIndexes}) m_report.rules[rule].skippedBecause = "only a full check reads everything";
        } else {
            BLAZE_TRY(timed(kFixedPlaces, [this] { return checkFixedPlaces(); }));
            BLAZE_TRY(timed(kSealedPages, [this] { return checkPages(); }));
            BLAZE_TRY(timed(kWholeRecords, [this] { return checkDocuments(); }));
        }
        m_report.duration = m_clock.steadyNow() - begin;
        if (!m_report.isSound()) BLAZE_TRY(refuseMovingFile(before));
        return std::move(m_report);
    }

private:
    template <typename Work>
    Result<void> timed(NativeRule rule, const Work& work)
    {
        const auto begin = m_clock.steadyNow();
        BLAZE_TRY(work());
        m_report.rules[rule].duration = m_clock.steadyNow() - begin;
        return {};
    }

    /// What looks like damage may be another program's writing.
    Result<void> refuseMovingFile(const FileStamp& before)
    {
        const auto now = m_file.files.stamp(m_file.path);
        if (now && *now == before) return {};
        return Error{ErrorCode::Unavailable, m_file.path + " is being written to while it is checked; try again when the writer is done"};
    }

    void find(NativeRule rule, model::FindingSeverity severity, std::optional<model::Uuid> record, std::string message, std::string advice = {},
              std::uint64_t things = 1)
    {
        model::CheckedRule& checked = m_report.rules[rule];
        (severity == model::FindingSeverity::Remark ? checked.remarks : checked.problems) += things;
        if (++m_listed[rule] > kListedFindingsMax) {
            ++m_report.findingsLeftOut;
            return;
        }
        const auto kind = rule == kWholeRecords ? model::FindingKind::RecordDamaged : rule == kAgreeingIndexes ? model::FindingKind::IndexStale : model::FindingKind::Other;
        m_report.findings.push_back({severity, kind, record, std::nullopt, std::move(message), std::move(advice), checked.name});
    }

    void findAll(NativeRule rule, const std::vector<storage::StoreFinding>& findings, const char* advice)
    {
        for (const storage::StoreFinding& finding : findings) find(rule, model::FindingSeverity::Damage, std::nullopt, finding.text, advice);
    }

    Result<void> holdOrStop()
    {
        if (m_context.pause) m_context.pause->wait(m_context.stop);
        return m_deadline.check();
    }

    Result<void> checkFixedPlaces()
    {
        BLAZE_TRY(holdOrStop());
        // The newest state; what cannot be read of it is what is looked for.
        const auto refreshed = m_file.documents.store().refresh();
        if (!refreshed && refreshed.error().code != ErrorCode::Corruption) return refreshed.error();
        m_report.rules[kFixedPlaces].lookedAt = kFixedPlacesThere;
        auto findings = m_file.documents.store().verifyFixedPlaces();
        if (findings) {
            findAll(kFixedPlaces, *findings, "The other copy is used. The next program that writes to the file repairs it.");
            return {};
        }
        if (findings.error().code != ErrorCode::Corruption) return std::move(findings).error();
        find(kFixedPlaces, model::FindingSeverity::Damage, std::nullopt, findings.error().message, "Restore a backup.");
        return {};
    }

    Result<void> checkPages()
    {
        BLAZE_TRY(holdOrStop());
        const auto figures = m_file.documents.store().figures();
        const std::uint64_t there = figures ? figures->busyPages : 0;
        std::uint64_t& seen = m_report.pagesRead;
        auto findings = m_file.documents.store().verify(m_context.stop, [&](std::uint64_t pages) {
            seen = pages;
            m_progress.tell({pages, std::max(there, pages), "pages", pages * storage::kPageBytes});
        });
        m_report.bytesRead = seen * storage::kPageBytes;
        m_report.rules[kSealedPages].lookedAt = seen;
        if (!findings) {
            if (findings.error().code != ErrorCode::Corruption) return std::move(findings).error();
            find(kSealedPages, model::FindingSeverity::Damage, std::nullopt, findings.error().message, "Restore a backup.");
            return {};
        }
        // It looks at the fixed places too; those have their own rule.
        std::erase_if(*findings, [this](const storage::StoreFinding& finding) {
            return std::any_of(m_report.findings.begin(), m_report.findings.end(), [&](const model::Finding& known) { return known.message == finding.text; });
        });
        findAll(kSealedPages, *findings, "Export what can still be read, and restore a backup.");
        return {};
    }

    Result<void> checkDocuments()
    {
        auto view = m_file.documents.view();
        if (!view) {
            if (view.error().code != ErrorCode::Corruption) return std::move(view).error();
            find(kWholeRecords, model::FindingSeverity::Damage, std::nullopt, view.error().message, "Restore a backup.");
            return {};
        }
        for (const documents::CollectionView& collection : (*view)->collections()) m_recordsThere += collection.count();
        for (const documents::CollectionView& collection : (*view)->collections()) {
            BLAZE_TRY(checkCollection(collection));
            checkIndexCounts(collection);
        }
        m_report.rules[kWholeRecords].lookedAt = m_report.recordsRead;
        return {};
    }

    Result<void> checkCollection(const documents::CollectionView& collection)
    {
        documents::DocumentCursor cursor = collection.cursor();
        std::uint64_t position = 0;
        auto isOnRecord = cursor.first();
        while (true) {
            if (position % kRecordsBetweenStops == 0) BLAZE_TRY(holdOrStop());
            if (!isOnRecord) {
                BLAZE_TRY_VALUE(position, passDamage(collection, cursor, position, isOnRecord.error()));
                isOnRecord = position < collection.count();
                continue;
            }
            if (!*isOnRecord) return {};
            ++position;
            m_progress.tell({++m_report.recordsRead, m_recordsThere, "records", m_report.bytesRead});
            BLAZE_TRY(checkRecord(collection, cursor));
            isOnRecord = cursor.next();
        }
    }

    /// Goes on behind rows that cannot be reached. Gives the position it stands on; the end when there is none.
    Result<std::uint64_t> passDamage(const documents::CollectionView& collection, documents::DocumentCursor& cursor, std::uint64_t position, const Error& why)
    {
        if (why.code == ErrorCode::Io) return why;
        std::uint64_t next = position + 1;
        for (; next < collection.count(); ++next) {
            if (next % kRecordsBetweenStops == 0) BLAZE_TRY(holdOrStop());
            const auto there = cursor.seekRank(next);
            if (there && *there) break;
            if (!there && there.error().code == ErrorCode::Io) return there.error();
        }
        next = std::min(next, collection.count());
        const std::uint64_t lost = std::max<std::uint64_t>(next - std::min(next, position), 1);
        m_report.recordsRead += lost;
        find(kWholeRecords, model::FindingSeverity::Damage, std::nullopt,
             std::to_string(lost) + (lost == 1 ? " record" : " records") + " of the collection " + collection.name() + " cannot be reached: " + why.message, {}, lost);
        return next;
    }

    Result<void> checkRecord(const documents::CollectionView& collection, const documents::DocumentCursor& cursor)
    {
        const model::Uuid id = cursor.id();
        const auto document = cursor.document();
        auto fields = document ? document->fields(collection.names()) : Result<std::vector<model::Field>>(document.error());
        if (!fields) {
            if (fields.error().code == ErrorCode::Io) return std::move(fields).error();
            find(kWholeRecords, model::FindingSeverity::Damage, id, "record " + id.toString() + ": " + fields.error().message);
            return {};
        }
        ++m_report.recordsSound;
        const model::Record record{id, *std::move(fields)};
        for (const documents::IndexView& index : collection.indexes())
            if (index.isReady()) BLAZE_TRY(checkEntry(collection, index, record));
        return {};
    }

    Result<void> checkEntry(const documents::CollectionView& collection, const documents::IndexView& index, const model::Record& record)
    {
        model::RecordFieldSource source(record);
        std::string key;
        index::appendIndexKey(key, model::resolveField(source, index.field()), record.id);
        ++m_report.rules[kAgreeingIndexes].lookedAt;
        const auto there = index.cursor({key, key + '\0'}).next();
        if (there && there->has_value()) return {};
        if (!there && there.error().code == ErrorCode::Io) return there.error();
        const std::string why = there ? "it has no entry" : there.error().message;
        find(kAgreeingIndexes, model::FindingSeverity::Damage, record.id,
             "record " + record.id.toString() + " in the index on " + index.field() + " of " + collection.name() + ": " + why, "Drop the index and make it anew.");
        return {};
    }

    void checkIndexCounts(const documents::CollectionView& collection)
    {
        for (const documents::IndexView& index : collection.indexes()) {
            const std::string name = "the index on " + index.field() + " of " + collection.name();
            if (!index.isReady())
                find(kAgreeingIndexes, model::FindingSeverity::Remark, std::nullopt, name + " is still being built, and not used", "Make it again to finish it.");
            else if (index.count() != collection.count())
                find(kAgreeingIndexes, model::FindingSeverity::Damage, std::nullopt,
                     name + " has " + std::to_string(index.count()) + " entries for " + std::to_string(collection.count()) + " records",
                     "Drop the index and make it anew.");
        }
    }

    const CheckedNative& m_file;
    const api::CallContext& m_context;
    const Clock& m_clock;
    const Deadline m_deadline;
    ProgressTeller m_progress;
    model::VerifyReport m_report;
    std::array<std::uint64_t, kNativeRules> m_listed{};
    std::uint64_t m_recordsThere = 0;
};

} // namespace

Result<model::VerifyReport> checkNative(const CheckedNative& file, const api::CallContext& context, model::VerifyDepth depth, const Clock& clock)
{
    return NativeCheck(file, context, clock).run(depth);
}

} // namespace blazedb::local
