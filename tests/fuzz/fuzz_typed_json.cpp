// What parses must print, and parse to the same again.
#include <cstdint>
#include <cstdlib>

#include "engine/codec/typed_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace blazedb;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static_cast<void>(codec::parseTypedJsonRecord(text));
    const auto value = codec::parseTypedJson(text);
    if (!value) return 0;
    const auto again = codec::parseTypedJson(codec::toTypedJson(*value));
    if (!again || again->kind() != value->kind()) std::abort();
    return 0;
}
