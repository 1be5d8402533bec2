#include "engine/local/native_documents.h"

#include <utility>

namespace blazedb::local {

namespace {

Error notThere(const model::Uuid& id)
{
    return {ErrorCode::NotFound, "there is no record " + id.toString()};
}

} // namespace

Result<std::unique_ptr<NativeDocuments>> NativeDocuments::open(std::unique_ptr<storage::NativeStore> store, Clock& clock)
{
    auto opened = std::unique_ptr<NativeDocuments>(new NativeDocuments(std::move(store))); // private constructor
    txn::TransactionLimits limits;
    limits.keepsChanges = false; // nobody watches
    opened->m_transactions = std::make_unique<txn::Transactions>(*opened->m_store, clock, limits);
    BLAZE_TRY_VALUE(opened->m_documents, documents::DocumentStore::open(*opened->m_store, *opened->m_transactions));
    return opened;
}

Result<bool> NativeDocuments::put(std::string_view collection, const model::Record& record)
{
    BLAZE_TRY_VALUE(const auto transaction, m_documents->begin());
    BLAZE_TRY_VALUE(const bool isNew, transaction->put(collection, record));
    BLAZE_TRY(transaction->commit());
    return isNew;
}

Result<std::string> NativeDocuments::collectionOf(const model::Uuid& id)
{
    BLAZE_TRY_VALUE(const auto view, m_documents->view());
    BLAZE_TRY_VALUE(const documents::CollectionView* collection, view->collectionOf(id));
    if (collection == nullptr) return notThere(id);
    return collection->name();
}

Result<void> NativeDocuments::erase(std::string_view collection, const std::vector<model::Uuid>& ids)
{
    BLAZE_TRY_VALUE(const auto transaction, m_documents->begin());
    for (const model::Uuid& id : ids) {
        std::string name(collection);
        if (name.empty()) {
            BLAZE_TRY_VALUE(name, collectionOf(id));
        }
        BLAZE_TRY_VALUE(const bool wasThere, transaction->erase(name, id));
        if (!wasThere) return notThere(id);
    }
    BLAZE_TRY(transaction->commit());
    return {};
}

Result<model::Uuid> newRecordId(Random& random)
{
    std::array<std::byte, 16> bytes{};
    BLAZE_TRY(random.fill(bytes));
    model::Uuid id;
    for (std::size_t i = 0; i < bytes.size(); ++i) id.bytes[i] = std::to_integer<std::uint8_t>(bytes[i]);
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x40U); // version 4
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U); // RFC 4122
    return id;
}

} // namespace blazedb::local
