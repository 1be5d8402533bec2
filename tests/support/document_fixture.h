// Documents on a simulated disk, and checks that any test may make.
#pragma once

#include <memory>
#include <string>

#include "engine/codec/row_field_source.h"
#include "engine/documents/document_store.h"
#include "engine/model/predicate.h"
#include "tests/support/native_database.h"
#include "tests/support/simulated_disk.h"

namespace blazedb::tests {

/// One open file with its transactions and documents. Opens anew on the same disk with reopen().
struct DocumentFixture {
    explicit DocumentFixture(const txn::TransactionLimits& transactionLimits = {}, const storage::StoreOptions& storeOptions = {})
        : limits(transactionLimits)
        , options(storeOptions)
    {
        open(disk);
    }
    void open(SimulatedDisk& on, storage::Access access = storage::Access::ReadWrite)
    {
        store = *openOn(on, random, options, access);
        transactions = std::make_unique<txn::Transactions>(*store, systemClock(), limits);
        documents = *documents::DocumentStore::open(*store, *transactions);
    }
    void reopen(storage::Access access = storage::Access::ReadWrite)
    {
        documents.reset();
        transactions.reset();
        store.reset();
        open(disk, access);
    }
    /// In a transaction of its own.
    Result<std::uint64_t> put(std::string_view collection, const model::Record& record, txn::Isolation isolation = txn::Isolation::Snapshot)
    {
        BLAZE_TRY_VALUE(const auto transaction, documents->begin(isolation));
        BLAZE_TRY(transaction->put(collection, record));
        return transaction->commit();
    }

    txn::TransactionLimits limits;
    storage::StoreOptions options;
    SimulatedDisk disk;
    SeededRandom random{77};
    std::unique_ptr<storage::NativeStore> store;
    std::unique_ptr<txn::Transactions> transactions;
    std::unique_ptr<documents::DocumentStore> documents;
};

inline model::Uuid documentId(std::uint32_t number)
{
    model::Uuid id;
    storeBe(reinterpret_cast<std::byte*>(id.bytes.data()), number * 2'654'435'761U); // spread, so that order is not that of making
    storeBe(reinterpret_cast<std::byte*>(id.bytes.data()) + 12, number);
    return id;
}

inline model::Record document(std::uint32_t number, std::vector<model::Field> fields)
{
    model::Record record{documentId(number), std::move(fields)};
    record.fields.push_back({"id", model::Value(record.id)});
    return record;
}

/// Empty, or what is wrong: every index must hold just the keys of the rows, and every row must decode.
inline std::string faultOf(const documents::DocumentView& view)
{
    for (const documents::CollectionView& collection : view.collections()) {
        documents::DocumentCursor cursor = collection.cursor();
        codec::RowFieldSource source(collection.names());
        std::uint64_t rows = 0;
        auto isOn = cursor.first();
        for (; isOn && *isOn; isOn = cursor.next()) {
            ++rows;
            const auto stored = cursor.document();
            if (!stored) return stored.error().message;
            const auto fields = stored->fields(collection.names());
            if (!fields) return cursor.id().toString() + ": " + fields.error().message;
            if (stored->isLarge()) continue;
            source.move(cursor.id(), stored->row());
            for (const documents::IndexView& index : collection.indexes()) {
                if (!index.isReady()) continue;
                std::string key;
                index::appendIndexKey(key, model::resolveField(source, index.field()), cursor.id());
                const auto found = index.count({key, key + '\0'});
                if (!found || *found != 1) return "no key on " + index.field() + " for " + cursor.id().toString();
            }
        }
        if (!isOn) return isOn.error().message;
        if (rows != collection.count()) return "the count of " + collection.name() + " is wrong";
        for (const documents::IndexView& index : collection.indexes())
            if (index.isReady() && index.count() != rows) return "the index on " + index.field() + " has " + std::to_string(index.count()) + " keys of " + std::to_string(rows) + " rows";
    }
    return {};
}

/// Of a ready index; ids as the index gives them.
inline std::vector<model::Uuid> idsIn(const documents::IndexView& index, const model::Expression& comparison,
                                      documents::IndexCursor::Direction direction = documents::IndexCursor::Direction::Ascending)
{
    std::vector<model::Uuid> ids;
    auto ranges = *index::rangesOf(comparison);
    if (direction == documents::IndexCursor::Direction::Descending) std::reverse(ranges.begin(), ranges.end());
    for (const index::KeyRange& range : ranges) {
        documents::IndexCursor cursor = index.cursor(range, direction);
        for (auto id = cursor.next(); id && *id; id = cursor.next()) ids.push_back(**id);
    }
    return ids;
}

} // namespace blazedb::tests
