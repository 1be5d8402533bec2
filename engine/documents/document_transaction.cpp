#include "engine/documents/document_transaction.h"

#include <algorithm>
#include <set>

#include "engine/codec/row_field_source.h"
#include "engine/documents/document_store.h"
#include "engine/model/predicate.h"
#include "engine/model/text_order.h"

namespace blazedb::documents {

namespace {

constexpr std::size_t kMaxCollectionNameBytes = 255;
/// Rows that are taken out of the transaction at a time, so that whoever is shown them may call it.
constexpr std::size_t kScanChunk = 64;
constexpr std::size_t kLookUpChunk = 1'024;

/// The number behind a tree's prefix; nullopt for another tree.
std::optional<CollectionNumber> collectionOfTree(std::string_view tree, std::string_view prefix)
{
    if (!tree.starts_with(prefix)) return std::nullopt;
    CollectionNumber number = 0;
    for (const char digit : tree.substr(prefix.size())) {
        if (digit < '0' || digit > '9') break;
        number = number * 10 + static_cast<CollectionNumber>(digit - '0');
    }
    return number;
}

/// The record as it is stored when its `id` is not yet the UUID it is stored under; nullopt when it is, or is missing.
Result<std::optional<model::Record>> withProperId(const model::Record& record)
{
    const auto isId = [](const model::Field& field) { return field.name == model::fieldname::kId; };
    const auto found = std::find_if(record.fields.begin(), record.fields.end(), isId);
    if (found == record.fields.end()) return std::optional<model::Record>();
    if (const auto* id = found->value.as<model::Uuid>(); id != nullptr && *id == record.id) return std::optional<model::Record>();
    const auto* text = found->value.as<std::string>();
    if (text == nullptr || model::Uuid::parse(*text) != record.id)
        return Error{ErrorCode::InvalidArgument, "the field id of record " + record.id.toString() + " is not its id"};
    model::Record proper = record;
    std::find_if(proper.fields.begin(), proper.fields.end(), isId)->value = model::Value(record.id);
    return std::optional(std::move(proper));
}

} // namespace

class DocumentTransaction::Numbering final : public codec::FieldNumbering {
public:
    explicit Numbering(codec::FieldNames& names)
        : m_names(names)
    {
    }
    Result<codec::FieldNumber> numberOf(std::string_view name) override { return m_names.add(name); }

private:
    codec::FieldNames& m_names;
};

/// What it takes to write into one collection.
struct DocumentTransaction::Writing {
    explicit Writing(const CollectionFacts& collection)
        : facts(&collection)
        , numbering(collection.names->names)
        , encoder(numbering)
        , before(collection.names->names)
        , after(collection.names->names)
    {
    }
    const CollectionFacts* facts;
    Numbering numbering;
    codec::RowEncoder encoder;
    codec::RowFieldSource before;
    codec::RowFieldSource after;
    std::uint32_t namesWritten = 0; ///< Numbers below are in this transaction.
    std::string keyBefore;
    std::string keyAfter;
};

DocumentTransaction::DocumentTransaction(DocumentStore& store, std::unique_ptr<txn::Transaction> transaction, std::shared_ptr<const Catalogue> catalogue)
    : m_store(store)
    , m_transaction(std::move(transaction))
    , m_catalogue(std::move(catalogue))
{
}

DocumentTransaction::~DocumentTransaction() = default;

const CollectionFacts* DocumentTransaction::find(std::string_view collection) const
{
    if (const CollectionFacts* found = m_catalogue->find(collection)) return found;
    const auto made = std::find_if(m_made.begin(), m_made.end(), [collection](const auto& facts) { return facts->name == collection; });
    return made == m_made.end() ? nullptr : made->get();
}

Result<std::optional<model::Record>> DocumentTransaction::get(std::string_view collection, const model::Uuid& id, const codec::DecodeOptions& options)
{
    const CollectionFacts* facts = find(collection);
    if (facts == nullptr) return std::optional<model::Record>();
    BLAZE_TRY_VALUE(const auto row, m_transaction->get(facts->rowTree, rowKeyOf(id)));
    if (!row) return std::optional<model::Record>();
    auto fields = codec::decodeRow(id, *row, facts->names->names, options);
    if (!fields) return std::move(fields).error().in("record " + id.toString());
    return std::optional(model::Record{id, *std::move(fields)});
}

Result<void> DocumentTransaction::scan(std::string_view collection, const model::Uuid& from, const codec::DecodeOptions& options, const Visit& visit)
{
    const CollectionFacts* facts = find(collection);
    if (facts == nullptr) return {};
    std::optional<storage::RowKey> next = from.bytes;
    std::vector<model::Record> chunk;
    while (next) {
        chunk.clear();
        Result<void> outcome;
        BLAZE_TRY(m_transaction->scan(facts->rowTree, std::as_bytes(std::span(*next)), {}, [&](ByteView key, ByteView value) {
            const model::Uuid id = idOfRowKey(key);
            auto fields = codec::decodeRow(id, value, facts->names->names, options);
            if (fields) chunk.push_back({id, *std::move(fields)});
            else outcome = std::move(fields).error().in("record " + id.toString());
            return fields && chunk.size() < kScanChunk;
        }));
        for (const model::Record& record : chunk)
            if (!visit(record)) return {};
        BLAZE_TRY(std::move(outcome));
        if (chunk.size() < kScanChunk) return {};
        next = storage::keyAfter(chunk.back().id.bytes);
    }
    return {};
}

Result<void> DocumentTransaction::lookUp(std::string_view collection, std::string_view indexedField, const index::KeyRange& range,
                                         const std::function<bool(const model::Uuid&)>& visit)
{
    const CollectionFacts* facts = find(collection);
    if (facts == nullptr) return Error{ErrorCode::NotFound, "no collection " + std::string(collection)};
    const auto index = std::find_if(facts->indexes.begin(), facts->indexes.end(), [&](const IndexFacts& candidate) { return candidate.field == indexedField; });
    if (index == facts->indexes.end()) return Error{ErrorCode::NotFound, "no index on " + std::string(indexedField)};
    if (index->state != IndexState::Ready) return Error{ErrorCode::FailedPrecondition, "the index on " + index->field + " is still being built"};
    std::string next = range.from;
    std::vector<std::string> keys;
    do {
        keys.clear();
        BLAZE_TRY(m_transaction->scan(index->tree, asBytes(next), asBytes(range.to), [&](ByteView key, ByteView) {
            keys.emplace_back(asText(key));
            return keys.size() < kLookUpChunk;
        }));
        for (const std::string& key : keys)
            if (!visit(index::idOfIndexKey(asBytes(key)))) return {};
        if (!keys.empty()) next = keys.back() + '\0';
    } while (keys.size() == kLookUpChunk);
    return {};
}

Result<DocumentTransaction::Writing*> DocumentTransaction::forWriting(std::string_view collection)
{
    const CollectionFacts* facts = find(collection);
    if (facts == nullptr) {
        BLAZE_TRY_VALUE(facts, makeCollection(collection));
    }
    auto& writing = m_writing[facts->number];
    if (!writing) {
        // An index that comes meanwhile must not miss what is written here.
        if (m_catalogue->find(collection) != nullptr) m_transaction->expectUnchanged(kCatalogueTree, asBytes(collectionRowKey(facts->number)));
        writing = std::make_unique<Writing>(*facts);
    }
    return writing.get();
}

Result<CollectionFacts*> DocumentTransaction::makeCollection(std::string_view name)
{
    if (name.empty() || name.size() > kMaxCollectionNameBytes || !model::isValidUtf8(name) || name.find('\0') != std::string_view::npos)
        return Error{ErrorCode::InvalidArgument, "a collection's name is 1 to 255 bytes of text"};
    CollectionNumber number = 1;
    for (const CollectionFacts& facts : m_catalogue->collections) number = std::max(number, facts.number + 1);
    for (const auto& facts : m_made) number = std::max(number, facts->number + 1);
    auto made = std::make_unique<CollectionFacts>(CollectionFacts{number, std::string(name), 1, rowTreeName(number), {}, m_store.m_names.of(number)});
    BLAZE_TRY(m_transaction->put(kCatalogueTree, asBytes(collectionRowKey(number)), encodeCollectionRow({made->name, made->nextIndex})));
    BLAZE_TRY(countChange(*m_transaction));
    m_made.push_back(std::move(made));
    return m_made.back().get();
}

Result<void> DocumentTransaction::refuseIdOfAnother(const CollectionFacts& collection, const model::Uuid& id)
{
    const auto refuse = [&](const CollectionFacts& other) -> Result<void> {
        if (other.number == collection.number) return {};
        BLAZE_TRY_VALUE(const auto found, m_transaction->get(other.rowTree, rowKeyOf(id)));
        if (found) return Error{ErrorCode::AlreadyExists, "record " + id.toString() + " is in the collection " + other.name};
        return {};
    };
    for (const CollectionFacts& other : m_catalogue->collections) BLAZE_TRY(refuse(other));
    for (const auto& other : m_made) BLAZE_TRY(refuse(*other));
    return {};
}

Result<void> DocumentTransaction::storeNames(Writing& writing)
{
    CollectionNames& names = *writing.facts->names;
    const std::uint32_t safe = std::max(names.stored.load(), writing.namesWritten);
    if (names.names.size() <= safe) return {};
    if (m_transaction->holdsLane()) {
        BLAZE_TRY_VALUE(writing.namesWritten, NameTable::storeIn(*m_transaction, writing.facts->number, names, safe));
        return {};
    }
    return m_store.m_names.storeAside(m_store.m_transactions, writing.facts->number, names);
}

Result<void> DocumentTransaction::replaceIndexKeys(Writing& writing, const model::Uuid& id, std::optional<ByteView> before, std::optional<ByteView> after)
{
    if (writing.facts->indexes.empty()) return {};
    if (before) {
        BLAZE_TRY_VALUE(const auto row, codec::RowView::open(*before));
        writing.before.move(id, row);
    }
    if (after) {
        BLAZE_TRY_VALUE(const auto row, codec::RowView::open(*after));
        writing.after.move(id, row);
    }
    for (const IndexFacts& index : writing.facts->indexes) {
        writing.keyBefore.clear();
        writing.keyAfter.clear();
        if (before) index::appendIndexKey(writing.keyBefore, model::resolveField(writing.before, index.field), id);
        if (after) index::appendIndexKey(writing.keyAfter, model::resolveField(writing.after, index.field), id);
        if (before && after && writing.keyBefore == writing.keyAfter) continue;
        if (before) BLAZE_TRY(m_transaction->erase(index.tree, asBytes(writing.keyBefore)));
        if (after) BLAZE_TRY(m_transaction->put(index.tree, asBytes(writing.keyAfter), {}));
    }
    if (const Error* problem = writing.before.problem(); before && problem != nullptr) return Error(*problem).in("record " + id.toString());
    return {};
}

Result<void> DocumentTransaction::write(Writing& writing, const model::Record& record, const std::optional<Bytes>& before)
{
    BLAZE_TRY_VALUE(const auto proper, withProperId(record));
    auto row = writing.encoder.encode(proper ? *proper : record, codec::RowEncoder::MissingId::BecomesKey);
    if (!row) return std::move(row).error().in("record " + record.id.toString());
    BLAZE_TRY(storeNames(writing));
    BLAZE_TRY(replaceIndexKeys(writing, record.id, before ? std::optional<ByteView>(*before) : std::nullopt, *row));
    return m_transaction->put(writing.facts->rowTree, rowKeyOf(record.id), *row);
}

Result<void> DocumentTransaction::insert(std::string_view collection, const model::Record& record)
{
    BLAZE_TRY_VALUE(Writing* const writing, forWriting(collection));
    BLAZE_TRY_VALUE(const auto before, m_transaction->get(writing->facts->rowTree, rowKeyOf(record.id)));
    if (before) return Error{ErrorCode::AlreadyExists, "record " + record.id.toString() + " exists already"};
    BLAZE_TRY(refuseIdOfAnother(*writing->facts, record.id));
    return write(*writing, record, std::nullopt);
}

Result<bool> DocumentTransaction::put(std::string_view collection, const model::Record& record)
{
    BLAZE_TRY_VALUE(Writing* const writing, forWriting(collection));
    BLAZE_TRY_VALUE(const auto before, m_transaction->get(writing->facts->rowTree, rowKeyOf(record.id)));
    if (!before) BLAZE_TRY(refuseIdOfAnother(*writing->facts, record.id));
    BLAZE_TRY(write(*writing, record, before));
    return !before;
}

Result<bool> DocumentTransaction::erase(std::string_view collection, const model::Uuid& id)
{
    if (find(collection) == nullptr) return false;
    BLAZE_TRY_VALUE(Writing* const writing, forWriting(collection));
    BLAZE_TRY_VALUE(const auto before, m_transaction->get(writing->facts->rowTree, rowKeyOf(id)));
    if (!before) return false;
    BLAZE_TRY(replaceIndexKeys(*writing, id, ByteView(*before), std::nullopt));
    BLAZE_TRY(m_transaction->erase(writing->facts->rowTree, rowKeyOf(id)));
    return true;
}

Result<void> DocumentTransaction::rollbackTo(std::string_view name)
{
    BLAZE_TRY(m_transaction->rollbackTo(name));
    // Collections that were made after the savepoint are gone.
    for (auto made = m_made.begin(); made != m_made.end();) {
        BLAZE_TRY_VALUE(const auto row, m_transaction->get(kCatalogueTree, asBytes(collectionRowKey((*made)->number))));
        if (row) {
            ++made;
            continue;
        }
        m_writing.erase((*made)->number);
        made = m_made.erase(made);
    }
    return {};
}

Result<std::uint64_t> DocumentTransaction::commit(storage::Durability durability)
{
    auto committed = m_transaction->commit(durability);
    if (!committed) return committed;
    for (const auto& [number, writing] : m_writing) NameTable::noteStored(*writing->facts->names, writing->namesWritten);
    return committed;
}

void DocumentTransaction::rollback()
{
    m_transaction->rollback();
}

std::vector<DocumentName> DocumentTransaction::conflicts() const
{
    std::set<DocumentName> documents;
    const auto nameOf = [this](CollectionNumber number) {
        for (const CollectionFacts& facts : m_catalogue->collections)
            if (facts.number == number) return facts.name;
        return std::string();
    };
    for (const txn::RowName& row : m_transaction->conflicts()) {
        if (const auto number = collectionOfTree(row.tree, "rows.")) documents.insert({nameOf(*number), idOfRowKey(asBytes(row.key))});
        else if (const auto indexed = collectionOfTree(row.tree, "index.")) documents.insert({nameOf(*indexed), index::idOfIndexKey(asBytes(row.key))});
    }
    return {documents.begin(), documents.end()};
}

} // namespace blazedb::documents
