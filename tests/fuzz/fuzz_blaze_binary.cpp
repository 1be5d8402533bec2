// What decodes must encode, and decode to the same again.
#include <cstdint>
#include <cstdlib>

#include "engine/codec/blaze_binary.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace blazedb;
    const ByteView bytes(reinterpret_cast<const std::byte*>(data), size);
    static_cast<void>(codec::decodeRecordId(bytes));
    codec::DecodeOptions cut;
    cut.valueBytesMax = 16;
    static_cast<void>(codec::decodeRecord(bytes, cut));
    const auto fields = codec::decodeRecord(bytes);
    codec::RecordReader reader;
    // The lazy reader accepts just what the whole decoder accepts.
    if (reader.open(bytes).has_value() != fields.has_value()) std::abort();
    if (!fields) return 0;
    const auto encoded = codec::encodeRecord(*fields);
    if (!encoded) return 0;
    const auto again = codec::decodeRecord(*encoded);
    if (!again || again->size() != fields->size()) std::abort();
    return 0;
}
