// The documents of a native file that is open for writing: the store, its transactions and the collections in it, and what commands do with them.
#pragma once

#include <memory>
#include <vector>

#include "engine/documents/document_store.h"

namespace blazedb::local {

/// Any thread.
class NativeDocuments {
public:
    /// The store is open for writing. Errors: those of documents::DocumentStore::open.
    static Result<std::unique_ptr<NativeDocuments>> open(std::unique_ptr<storage::NativeStore> store, Clock& clock = systemClock());

    [[nodiscard]] storage::NativeStore& store() { return *m_store; }
    [[nodiscard]] documents::DocumentStore& documents() { return *m_documents; }

    /// Inserts one record or replaces the one with its id, durably; true when it is new. Errors: those of DocumentTransaction.
    Result<bool> put(std::string_view collection, const model::Record& record);
    /// Deletes all of them durably, or none. Without a collection each is looked for in all. Errors: NotFound (names the record), those of
    /// DocumentTransaction.
    Result<void> erase(std::string_view collection, const std::vector<model::Uuid>& ids);

    /// Errors: as NativeStore::close.
    Result<void> close() { return m_store->close(); }

private:
    explicit NativeDocuments(std::unique_ptr<storage::NativeStore> store)
        : m_store(std::move(store))
    {}
    /// NotFound unless some collection has it.
    Result<std::string> collectionOf(const model::Uuid& id);

    std::unique_ptr<storage::NativeStore> m_store;
    std::unique_ptr<txn::Transactions> m_transactions;
    std::unique_ptr<documents::DocumentStore> m_documents;
};

/// A new random id (RFC 4122, version 4). Errors: Io.
Result<model::Uuid> newRecordId(Random& random);

} // namespace blazedb::local
