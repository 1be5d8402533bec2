#include "engine/format28/page_format.h"

#include <algorithm>

#include "engine/base/assert.h"

namespace blazedb::format28 {

namespace {

constexpr std::string_view kMainMagic = "BZDB";
constexpr std::string_view kOverflowMagic = "OVER";
constexpr std::string_view kTrailerMagic = "OVR2";
constexpr std::uint8_t kOverflowVersion = 3;
constexpr std::size_t kMainHeaderBytes = 37;
constexpr std::size_t kOverflowHeaderBytes = 44;
constexpr std::size_t kTrailerBytes = 32;

Error damaged(const char* why)
{
    return {ErrorCode::Corruption, why};
}

bool startsWith(ByteView page, std::string_view magic)
{
    return page.size() > magic.size() && asText(page.first(magic.size())) == magic;
}

} // namespace

PageKind pageKind(ByteView page)
{
    if (startsWith(page, kOverflowMagic)) return PageKind::Overflow;
    if (startsWith(page, kMainMagic)) {
        if (page.size() == kMainMagic.size()) return PageKind::Foreign; // cut before its version
        switch (std::to_integer<std::uint8_t>(page[4])) {
        case 1: return PageKind::Unencrypted;
        case 2: return PageKind::Main;
        case 3: return PageKind::Compressed;
        default: return PageKind::Foreign;
        }
    }
    const bool isZero = std::all_of(page.begin(), page.end(), [](std::byte byte) { return byte == std::byte{0}; });
    return isZero ? PageKind::Zero : PageKind::Foreign;
}

Result<std::size_t> openMainPage(crypto::AesGcm& cipher, ByteView page, std::span<std::byte> plain)
{
    if (page.size() < kMainHeaderBytes) return damaged("the page is cut short");
    const std::size_t length = loadBe<std::uint32_t>(page.data() + 5);
    if (length > kMainPlainMax || length > page.size() - kMainHeaderBytes) return damaged("the length in the page header is impossible");
    BLAZE_ASSERT(plain.size() >= length);
    if (!cipher.open(page.subspan(9, crypto::kNonceBytes), page.subspan(kMainHeaderBytes, length), page.subspan(21, crypto::kTagBytes),
                     plain.first(length)))
        return damaged("the page does not authenticate: its bytes were altered or written with another key");
    return length;
}

Result<OverflowHeader> openOverflowPage(crypto::AesGcm& cipher, ByteView page, Bytes& out)
{
    if (page.size() < kPageBytes || pageKind(page) != PageKind::Overflow) return damaged("no overflow page where the chain leads");
    if (std::to_integer<std::uint8_t>(page[4]) != kOverflowVersion) return damaged("an overflow page of an unknown version");
    const OverflowHeader header{loadBe<std::uint32_t>(page.data() + 8), loadBe<std::uint32_t>(page.data() + 12)};
    if (header.plainBytes > kOverflowPlainMax) return damaged("the length in the overflow page header is impossible");
    const std::size_t before = out.size();
    out.resize(before + header.plainBytes);
    if (!cipher.open(page.subspan(16, crypto::kNonceBytes), page.subspan(kOverflowHeaderBytes, header.plainBytes),
                     page.subspan(28, crypto::kTagBytes), std::span(out).subspan(before)))
        return damaged("an overflow page does not authenticate");
    return header;
}

std::optional<Trailer> readTrailer(ByteView mainPlain)
{
    if (mainPlain.size() != kSinglePageRecordMax) return std::nullopt;
    const ByteView bytes = mainPlain.subspan(kFirstPartBytes);
    if (asText(bytes.first(4)) != kTrailerMagic || bytes[4] != std::byte{1}) return std::nullopt;
    return Trailer{.isCommitted = (bytes[5] & std::byte{1}) != std::byte{0},
                   .firstOverflow = loadBe<std::uint32_t>(bytes.data() + 8),
                   .recordBytes = loadBe<std::uint64_t>(bytes.data() + 12),
                   .checksum = loadBe<std::uint64_t>(bytes.data() + 20),
                   .overflowPages = loadBe<std::uint32_t>(bytes.data() + 28)};
}

Page sealMainPage(crypto::AesGcm& cipher, ByteView nonce, ByteView plain)
{
    BLAZE_ASSERT(plain.size() <= kMainPlainMax);
    Page page{};
    std::copy_n(asBytes(kMainMagic).begin(), 4, page.begin());
    page[4] = std::byte{2};
    storeBe(page.data() + 5, static_cast<std::uint32_t>(plain.size()));
    std::copy(nonce.begin(), nonce.end(), page.begin() + 9);
    cipher.seal(nonce, plain, std::span(page).subspan(kMainHeaderBytes, plain.size()), std::span(page).subspan(21, crypto::kTagBytes));
    return page;
}

Page sealOverflowPage(crypto::AesGcm& cipher, ByteView nonce, PageNumber next, ByteView plain)
{
    BLAZE_ASSERT(plain.size() <= kOverflowPlainMax);
    Page page{};
    std::copy_n(asBytes(kOverflowMagic).begin(), 4, page.begin());
    page[4] = std::byte{kOverflowVersion};
    storeBe(page.data() + 8, next);
    storeBe(page.data() + 12, static_cast<std::uint32_t>(plain.size()));
    std::copy(nonce.begin(), nonce.end(), page.begin() + 16);
    cipher.seal(nonce, plain, std::span(page).subspan(kOverflowHeaderBytes, plain.size()), std::span(page).subspan(28, crypto::kTagBytes));
    return page;
}

void appendTrailer(Bytes& firstPart, const Trailer& trailer)
{
    BLAZE_ASSERT(firstPart.size() == kFirstPartBytes);
    ByteWriter writer(kTrailerBytes);
    writer.text(kTrailerMagic);
    writer.be<std::uint8_t>(1);
    writer.be<std::uint8_t>(trailer.isCommitted ? 1 : 0);
    writer.be<std::uint16_t>(0);
    writer.be<std::uint32_t>(trailer.firstOverflow);
    writer.be<std::uint64_t>(trailer.recordBytes);
    writer.be<std::uint64_t>(trailer.checksum);
    writer.be<std::uint32_t>(trailer.overflowPages);
    firstPart.insert(firstPart.end(), writer.view().begin(), writer.view().end());
}

} // namespace blazedb::format28
