#include "engine/format28/family_check.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <unordered_set>

#include "engine/codec/blaze_binary.h"
#include "engine/format28/check_ledger.h"
#include "engine/format28/checksum_batch.h"
#include "engine/format28/index_check.h"
#include "engine/format28/page_set.h"

namespace blazedb::format28 {

namespace {

using model::FindingKind;
using model::FindingSeverity;

constexpr std::chrono::milliseconds kBetweenCheckReports{50};
constexpr std::size_t kStepsBetweenLooks = 32;
constexpr std::uint64_t kScanPages = 64;
/// Pages with two owners, and unsound records, that are remembered by name; the rest is counted.
constexpr std::size_t kRememberedMax = 10'000;
constexpr const char* kNoCatalogue = "in a rescue the catalogue is not used";

/// Stops, holds and reports long work. Thread-safety: none; one owner.
class CheckPace {
public:
    CheckPace(const CheckRequest& request, const Clock& clock, std::uint64_t pagesTotal)
        : m_request(request)
        , m_clock(clock)
    {
        m_progress.pagesTotal = pagesTotal;
    }

    /// Errors: Cancelled, DeadlineExceeded.
    Result<void> step(std::uint64_t pagesDone, std::uint64_t bytesDone)
    {
        if (m_steps++ % kStepsBetweenLooks != 0) return {};
        if (m_request.pause != nullptr) m_request.pause->wait(m_request.stop);
        if (m_request.stop.stop_requested()) return Error{ErrorCode::Cancelled, "cancelled"};
        if (m_request.isOverdue && m_request.isOverdue()) return Error{ErrorCode::DeadlineExceeded, "the time for this call ran out"};
        if (!m_request.onProgress) return {};
        const auto now = m_clock.steadyNow();
        if (now < m_nextReport) return {};
        m_nextReport = now + kBetweenCheckReports;
        m_progress.pagesDone = std::min(pagesDone, m_progress.pagesTotal);
        m_progress.bytesDone = bytesDone;
        m_request.onProgress(m_progress);
        return {};
    }

private:
    const CheckRequest& m_request;
    const Clock& m_clock;
    CheckProgress m_progress;
    std::size_t m_steps = 0;
    std::chrono::steady_clock::time_point m_nextReport{};
};

/// A page that a second record names. The first one is looked up at the end: a page knows only that it is taken.
struct SharedPage {
    PageNumber page = 0;
    std::uint32_t entry = 0; ///< Of the second.
};

/// Orphans by what they hold. Thread-safety: none; one owner.
struct OrphanCounts {
    std::uint64_t older = 0;      ///< Versions of records that are there.
    std::uint64_t unlisted = 0;   ///< Records that the catalogue does not name.
    std::uint64_t unreadable = 0;
};

/// Thread-safety: none; one owner.
class ViewCheck {
public:
    ViewCheck(const CheckedView& view, const CheckRequest& request, const Clock& clock, std::uint64_t pageCount)
        : m_view(view)
        , m_catalogue(*view.parts.catalogue)
        , m_request(request)
        , m_pageCount(pageCount)
        , m_ledger(clock)
        , m_pace(request, clock, pageCount)
        , m_owned(pageCount)
        , m_seen(pageCount)
    {
    }

    Result<model::VerifyReport> run()
    {
        checkSignature();
        checkEntries();
        checkPlaces();
        checkLog();
        const bool isFull = m_request.depth == model::VerifyDepth::Full;
        if (isFull) BLAZE_TRY(checkRecords());
        else claimListedPages();
        tellSharedPages();
        checkFreePages();
        checkNextPage();
        if (isFull) {
            tellOldEncoding();
            BLAZE_TRY(checkOtherPages());
            checkLogReached();
        } else {
            for (const CheckRule rule : {CheckRule::LogReached, CheckRule::RecordContent, CheckRule::RecordIds, CheckRule::RecordsVisible,
                                         CheckRule::PagesAccounted, CheckRule::IndexEntries})
                m_ledger.skip(rule, "a quick check reads no pages");
        }
        if (m_request.onProgress) m_request.onProgress({m_pageCount, m_pageCount, m_bytesRead});
        model::VerifyReport report = m_ledger.take();
        report.recordsRead = m_recordsRead;
        report.recordsSound = m_recordsSound;
        report.pagesRead = m_pagesRead;
        report.bytesRead = m_bytesRead;
        if (isFull) report.pages = m_tally;
        return report;
    }

private:
    void add(CheckRule rule, FindingSeverity severity, FindingKind kind, std::optional<PageNumber> page, std::string message, std::string advice,
             std::uint64_t things = 1)
    {
        m_ledger.add(rule, {severity, kind, std::nullopt, page, std::move(message), std::move(advice)}, things);
    }
    [[nodiscard]] bool isRescue() const { return m_view.parts.isRescue; }

    void checkSignature()
    {
        if (isRescue()) return m_ledger.skip(CheckRule::Signature, kNoCatalogue);
        m_ledger.lookedAt(CheckRule::Signature, 1);
        if (!m_view.parts.catalogue->isSigned)
            add(CheckRule::Signature, FindingSeverity::Remark, FindingKind::CatalogueUnsigned, {},
                "the catalogue has an old form whose signature cannot be verified", "The app writes the new form when it saves the database next.");
    }

    void checkEntries()
    {
        if (isRescue()) return m_ledger.skip(CheckRule::Entries, kNoCatalogue);
        m_ledger.lookedAt(CheckRule::Entries, m_catalogue.entries.size() + m_catalogue.repeatedIds.size() + m_catalogue.unusableEntries);
        if (m_catalogue.unusableEntries > 0)
            add(CheckRule::Entries, FindingSeverity::Damage, FindingKind::CatalogueEntryBad, {},
                std::to_string(m_catalogue.unusableEntries) + " entries of the catalogue name no record or no page",
                "The app does not see these records either. The rescue view shows what the pages hold.", m_catalogue.unusableEntries);
        for (const model::Uuid& id : m_catalogue.repeatedIds)
            m_ledger.add(CheckRule::Entries, {FindingSeverity::Damage, FindingKind::CatalogueEntryBad, id, std::nullopt,
                                              "the catalogue names record " + id.toString() + " more than once; the last entry is used",
                                              "Compare with the rescue view, which shows the newest version that the pages hold."});
    }

    void checkPlaces()
    {
        const CheckLedger::Timing timing(m_ledger, CheckRule::Places);
        m_ledger.lookedAt(CheckRule::Places, m_catalogue.entries.size());
        for (const CatalogueEntry& entry : m_catalogue.entries) {
            const auto pages = m_catalogue.pagesOf(entry);
            const bool isWithin = std::all_of(pages.begin(), pages.end(), [&](PageNumber page) { return m_owned.isInFile(page); });
            if (isWithin && !pages.empty()) continue;
            // A record whose first page is there may be whole all the same: reading it tells.
            if (m_request.depth == model::VerifyDepth::Full && !pages.empty() && m_owned.isInFile(pages.front())) continue;
            m_ledger.add(CheckRule::Places, toFinding(entry.id, {RecordProblem::Kind::BeyondEnd, pages.empty() ? std::nullopt : std::optional(pages.front()),
                                                                 "the page file is shorter than the catalogue says"}));
        }
    }

    void checkLog()
    {
        const PageLog& log = m_view.parts.pages->log();
        m_ledger.lookedAt(CheckRule::LogReadable, log.entries);
        if (log.sizeBytes == 0) return;
        for (model::Finding& finding : logFindings(*m_view.parts.pages, fileName(m_view.parts.paths.log())))
            m_ledger.add(CheckRule::LogReadable, std::move(finding));
    }

    void claim(PageNumber page, std::uint32_t entry)
    {
        ++m_claims;
        if (m_owned.insert(page) || !m_owned.isInFile(page)) return;
        ++m_sharedCount;
        if (m_shared.size() < kRememberedMax) m_shared.push_back({page, entry});
    }

    void claimListedPages()
    {
        const CheckLedger::Timing timing(m_ledger, CheckRule::PagesOnce);
        for (std::uint32_t i = 0; i < m_catalogue.entries.size(); ++i)
            for (const PageNumber page : m_catalogue.pagesOf(m_catalogue.entries[i])) claim(page, i);
    }

    /// Records in the order of their first page, so that the file is read once from front to back.
    [[nodiscard]] std::vector<std::uint32_t> entriesInFileOrder() const
    {
        std::vector<std::uint32_t> order(m_catalogue.entries.size());
        std::iota(order.begin(), order.end(), 0U);
        const auto firstPage = [this](std::uint32_t entry) {
            const auto pages = m_catalogue.pagesOf(m_catalogue.entries[entry]);
            return pages.empty() ? PageNumber{0} : pages.front();
        };
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return firstPage(a) < firstPage(b); });
        return order;
    }

    Result<void> checkRecords()
    {
        const CheckLedger::Timing timing(m_ledger, CheckRule::RecordContent);
        auto indexes = IndexCheck::create(m_catalogue, m_view.layoutJson.empty() ? "{}" : m_view.layoutJson);
        if (!indexes) return std::move(indexes).error();
        ViewReader reader(m_view.parts, true);
        AssembledRecord record;
        ChecksumBatch batch;
        for (const std::uint32_t i : entriesInFileOrder()) {
            BLAZE_TRY(m_pace.step(m_pagesRead, m_bytesRead));
            reader.deferChecksums(true);
            BLAZE_TRY_VALUE(const bool isWhole, reader.read(m_catalogue.entries[i], record, m_request.stop));
            ++m_recordsRead;
            m_pagesRead = reader.pagesRead();
            m_bytesRead = m_pagesRead * kPageBytes;
            if (!isWhole || !record.awaitedChecksum) {
                judge(i, record, isWhole ? nullptr : &reader.problem(), *indexes);
                continue;
            }
            reader.exchangeLong(batch.add(i, record).bytes);
            if (batch.isFull()) BLAZE_TRY(settle(batch, reader, *indexes));
        }
        BLAZE_TRY(settle(batch, reader, *indexes));
        m_ledger.lookedAt(CheckRule::RecordContent, m_recordsRead);
        m_ledger.lookedAt(CheckRule::RecordIds, m_recordsRead);
        m_ledger.lookedAt(CheckRule::RecordsVisible, m_recordsRead);
        if (isRescue()) m_ledger.skip(CheckRule::IndexEntries, kNoCatalogue);
        else indexes->report(m_ledger);
        return {};
    }

    /// Compares the checksums of the batch and judges its records.
    Result<void> settle(ChecksumBatch& batch, ViewReader& reader, IndexCheck& indexes)
    {
        AssembledRecord again;
        for (ChecksumBatch::Item& item : batch.compare()) {
            if (item.isSound) {
                judge(item.entry, item.record, nullptr, indexes);
                continue;
            }
            // Damaged, or written anew while it was read: reading it alone tells.
            reader.deferChecksums(false);
            BLAZE_TRY_VALUE(const bool isWhole, reader.read(m_catalogue.entries[item.entry], again, m_request.stop));
            judge(item.entry, again, isWhole ? nullptr : &reader.problem(), indexes);
        }
        batch.clear();
        return {};
    }

    /// `problem` is null for a record that is whole.
    void judge(std::uint32_t i, const AssembledRecord& record, const RecordProblem* problem, IndexCheck& indexes)
    {
        const CatalogueEntry& entry = m_catalogue.entries[i];
        const auto listed = m_catalogue.pagesOf(entry);
        m_pagesOfRecord.assign(listed.begin(), listed.end());
        m_pagesOfRecord.insert(m_pagesOfRecord.end(), record.chain.begin(), record.chain.end());
        std::sort(m_pagesOfRecord.begin(), m_pagesOfRecord.end());
        m_pagesOfRecord.erase(std::unique(m_pagesOfRecord.begin(), m_pagesOfRecord.end()), m_pagesOfRecord.end());
        for (const PageNumber page : m_pagesOfRecord) claim(page, i);
        if (problem != nullptr) return tellProblem(entry, *problem);
        if (!isSound(entry, record)) return;
        see(record);
        if (!indexes.isEmpty()) indexes.compare(i, m_fields);
    }

    /// Walks the whole record; `m_fields` is open on it afterwards.
    bool isSound(const CatalogueEntry& entry, const AssembledRecord& record)
    {
        if (const auto opened = m_fields.open(record.bytes); !opened) {
            const bool isNewer = opened.error().code == ErrorCode::Unsupported;
            tellProblem(entry, {isNewer ? RecordProblem::Kind::Unsupported : RecordProblem::Kind::Damaged, record.mainPage, opened.error().message});
            return false;
        }
        ++m_recordsSound;
        if (record.isFromJson) ++m_recordsFromJson;
        if (!record.isMainLowest)
            m_ledger.add(CheckRule::RecordsVisible,
                         {FindingSeverity::Remark, FindingKind::RecordInvisibleToSwift, entry.id, record.mainPage,
                          "record " + entry.id.toString() + " is whole, but the Swift library cannot see it: its main page "
                              + std::to_string(record.mainPage) + " is not the lowest of its pages",
                          "Export it here and insert it again with the app."});
        return true;
    }

    void tellOldEncoding()
    {
        if (m_recordsFromJson > 0)
            add(CheckRule::RecordContent, FindingSeverity::Remark, FindingKind::OldEncoding, {}, std::to_string(m_recordsFromJson) + " records are stored as JSON text",
                "The app writes them anew in today's encoding when it opens the database next.", m_recordsFromJson);
    }

    void see(const AssembledRecord& record)
    {
        if (m_seen.insert(record.mainPage)) ++m_tally.main;
        for (const PageNumber page : record.chain)
            if (m_seen.insert(page)) ++m_tally.overflow;
    }

    void tellProblem(const CatalogueEntry& entry, const RecordProblem& problem)
    {
        if (problem.kind == RecordProblem::Kind::BeyondEnd) {
            const auto pages = m_catalogue.pagesOf(entry);
            // Told by its place already.
            if (pages.empty() || !m_owned.isInFile(pages.front())) return;
        }
        if (m_unsound.size() < kRememberedMax) m_unsound.insert(entry.id);
        m_ledger.add(problem.kind == RecordProblem::Kind::WrongId ? CheckRule::RecordIds : CheckRule::RecordContent, toFinding(entry.id, problem));
    }

    void tellSharedPages()
    {
        m_ledger.lookedAt(CheckRule::PagesOnce, m_claims);
        if (m_shared.empty()) return;
        std::sort(m_shared.begin(), m_shared.end(), [](const SharedPage& a, const SharedPage& b) { return a.page < b.page; });
        std::vector<std::optional<std::uint32_t>> firstOwner(m_shared.size());
        for (std::uint32_t i = 0; i < m_catalogue.entries.size(); ++i)
            for (const PageNumber page : m_catalogue.pagesOf(m_catalogue.entries[i])) noteOwner(page, i, firstOwner);
        for (std::size_t i = 0; i < m_shared.size(); ++i) {
            const model::Uuid& second = m_catalogue.entries[m_shared[i].entry].id;
            const std::string first = firstOwner[i] ? m_catalogue.entries[*firstOwner[i]].id.toString() : "another whose list does not name it";
            m_ledger.add(CheckRule::PagesOnce, {FindingSeverity::Damage, FindingKind::PageShared, second, m_shared[i].page,
                                                "page " + std::to_string(m_shared[i].page) + " belongs to two records, " + first + " and " + second.toString(),
                                                "A change of one destroys the other. Export both now and insert them again with the app."});
        }
        if (m_sharedCount > m_shared.size())
            add(CheckRule::PagesOnce, FindingSeverity::Damage, FindingKind::PageShared, {},
                std::to_string(m_sharedCount - m_shared.size()) + " more pages belong to two records", {}, m_sharedCount - m_shared.size());
    }

    void noteOwner(PageNumber page, std::uint32_t entry, std::vector<std::optional<std::uint32_t>>& firstOwner) const
    {
        auto place = std::lower_bound(m_shared.begin(), m_shared.end(), page, [](const SharedPage& shared, PageNumber wanted) { return shared.page < wanted; });
        for (; place != m_shared.end() && place->page == page; ++place) {
            auto& owner = firstOwner[static_cast<std::size_t>(place - m_shared.begin())];
            if (place->entry != entry && !owner) owner = entry;
        }
    }

    void checkFreePages()
    {
        if (isRescue()) return m_ledger.skip(CheckRule::FreePages, kNoCatalogue);
        const CheckLedger::Timing timing(m_ledger, CheckRule::FreePages);
        m_ledger.lookedAt(CheckRule::FreePages, m_catalogue.freePages.size());
        m_free.emplace(m_pageCount);
        std::vector<PageNumber> used;
        PageRuns twice;
        for (const PageNumber page : m_catalogue.freePages) {
            if (m_owned.contains(page)) used.push_back(page);
            else if (m_owned.isInFile(page) && !m_free->insert(page)) twice.add(page);
        }
        std::sort(used.begin(), used.end());
        PageRuns usedRuns;
        for (const PageNumber page : used) usedRuns.add(page);
        if (usedRuns.count() > 0)
            add(CheckRule::FreePages, FindingSeverity::Damage, FindingKind::FreePageUsed, usedRuns.first(),
                std::to_string(usedRuns.count()) + " pages are on the list of free pages although records use them: " + usedRuns.text(),
                "The app may overwrite these records at its next insert. Export them, or rescue the database into a new one.", usedRuns.count());
        if (twice.count() > 0)
            add(CheckRule::FreePages, FindingSeverity::Damage, FindingKind::FreePageUsed, twice.first(),
                std::to_string(twice.count()) + " pages are on the list of free pages twice: " + twice.text(),
                "The app would give such a page to two records. Rescue the database into a new one before the app inserts again.", twice.count());
    }

    void checkNextPage()
    {
        if (isRescue()) return m_ledger.skip(CheckRule::NextPage, kNoCatalogue);
        m_ledger.lookedAt(CheckRule::NextPage, 1);
        const std::uint64_t end = m_owned.end();
        if (m_catalogue.nextPage >= end) return;
        add(CheckRule::NextPage, FindingSeverity::Remark, FindingKind::NextPageLow, static_cast<PageNumber>(m_catalogue.nextPage),
            "the catalogue says that page " + std::to_string(m_catalogue.nextPage) + " is the next to be taken, but pages up to " + std::to_string(end - 1)
                + " are in use",
            "Normal while the app runs: it saves the number later. If the app has crashed, export the long records before it inserts again: it would overwrite them.");
    }

    /// Every page that no sound record accounted for.
    Result<void> checkOtherPages()
    {
        const CheckLedger::Timing timing(m_ledger, CheckRule::PagesAccounted);
        m_ledger.lookedAt(CheckRule::PagesAccounted, m_pageCount);
        RecordAssembler assembler(*m_view.parts.pages, m_view.parts.key->view(), false);
        Bytes run(kScanPages * kPageBytes);
        Bytes logged(kPageBytes);
        for (std::uint64_t first = 0; first < m_pageCount; first += kScanPages) {
            const std::uint64_t end = std::min(first + kScanPages, m_pageCount);
            std::size_t got = 0;
            bool isRead = false;
            for (std::uint64_t number = first; number < end; ++number) {
                const auto page = static_cast<PageNumber>(number);
                if (m_seen.contains(page)) continue;
                ++m_pagesRead;
                m_bytesRead += kPageBytes;
                BLAZE_TRY(m_pace.step(m_pagesRead, m_bytesRead));
                if (m_view.parts.pages->isInLog(page)) {
                    BLAZE_TRY_VALUE(const std::size_t bytes, m_view.parts.pages->read(page, logged));
                    BLAZE_TRY(place(page, ByteView(logged).first(bytes), assembler));
                    continue;
                }
                if (!isRead) {
                    BLAZE_TRY_VALUE(got, m_view.parts.pages->readRun(static_cast<PageNumber>(first), run));
                    isRead = true;
                }
                const std::size_t offset = (number - first) * kPageBytes;
                const ByteView bytes = offset < got ? ByteView(run).subspan(offset, std::min(kPageBytes, got - offset)) : ByteView();
                BLAZE_TRY(place(page, bytes, assembler));
            }
        }
        tellOtherPages();
        return {};
    }

    Result<void> place(PageNumber page, ByteView bytes, RecordAssembler& assembler)
    {
        const PageKind kind = pageKind(bytes);
        const bool isFree = m_free && m_free->contains(page);
        if (kind == PageKind::Zero) {
            ++(isFree ? m_tally.free : m_tally.zero);
        } else if (m_owned.contains(page)) {
            ++m_tally.listedOnly;
        } else if (kind == PageKind::Foreign) {
            ++m_tally.foreign;
            m_foreign.add(page);
        } else if (isFree) {
            ++m_tally.free;
        } else {
            ++m_tally.orphan;
            m_orphans.add(page);
            if (kind == PageKind::Main) BLAZE_TRY(lookIntoOrphan(page, assembler));
        }
        return {};
    }

    Result<void> lookIntoOrphan(PageNumber page, RecordAssembler& assembler)
    {
        AssembledRecord record;
        const std::array<PageNumber, 1> listed{page};
        BLAZE_TRY_VALUE(const bool isWhole, assembler.assemble(listed, record));
        const auto id = isWhole ? codec::decodeRecordId(record.bytes) : Result<std::optional<model::Uuid>>(std::optional<model::Uuid>());
        if (!id || !*id) {
            ++m_orphanCounts.unreadable;
            return {};
        }
        const bool isListed = m_catalogue.find(**id) != nullptr;
        ++(isListed ? m_orphanCounts.older : m_orphanCounts.unlisted);
        if (m_unsound.contains(**id))
            m_ledger.add(CheckRule::PagesAccounted, {FindingSeverity::Remark, FindingKind::DuplicateRecord, **id, page,
                                                     "page " + std::to_string(page) + " holds a whole version of record " + (**id).toString() + ", which cannot be read where the catalogue says",
                                                     "The rescue view (--rescue) shows it."});
        return {};
    }

    void tellOtherPages()
    {
        if (m_orphans.count() > 0) {
            std::string message = std::to_string(m_orphans.count()) + " pages belong to no record: " + m_orphans.text();
            if (m_orphanCounts.older > 0) message += "; " + std::to_string(m_orphanCounts.older) + " hold other versions of records that are there";
            if (m_orphanCounts.unlisted > 0) message += "; " + std::to_string(m_orphanCounts.unlisted) + " hold records that the catalogue does not name";
            if (m_orphanCounts.unreadable > 0) message += "; " + std::to_string(m_orphanCounts.unreadable) + " cannot be read";
            add(CheckRule::PagesAccounted, FindingSeverity::Remark, FindingKind::OrphanPages, m_orphans.first(), std::move(message),
                m_orphanCounts.unlisted > 0
                    ? "Left by deleted, rolled-back or interrupted writes. If records are missing, the rescue view (--rescue) shows what these pages hold."
                    : "Left by rolled-back, replaced or interrupted writes; a vacuum by the app frees them.",
                m_orphans.count());
        }
        if (m_foreign.count() > 0)
            add(CheckRule::PagesAccounted, FindingSeverity::Remark, FindingKind::ForeignPages, m_foreign.first(),
                std::to_string(m_foreign.count()) + " pages hold something that is not BlazeDB's: " + m_foreign.text(),
                "No record uses them. If they were BlazeDB pages once, something else has written into the file: check the disk.", m_foreign.count());
    }

    /// Page images in the log that nothing reaches: inserts whose catalogue was not saved.
    void checkLogReached()
    {
        const auto& images = m_view.parts.pages->log().images;
        m_ledger.lookedAt(CheckRule::LogReached, images.size());
        std::vector<PageNumber> unreached;
        for (const auto& [page, image] : images) {
            if (image.offset != LoggedImage::kZeroImage && !m_owned.contains(page) && !(m_free && m_free->contains(page))) unreached.push_back(page);
        }
        if (unreached.empty()) return;
        std::sort(unreached.begin(), unreached.end());
        PageRuns runs;
        for (const PageNumber page : unreached) runs.add(page);
        add(CheckRule::LogReached, FindingSeverity::Remark, FindingKind::OrphanPages, runs.first(),
            "the log holds " + std::to_string(runs.count()) + " page images that no record of the catalogue reaches: pages " + runs.text(),
            "Written by changes whose catalogue was not saved. The rescue view (--rescue) shows the records in them.", runs.count());
    }

    const CheckedView& m_view;
    const Catalogue& m_catalogue;
    const CheckRequest& m_request;
    const std::uint64_t m_pageCount;
    CheckLedger m_ledger;
    CheckPace m_pace;
    PageSet m_owned; ///< Named by a record, by its list or its chain.
    PageSet m_seen;  ///< Read as part of a sound record.
    std::optional<PageSet> m_free;
    std::uint64_t m_claims = 0;
    std::uint64_t m_sharedCount = 0;
    std::vector<SharedPage> m_shared;
    std::unordered_set<model::Uuid, model::UuidHash> m_unsound;
    codec::RecordReader m_fields;
    std::vector<PageNumber> m_pagesOfRecord; ///< Of the record that is judged; kept for its memory.
    PageRuns m_orphans;
    PageRuns m_foreign;
    OrphanCounts m_orphanCounts;
    model::PageTally m_tally;
    std::uint64_t m_recordsRead = 0;
    std::uint64_t m_recordsSound = 0;
    std::uint64_t m_recordsFromJson = 0;
    std::uint64_t m_pagesRead = 0;
    std::uint64_t m_bytesRead = 0;
};

} // namespace

model::Finding toFinding(const model::Uuid& id, const RecordProblem& problem)
{
    model::Finding finding{FindingSeverity::Damage, FindingKind::RecordDamaged, id, problem.page, "record " + id.toString() + ": " + problem.reason, {}};
    switch (problem.kind) {
    case RecordProblem::Kind::Zeroed:
        finding.severity = FindingSeverity::Remark;
        finding.kind = FindingKind::RecordZeroed;
        finding.advice = "If the app did not delete it, restore it from a backup.";
        break;
    case RecordProblem::Kind::BeyondEnd:
        finding.severity = FindingSeverity::Lost;
        finding.kind = FindingKind::RecordBeyondEnd;
        finding.advice = "Restore it from a backup; what lies before the end of the file is not affected.";
        break;
    case RecordProblem::Kind::Unsupported:
        finding.kind = FindingKind::RecordUnsupported;
        finding.advice = "Read it with the program that wrote it.";
        break;
    case RecordProblem::Kind::WrongId:
        finding.kind = FindingKind::RecordIdMismatch;
        finding.advice = "Restore the record from a backup; the page now belongs to another one.";
        break;
    case RecordProblem::Kind::Damaged: finding.advice = "Restore the record from a backup; the others are not affected."; break;
    }
    return finding;
}

Result<model::VerifyReport> checkView(const CheckedView& view, const CheckRequest& request, const Clock& clock)
{
    BLAZE_TRY_VALUE(const std::uint64_t pageCount, view.parts.pages->pageCount());
    // Page numbers have 32 bits; what lies behind the last of them cannot be named.
    const std::uint64_t nameable = std::min<std::uint64_t>(pageCount, std::uint64_t{UINT32_MAX} + 1);
    return ViewCheck(view, request, clock, nameable).run();
}

} // namespace blazedb::format28
