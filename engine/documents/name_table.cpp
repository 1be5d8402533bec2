#include "engine/documents/name_table.h"

#include <algorithm>

namespace blazedb::documents {

namespace {

Result<void> takeIn(CollectionNames& names, std::uint32_t number, std::string_view name)
{
    // What this process wrote itself is known already; only another writer's names are new.
    if (const auto known = names.names.name(number); known && *known == name) return {};
    BLAZE_TRY_VALUE(const codec::FieldNumber given, names.names.add(name));
    if (given != number) return Error{ErrorCode::Corruption, "names of fields: number " + std::to_string(number) + " does not follow the one before"};
    return {};
}

} // namespace

std::shared_ptr<CollectionNames> NameTable::of(CollectionNumber collection)
{
    const std::lock_guard lock(m_mutex);
    auto& names = m_collections[collection];
    if (!names) names = std::make_shared<CollectionNames>();
    return names;
}

void NameTable::noteStored(CollectionNames& names, std::uint32_t end)
{
    std::uint32_t known = names.stored.load();
    while (known < end && !names.stored.compare_exchange_weak(known, end)) {}
}

Result<void> NameTable::catchUp(const storage::NativeSnapshot& snapshot)
{
    const storage::NativeTree* tree = snapshot.tree(kNamesTree);
    if (tree == nullptr || tree->rowCount() <= m_rowsRead.load(std::memory_order_acquire)) return {};
    storage::TreeCursor cursor = tree->cursor();
    BLAZE_TRY_VALUE(bool isOnRow, cursor.first());
    while (isOnRow) {
        const auto name = nameOfRowKey(cursor.key());
        if (!name) return Error{ErrorCode::Corruption, "names of fields: a key is damaged"};
        const auto names = of(name->collection);
        // Those that are stored are known: on to the first that is not.
        if (const std::uint32_t stored = names->stored.load(); name->number < stored) {
            BLAZE_TRY_VALUE(isOnRow, cursor.seek(asBytes(nameRowKey(name->collection, stored))));
            continue;
        }
        BLAZE_TRY_VALUE(const Bytes text, tree->copyValue(cursor.value()));
        BLAZE_TRY(takeIn(*names, name->number, asText(text)));
        noteStored(*names, name->number + 1);
        BLAZE_TRY_VALUE(isOnRow, cursor.next());
    }
    std::uint64_t known = m_rowsRead.load();
    while (known < tree->rowCount() && !m_rowsRead.compare_exchange_weak(known, tree->rowCount())) {}
    return {};
}

Result<std::uint32_t> NameTable::storeIn(txn::Transaction& transaction, CollectionNumber collection, const CollectionNames& names, std::uint32_t from)
{
    const auto end = static_cast<std::uint32_t>(names.names.size());
    for (std::uint32_t number = from; number < end; ++number)
        BLAZE_TRY(transaction.put(kNamesTree, asBytes(nameRowKey(collection, number)), asBytes(*names.names.name(number))));
    return end;
}

Result<void> NameTable::storeAside(txn::Transactions& transactions, CollectionNumber collection, CollectionNames& names)
{
    const std::lock_guard lock(m_storing);
    while (true) {
        const std::uint32_t stored = names.stored.load();
        if (stored >= names.names.size()) return {}; // somebody else was first
        BLAZE_TRY_VALUE(const auto transaction, transactions.begin());
        transaction->stayAside();
        BLAZE_TRY_VALUE(const std::uint32_t end, storeIn(*transaction, collection, names, stored));
        const auto committed = transaction->commit(storage::Durability::Buffered);
        if (committed) {
            noteStored(names, end);
            return {};
        }
        // Only a transaction in the lane writes names besides, and the same under the same numbers: once it is over they may come again.
        if (committed.error().code != ErrorCode::Conflict) return committed.error();
    }
}

} // namespace blazedb::documents
