// What parses must print as text that asks the same.
#include <cstdint>
#include <cstdlib>

#include "engine/codec/query_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace blazedb;
    const codec::ParsedQuery parsed = codec::parseQueryText(std::string_view(reinterpret_cast<const char*>(data), size));
    if (parsed.problem) return 0;
    const codec::ParsedQuery again = codec::parseQueryText(codec::toQueryText(parsed.query));
    if (again.problem || !model::isIdentical(parsed.query, again.query)) std::abort();
    return 0;
}
