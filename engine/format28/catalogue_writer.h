// Writes the catalogue x.meta: the signed payload and the wrapper around it. Source: file-format specification 5.1 to 5.3, 5.10.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/format28/page_format.h"
#include "engine/model/uuid.h"
#include "engine/model/value.h"

namespace blazedb::format28 {

/// A record and its pages: these follow each other, the main page first, unless they are listed.
struct WrittenRecord {
    model::Uuid id;
    PageNumber firstPage = 0;
    std::uint32_t pageCount = 1;
    std::vector<PageNumber> listed = {}; ///< Ascending; when not empty it counts in place of the two above.
};

struct WrittenIndex {
    std::string name;                ///< The fields joined with '+'.
    std::vector<std::string> fields; ///< In index order.
    /// By the JSON text of the components; one entry per distinct key (8.1).
    std::map<std::string, std::vector<model::Uuid>> entries;
};

struct WrittenCatalogue {
    std::vector<WrittenRecord> records;
    std::uint64_t nextPage = 0;
    std::vector<PageNumber> freePages = {}; ///< Ascending.
    std::vector<WrittenIndex> indexes;
    std::vector<std::pair<std::string, std::string>> metaData; ///< Key and JSON text of the value, sorted by key.
};

/// What a catalogue of today says of itself: format version 1.0.0, schema version 1.
std::vector<std::pair<std::string, std::string>> currentMetaData();

/// One component of an index key as JSON text; nullopt for NaN and infinities, which no key can hold.
std::optional<std::string> indexComponent(const model::Value& value);

/// The canonical layout of 5.3, the bytes that are signed.
std::string signedPayload(const WrittenCatalogue& catalogue);
/// The whole file.
std::string catalogueFile(const WrittenCatalogue& catalogue, ByteView key, std::chrono::system_clock::time_point signedAt);

} // namespace blazedb::format28
