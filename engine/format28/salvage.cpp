#include "engine/format28/salvage.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "engine/codec/blaze_binary.h"
#include "engine/format28/record_assembler.h"

namespace blazedb::format28 {

namespace {

constexpr std::uint64_t kPagesBetweenReports = 512;

/// When a version of a record was last written, as far as it says.
double versionTime(ByteView bytes)
{
    codec::RecordReader reader;
    if (!reader.open(bytes)) return 0;
    for (const std::string_view name : {model::fieldname::kUpdatedAt, model::fieldname::kCreatedAt})
        if (const model::Value* value = reader.field(name))
            if (const auto* date = value->as<model::Date>()) return date->seconds;
    return 0;
}

struct Version {
    double time = 0;
    PageNumber mainPage = 0;
    std::vector<PageNumber> pages;
};

/// Thread-safety: none; one owner.
class PageScan {
public:
    PageScan(const PageSource& pages, ByteView key)
        : m_assembler(pages, key, true)
    {
    }

    Result<void> visit(PageNumber number, ByteView page)
    {
        switch (pageKind(page)) {
        case PageKind::Main: return visitMain(number);
        case PageKind::Overflow: m_overflowPages.push_back(number); break;
        case PageKind::Unencrypted: lose(number, model::FindingKind::RecordUnsupported, "an unencrypted page"); break;
        case PageKind::Compressed: lose(number, model::FindingKind::RecordUnsupported, "a compressed page, which only Apple builds read"); break;
        case PageKind::Foreign: lose(number, model::FindingKind::RecordDamaged, "not a BlazeDB page"); break;
        case PageKind::Zero: break;
        }
        return {};
    }

    Salvaged finish(std::uint64_t pageCount)
    {
        noteUnreachedOverflow();
        Salvaged salvaged;
        for (auto& [id, version] : m_versions) {
            const auto first = static_cast<std::uint32_t>(salvaged.catalogue.pages.size());
            salvaged.catalogue.pages.insert(salvaged.catalogue.pages.end(), version.pages.begin(), version.pages.end());
            salvaged.catalogue.entries.push_back({id, first, static_cast<std::uint32_t>(version.pages.size())});
        }
        std::sort(salvaged.catalogue.entries.begin(), salvaged.catalogue.entries.end(),
                  [](const CatalogueEntry& a, const CatalogueEntry& b) { return a.id < b.id; });
        salvaged.catalogue.nextPage = pageCount;
        salvaged.findings = std::move(m_findings);
        return salvaged;
    }

private:
    Result<void> visitMain(PageNumber number)
    {
        AssembledRecord record;
        const std::array<PageNumber, 1> listed{number};
        BLAZE_TRY_VALUE(const bool isWhole, m_assembler.assemble(listed, record));
        if (!isWhole) {
            m_reached.insert(m_reached.end(), record.chain.begin(), record.chain.end());
            if (m_assembler.problem().kind != RecordProblem::Kind::Zeroed) lose(number, model::FindingKind::RecordDamaged, m_assembler.problem().reason);
            return {};
        }
        m_reached.insert(m_reached.end(), record.chain.begin(), record.chain.end());
        const auto id = codec::decodeRecordId(record.bytes);
        if (!id || !*id) {
            lose(number, model::FindingKind::RecordDamaged, id ? "a record without an id" : id.error().message);
            return {};
        }
        Version version{versionTime(record.bytes), number, {number}};
        version.pages.insert(version.pages.end(), record.chain.begin(), record.chain.end());
        keepNewer(**id, std::move(version));
        return {};
    }

    void keepNewer(const model::Uuid& id, Version version)
    {
        const auto [place, isNew] = m_versions.try_emplace(id, version);
        if (isNew) return;
        const bool isNewer = version.time >= place->second.time; // pages are visited upwards, so the later page wins a tie
        const PageNumber dropped = isNewer ? place->second.mainPage : version.mainPage;
        m_findings.push_back({model::FindingSeverity::Remark, model::FindingKind::DuplicateRecord, id, dropped,
                              "record " + id.toString() + " is there twice; the version on page " + std::to_string(dropped)
                                  + " is older and not shown", {}});
        if (isNewer) place->second = std::move(version);
    }

    void lose(PageNumber page, model::FindingKind kind, const std::string& reason)
    {
        const std::string place = "page " + std::to_string(page) + ": ";
        m_findings.push_back({model::FindingSeverity::Lost, kind, std::nullopt, page, reason.starts_with(place) ? reason : place + reason, {}});
    }

    void noteUnreachedOverflow()
    {
        std::sort(m_reached.begin(), m_reached.end());
        std::uint64_t unreached = 0;
        std::optional<PageNumber> first;
        for (const PageNumber page : m_overflowPages) {
            if (std::binary_search(m_reached.begin(), m_reached.end(), page)) continue;
            if (!first) first = page;
            ++unreached;
        }
        if (unreached > 0)
            m_findings.push_back({model::FindingSeverity::Remark, model::FindingKind::OrphanPages, std::nullopt, first,
                                  std::to_string(unreached) + " pages belong to no record that is there; they are the rest of replaced, deleted or lost long records", {}});
    }

    RecordAssembler m_assembler;
    std::unordered_map<model::Uuid, Version, model::UuidHash> m_versions;
    std::vector<PageNumber> m_overflowPages;
    std::vector<PageNumber> m_reached;
    std::vector<model::Finding> m_findings;
};

} // namespace

Result<Salvaged> salvage(const PageSource& pages, ByteView key, const std::stop_token& stop,
                         const std::function<void(std::uint64_t done, std::uint64_t total)>& onProgress)
{
    BLAZE_TRY_VALUE(const std::uint64_t count, pages.pageCount());
    PageScan scan(pages, key);
    Bytes page(kPageBytes);
    for (std::uint64_t number = 0; number < count && number <= UINT32_MAX; ++number) {
        if (number % kPagesBetweenReports == 0) {
            if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "cancelled"};
            if (onProgress) onProgress(number, count);
        }
        BLAZE_TRY_VALUE(const std::size_t got, pages.read(static_cast<PageNumber>(number), page));
        BLAZE_TRY(scan.visit(static_cast<PageNumber>(number), ByteView(page).first(got)));
    }
    return scan.finish(count);
}

} // namespace blazedb::format28
