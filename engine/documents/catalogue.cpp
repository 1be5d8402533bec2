#include "engine/documents/catalogue.h"

#include <algorithm>

namespace blazedb::documents {

namespace {

Result<std::uint64_t> versionIn(ByteView value)
{
    if (value.size() != 8) return damagedCatalogue("its version is damaged");
    return loadBe<std::uint64_t>(value.data());
}

/// Collections come before indexes: 'c' is less than 'i'.
Result<void> takeIn(Catalogue& catalogue, ByteView key, ByteView value, NameTable& names)
{
    if (const auto number = collectionOfRowKey(key)) {
        BLAZE_TRY_VALUE(CollectionRow row, decodeCollectionRow(value));
        catalogue.collections.push_back({*number, std::move(row.name), row.nextIndex, rowTreeName(*number), {}, names.of(*number)});
        return {};
    }
    if (const auto name = indexOfRowKey(key)) {
        const auto collection = std::find_if(catalogue.collections.begin(), catalogue.collections.end(),
                                             [&](const CollectionFacts& facts) { return facts.number == name->collection; });
        if (collection == catalogue.collections.end()) return damagedCatalogue("an index without its collection");
        BLAZE_TRY_VALUE(IndexRow row, decodeIndexRow(value));
        collection->indexes.push_back({name->index, std::move(row.field), row.state, indexTreeName(name->collection, name->index)});
        return {};
    }
    if (asText(key) == versionRowKey()) {
        BLAZE_TRY_VALUE(catalogue.version, versionIn(value));
        return {};
    }
    return damagedCatalogue("a row of unknown kind");
}

} // namespace

const CollectionFacts* Catalogue::find(std::string_view name) const
{
    const auto found = std::find_if(collections.begin(), collections.end(), [name](const CollectionFacts& facts) { return facts.name == name; });
    return found == collections.end() ? nullptr : &*found;
}

Result<std::uint64_t> catalogueVersion(const storage::NativeSnapshot& snapshot)
{
    const storage::NativeTree* tree = snapshot.tree(kCatalogueTree);
    if (tree == nullptr) return std::uint64_t{0};
    BLAZE_TRY_VALUE(const auto found, tree->find(asBytes(versionRowKey())));
    return found ? versionIn(found->bytes()) : Result<std::uint64_t>(0);
}

Result<std::shared_ptr<const Catalogue>> readCatalogue(const storage::NativeSnapshot& snapshot, NameTable& names)
{
    auto catalogue = std::make_shared<Catalogue>();
    if (const storage::NativeTree* tree = snapshot.tree(kCatalogueTree)) {
        storage::TreeCursor cursor = tree->cursor();
        BLAZE_TRY_VALUE(bool isOnRow, cursor.first());
        while (isOnRow) {
            BLAZE_TRY_VALUE(const Bytes value, tree->copyValue(cursor.value()));
            BLAZE_TRY(takeIn(*catalogue, cursor.key(), value, names));
            BLAZE_TRY_VALUE(isOnRow, cursor.next());
        }
    }
    return std::shared_ptr<const Catalogue>(std::move(catalogue));
}

Result<std::uint64_t> catalogueVersion(txn::Transaction& transaction)
{
    BLAZE_TRY_VALUE(const auto found, transaction.get(kCatalogueTree, asBytes(versionRowKey())));
    return found ? versionIn(*found) : Result<std::uint64_t>(0);
}

Result<std::shared_ptr<const Catalogue>> readCatalogue(txn::Transaction& transaction, NameTable& names)
{
    auto catalogue = std::make_shared<Catalogue>();
    Result<void> outcome;
    BLAZE_TRY(transaction.scan(kCatalogueTree, {}, {}, [&](ByteView key, ByteView value) {
        outcome = takeIn(*catalogue, key, value, names);
        return outcome.has_value();
    }));
    BLAZE_TRY(std::move(outcome));
    return std::shared_ptr<const Catalogue>(std::move(catalogue));
}

Result<void> countChange(txn::Transaction& transaction)
{
    BLAZE_TRY_VALUE(const std::uint64_t version, catalogueVersion(transaction));
    std::byte bytes[8];
    storeBe(bytes, version + 1);
    return transaction.put(kCatalogueTree, asBytes(versionRowKey()), bytes);
}

} // namespace blazedb::documents
