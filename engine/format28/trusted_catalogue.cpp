#include "engine/format28/trusted_catalogue.h"

#include <charconv>

#include "engine/crypto/digest.h"

namespace blazedb::format28 {

namespace {

constexpr std::uint64_t kCatalogueBytesMax = std::uint64_t{4} << 30; // 30 million records

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

} // namespace

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

Result<TrustedCatalogue> believeCatalogue(const FamilyPaths& paths, ByteView key, const CatalogueFile& file)
{
    if (!file.wrapper) return untrusted(paths, file.problem);
    const CatalogueWrapper& wrapper = *file.wrapper;
    std::string json;
    if (wrapper.version >= 2) {
        if (!crypto::equalInConstantTime(crypto::hmacSha256(key, wrapper.signedPayload), wrapper.signature))
            return untrusted(paths, "the signature of the catalogue " + fileName(paths.catalogue()) + " does not fit, so it was altered or damaged");
        json = std::string(asText(wrapper.signedPayload));
    } else {
        json = wrapper.layout;
    }
    auto catalogue = parseCatalogue(json);
    if (!catalogue) return untrusted(paths, catalogue.error().message);
    BLAZE_TRY(checkFormatVersion(paths, catalogue->formatVersion));
    return TrustedCatalogue{std::make_shared<const Catalogue>(*std::move(catalogue)), std::make_shared<const std::string>(std::move(json))};
}

} // namespace blazedb::format28
