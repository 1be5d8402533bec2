// Pages after decryption: whatever plain bytes, lengths and chains they hold, a record comes out whole or with a reason.
// Input: pages one after the other, each a kind (u8), a next page (u8), a length (u16 little-endian) and its bytes.
#include <array>
#include <cstdint>
#include <cstdlib>

#include "engine/codec/blaze_binary.h"
#include "engine/format28/record_assembler.h"
#include "engine/format28/salvage.h"
#include "tests/support/memory_file.h"

namespace {

using namespace blazedb;
using format28::PageNumber;

constexpr std::size_t kPagesMax = 32;
const Bytes kKey(32, std::byte{0x42});

/// Seals the pages of the input, so that the reader gets past the tags to what is in them.
std::vector<format28::Page> pagesOf(ByteView input)
{
    crypto::AesGcm cipher(kKey);
    std::vector<format28::Page> pages;
    Bytes nonce(crypto::kNonceBytes);
    while (input.size() >= 4 && pages.size() < kPagesMax) {
        const auto kind = std::to_integer<unsigned>(input[0]) % 4;
        const auto next = std::to_integer<PageNumber>(input[1]);
        const std::size_t wanted = loadLe<std::uint16_t>(input.data() + 2);
        input = input.subspan(4);
        const std::size_t limit = kind == 1 ? format28::kOverflowPlainMax : kind == 0 ? format28::kMainPlainMax : format28::kPageBytes;
        const ByteView plain = input.first(std::min({wanted, limit, input.size()}));
        input = input.subspan(plain.size());
        storeBe(nonce.data(), static_cast<std::uint32_t>(pages.size() + 1));
        if (kind == 0) pages.push_back(format28::sealMainPage(cipher, nonce, plain));
        if (kind == 1) pages.push_back(format28::sealOverflowPage(cipher, nonce, next, plain));
        if (kind >= 2) { // as it is, sealed by nobody
            auto& page = pages.emplace_back();
            std::copy(plain.begin(), plain.end(), page.begin());
        }
    }
    return pages;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto pages = pagesOf(ByteView(reinterpret_cast<const std::byte*>(data), size));
    Bytes file;
    for (const auto& page : pages) file.insert(file.end(), page.begin(), page.end());
    const format28::PageSource source(std::make_unique<tests::MemoryFile>(file), nullptr, {});
    format28::RecordAssembler assembler(source, kKey, false);
    format28::AssembledRecord record;
    std::vector<PageNumber> all;
    for (PageNumber number = 0; number < pages.size(); ++number) {
        const std::array<PageNumber, 1> listed{number};
        all.push_back(number);
        const auto isWhole = assembler.assemble(listed, record);
        if (!isWhole) std::abort(); // a file in memory does not fail
        if (!*isWhole && assembler.problem().reason.empty()) std::abort();
        if (*isWhole && record.chain.size() > pages.size()) std::abort();
        if (*isWhole) static_cast<void>(codec::decodeRecord(record.bytes));
    }
    static_cast<void>(assembler.assemble(all, model::Uuid{}, record));
    const auto salvaged = format28::salvage(source, kKey, {}, {});
    if (!salvaged || salvaged->catalogue.entries.size() > pages.size()) std::abort();
    return 0;
}
