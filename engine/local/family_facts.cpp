#include "engine/local/family_facts.h"

#include <algorithm>
#include <utility>

#include "engine/crypto/digest.h"
#include "engine/local/deadline.h"

namespace blazedb::local {

namespace {

/// A salt has 32 bytes; what is larger is not one.
constexpr std::uint64_t kSaltBytesMax = 4096;

/// 600000 as "600,000".
std::string grouped(std::uint32_t number)
{
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;)
        digits.insert(at -= 3, ",");
    return digits;
}

std::uint64_t bytesOf(const std::vector<format28::FamilyPart>& parts, std::string_view role)
{
    std::uint64_t bytes = 0;
    for (const format28::FamilyPart& part : parts)
        if (part.role == role) bytes += part.sizeBytes;
    return bytes;
}

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

FamilyFacts::FamilyFacts(format28::FamilyStore& store, const Clock& clock, Origin origin)
    : m_store(store)
    , m_clock(clock)
    , m_origin(std::move(origin))
    , m_encryption("AES-256-GCM, PBKDF2-HMAC-SHA256 with " + grouped(store.figures().keyRounds) + " rounds")
    , m_parts(toSourceParts(store.parts()))
{}

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

StoreFigures FamilyFacts::figures() const
{
    const format28::FamilyFigures family = m_store.figures();
    const auto parts = m_store.parts();
    const auto sample = [](const char* name, const char* unit, std::uint64_t value) {
        return model::MetricSample{name, unit, static_cast<double>(value), {}};
    };
    StoreFigures figures;
    figures.databaseBytes = bytesOf(parts, "pages") + bytesOf(parts, "catalogue");
    figures.logBytes = family.logBytes;
    figures.pages = family.pagesInFile;
    figures.samples = {sample("blazedb_records", "records", family.records),
                       sample("blazedb_pages", "pages", family.pagesInFile),
                       sample("blazedb_pages_owned", "pages", family.pagesOwned),
                       sample("blazedb_pages_free", "pages", family.pagesFree),
                       sample("blazedb_database_bytes", "bytes", figures.databaseBytes),
                       sample("blazedb_log_bytes", "bytes", family.logBytes),
                       sample("blazedb_log_entries", "1", family.logEntries)};
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
