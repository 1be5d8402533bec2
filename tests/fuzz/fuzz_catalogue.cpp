// The catalogue before and after its signature was believed.
#include <cstdint>
#include <cstdlib>

#include "engine/format28/catalogue.h"

namespace {

using namespace blazedb;

/// Everything that readers of a catalogue rely on.
void requireOrder(const format28::Catalogue& catalogue)
{
    const format28::CatalogueEntry* previous = nullptr;
    for (const format28::CatalogueEntry& entry : catalogue.entries) {
        if (previous != nullptr && !(previous->id < entry.id)) std::abort();
        previous = &entry;
        const auto pages = catalogue.pagesOf(entry);
        if (pages.empty() || catalogue.find(entry.id) != &entry) std::abort();
        for (std::size_t i = 1; i < pages.size(); ++i)
            if (pages[i - 1] >= pages[i]) std::abort();
    }
}

void readContent(std::string_view json)
{
    const auto catalogue = format28::parseCatalogue(json);
    if (!catalogue) return;
    requireOrder(*catalogue);
    for (const auto& index : catalogue->indexes) static_cast<void>(format28::parseIndexEntries(json, index.name));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView bytes(reinterpret_cast<const std::byte*>(data), size);
    const auto wrapper = format28::parseCatalogueWrapper(bytes);
    if (wrapper) {
        readContent(asText(wrapper->signedPayload));
        readContent(wrapper->layout);
    }
    readContent(asText(bytes));
    return 0;
}
