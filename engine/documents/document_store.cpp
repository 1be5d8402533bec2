#include "engine/documents/document_store.h"

#include <algorithm>

#include "engine/codec/row_field_source.h"
#include "engine/model/predicate.h"
#include "engine/model/text_order.h"

namespace blazedb::documents {

namespace {

/// Conflicts of one step after which it takes the commit lane: others wait for some milliseconds then, but it comes through.
constexpr int kFreeAttempts = 4;
constexpr std::size_t kMaxIndexedFieldBytes = 1'000;

/// Runs `work`, which is told the isolation of its transaction, until it commits.
template <typename Work>
Result<void> untilCommitted(const Work& work)
{
    for (int attempt = 0; attempt < kFreeAttempts; ++attempt) {
        auto outcome = work(txn::Isolation::Snapshot);
        if (outcome || outcome.error().code != ErrorCode::Conflict) return outcome;
    }
    return work(txn::Isolation::Bulk);
}

const IndexFacts* indexOn(const CollectionFacts* collection, std::string_view field)
{
    if (collection == nullptr) return nullptr;
    const auto found = std::find_if(collection->indexes.begin(), collection->indexes.end(), [field](const IndexFacts& index) { return index.field == field; });
    return found == collection->indexes.end() ? nullptr : &*found;
}

} // namespace

DocumentStore::DocumentStore(storage::NativeStore& store, txn::Transactions& transactions)
    : m_store(store)
    , m_transactions(transactions)
    , m_catalogue(std::make_shared<Catalogue>())
{
}

Result<std::unique_ptr<DocumentStore>> DocumentStore::open(storage::NativeStore& store, txn::Transactions& transactions)
{
    std::unique_ptr<DocumentStore> documents(new DocumentStore(store, transactions)); // private constructor
    BLAZE_TRY(documents->view());
    return documents;
}

Result<std::shared_ptr<const Catalogue>> DocumentStore::catalogueOf(const storage::NativeSnapshot& snapshot)
{
    BLAZE_TRY_VALUE(const std::uint64_t version, catalogueVersion(snapshot));
    {
        const std::lock_guard lock(m_mutex);
        if (m_catalogue->version == version) return m_catalogue;
    }
    BLAZE_TRY_VALUE(auto read, readCatalogue(snapshot, m_names));
    const std::lock_guard lock(m_mutex);
    if (read->version > m_catalogue->version) m_catalogue = read;
    return read;
}

Result<std::shared_ptr<const DocumentView>> DocumentStore::view()
{
    auto snapshot = m_store.nativeSnapshot();
    BLAZE_TRY_VALUE(auto catalogue, catalogueOf(*snapshot));
    BLAZE_TRY(m_names.catchUp(*snapshot));
    return std::make_shared<const DocumentView>(std::move(snapshot), std::move(catalogue));
}

Result<model::Record> DocumentStore::get(std::string_view collection, const model::Uuid& id)
{
    BLAZE_TRY_VALUE(const auto newest, view());
    const CollectionView* documents = newest->collection(collection);
    if (documents == nullptr) return Error{ErrorCode::NotFound, "no collection " + std::string(collection)};
    return documents->record(id);
}

Result<std::unique_ptr<DocumentTransaction>> DocumentStore::begin(txn::Isolation isolation)
{
    BLAZE_TRY_VALUE(auto transaction, m_transactions.begin(isolation));
    BLAZE_TRY_VALUE(const std::uint64_t version, catalogueVersion(*transaction));
    std::shared_ptr<const Catalogue> catalogue;
    {
        const std::lock_guard lock(m_mutex);
        if (m_catalogue->version == version) catalogue = m_catalogue;
    }
    if (!catalogue) {
        BLAZE_TRY_VALUE(catalogue, readCatalogue(*transaction, m_names));
        const std::lock_guard lock(m_mutex);
        if (catalogue->version > m_catalogue->version) m_catalogue = catalogue;
    }
    return std::unique_ptr<DocumentTransaction>(new DocumentTransaction(*this, std::move(transaction), std::move(catalogue))); // private constructor
}

Result<void> DocumentStore::createIndex(std::string_view collection, std::string_view field, const std::stop_token& stop)
{
    if (field.empty() || field.size() > kMaxIndexedFieldBytes || !model::isValidUtf8(field))
        return Error{ErrorCode::InvalidArgument, "an indexed field's name is 1 to 1,000 bytes of text"};
    const std::lock_guard lock(m_building);
    BLAZE_TRY(untilCommitted([&](txn::Isolation isolation) { return announceIndex(isolation, collection, field); }));
    BLAZE_TRY_VALUE(const auto announced, view());
    if (announced->collection(collection)->readyIndex(field) != nullptr) return {};
    std::optional<model::Uuid> next = model::Uuid{};
    while (next) {
        if (stop.stop_requested()) return Error{ErrorCode::Cancelled, "the index on " + std::string(field) + " is not finished"};
        const model::Uuid from = *next;
        BLAZE_TRY(untilCommitted([&](txn::Isolation isolation) -> Result<void> {
            BLAZE_TRY_VALUE(next, buildStep(isolation, collection, field, from));
            return {};
        }));
    }
    return untilCommitted([&](txn::Isolation isolation) { return finishIndex(isolation, collection, field); });
}

Result<void> DocumentStore::announceIndex(txn::Isolation isolation, std::string_view collection, std::string_view field)
{
    BLAZE_TRY_VALUE(const auto transaction, begin(isolation));
    const CollectionFacts* facts = transaction->find(collection);
    if (indexOn(facts, field) != nullptr) return {};
    if (facts == nullptr) {
        BLAZE_TRY_VALUE(facts, transaction->makeCollection(collection));
    }
    txn::Transaction& rows = *transaction->m_transaction;
    // Writing the collection's row makes every transaction conflict that writes into it without knowing of the index.
    BLAZE_TRY(rows.put(kCatalogueTree, asBytes(collectionRowKey(facts->number)), encodeCollectionRow({facts->name, facts->nextIndex + 1})));
    BLAZE_TRY(rows.put(kCatalogueTree, asBytes(indexRowKey(facts->number, facts->nextIndex)), encodeIndexRow({std::string(field), IndexState::Building})));
    BLAZE_TRY(countChange(rows));
    BLAZE_TRY(transaction->commit());
    return {};
}

Result<std::optional<model::Uuid>> DocumentStore::buildStep(txn::Isolation isolation, std::string_view collection, std::string_view field, const model::Uuid& from)
{
    BLAZE_TRY_VALUE(const auto transaction, begin(isolation));
    const CollectionFacts* facts = transaction->find(collection);
    const IndexFacts* index = indexOn(facts, field);
    if (index == nullptr) return Error{ErrorCode::NotFound, "the index on " + std::string(field) + " was dropped while it was built"};
    txn::Transaction& rows = *transaction->m_transaction;
    codec::RowFieldSource source(facts->names->names);
    std::vector<std::string> keys;
    Result<void> outcome;
    model::Uuid last;
    BLAZE_TRY(rows.scan(facts->rowTree, rowKeyOf(from), {}, [&](ByteView key, ByteView value) {
        last = idOfRowKey(key);
        const auto row = codec::RowView::open(value);
        if (row) {
            source.move(last, *row);
            index::appendIndexKey(keys.emplace_back(), model::resolveField(source, field), last);
        }
        if (!row || source.problem() != nullptr) outcome = Error(row ? *source.problem() : row.error()).in("record " + last.toString());
        return outcome && keys.size() < kBuildStepRows;
    }));
    BLAZE_TRY(std::move(outcome));
    for (const std::string& key : keys) BLAZE_TRY(rows.put(index->tree, asBytes(key), {}));
    BLAZE_TRY(transaction->commit(storage::Durability::Buffered)); // the commit that finishes the index is synced
    if (keys.size() < kBuildStepRows) return std::optional<model::Uuid>();
    const auto next = storage::keyAfter(last.bytes);
    return next ? std::optional(model::Uuid{*next}) : std::nullopt;
}

Result<void> DocumentStore::finishIndex(txn::Isolation isolation, std::string_view collection, std::string_view field)
{
    BLAZE_TRY_VALUE(const auto transaction, begin(isolation));
    const CollectionFacts* facts = transaction->find(collection);
    const IndexFacts* index = indexOn(facts, field);
    if (index == nullptr) return Error{ErrorCode::NotFound, "the index on " + std::string(field) + " was dropped while it was built"};
    txn::Transaction& rows = *transaction->m_transaction;
    BLAZE_TRY(rows.put(kCatalogueTree, asBytes(indexRowKey(facts->number, index->number)), encodeIndexRow({index->field, IndexState::Ready})));
    BLAZE_TRY(countChange(rows));
    BLAZE_TRY(transaction->commit());
    return {};
}

Result<void> DocumentStore::dropIndex(std::string_view collection, std::string_view field)
{
    BLAZE_TRY_VALUE(const auto transaction, begin(txn::Isolation::Bulk));
    const CollectionFacts* facts = transaction->find(collection);
    const IndexFacts* index = indexOn(facts, field);
    if (index == nullptr) return Error{ErrorCode::NotFound, "no index on " + std::string(field)};
    txn::Transaction& rows = *transaction->m_transaction;
    std::vector<std::string> keys;
    do {
        keys.clear();
        BLAZE_TRY(rows.scan(index->tree, {}, {}, [&](ByteView key, ByteView) {
            keys.emplace_back(asText(key));
            return keys.size() < kBuildStepRows;
        }));
        for (const std::string& key : keys) BLAZE_TRY(rows.erase(index->tree, asBytes(key)));
    } while (!keys.empty());
    BLAZE_TRY(rows.erase(kCatalogueTree, asBytes(indexRowKey(facts->number, index->number))));
    BLAZE_TRY(rows.put(kCatalogueTree, asBytes(collectionRowKey(facts->number)), encodeCollectionRow({facts->name, facts->nextIndex})));
    BLAZE_TRY(countChange(rows));
    BLAZE_TRY(transaction->commit());
    return {};
}

} // namespace blazedb::documents
