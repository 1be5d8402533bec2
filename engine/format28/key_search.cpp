#include "engine/format28/key_search.h"

#include <array>
#include <optional>

#include "engine/crypto/digest.h"
#include "engine/crypto/key_derivation.h"

namespace blazedb::format28 {

namespace {

constexpr std::array<std::uint32_t, 3> kRoundsEverUsed{kCurrentRounds, 100'000, 10'000};
/// Enough to meet a sound page in a damaged file, few enough not to be felt.
constexpr std::size_t kPagesTried = 64;

/// Main pages spread over the file, read once for all candidates.
Result<std::vector<Bytes>> samplePages(const PageSource& pages)
{
    BLAZE_TRY_VALUE(const std::uint64_t count, pages.pageCount());
    std::vector<Bytes> samples;
    const std::uint64_t step = std::max<std::uint64_t>(1, count / (kPagesTried * 16));
    Bytes page(kPageBytes);
    for (std::uint64_t number = 0; number < count && samples.size() < kPagesTried; number += step) {
        BLAZE_TRY_VALUE(const std::size_t got, pages.read(static_cast<PageNumber>(number), page));
        const ByteView there = ByteView(page).first(got);
        if (pageKind(there) == PageKind::Main) samples.emplace_back(there.begin(), there.end());
    }
    return samples;
}

bool opensAPage(ByteView key, const std::vector<Bytes>& samples)
{
    crypto::AesGcm cipher(key);
    Bytes plain(kMainPlainMax);
    for (const Bytes& page : samples)
        if (openMainPage(cipher, page, plain)) return true;
    return false;
}

bool verifies(ByteView key, const CatalogueWrapper& wrapper)
{
    return crypto::equalInConstantTime(crypto::hmacSha256(key, wrapper.signedPayload), wrapper.signature);
}

} // namespace

Result<FoundKey> findKey(const KeySearch& search)
{
    const bool isSigned = search.wrapper != nullptr && search.wrapper->version >= 2;
    std::vector<FoundKey> candidates;
    std::optional<std::vector<Bytes>> samples;
    for (const std::uint32_t rounds : kRoundsEverUsed) {
        if (search.stop.stop_requested()) return Error{ErrorCode::Cancelled, "cancelled"};
        FoundKey candidate{crypto::pbkdf2Sha256(search.password, search.salt, rounds), rounds, false};
        candidate.isSignatureSound = isSigned && verifies(candidate.key.view(), *search.wrapper);
        if (candidate.isSignatureSound) return candidate;
        if (!isSigned) {
            // Nothing but the pages can prove the key, so ask them before the next derivation.
            if (!samples) {
                BLAZE_TRY_VALUE(samples, samplePages(*search.pages));
            }
            if (opensAPage(candidate.key.view(), *samples)) return candidate;
        }
        candidates.push_back(std::move(candidate));
    }
    if (isSigned) {
        BLAZE_TRY_VALUE(samples, samplePages(*search.pages));
        for (FoundKey& candidate : candidates)
            if (opensAPage(candidate.key.view(), *samples)) return std::move(candidate);
    }
    return Error{ErrorCode::Unauthenticated, {}};
}

} // namespace blazedb::format28
