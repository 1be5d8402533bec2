#include "engine/format28/page_mark.h"

#include <algorithm>

namespace blazedb::format28 {

PageMark pageMark(ByteView beginning)
{
    if (beginning.size() < kMarkedBytes) return kNoPage;
    const std::string_view magic = asText(beginning.first(4));
    if (magic == "BZDB" && beginning[4] == std::byte{2}) {
        const auto nonce = loadBe<std::uint64_t>(beginning.data() + 9);
        return nonce < kMarksBelowMain ? nonce + kMarksBelowMain : nonce;
    }
    if (magic == "OVER") return kOverflowPage;
    const ByteView marked = beginning.first(kMarkedBytes);
    const bool isZero = std::all_of(marked.begin(), marked.end(), [](std::byte byte) { return byte == std::byte{0}; });
    return isZero ? kZeroPage : kOtherPage;
}

} // namespace blazedb::format28
