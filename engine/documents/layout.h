// The trees of a native file that hold documents, and the rows of those that describe them. Internal to documents.
// Source: FORMAT.md in this folder; integers big-endian, so that rows come in their order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/model/uuid.h"

namespace blazedb::documents {

using CollectionNumber = std::uint32_t; ///< 1, 2, 3 …; never used again.
using IndexNumber = std::uint32_t;      ///< Likewise, in its collection.

inline constexpr std::string_view kCatalogueTree = "catalogue";
inline constexpr std::string_view kNamesTree = "names";
std::string rowTreeName(CollectionNumber collection);
std::string indexTreeName(CollectionNumber collection, IndexNumber index);

// Rows of the catalogue.
std::string versionRowKey();
std::string collectionRowKey(CollectionNumber collection);
std::string indexRowKey(CollectionNumber collection, IndexNumber index);
std::string nameRowKey(CollectionNumber collection, std::uint32_t number);

enum class IndexState : std::uint8_t {
    Building = 0, ///< Kept by every write, but rows from before may be missing in it: not for reading.
    Ready = 1
};

struct CollectionRow {
    std::string name;
    IndexNumber nextIndex = 1;
};
struct IndexRow {
    std::string field; ///< A field name or path.
    IndexState state = IndexState::Building;
};

Bytes encodeCollectionRow(const CollectionRow& row);
Bytes encodeIndexRow(const IndexRow& row);
// Errors: Corruption, Unsupported.
Result<CollectionRow> decodeCollectionRow(ByteView bytes);
Result<IndexRow> decodeIndexRow(ByteView bytes);

/// Corruption of the catalogue or the names.
Error damagedCatalogue(const char* what);

/// The key of a document's row. Borrows the id.
inline ByteView rowKeyOf(const model::Uuid& id)
{
    return std::as_bytes(std::span(id.bytes));
}
/// The id in such a key; what is too short is filled with zeros.
model::Uuid idOfRowKey(ByteView key);

/// The numbers in a key: nullopt when it is not of this form.
std::optional<CollectionNumber> collectionOfRowKey(ByteView key);
struct IndexRowName {
    CollectionNumber collection = 0;
    IndexNumber index = 0;
};
std::optional<IndexRowName> indexOfRowKey(ByteView key);
struct NameRowName {
    CollectionNumber collection = 0;
    std::uint32_t number = 0;
};
std::optional<NameRowName> nameOfRowKey(ByteView key);

} // namespace blazedb::documents
