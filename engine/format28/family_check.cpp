#include "engine/format28/family_check.h"

#include <algorithm>
#include <unordered_map>

#include "engine/codec/blaze_binary.h"

namespace blazedb::format28 {

namespace {

constexpr std::uint64_t kRecordsBetweenReports = 64;

/// Runs of page numbers as text: "10-12, 17".
std::string pageRanges(const std::vector<PageNumber>& pages)
{
    constexpr std::size_t kRangesShown = 20;
    std::string text;
    std::size_t ranges = 0;
    for (std::size_t i = 0; i < pages.size();) {
        std::size_t end = i;
        while (end + 1 < pages.size() && pages[end + 1] == pages[end] + 1) ++end;
        if (++ranges > kRangesShown) return text + ", …";
        text += (text.empty() ? "" : ", ") + std::to_string(pages[i]);
        if (end > i) text += "-" + std::to_string(pages[end]);
        i = end + 1;
    }
    return text;
}

/// Which record owns a page, and which pages nobody owns. Thread-safety: none; one owner.
class PageOwnership {
public:
    void own(PageNumber page, const model::Uuid& id, std::vector<model::Finding>& findings)
    {
        const auto [place, isNew] = m_owners.try_emplace(page, id);
        if (isNew || place->second == id) return;
        findings.push_back({model::FindingSeverity::Damage, model::FindingKind::Other, id, page,
                            "page " + std::to_string(page) + " belongs to two records, " + place->second.toString() + " and " + id.toString(), {}});
    }
    [[nodiscard]] bool isOwned(PageNumber page) const { return m_owners.contains(page); }
    [[nodiscard]] std::uint64_t count() const { return m_owners.size(); }

private:
    std::unordered_map<PageNumber, model::Uuid> m_owners;
};

/// Thread-safety: none; one owner.
class ViewCheck {
public:
    ViewCheck(const ViewParts& view, const CheckRequest& request)
        : m_view(view)
        , m_request(request)
        , m_reader(view, false)
    {
    }

    Result<CheckReport> run(const std::string& layoutJson)
    {
        BLAZE_TRY_VALUE(m_pageCount, m_view.pages->pageCount());
        if (m_request.isFull) {
            BLAZE_TRY(checkRecords());
            if (m_recordsFromJson > 0)
                add(model::FindingSeverity::Remark, model::FindingKind::OldEncoding, std::to_string(m_recordsFromJson) + " records are stored as JSON text", std::nullopt,
                    "The app writes them anew in today's encoding when it opens the database next.");
            BLAZE_TRY(checkUnownedPages());
            checkFreePages();
            checkIndexes(layoutJson);
        } else {
            checkPlaces();
        }
        return std::move(m_report);
    }

private:
    void add(model::FindingSeverity severity, model::FindingKind kind, std::string message, std::optional<PageNumber> page = {},
             std::string advice = {})
    {
        m_report.findings.push_back({severity, kind, std::nullopt, page, std::move(message), std::move(advice)});
    }

    /// Quick: does the page file reach as far as the catalogue says.
    void checkPlaces()
    {
        for (const CatalogueEntry& entry : m_view.catalogue->entries) {
            const auto pages = m_view.catalogue->pagesOf(entry);
            if (!pages.empty() && pages.front() < m_pageCount) continue;
            m_report.findings.push_back(toFinding(entry.id, {RecordProblem::Kind::BeyondEnd, pages.empty() ? std::nullopt : std::optional(pages.front()),
                                                             "the page file is shorter than the catalogue says"}));
        }
    }

    Result<void> checkRecords()
    {
        const auto& entries = m_view.catalogue->entries;
        AssembledRecord record;
        for (const CatalogueEntry& entry : entries) {
            if (m_report.recordsRead % kRecordsBetweenReports == 0) {
                if (m_request.stop.stop_requested()) return Error{ErrorCode::Cancelled, "cancelled"};
                if (m_request.onProgress) m_request.onProgress(m_report.recordsRead, entries.size());
            }
            ++m_report.recordsRead;
            for (const PageNumber page : m_view.catalogue->pagesOf(entry)) m_ownership.own(page, entry.id, m_report.findings);
            BLAZE_TRY_VALUE(const bool isWhole, m_reader.read(entry, record, m_request.stop));
            for (const PageNumber page : record.chain) m_ownership.own(page, entry.id, m_report.findings);
            if (isWhole)
                checkContent(entry.id, record);
            else
                m_report.findings.push_back(toFinding(entry.id, m_reader.problem()));
        }
        m_report.pagesRead = m_reader.pagesRead();
        m_report.bytesRead = m_report.pagesRead * kPageBytes;
        return {};
    }

    void checkContent(const model::Uuid& id, const AssembledRecord& record)
    {
        if (const auto fields = codec::decodeRecord(record.bytes); !fields) {
            m_report.findings.push_back(toFinding(id, {fields.error().code == ErrorCode::Unsupported ? RecordProblem::Kind::Unsupported : RecordProblem::Kind::Damaged,
                                                       record.mainPage, fields.error().message}));
            return;
        }
        ++m_report.recordsSound;
        if (record.isFromJson) ++m_recordsFromJson;
        if (!record.isMainLowest)
            m_report.findings.push_back({model::FindingSeverity::Remark, model::FindingKind::RecordInvisibleToSwift, id, record.mainPage,
                                         "record " + id.toString() + " is whole, but the Swift library cannot see it: its main page "
                                             + std::to_string(record.mainPage) + " is not the lowest of its pages",
                                         "Export it here and insert it again with the app."});
    }

    /// Pages with content that no record owns: leftovers, not damage.
    Result<void> checkUnownedPages()
    {
        std::vector<PageNumber> orphans;
        std::vector<PageNumber> foreign;
        Bytes page(kPageBytes);
        for (std::uint64_t number = 0; number < m_pageCount && number <= UINT32_MAX; ++number) {
            if (number % 1024 == 0 && m_request.stop.stop_requested()) return Error{ErrorCode::Cancelled, "cancelled"};
            const auto current = static_cast<PageNumber>(number);
            if (m_ownership.isOwned(current)) continue;
            BLAZE_TRY_VALUE(const std::size_t got, m_view.pages->read(current, page));
            ++m_report.pagesRead;
            m_report.bytesRead += got;
            const PageKind kind = pageKind(ByteView(page).first(got));
            if (kind == PageKind::Foreign) foreign.push_back(current);
            else if (kind != PageKind::Zero) orphans.push_back(current);
        }
        if (!orphans.empty())
            add(model::FindingSeverity::Remark, model::FindingKind::OrphanPages,
                std::to_string(orphans.size()) + " pages belong to no record: " + pageRanges(orphans), orphans.front(),
                "Left by rolled-back, replaced or interrupted writes; a vacuum by the app frees them.");
        if (!foreign.empty())
            add(model::FindingSeverity::Remark, model::FindingKind::Other,
                std::to_string(foreign.size()) + " pages hold something that is not BlazeDB's: " + pageRanges(foreign), foreign.front());
        return {};
    }

    void checkFreePages()
    {
        std::uint64_t used = 0;
        for (const PageNumber page : m_view.catalogue->freePages)
            if (m_ownership.isOwned(page)) ++used;
        if (used > 0)
            add(model::FindingSeverity::Damage, model::FindingKind::Other,
                std::to_string(used) + " pages are on the list of free pages although records use them", std::nullopt,
                "The app may overwrite these records. Export them, and vacuum with the app.");
    }

    void checkIndexes(const std::string& layoutJson)
    {
        if (layoutJson.empty()) return;
        for (const model::IndexDescription& index : m_view.catalogue->indexes) {
            const auto entries = parseIndexEntries(layoutJson, index.name);
            if (!entries) continue;
            std::uint64_t stale = 0;
            for (const IndexEntry& entry : *entries)
                for (const model::Uuid& id : entry.ids)
                    if (m_view.catalogue->find(id) == nullptr) ++stale;
            if (stale > 0)
                add(model::FindingSeverity::Remark, model::FindingKind::IndexStale,
                    "the index " + index.name + " names " + std::to_string(stale) + " records that are not there");
        }
    }

    const ViewParts& m_view;
    const CheckRequest& m_request;
    ViewReader m_reader;
    CheckReport m_report;
    PageOwnership m_ownership;
    std::uint64_t m_pageCount = 0;
    std::uint64_t m_recordsFromJson = 0;
};

} // namespace

model::Finding toFinding(const model::Uuid& id, const RecordProblem& problem)
{
    model::Finding finding{model::FindingSeverity::Damage, model::FindingKind::RecordDamaged, id, problem.page,
                           "record " + id.toString() + ": " + problem.reason, {}};
    switch (problem.kind) {
    case RecordProblem::Kind::Zeroed:
        finding.severity = model::FindingSeverity::Remark;
        finding.kind = model::FindingKind::RecordZeroed;
        break;
    case RecordProblem::Kind::BeyondEnd:
        finding.severity = model::FindingSeverity::Lost;
        finding.kind = model::FindingKind::RecordBeyondEnd;
        break;
    case RecordProblem::Kind::Unsupported: finding.kind = model::FindingKind::RecordUnsupported; break;
    case RecordProblem::Kind::WrongId: finding.kind = model::FindingKind::RecordIdMismatch; break;
    case RecordProblem::Kind::Damaged: finding.advice = "Restore the record from a backup; the others are not affected."; break;
    }
    return finding;
}

Result<CheckReport> checkView(const ViewParts& view, const std::string& layoutJson, const CheckRequest& request)
{
    return ViewCheck(view, request).run(layoutJson);
}

} // namespace blazedb::format28
