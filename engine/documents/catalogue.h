// Which collections and indexes there are in one state of the file.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/documents/layout.h"
#include "engine/documents/name_table.h"
#include "engine/storage/native_snapshot.h"

namespace blazedb::documents {

struct IndexFacts {
    IndexNumber number = 0;
    std::string field;
    IndexState state = IndexState::Building;
    std::string tree;
};

struct CollectionFacts {
    CollectionNumber number = 0;
    std::string name;
    IndexNumber nextIndex = 1;
    std::string rowTree;
    std::vector<IndexFacts> indexes; ///< Ascending by number.
    std::shared_ptr<CollectionNames> names;
};

/// Never changes once shared. Any thread.
struct Catalogue {
    std::uint64_t version = 0; ///< Counts its changes in the file.
    std::vector<CollectionFacts> collections;

    /// By its exact name; null when there is none.
    [[nodiscard]] const CollectionFacts* find(std::string_view name) const;
};

/// The version alone: cheap. 0 for a file without documents. Errors: Corruption, Io.
Result<std::uint64_t> catalogueVersion(const storage::NativeSnapshot& snapshot);
// Errors: Corruption, Unsupported, Io, and those of the transaction.
Result<std::shared_ptr<const Catalogue>> readCatalogue(const storage::NativeSnapshot& snapshot, NameTable& names);
Result<std::uint64_t> catalogueVersion(txn::Transaction& transaction);
Result<std::shared_ptr<const Catalogue>> readCatalogue(txn::Transaction& transaction, NameTable& names);
/// To be called by every transaction that changes the catalogue.
Result<void> countChange(txn::Transaction& transaction);

} // namespace blazedb::documents
