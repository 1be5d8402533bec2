// Reads and writes documents in one transaction: isolation, savepoints and durability are those of txn::Transaction. Indexes are
// kept with each write, so that they are never behind.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/codec/decode_options.h"
#include "engine/codec/row_encoder.h"
#include "engine/documents/catalogue.h"
#include "engine/index/index_key.h"
#include "engine/model/record.h"
#include "engine/txn/transactions.h"

namespace blazedb::documents {

class DocumentStore;

/// A document in the file.
struct DocumentName {
    std::string collection;
    model::Uuid id;
    friend auto operator<=>(const DocumentName&, const DocumentName&) = default;
};

/// Thread-safety: used by one thread at a time. Rolls back when it is destroyed. Must not outlive its DocumentStore.
/// Errors of all: those of txn::Transaction's calls; Corruption, Unsupported.
class DocumentTransaction {
public:
    ~DocumentTransaction();
    DocumentTransaction(const DocumentTransaction&) = delete;
    DocumentTransaction& operator=(const DocumentTransaction&) = delete;

    /// The commit whose state it reads, besides its own writes.
    [[nodiscard]] std::uint64_t snapshotSequence() const { return m_transaction->snapshotSequence(); }

    /// Nullopt: no such document, or no such collection.
    Result<std::optional<model::Record>> get(std::string_view collection, const model::Uuid& id, const codec::DecodeOptions& options = {});
    /// By id from `from` (included), until `visit` says false.
    using Visit = std::function<bool(const model::Record&)>;
    Result<void> scan(std::string_view collection, const model::Uuid& from, const codec::DecodeOptions& options, const Visit& visit);
    /// The ids of an index's range, ascending by key, until `visit` says false. Errors also: NotFound (no such collection or index),
    /// FailedPrecondition (the index is still being built).
    Result<void> lookUp(std::string_view collection, std::string_view indexedField, const index::KeyRange& range,
                        const std::function<bool(const model::Uuid&)>& visit);

    // Writing. The collection is made when there is none (1 to 255 bytes of UTF-8). A record without a field `id` gets one; a text that
    // spells the record's id becomes a UUID (DM-12). Errors also: InvalidArgument (an `id` that is something else, and what RowEncoder
    // refuses), AlreadyExists (another collection has the id).
    /// Errors also: AlreadyExists, also when the record there is soft-deleted (CR-2).
    Result<void> insert(std::string_view collection, const model::Record& record);
    /// Inserts or replaces whole; true when it is new.
    Result<bool> put(std::string_view collection, const model::Record& record);
    /// True when there was such a document.
    Result<bool> erase(std::string_view collection, const model::Uuid& id);

    // As in txn::Transaction.
    Result<void> savepoint(std::string_view name) { return m_transaction->savepoint(name); }
    Result<void> rollbackTo(std::string_view name);
    Result<void> release(std::string_view name) { return m_transaction->release(name); }

    /// Gives the commit's sequence. Errors: Conflict (see conflicts()), and those of WriteBatch::commit.
    Result<std::uint64_t> commit(storage::Durability durability = storage::Durability::Synced);
    void rollback();
    /// After Conflict: the documents that others changed first, at most ten; none when it was something else, such as a new index.
    [[nodiscard]] std::vector<DocumentName> conflicts() const;

private:
    friend DocumentStore;
    class Numbering;
    struct Writing;

    DocumentTransaction(DocumentStore& store, std::unique_ptr<txn::Transaction> transaction, std::shared_ptr<const Catalogue> catalogue);

    /// Null when there is none, the ones it made itself included.
    const CollectionFacts* find(std::string_view collection) const;
    Result<Writing*> forWriting(std::string_view collection);
    Result<CollectionFacts*> makeCollection(std::string_view name);
    Result<void> write(Writing& writing, const model::Record& record, const std::optional<Bytes>& before);
    Result<void> replaceIndexKeys(Writing& writing, const model::Uuid& id, std::optional<ByteView> before, std::optional<ByteView> after);
    Result<void> refuseIdOfAnother(const CollectionFacts& collection, const model::Uuid& id);
    Result<void> storeNames(Writing& writing);

    DocumentStore& m_store;
    std::unique_ptr<txn::Transaction> m_transaction;
    std::shared_ptr<const Catalogue> m_catalogue;
    std::vector<std::unique_ptr<CollectionFacts>> m_made; ///< Collections that only this transaction knows.
    std::map<CollectionNumber, std::unique_ptr<Writing>> m_writing;
};

} // namespace blazedb::documents
