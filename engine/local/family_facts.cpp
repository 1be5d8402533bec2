#include "engine/local/family_facts.h"

#include <algorithm>
#include <utility>

#include "engine/codec/number_text.h"
#include "engine/crypto/digest.h"
#include "engine/local/deadline.h"
#include "engine/local/family_samples.h"

namespace blazedb::local {

namespace {

/// A salt has 32 bytes; what is larger is not one.
constexpr std::uint64_t kSaltBytesMax = 4096;

} // namespace

std::vector<api::SourcePart> toSourceParts(const std::vector<format28::FamilyPart>& parts)
{
    std::vector<api::SourcePart> sourceParts;
    sourceParts.reserve(parts.size());
    for (const format28::FamilyPart& part : parts)
        sourceParts.push_back({part.role, part.path, part.sizeBytes});
    return sourceParts;
}

std::string familyIdentity(FileSystem& files, const std::vector<format28::FamilyPart>& parts)
{
    const auto salt = std::find_if(parts.begin(), parts.end(),
                                   [](const format28::FamilyPart& part) { return part.role == "salt"; });
    if (salt == parts.end()) return {};
    auto bytes = readWholeFile(files, salt->path, kSaltBytesMax);
    if (!bytes) return {};
    const ByteView form = asBytes("28"); // apart from other forms of file that might share a salt
    bytes->insert(bytes->end(), form.begin(), form.end());
    return crypto::toHex(crypto::sha256(*bytes));
}

CataloguePages CataloguePages::of(const format28::Catalogue& catalogue, std::uint64_t pagesInFile)
{
    CataloguePages tally;
    tally.inFile = pagesInFile;
    std::vector<bool> isNamed(pagesInFile);
    for (const format28::PageNumber page : catalogue.pages) {
        if (page >= pagesInFile || isNamed[page]) continue;
        isNamed[page] = true;
        ++tally.used;
    }
    for (const format28::PageNumber page : catalogue.freePages) {
        if (page >= pagesInFile || isNamed[page]) continue;
        isNamed[page] = true;
        ++tally.free;
    }
    tally.unlisted = pagesInFile - tally.used - tally.free;
    return tally;
}

FamilyFacts::FamilyFacts(format28::FamilyStore& store, FileSystem& files, const Clock& clock, Origin origin)
    : m_store(store)
    , m_files(files)
    , m_clock(clock)
    , m_origin(std::move(origin))
    , m_encryption("AES-256-GCM, PBKDF2-HMAC-SHA256 with " + codec::grouped(store.figures().keyRounds) + " rounds")
    , m_parts(toSourceParts(store.parts()))
{
    watch(); // what the app writes counts from now on
}

api::SourceDescription FamilyFacts::describe() const
{
    api::SourceDescription description;
    description.name = m_origin.name;
    description.place = m_origin.path;
    description.identity = m_origin.identity;
    description.format = kFamilyFormat;
    description.encryption = m_encryption;
    description.isReadOnly = true;
    description.isRescue = m_origin.mode == OpenMode::Rescue;
    description.readOnlyReason =
        description.isRescue
            ? "this is a rescue view: it shows what the pages still hold and changes nothing"
            : "files of the Swift library are opened to look at; changing them is not available yet";
    description.parts = m_parts;
    return description;
}

std::vector<model::Finding> FamilyFacts::openingFindings() const
{
    return m_store.openingFindings();
}

std::vector<model::IndexDescription> FamilyFacts::indexes() const
{
    return m_store.indexes();
}

/// Looks whether there is a newer state. Parts of the work are done once per state, so that looking at a still
/// database costs a few file stamps.
FamilyFacts::Watched FamilyFacts::watch()
{
    auto newest = m_store.snapshot();
    Watched watched = *m_watched.lock();
    if (newest) {
        accept(watched, std::dynamic_pointer_cast<const format28::FamilySnapshot>(*newest));
        // The last good state is served on while the files cannot be read.
        const storage::StoreCondition condition = m_store.condition();
        watched.problem.clear();
        if (condition.isStale) watched.problem = condition.findings.empty() ? "they cannot be read" : condition.findings.front().message;
    } else {
        watched.problem = newest.error().message;
    }
    // Two measurements at once may both count the same change; the later one to arrive wins, nothing is added twice.
    *m_watched.lock() = watched;
    return watched;
}

void FamilyFacts::accept(Watched& watched, SharedSnapshot newest) const
{
    if (newest == watched.snapshot) return;
    const format28::ViewParts& parts = newest->parts();
    if (watched.snapshot) {
        const format28::ViewParts& before = watched.snapshot->parts();
        if (parts.stamps.catalogue != before.stamps.catalogue) ++watched.catalogueSavesSeen;
        const std::uint64_t entriesBefore = before.pages->log().entries;
        const std::uint64_t entries = parts.pages->log().entries;
        // A shorter log was emptied in between: all of it is new.
        watched.logEntriesSeen += entries >= entriesBefore ? entries - entriesBefore : entries;
    }
    watched.pages = CataloguePages::of(*parts.catalogue, parts.pages->pageCount().value_or(0));
    watched.snapshot = std::move(newest);
}

StoreFigures FamilyFacts::figures()
{
    const Watched watched = watch();
    if (!watched.snapshot) { // not even the state at opening could be looked at again
        StoreFigures none;
        none.problem = watched.problem;
        return none;
    }
    const FamilyMeasure measure{watched.snapshot->parts(), watched.pages,        m_store.parts(),
                                watched.logEntriesSeen,    watched.catalogueSavesSeen};
    StoreFigures figures;
    figures.databaseBytes = measure.bytesOf("pages") + measure.bytesOf("catalogue");
    figures.logBytes = measure.bytesOf("log");
    figures.pages = watched.pages.inFile;
    figures.pagesWasted = watched.pages.free + watched.pages.unlisted;
    figures.problem = watched.problem;
    if (const auto disk = m_files.diskSpace(measure.view.paths.folder)) figures.disk = *disk;
    figures.samples = familySamples(measure, figures);
    return figures;
}

Result<api::VerifyReport> FamilyFacts::check(const api::CallContext& context, api::VerifyDepth depth)
{
    const Deadline deadline(context, m_clock);
    format28::CheckRequest request;
    request.depth = depth;
    request.stop = context.stop;
    request.pause = context.pause.get();
    request.isOverdue = [&deadline] { return deadline.hasPassed(); };
    if (context.onProgress)
        request.onProgress = [&context](const format28::CheckProgress& progress) {
            context.onProgress({progress.pagesDone, progress.pagesTotal, "pages", progress.bytesDone});
        };
    return m_store.check(request);
}

} // namespace blazedb::local
