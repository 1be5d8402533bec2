// The field names of all collections of one open file, and which of them the file holds already.
//
// A number belongs to a name from the moment both are in memory, and never to another. A row may be committed only after its names:
// a transaction that needs a new one either writes it into itself, if it holds the commit lane, or has it committed beside it
// first, without waiting for the disk: the log keeps the order. Names that came to nothing are written with the next new ones.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "engine/codec/field_names.h"
#include "engine/documents/layout.h"
#include "engine/storage/native_snapshot.h"
#include "engine/txn/transactions.h"

namespace blazedb::documents {

struct CollectionNames {
    codec::FieldNames names;
    std::atomic<std::uint32_t> stored{0}; ///< Numbers below are committed.
};

/// Any thread.
class NameTable {
public:
    /// Made empty when it is not known.
    std::shared_ptr<CollectionNames> of(CollectionNumber collection);

    /// Takes in what the snapshot holds beyond what is known: cheap when that is nothing. Errors: Corruption, Io.
    Result<void> catchUp(const storage::NativeSnapshot& snapshot);

    /// Commits every name of the collection that is not stored. Must not be called by who holds the lane. Errors: those of a commit.
    Result<void> storeAside(txn::Transactions& transactions, CollectionNumber collection, CollectionNames& names);
    /// Writes them into `transaction`, from number `from` on; gives the number behind the last.
    static Result<std::uint32_t> storeIn(txn::Transaction& transaction, CollectionNumber collection, const CollectionNames& names, std::uint32_t from);
    /// Numbers below `end` are committed.
    static void noteStored(CollectionNames& names, std::uint32_t end);

private:
    std::mutex m_storing; ///< One storeAside at a time.
    std::mutex m_mutex;
    std::map<CollectionNumber, std::shared_ptr<CollectionNames>> m_collections;
    std::atomic<std::uint64_t> m_rowsRead{0}; ///< Of the names' tree, as of the last catchUp.
};

} // namespace blazedb::documents
