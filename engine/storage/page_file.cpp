#include "engine/storage/page_file.h"

#include <string>

#include "engine/base/assert.h"

namespace blazedb::storage {

namespace {

std::array<std::byte, 4> boundBytes(PageNumber page)
{
    std::array<std::byte, 4> bound{};
    storeLe<std::uint32_t>(bound.data(), page);
    return bound;
}

} // namespace

PageFile::PageFile(File& file, EpochCiphers& ciphers)
    : m_file(file)
    , m_ciphers(ciphers)
{
}

Error PageFile::mismatch(std::string what) const
{
    if (m_explain) {
        if (auto why = m_explain()) return *std::move(why);
    }
    return {ErrorCode::Corruption, std::move(what)};
}

Result<void> PageFile::read(const PageRef& ref, std::span<std::byte> body) const
{
    BLAZE_ASSERT(body.size() == kPageBodyBytes);
    std::array<std::byte, kPageBytes> sealed;
    BLAZE_TRY_VALUE(const std::size_t got, m_file.readAt(pageOffset(ref.page), sealed));
    const std::string place = "page " + std::to_string(ref.page);
    if (got < kPageBytes) return mismatch(place + " is beyond the end of the file");
    EpochSalt salt;
    std::memcpy(salt.data(), sealed.data(), kSaltBytes);
    const auto nonce = nonceOf(loadLe<std::uint64_t>(sealed.data() + kSaltBytes));
    // The tag in the page is for rescue; what counts is the parent's.
    if (std::memcmp(sealed.data() + kSaltBytes + 8, ref.tag.data(), kTagBytes) != 0)
        return mismatch(place + " is not the one its parent names");
    const ByteView cipherText = ByteView(sealed).subspan(kPageHeadBytes);
    if (!m_ciphers.lease(EpochUse::Page, salt)->open(nonce, boundBytes(ref.page), cipherText, ref.tag, body))
        return mismatch(place + " is damaged: its tag does not fit");
    return {};
}

Tag PageFile::seal(WriteEpoch& epoch, PageNumber page, ByteView body, std::span<std::byte> sealed) const
{
    BLAZE_ASSERT(body.size() == kPageBodyBytes && sealed.size() == kPageBytes && page >= kFirstPage);
    const std::uint64_t counter = epoch.nextCounter();
    Tag tag;
    m_ciphers.lease(EpochUse::Page, epoch.salt())->seal(nonceOf(counter), boundBytes(page), body, sealed.subspan(kPageHeadBytes), tag);
    std::memcpy(sealed.data(), epoch.salt().data(), kSaltBytes);
    storeLe<std::uint64_t>(sealed.data() + kSaltBytes, counter);
    std::memcpy(sealed.data() + kSaltBytes + 8, tag.data(), kTagBytes);
    return tag;
}

Result<void> PageFile::write(PageNumber firstPage, ByteView sealedPages) const
{
    BLAZE_ASSERT(sealedPages.size() % kPageBytes == 0);
    return m_file.writeAt(pageOffset(firstPage), sealedPages);
}

} // namespace blazedb::storage
