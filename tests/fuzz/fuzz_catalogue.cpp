// The catalogue before and after its signature was believed.
#include <cstdint>

#include "engine/format28/catalogue.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace blazedb;
    const ByteView bytes(reinterpret_cast<const std::byte*>(data), size);
    const auto wrapper = format28::parseCatalogueWrapper(bytes);
    if (wrapper) {
        static_cast<void>(format28::parseCatalogue(asText(wrapper->signedPayload)));
        static_cast<void>(format28::parseCatalogue(wrapper->layout));
    }
    const auto catalogue = format28::parseCatalogue(asText(bytes));
    if (!catalogue) return 0;
    for (const format28::CatalogueEntry& entry : catalogue->entries) static_cast<void>(catalogue->pagesOf(entry));
    for (const auto& index : catalogue->indexes) static_cast<void>(format28::parseIndexEntries(asText(bytes), index.name));
    return 0;
}
