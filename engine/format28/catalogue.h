// The catalogue x.meta: which records there are and on which pages. Source: file-format specification 5.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/format28/page_format.h"
#include "engine/model/schema.h"
#include "engine/model/uuid.h"
#include "engine/model/value.h"

namespace blazedb::format28 {

struct CatalogueEntry {
    model::Uuid id;
    std::uint32_t firstPage = 0; ///< Position in Catalogue::pages.
    std::uint32_t pageCount = 0;
};

struct Catalogue {
    std::vector<CatalogueEntry> entries; ///< By id; each id once.
    std::vector<PageNumber> pages;       ///< Pages of all entries, ascending within each.
    std::vector<PageNumber> freePages;
    std::uint64_t nextPage = 0;
    std::vector<model::IndexDescription> indexes;
    std::string formatVersion = "1.0.0";
    std::string encodingFormat = "blazeBinary";
    std::uint64_t unusableEntries = 0;     ///< Skipped: they name no record or no page.
    std::vector<model::Uuid> repeatedIds;  ///< Named by several entries, of which the last counts.

    [[nodiscard]] std::span<const PageNumber> pagesOf(const CatalogueEntry& entry) const
    {
        return std::span(pages).subspan(entry.firstPage, entry.pageCount);
    }
    /// The entry of an id; null when there is none.
    [[nodiscard]] const CatalogueEntry* find(const model::Uuid& id) const;
};

/// The outer object, before anything in it is believed.
struct CatalogueWrapper {
    std::int64_t version = 0; ///< secureLayoutVersion; 1 when absent, 0 when there is no wrapper at all.
    Bytes signature;
    Bytes signedPayload; ///< Version 2 and later.
    std::string layout;  ///< JSON text of the plain form; kept for versions below 2 only.
};

/// Errors: Corruption (not JSON, no object, a part missing or of the wrong type).
Result<CatalogueWrapper> parseCatalogueWrapper(ByteView file);

/// The layout itself, from a signed payload or from the plain form; all forms the specification lists (5.2, 5.3).
/// Unusable entries are skipped as the Swift reader does. Errors: Corruption.
Result<Catalogue> parseCatalogue(std::string_view json);

/// One stored index entry, for checks.
struct IndexEntry {
    std::vector<std::string> components; ///< JSON text of each component.
    std::vector<model::Uuid> ids;
};
/// All entries of all indexes, one after the other; a component is a text, an integer, a double or a bool. Errors: Corruption.
Result<void> visitIndexEntries(std::string_view json,
                               const std::function<void(std::string_view index, const std::vector<model::Value>& components,
                                                        const std::vector<model::Uuid>& ids)>& use);
/// The contents of one index. Errors: Corruption.
Result<std::vector<IndexEntry>> parseIndexEntries(std::string_view json, const std::string& indexName);

} // namespace blazedb::format28
