#include "engine/documents/layout.h"

#include <algorithm>
#include <cstring>

#include "engine/model/text_order.h"

namespace blazedb::documents {

namespace {

constexpr std::uint8_t kRowVersion = 1;
constexpr char kVersionMark = 'v';
constexpr char kCollectionMark = 'c';
constexpr char kIndexMark = 'i';
constexpr std::uint8_t kOrderedSingleField = 0;

void appendNumber(std::string& key, std::uint32_t number)
{
    std::byte bytes[4];
    storeBe(bytes, number);
    key.append(asText(bytes));
}

Result<ByteReader> openRow(ByteView bytes)
{
    ByteReader reader(bytes);
    const auto version = reader.le<std::uint8_t>();
    if (!version) return damagedCatalogue("an empty row");
    if (*version != kRowVersion) return Error{ErrorCode::Unsupported, "the catalogue of documents was written by a newer version of the program"};
    return reader;
}

Result<std::string> restAsText(ByteReader& reader)
{
    const std::string_view text = asText(*reader.bytes(reader.remaining()));
    if (text.empty() || !model::isValidUtf8(text)) return damagedCatalogue("a name is damaged");
    return std::string(text);
}

} // namespace

Error damagedCatalogue(const char* what)
{
    return {ErrorCode::Corruption, std::string("catalogue of documents: ") + what};
}

model::Uuid idOfRowKey(ByteView key)
{
    model::Uuid id;
    std::memcpy(id.bytes.data(), key.data(), std::min(key.size(), id.bytes.size()));
    return id;
}

std::string rowTreeName(CollectionNumber collection)
{
    return "rows." + std::to_string(collection);
}

std::string indexTreeName(CollectionNumber collection, IndexNumber index)
{
    return "index." + std::to_string(collection) + "." + std::to_string(index);
}

std::string versionRowKey()
{
    return {kVersionMark};
}

std::string collectionRowKey(CollectionNumber collection)
{
    std::string key{kCollectionMark};
    appendNumber(key, collection);
    return key;
}

std::string indexRowKey(CollectionNumber collection, IndexNumber index)
{
    std::string key{kIndexMark};
    appendNumber(key, collection);
    appendNumber(key, index);
    return key;
}

std::string nameRowKey(CollectionNumber collection, std::uint32_t number)
{
    std::string key;
    appendNumber(key, collection);
    appendNumber(key, number);
    return key;
}

Bytes encodeCollectionRow(const CollectionRow& row)
{
    ByteWriter writer;
    writer.be(kRowVersion);
    writer.be(row.nextIndex);
    writer.text(row.name);
    return writer.take();
}

Bytes encodeIndexRow(const IndexRow& row)
{
    ByteWriter writer;
    writer.be(kRowVersion);
    writer.be(kOrderedSingleField);
    writer.be(static_cast<std::uint8_t>(row.state));
    writer.text(row.field);
    return writer.take();
}

Result<CollectionRow> decodeCollectionRow(ByteView bytes)
{
    BLAZE_TRY_VALUE(ByteReader reader, openRow(bytes));
    const auto nextIndex = reader.be<std::uint32_t>();
    if (!nextIndex || *nextIndex == 0) return damagedCatalogue("the row of a collection is damaged");
    BLAZE_TRY_VALUE(std::string name, restAsText(reader));
    return CollectionRow{std::move(name), *nextIndex};
}

Result<IndexRow> decodeIndexRow(ByteView bytes)
{
    BLAZE_TRY_VALUE(ByteReader reader, openRow(bytes));
    const auto kind = reader.be<std::uint8_t>();
    const auto state = reader.be<std::uint8_t>();
    if (!kind || !state || *state > static_cast<std::uint8_t>(IndexState::Ready)) return damagedCatalogue("the row of an index is damaged");
    if (*kind != kOrderedSingleField) return Error{ErrorCode::Unsupported, "an index of a kind that a newer version of the program made"};
    BLAZE_TRY_VALUE(std::string field, restAsText(reader));
    return IndexRow{std::move(field), IndexState{*state}};
}

std::optional<CollectionNumber> collectionOfRowKey(ByteView key)
{
    if (key.size() != 5 || static_cast<char>(key[0]) != kCollectionMark) return std::nullopt;
    return loadBe<std::uint32_t>(key.data() + 1);
}

std::optional<IndexRowName> indexOfRowKey(ByteView key)
{
    if (key.size() != 9 || static_cast<char>(key[0]) != kIndexMark) return std::nullopt;
    return IndexRowName{loadBe<std::uint32_t>(key.data() + 1), loadBe<std::uint32_t>(key.data() + 5)};
}

std::optional<NameRowName> nameOfRowKey(ByteView key)
{
    if (key.size() != 8) return std::nullopt;
    return NameRowName{loadBe<std::uint32_t>(key.data()), loadBe<std::uint32_t>(key.data() + 4)};
}

} // namespace blazedb::documents
