// Records of very old files: what is read encodes, and decodes to as many fields again.
#include <cstdint>
#include <cstdlib>

#include "engine/codec/blaze_binary.h"
#include "engine/codec/legacy_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace blazedb;
    const auto fields = codec::decodeJsonRecord(ByteView(reinterpret_cast<const std::byte*>(data), size));
    if (!fields) return 0;
    const auto encoded = codec::encodeRecord(*fields);
    if (!encoded) return 0; // a limit of the encoding
    const auto again = codec::decodeRecord(*encoded);
    if (!again || again->size() != fields->size()) std::abort();
    return 0;
}
