#include "engine/documents/document_view.h"

#include <algorithm>

namespace blazedb::documents {

namespace {

/// Of a large row: its table and every value but the longest are mostly within this.
constexpr std::size_t kBeginningBytes = 4'096;

} // namespace

Result<StoredDocument> StoredDocument::open(const storage::NativeTree& tree, const model::Uuid& id, storage::FoundValue value)
{
    StoredDocument document;
    document.m_tree = &tree;
    document.m_id = id;
    document.m_value = std::move(value);
    if (!document.isLarge()) {
        BLAZE_TRY_VALUE(document.m_row, codec::RowView::open(document.m_value.bytes()));
        return document;
    }
    const std::uint64_t whole = document.m_value.size();
    document.m_beginning.resize(std::min<std::uint64_t>(whole, kBeginningBytes));
    BLAZE_TRY(document.readPart(0, document.m_beginning));
    BLAZE_TRY_VALUE(const std::uint64_t head, codec::RowView::headBytes(document.m_beginning));
    if (head > document.m_beginning.size()) {
        document.m_beginning.resize(std::min(whole, head));
        BLAZE_TRY(document.readPart(0, document.m_beginning));
    }
    BLAZE_TRY_VALUE(document.m_row, codec::RowView::open(document.m_beginning, whole));
    return document;
}

Result<std::optional<codec::RowValue>> StoredDocument::value(codec::FieldNumber field)
{
    const auto index = m_row.find(field);
    if (!index) return std::optional<codec::RowValue>();
    if (isLarge()) {
        BLAZE_TRY_VALUE(const auto span, m_row.span(*index));
        if (span.end > m_beginning.size()) {
            m_part.resize(span.size());
            BLAZE_TRY(readPart(span.begin, m_part));
            BLAZE_TRY_VALUE(const auto value, codec::RowValue::parse(m_part));
            return std::optional(value);
        }
    }
    BLAZE_TRY_VALUE(const auto value, m_row.value(*index));
    return std::optional(value);
}

Result<std::vector<model::Field>> StoredDocument::fields(const codec::FieldNames& names, const codec::DecodeOptions& options) const
{
    if (!isLarge()) return codec::decodeRow(m_id, m_value.bytes(), names, options);
    BLAZE_TRY_VALUE(const Bytes whole, m_tree->copyValue(m_value));
    return codec::decodeRow(m_id, whole, names, options);
}

DocumentCursor::DocumentCursor(const storage::NativeTree* tree)
    : m_tree(tree)
{
    if (tree != nullptr) m_cursor.emplace(tree->cursor());
}

Result<bool> DocumentCursor::first()
{
    return m_cursor ? m_cursor->first() : Result<bool>(false);
}
Result<bool> DocumentCursor::last()
{
    return m_cursor ? m_cursor->last() : Result<bool>(false);
}
Result<bool> DocumentCursor::seek(const model::Uuid& id)
{
    return m_cursor ? m_cursor->seek(rowKeyOf(id)) : Result<bool>(false);
}
Result<bool> DocumentCursor::seekRank(std::uint64_t rank)
{
    return m_cursor ? m_cursor->seekRank(rank) : Result<bool>(false);
}
Result<bool> DocumentCursor::next()
{
    return m_cursor ? m_cursor->next() : Result<bool>(false);
}
Result<bool> DocumentCursor::previous()
{
    return m_cursor ? m_cursor->previous() : Result<bool>(false);
}

model::Uuid DocumentCursor::id() const
{
    return idOfRowKey(m_cursor->key());
}

IndexCursor::IndexCursor(const storage::NativeTree* tree, index::KeyRange range, Direction direction)
    : m_range(std::move(range))
    , m_direction(direction)
{
    if (tree != nullptr && !m_range.isEmpty()) m_cursor.emplace(tree->cursor());
}

Result<bool> IndexCursor::move()
{
    if (m_hasStarted) return m_direction == Direction::Ascending ? m_cursor->next() : m_cursor->previous();
    m_hasStarted = true;
    if (m_direction == Direction::Ascending) return m_cursor->seek(asBytes(m_range.from));
    if (m_range.to.empty()) return m_cursor->last();
    BLAZE_TRY_VALUE(const bool isBehind, m_cursor->seek(asBytes(m_range.to)));
    return isBehind ? m_cursor->previous() : m_cursor->last();
}

Result<std::optional<model::Uuid>> IndexCursor::next()
{
    if (!m_cursor || m_isAtEnd) return std::optional<model::Uuid>();
    BLAZE_TRY_VALUE(const bool isOnKey, move());
    m_isAtEnd = !isOnKey;
    if (isOnKey) {
        const ByteView key = m_cursor->key();
        m_isAtEnd = m_direction == Direction::Ascending ? !m_range.to.empty() && storage::compareKeys(key, asBytes(m_range.to)) >= 0
                                                        : storage::compareKeys(key, asBytes(m_range.from)) < 0;
        if (!m_isAtEnd && key.size() <= index::kIdBytes) return Error{ErrorCode::Corruption, "index: a key without a record"};
    }
    if (m_isAtEnd) return std::optional<model::Uuid>();
    return std::optional(index::idOfIndexKey(m_cursor->key()));
}

Result<std::uint64_t> IndexView::count(const index::KeyRange& range) const
{
    if (m_tree == nullptr || range.isEmpty()) return std::uint64_t{0};
    BLAZE_TRY_VALUE(const std::uint64_t before, m_tree->rank(asBytes(range.from)));
    if (range.to.empty()) return m_tree->rowCount() - before;
    BLAZE_TRY_VALUE(const std::uint64_t upTo, m_tree->rank(asBytes(range.to)));
    return upTo - before;
}

CollectionView::CollectionView(const CollectionFacts& facts, const storage::NativeSnapshot& snapshot)
    : m_facts(&facts)
    , m_rows(snapshot.tree(facts.rowTree))
{
    m_indexes.reserve(facts.indexes.size());
    for (const IndexFacts& index : facts.indexes) m_indexes.emplace_back(index, snapshot.tree(index.tree));
}

const IndexView* CollectionView::readyIndex(std::string_view field) const
{
    const auto found = std::find_if(m_indexes.begin(), m_indexes.end(), [field](const IndexView& index) { return index.isReady() && index.field() == field; });
    return found == m_indexes.end() ? nullptr : &*found;
}

Result<std::optional<StoredDocument>> CollectionView::find(const model::Uuid& id) const
{
    if (m_rows == nullptr) return std::optional<StoredDocument>();
    BLAZE_TRY_VALUE(auto found, m_rows->find(rowKeyOf(id)));
    if (!found) return std::optional<StoredDocument>();
    BLAZE_TRY_VALUE(auto document, StoredDocument::open(*m_rows, id, *std::move(found)));
    return std::optional(std::move(document));
}

Result<model::Record> CollectionView::record(const model::Uuid& id, const codec::DecodeOptions& options) const
{
    BLAZE_TRY_VALUE(const auto found, find(id));
    if (!found) return Error{ErrorCode::NotFound, "no record " + id.toString()};
    auto fields = found->fields(names(), options);
    if (!fields) return std::move(fields).error().in("record " + id.toString());
    return model::Record{id, *std::move(fields)};
}

Result<std::uint64_t> CollectionView::rank(const model::Uuid& id) const
{
    return m_rows == nullptr ? Result<std::uint64_t>(0) : m_rows->rank(rowKeyOf(id));
}

DocumentView::DocumentView(std::shared_ptr<const storage::NativeSnapshot> snapshot, std::shared_ptr<const Catalogue> catalogue)
    : m_snapshot(std::move(snapshot))
    , m_catalogue(std::move(catalogue))
{
    m_collections.reserve(m_catalogue->collections.size());
    for (const CollectionFacts& facts : m_catalogue->collections) m_collections.emplace_back(facts, *m_snapshot);
}

const CollectionView* DocumentView::collection(std::string_view name) const
{
    const auto found = std::find_if(m_collections.begin(), m_collections.end(), [name](const CollectionView& view) { return view.name() == name; });
    return found == m_collections.end() ? nullptr : &*found;
}

Result<const CollectionView*> DocumentView::collectionOf(const model::Uuid& id) const
{
    for (const CollectionView& collection : m_collections) {
        BLAZE_TRY_VALUE(const auto found, collection.find(id));
        if (found) return &collection;
    }
    return static_cast<const CollectionView*>(nullptr);
}

} // namespace blazedb::documents
