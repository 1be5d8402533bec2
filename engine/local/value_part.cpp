#include "engine/local/value_part.h"

#include <algorithm>
#include <string>

#include "engine/codec/typed_json.h"

namespace blazedb::local {

namespace {

ByteView cutBytes(ByteView whole, api::ByteRange range)
{
    const std::uint64_t offset = std::min<std::uint64_t>(range.offset, whole.size());
    return whole.subspan(offset, std::min<std::uint64_t>(range.count, whole.size() - offset));
}

bool isContinuation(std::byte byte)
{
    return (byte & std::byte{0xC0}) == std::byte{0x80};
}

} // namespace

ByteView cutText(ByteView whole, api::ByteRange range)
{
    const ByteView part = cutBytes(whole, range);
    const std::size_t begin = static_cast<std::size_t>(part.data() - whole.data());
    std::size_t end = begin + part.size();
    while (end > begin && end < whole.size() && isContinuation(whole[end]))
        --end;
    return end == begin ? part : whole.subspan(begin, end - begin);
}

api::ValuePart cutPart(const model::Value& value, api::ByteRange range)
{
    api::ValuePart part;
    part.kind = value.kind();
    const auto take = [&](ByteView whole, ByteView bytes) {
        part.wholeBytes = whole.size();
        part.bytes.assign(bytes.begin(), bytes.end());
    };
    if (const auto* data = value.as<Bytes>()) {
        take(*data, cutBytes(*data, range));
    } else if (const auto* text = value.as<std::string>()) {
        take(asBytes(*text), cutText(asBytes(*text), range));
    } else {
        const std::string json = codec::toTypedJson(value);
        take(asBytes(json), cutText(asBytes(json), range));
    }
    return part;
}

} // namespace blazedb::local
