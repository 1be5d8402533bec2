// The catalogue file read, verified under the key and parsed. Source: file-format specification 5.4.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/base/file_system.h"
#include "engine/format28/catalogue.h"
#include "engine/format28/family_paths.h"

namespace blazedb::format28 {

/// The catalogue as read, not yet believed.
struct CatalogueFile {
    std::optional<CatalogueWrapper> wrapper;
    std::string problem; ///< Why there is none.
};

/// Errors: as FileSystem, but a missing file is a problem.
Result<CatalogueFile> readCatalogueFile(FileSystem& files, const std::string& path);

/// The trusted content of a catalogue and the object made of it.
struct TrustedCatalogue {
    std::shared_ptr<const Catalogue> catalogue;
    std::shared_ptr<const std::string> layoutJson;
};

/// Errors: Corruption (missing, damaged, altered, signed with another key), Unsupported (newer format).
Result<TrustedCatalogue> believeCatalogue(const FamilyPaths& paths, ByteView key, const CatalogueFile& file);

} // namespace blazedb::format28
