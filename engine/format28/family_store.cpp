#include "engine/format28/family_store.h"

#include <algorithm>

#include "engine/base/freed_memory.h"
#include "engine/format28/family_check.h"
#include "engine/format28/family_watch.h"
#include "engine/format28/key_search.h"
#include "engine/format28/live_view.h"
#include "engine/format28/salvage.h"

namespace blazedb::format28 {

namespace {

constexpr std::uint64_t kSaltBytesMax = 1 << 20;
constexpr std::string_view kLegacySalt = "AshPileSalt";
constexpr int kCheckAttempts = 3;
constexpr std::string_view kJsonEncoding = "json";

Result<Bytes> readSalt(FileSystem& files, const FamilyPaths& paths, bool& isMissing)
{
    auto salt = readWholeFile(files, paths.salt(), kSaltBytesMax);
    isMissing = (!salt && salt.error().code == ErrorCode::NotFound) || (salt && salt->empty());
    if (!salt && !isMissing) return std::move(salt).error();
    if (!isMissing) return *std::move(salt);
    const ByteView legacy = asBytes(kLegacySalt);
    return Bytes(legacy.begin(), legacy.end());
}

Error noKeyFits(const FamilyPaths& paths, bool isSaltMissing)
{
    const std::string salt = fileName(paths.salt());
    std::string message = fileName(paths.pages) + ": wrong password, or the salt file " + salt + " is missing or not this database's";
    if (isSaltMissing) message += "; " + salt + " is missing: put it back beside the database and try again";
    return {ErrorCode::Unauthenticated, std::move(message)};
}

model::Finding storeRemark(model::FindingKind kind, std::string message)
{
    return {model::FindingSeverity::Remark, kind, std::nullopt, std::nullopt, std::move(message), {}};
}

} // namespace

struct FamilyStore::State {
    FileSystem& files;
    Clock& clock;
    metrics::CounterSet& counters;
    FolderWatcher& watcher;
    FamilyPaths paths;
    bool isInUse = false;
    std::shared_ptr<const SecureBytes> key = {};
    std::uint32_t rounds = kCurrentRounds;
    std::vector<model::Finding> findings = {};
    std::unique_ptr<LiveView> live = {};                  ///< Null for a rescue.
    std::shared_ptr<const FamilySnapshot> rescued = {};   ///< What its scan found.

    Result<void> open(const SecureBytes& password, const Options& options);
    Result<void> rescue(const CommittedFiles& committed, std::shared_ptr<const PageSource> pages, const Options& options);
    [[nodiscard]] LiveView::State current() const { return live ? live->current() : LiveView::State{rescued, std::make_shared<const std::string>()}; }
};

Result<void> FamilyStore::State::rescue(const CommittedFiles& committed, std::shared_ptr<const PageSource> pages, const Options& options)
{
    const FamilyStamps stamps = stampFamily(files, paths, committed);
    BLAZE_TRY_VALUE(Salvaged salvaged, salvage(*pages, key->view(), options.stop, options.onProgress));
    findings.push_back({model::FindingSeverity::Lost, model::FindingKind::CatalogueUntrusted, std::nullopt, std::nullopt,
                        "this is the rescue view: the catalogue is not used, " + std::to_string(salvaged.catalogue.entries.size())
                            + " records were found by reading the pages; deleted records may be among them, index contents are lost",
                        "Export what is needed into a new database."});
    findings.insert(findings.end(), salvaged.findings.begin(), salvaged.findings.end());
    ViewParts parts;
    parts.files = &files;
    parts.counters = &counters;
    parts.paths = paths;
    parts.committed = committed;
    parts.stamps = stamps;
    parts.pages = std::move(pages);
    parts.catalogue = std::make_shared<const Catalogue>(std::move(salvaged.catalogue));
    parts.key = key;
    parts.versions = RowVersions(1);
    parts.isRescue = true;
    rescued = std::make_shared<const FamilySnapshot>(std::move(parts), 1);
    return {};
}

Result<void> FamilyStore::State::open(const SecureBytes& password, const Options& options)
{
    const CommittedFiles committed = findCommittedFiles(files, paths, {.isLiving = isInUse});
    BLAZE_TRY_VALUE(const auto pages, openPages(files, committed));
    BLAZE_TRY_VALUE(const CatalogueFile catalogueFile, readCatalogueFile(files, committed.catalogue));
    bool isSaltMissing = false;
    BLAZE_TRY_VALUE(Bytes salt, readSalt(files, paths, isSaltMissing));
    if (isSaltMissing && !catalogueFile.wrapper && *pages->pageCount() == 0) return noKeyFits(paths, true);

    const KeySearch search{password.view(), std::move(salt), catalogueFile.wrapper ? &*catalogueFile.wrapper : nullptr, pages.get(), options.stop};
    auto found = findKey(search);
    if (!found && found.error().code == ErrorCode::Unauthenticated) return noKeyFits(paths, isSaltMissing);
    if (!found) return std::move(found).error();
    rounds = found->rounds;
    key = std::make_shared<const SecureBytes>(std::move(found->key));

    findings = committed.findings;
    for (model::Finding& finding : logFindings(*pages, fileName(paths.log()))) findings.push_back(std::move(finding));
    if (rounds != kCurrentRounds || isSaltMissing)
        findings.push_back(storeRemark(model::FindingKind::LegacyKey, "opened with old key parameters: " + std::to_string(rounds) + " rounds"
                                                                          + (isSaltMissing ? " and the salt of releases before 2.7.1" : "")));
    if (options.catalogue == CatalogueUse::Ignored) return rescue(committed, pages, options);

    live = std::make_unique<LiveView>(LiveView::Origin{files, clock, counters, paths, key, isInUse});
    BLAZE_TRY(live->open());
    if (catalogueFile.wrapper && catalogueFile.wrapper->version < 2)
        findings.push_back(storeRemark(model::FindingKind::CatalogueUnsigned, "the catalogue has an old form whose signature cannot be verified"));
    if (live->current().snapshot->parts().catalogue->encodingFormat == kJsonEncoding)
        findings.push_back(storeRemark(model::FindingKind::OldEncoding, "the catalogue says that records are stored as JSON text, which has no dates, bytes or vectors of its own: "
                                                                         "they are shown as numbers, texts and arrays"));
    return {};
}

FamilyStore::FamilyStore(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

FamilyStore::~FamilyStore() = default;

Result<std::unique_ptr<FamilyStore>> FamilyStore::open(FileSystem& files, Clock& clock, metrics::CounterSet& counters, const std::string& path,
                                                       const SecureBytes& password, const Options& options)
{
    BLAZE_TRY_VALUE(const FamilyPreview preview, previewFamily(files, path));
    FolderWatcher& watcher = options.watcher != nullptr ? *options.watcher : localFolderWatcher();
    auto state = std::unique_ptr<State>(new State{files, clock, counters, watcher, familyPaths(preview.path)});
    const auto isInUse = [](const model::Finding& finding) { return finding.kind == model::FindingKind::InUse; };
    state->isInUse = std::any_of(preview.findings.begin(), preview.findings.end(), isInUse);
    BLAZE_TRY(state->open(password, options));
    returnFreedMemory(); // a catalogue of 100,000 records takes 50 MB while it is parsed
    std::copy_if(preview.findings.begin(), preview.findings.end(), std::back_inserter(state->findings), isInUse);
    return std::unique_ptr<FamilyStore>(new FamilyStore(std::move(state)));
}

Result<std::shared_ptr<const storage::RowSnapshot>> FamilyStore::snapshot()
{
    return std::shared_ptr<const storage::RowSnapshot>(m_state->live ? m_state->live->look(LiveView::Depth::Glance).snapshot : m_state->rescued);
}

storage::RowNews FamilyStore::newsSince(std::uint64_t sequence, std::uint64_t event, std::size_t changesMax)
{
    if (m_state->live) return m_state->live->changes().since(sequence, event, changesMax);
    storage::RowNews news; // a rescue never changes
    news.sequence = m_state->rescued->sequence();
    news.isComplete = sequence == news.sequence;
    return news;
}

bool FamilyStore::isWatchable() const
{
    return m_state->live != nullptr;
}

std::unique_ptr<storage::RowWatch> FamilyStore::watch()
{
    if (!m_state->live) return nullptr;
    return std::make_unique<FamilyWatch>(*m_state->live, m_state->watcher.watch(m_state->paths.folder));
}

storage::StoreCondition FamilyStore::condition() const
{
    return m_state->live ? m_state->live->condition() : storage::StoreCondition{};
}

std::vector<model::Finding> FamilyStore::openingFindings() const
{
    return m_state->findings;
}

std::vector<FamilyPart> FamilyStore::parts() const
{
    return familyParts(m_state->files, m_state->paths);
}

FamilyFigures FamilyStore::figures() const
{
    const auto snapshot = m_state->current().snapshot;
    const ViewParts& parts = snapshot->parts();
    FamilyFigures figures;
    figures.pagesInFile = parts.pages->pageCount().value_or(0);
    std::vector<PageNumber> owned = parts.catalogue->pages;
    std::sort(owned.begin(), owned.end());
    owned.erase(std::unique(owned.begin(), owned.end()), owned.end());
    figures.pagesOwned = owned.size();
    for (const PageNumber page : parts.catalogue->freePages)
        if (!std::binary_search(owned.begin(), owned.end(), page)) ++figures.pagesFree;
    figures.records = parts.catalogue->entries.size();
    figures.logBytes = parts.pages->log().sizeBytes;
    figures.logEntries = parts.pages->log().entries;
    figures.keyRounds = m_state->rounds;
    figures.formatVersion = parts.catalogue->formatVersion;
    return figures;
}

std::vector<model::IndexDescription> FamilyStore::indexes() const
{
    return m_state->current().snapshot->parts().catalogue->indexes;
}

Result<model::VerifyReport> FamilyStore::check(const CheckRequest& request)
{
    for (int attempt = 1;; ++attempt) {
        BLAZE_TRY(snapshot()); // the newest state
        const LiveView::State current = m_state->current();
        auto report = checkView({current.snapshot->parts(), *current.layoutJson}, request, m_state->clock);
        if (report || report.error().code != ErrorCode::Conflict) return report;
        if (attempt == kCheckAttempts)
            return Error{ErrorCode::Unavailable, "the app keeps changing the database while it is checked: " + report.error().message};
    }
}

} // namespace blazedb::format28
