#include "engine/format28/family_store.h"

#include <algorithm>
#include <charconv>

#include "engine/base/guarded.h"
#include "engine/crypto/digest.h"
#include "engine/format28/family_check.h"
#include "engine/format28/key_search.h"
#include "engine/format28/salvage.h"

namespace blazedb::format28 {

namespace {

constexpr std::uint64_t kCatalogueBytesMax = std::uint64_t{4} << 30; // 30 million records
constexpr std::uint64_t kSaltBytesMax = 1 << 20;
constexpr std::string_view kLegacySalt = "AshPileSalt";
constexpr int kLoadAttempts = 5;
constexpr std::string_view kJsonEncoding = "json";

/// The trusted content of a catalogue and the object made of it.
struct LoadedCatalogue {
    std::shared_ptr<const Catalogue> catalogue;
    std::string layoutJson;
};

/// The catalogue as read, not yet believed.
struct CatalogueFile {
    std::optional<CatalogueWrapper> wrapper;
    std::string problem; ///< Why there is none.
};

Result<CatalogueFile> readCatalogueFile(FileSystem& files, const std::string& path)
{
    CatalogueFile result;
    auto bytes = readWholeFile(files, path, kCatalogueBytesMax);
    if (!bytes && bytes.error().code == ErrorCode::NotFound) {
        result.problem = "the catalogue " + fileName(path) + " is missing";
        return result;
    }
    if (!bytes) return std::move(bytes).error();
    auto wrapper = parseCatalogueWrapper(*bytes);
    if (wrapper)
        result.wrapper = *std::move(wrapper);
    else
        result.problem = "the catalogue " + fileName(path) + " is damaged: " + wrapper.error().message;
    return result;
}

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

Error untrusted(const FamilyPaths& paths, const std::string& why)
{
    return {ErrorCode::Corruption,
            fileName(paths.pages) + ": " + why + "; it is not used. The rescue view shows, read-only, what the pages still hold"};
}

/// "1.0.0" is read; another major number is a newer format.
Result<void> checkFormatVersion(const FamilyPaths& paths, const std::string& version)
{
    int major = 0;
    const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), major);
    if (error == std::errc{} && major == 1 && end != version.data() + version.size() && *end == '.') return {};
    return Error{ErrorCode::Unsupported, fileName(paths.pages) + " has format version " + version + "; this program reads versions 1.x, use a newer one"};
}

model::Finding storeRemark(model::FindingKind kind, std::string message)
{
    return {model::FindingSeverity::Remark, kind, std::nullopt, std::nullopt, std::move(message), {}};
}

} // namespace

struct FamilyStore::State {
    struct Current {
        std::shared_ptr<const FamilySnapshot> snapshot;
        std::string layoutJson;
    };

    FileSystem& files;
    metrics::CounterSet& counters;
    FamilyPaths paths;
    CatalogueUse use = CatalogueUse::Trusted;
    std::shared_ptr<const SecureBytes> key;
    std::uint32_t rounds = kCurrentRounds;
    std::vector<model::Finding> findings;
    Guarded<Current> current;

    State(FileSystem& fileSystem, metrics::CounterSet& counterSet)
        : files(fileSystem)
        , counters(counterSet)
    {
    }

    Result<void> open(const SecureBytes& password, const Options& options);
    Result<Current> load(std::uint64_t sequence);
    Result<LoadedCatalogue> believe(const CatalogueFile& file);
    Result<void> rescue(const CommittedFiles& committed, std::shared_ptr<const PageSource> pages, const Options& options);
    [[nodiscard]] ViewParts viewParts(const CommittedFiles& committed, std::shared_ptr<const PageSource> pages) const;
};

ViewParts FamilyStore::State::viewParts(const CommittedFiles& committed, std::shared_ptr<const PageSource> pages) const
{
    ViewParts parts;
    parts.files = &files;
    parts.counters = &counters;
    parts.paths = paths;
    parts.committed = committed;
    parts.pages = std::move(pages);
    parts.key = key;
    parts.isRescue = use == CatalogueUse::Ignored;
    return parts;
}

/// The key is known: verifies and parses.
Result<LoadedCatalogue> FamilyStore::State::believe(const CatalogueFile& file)
{
    if (!file.wrapper) return untrusted(paths, file.problem);
    const CatalogueWrapper& wrapper = *file.wrapper;
    LoadedCatalogue loaded;
    if (wrapper.version >= 2) {
        if (!crypto::equalInConstantTime(crypto::hmacSha256(key->view(), wrapper.signedPayload), wrapper.signature))
            return untrusted(paths, "the signature of the catalogue " + fileName(paths.catalogue()) + " does not fit, so it was altered or damaged");
        loaded.layoutJson = std::string(asText(wrapper.signedPayload));
    } else {
        loaded.layoutJson = wrapper.layout;
    }
    auto catalogue = parseCatalogue(loaded.layoutJson);
    if (!catalogue) return untrusted(paths, catalogue.error().message);
    BLAZE_TRY(checkFormatVersion(paths, catalogue->formatVersion));
    loaded.catalogue = std::make_shared<const Catalogue>(*std::move(catalogue));
    return loaded;
}

/// One view of files that may change while they are read: what was read between two equal stamps belongs together.
Result<FamilyStore::State::Current> FamilyStore::State::load(std::uint64_t sequence)
{
    for (int attempt = 1;; ++attempt) {
        const CommittedFiles committed = findCommittedFiles(files, paths);
        const FamilyStamps before = stampFamily(files, paths, committed);
        BLAZE_TRY_VALUE(auto pages, openPages(files, committed));
        BLAZE_TRY_VALUE(const CatalogueFile file, readCatalogueFile(files, committed.catalogue));
        const bool isStill = stampFamily(files, paths, committed).catalogue == before.catalogue;
        if (!isStill && attempt < kLoadAttempts) continue;
        BLAZE_TRY_VALUE(LoadedCatalogue loaded, believe(file));
        ViewParts parts = viewParts(committed, std::move(pages));
        parts.stamps = before;
        parts.catalogue = loaded.catalogue;
        return Current{std::make_shared<const FamilySnapshot>(std::move(parts), sequence), std::move(loaded.layoutJson)};
    }
}

Result<void> FamilyStore::State::rescue(const CommittedFiles& committed, std::shared_ptr<const PageSource> pages, const Options& options)
{
    const FamilyStamps stamps = stampFamily(files, paths, committed);
    BLAZE_TRY_VALUE(Salvaged salvaged, salvage(*pages, key->view(), options.stop, options.onProgress));
    findings.push_back({model::FindingSeverity::Lost, model::FindingKind::CatalogueUntrusted, std::nullopt, std::nullopt,
                        "this is the rescue view: the catalogue is not used, " + std::to_string(salvaged.catalogue.entries.size())
                            + " records were found by reading the pages; deleted records may be among them, index contents are lost",
                        "Export what is needed into a new database."});
    findings.insert(findings.end(), salvaged.findings.begin(), salvaged.findings.end());
    ViewParts parts = viewParts(committed, std::move(pages));
    parts.stamps = stamps;
    parts.catalogue = std::make_shared<const Catalogue>(std::move(salvaged.catalogue));
    current.lock()->snapshot = std::make_shared<const FamilySnapshot>(std::move(parts), 1);
    return {};
}

Result<void> FamilyStore::State::open(const SecureBytes& password, const Options& options)
{
    const CommittedFiles committed = findCommittedFiles(files, paths);
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
    if (use == CatalogueUse::Ignored) return rescue(committed, pages, options);

    BLAZE_TRY_VALUE(Current loaded, load(1));
    if (catalogueFile.wrapper && catalogueFile.wrapper->version < 2)
        findings.push_back(storeRemark(model::FindingKind::CatalogueUnsigned, "the catalogue has an old form whose signature cannot be verified"));
    if (loaded.snapshot->parts().catalogue->encodingFormat == kJsonEncoding)
        findings.push_back(storeRemark(model::FindingKind::OldEncoding, "the catalogue says that records are stored as JSON text, which has no dates, bytes or vectors of its own: "
                                                                        "they are shown as numbers, texts and arrays"));
    *current.lock() = std::move(loaded);
    return {};
}

FamilyStore::FamilyStore(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

FamilyStore::~FamilyStore() = default;

Result<std::unique_ptr<FamilyStore>> FamilyStore::open(FileSystem& files, Clock&, metrics::CounterSet& counters, const std::string& path,
                                                       const SecureBytes& password, const Options& options)
{
    BLAZE_TRY_VALUE(const FamilyPreview preview, previewFamily(files, path));
    auto state = std::make_unique<State>(files, counters);
    state->paths = familyPaths(preview.path);
    state->use = options.catalogue;
    BLAZE_TRY(state->open(password, options));
    for (const model::Finding& finding : preview.findings)
        if (finding.kind == model::FindingKind::InUse) state->findings.push_back(finding);
    return std::unique_ptr<FamilyStore>(new FamilyStore(std::move(state)));
}

Result<std::shared_ptr<const storage::RowSnapshot>> FamilyStore::snapshot()
{
    const std::shared_ptr<const FamilySnapshot> known = m_state->current.lock()->snapshot;
    const ViewParts& parts = known->parts();
    if (parts.isRescue || stampFamily(m_state->files, m_state->paths, parts.committed) == parts.stamps)
        return std::shared_ptr<const storage::RowSnapshot>(known);
    BLAZE_TRY_VALUE(State::Current loaded, m_state->load(known->sequence() + 1));
    const auto current = m_state->current.lock();
    // Another thread may have loaded the same state meanwhile; the first one stays.
    if (current->snapshot == known) *current = std::move(loaded);
    return std::shared_ptr<const storage::RowSnapshot>(current->snapshot);
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
    const auto snapshot = m_state->current.lock()->snapshot;
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
    return m_state->current.lock()->snapshot->parts().catalogue->indexes;
}

Result<CheckReport> FamilyStore::check(bool full, std::stop_token stop, const std::function<void(std::uint64_t done, std::uint64_t total)>& onProgress)
{
    BLAZE_TRY(snapshot()); // the newest state
    const State::Current current = *m_state->current.lock();
    return checkView(current.snapshot->parts(), current.layoutJson, {full, std::move(stop), onProgress});
}

} // namespace blazedb::format28
