// Documents in one native file: named collections of records with secondary indexes, over transactions.
// Source: README.md and FORMAT.md in this folder.
#pragma once

#include <memory>
#include <mutex>
#include <stop_token>
#include <string_view>

#include "engine/documents/document_transaction.h"
#include "engine/documents/document_view.h"
#include "engine/documents/name_table.h"
#include "engine/storage/native_store.h"
#include "engine/txn/transactions.h"

namespace blazedb::documents {

/// Any thread. Views may outlive it, transactions not.
class DocumentStore {
public:
    /// Rows that one commit of an index being built takes in.
    static constexpr std::size_t kBuildStepRows = 2'000;

    /// Borrows both; they outlive it. A file without documents is an empty database. Errors: Corruption, Unsupported, Io.
    static Result<std::unique_ptr<DocumentStore>> open(storage::NativeStore& store, txn::Transactions& transactions);

    /// The newest committed state. Costs less than a point read. Errors: Corruption, Unsupported, Io.
    Result<std::shared_ptr<const DocumentView>> view();
    /// One document of the newest state, or one field of it. Errors: NotFound, Corruption, Io.
    Result<model::Record> get(std::string_view collection, const model::Uuid& id);

    /// Errors: as txn::Transactions::begin.
    Result<std::unique_ptr<DocumentTransaction>> begin(txn::Isolation isolation = txn::Isolation::Snapshot);

    /// Makes an index over one field (a name or a path) of a collection, which is made too if need be. Writers go on meanwhile; rows from before
    /// are taken in step by step, each a commit of its own. A stop leaves the index unfinished: calling again goes on. A field that is
    /// indexed already is no error. Errors: InvalidArgument (field or collection name), Cancelled, those of a commit.
    Result<void> createIndex(std::string_view collection, std::string_view field, const std::stop_token& stop = {});
    /// Errors: NotFound; Conflict, and those of a commit.
    Result<void> dropIndex(std::string_view collection, std::string_view field);

private:
    friend DocumentTransaction;
    DocumentStore(storage::NativeStore& store, txn::Transactions& transactions);
    /// Of this state: from memory when it is the one that was read last.
    Result<std::shared_ptr<const Catalogue>> catalogueOf(const storage::NativeSnapshot& snapshot);
    Result<void> announceIndex(txn::Isolation isolation, std::string_view collection, std::string_view field);
    Result<std::optional<model::Uuid>> buildStep(txn::Isolation isolation, std::string_view collection, std::string_view field, const model::Uuid& from);
    Result<void> finishIndex(txn::Isolation isolation, std::string_view collection, std::string_view field);

    storage::NativeStore& m_store;
    txn::Transactions& m_transactions;
    NameTable m_names;
    std::mutex m_building; ///< One index at a time.
    std::mutex m_mutex;
    std::shared_ptr<const Catalogue> m_catalogue; ///< Guarded by m_mutex.
};

} // namespace blazedb::documents
