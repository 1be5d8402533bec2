// A consistent view of the documents of a native file. The fast way to read: nothing is copied, and a field is decoded where it lies.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/codec/row_reader.h"
#include "engine/documents/catalogue.h"
#include "engine/index/index_key.h"
#include "engine/model/record.h"
#include "engine/storage/native_snapshot.h"

namespace blazedb::documents {

/// One stored document where it lies. Holds what it borrows from the cache, but not the view, which must outlive it.
/// Of a large one only the beginning is in memory, and the value that is asked for. Thread-safety: none; one owner.
class StoredDocument {
public:
    /// Of a row in `tree`. Errors: Corruption, Unsupported, Io.
    static Result<StoredDocument> open(const storage::NativeTree& tree, const model::Uuid& id, storage::FoundValue value);

    [[nodiscard]] const model::Uuid& id() const { return m_id; }
    [[nodiscard]] std::uint64_t size() const { return m_value.size(); } ///< Of the row, in bytes.
    /// For a large document its values may lie behind what is in memory: ask value().
    [[nodiscard]] const codec::RowView& row() const { return m_row; }
    [[nodiscard]] bool isLarge() const { return m_value.run().has_value(); }
    /// Nullopt: no such field. Borrowed until the next call. The field `id` that is the key is not found here: see row().idIsKey().
    Result<std::optional<codec::RowValue>> value(codec::FieldNumber field);
    /// Bytes of one encoded value of the row: for reading large values in parts.
    Result<std::size_t> readPart(std::uint64_t offset, std::span<std::byte> into) const { return m_tree->readPart(m_value, offset, into); }
    /// Errors: Corruption, Io.
    [[nodiscard]] Result<std::vector<model::Field>> fields(const codec::FieldNames& names, const codec::DecodeOptions& options = {}) const;
    /// The row's bytes; empty for a large one.
    [[nodiscard]] ByteView bytes() const { return m_value.bytes(); }

private:
    StoredDocument() = default;
    const storage::NativeTree* m_tree = nullptr;
    model::Uuid m_id;
    storage::FoundValue m_value;
    Bytes m_beginning; ///< Of a large row.
    Bytes m_part;
    codec::RowView m_row;
};

/// Walks over a collection by id, both ways, without allocating for documents below 2,900 bytes. Thread-safety: none; one owner.
class DocumentCursor {
public:
    explicit DocumentCursor(const storage::NativeTree* tree); ///< Null: an empty collection.

    // Whether it stands on a document. Errors: Corruption, Io.
    Result<bool> first();
    Result<bool> last();
    Result<bool> seek(const model::Uuid& id); ///< The first that is not less.
    Result<bool> seekRank(std::uint64_t rank);
    Result<bool> next();
    Result<bool> previous();

    // Only on a document; borrowed until it moves.
    [[nodiscard]] model::Uuid id() const;
    [[nodiscard]] bool isLarge() const { return m_cursor->rawValue().isRun; }
    /// The fields of a document that is not large. Errors: Corruption, Unsupported.
    [[nodiscard]] Result<codec::RowView> row() const { return codec::RowView::open(m_cursor->rawValue().bytes); }
    [[nodiscard]] ByteView bytes() const { return m_cursor->rawValue().bytes; } ///< Not of a large one.
    [[nodiscard]] Result<StoredDocument> document() const { return StoredDocument::open(*m_tree, id(), m_cursor->value()); }

private:
    const storage::NativeTree* m_tree;
    std::optional<storage::TreeCursor> m_cursor;
};

/// Walks over the ids of one range of an index, ascending or descending. Thread-safety: none; one owner.
class IndexCursor {
public:
    enum class Direction { Ascending, Descending };

    /// Nullopt at the end. Errors: Corruption, Io.
    Result<std::optional<model::Uuid>> next();
    /// The key it stands on; borrowed until it moves.
    [[nodiscard]] ByteView key() const { return m_cursor->key(); }

private:
    friend class IndexView;
    IndexCursor(const storage::NativeTree* tree, index::KeyRange range, Direction direction);
    Result<bool> move();

    std::optional<storage::TreeCursor> m_cursor; ///< Nullopt: an empty index.
    index::KeyRange m_range;
    Direction m_direction;
    bool m_hasStarted = false;
    bool m_isAtEnd = false;
};

/// One index of a collection. Any thread.
class IndexView {
public:
    IndexView(const IndexFacts& facts, const storage::NativeTree* tree)
        : m_facts(&facts)
        , m_tree(tree)
    {
    }
    [[nodiscard]] const std::string& field() const { return m_facts->field; }
    [[nodiscard]] bool isReady() const { return m_facts->state == IndexState::Ready; }
    [[nodiscard]] std::uint64_t count() const { return m_tree == nullptr ? 0 : m_tree->rowCount(); }
    /// Keys in the range, counted without visiting them. Errors: Corruption, Io.
    [[nodiscard]] Result<std::uint64_t> count(const index::KeyRange& range) const;
    [[nodiscard]] IndexCursor cursor(index::KeyRange range, IndexCursor::Direction direction = IndexCursor::Direction::Ascending) const
    {
        return {m_tree, std::move(range), direction};
    }

private:
    const IndexFacts* m_facts;
    const storage::NativeTree* m_tree;
};

/// One collection of a view. Any thread; lives as long as its view.
class CollectionView {
public:
    CollectionView(const CollectionFacts& facts, const storage::NativeSnapshot& snapshot);

    [[nodiscard]] const std::string& name() const { return m_facts->name; }
    [[nodiscard]] std::uint64_t count() const { return m_rows == nullptr ? 0 : m_rows->rowCount(); }
    [[nodiscard]] const codec::FieldNames& names() const { return m_facts->names->names; }
    [[nodiscard]] const std::vector<IndexView>& indexes() const { return m_indexes; }
    /// By the field's exact name; null when there is none, or it is still being built.
    [[nodiscard]] const IndexView* readyIndex(std::string_view field) const;

    /// Nullopt: no such document. Errors: Corruption, Unsupported, Io.
    [[nodiscard]] Result<std::optional<StoredDocument>> find(const model::Uuid& id) const;
    /// The same as a record. Errors: NotFound, and those.
    [[nodiscard]] Result<model::Record> record(const model::Uuid& id, const codec::DecodeOptions& options = {}) const;
    [[nodiscard]] DocumentCursor cursor() const { return DocumentCursor(m_rows); }
    /// Its rows as they are stored; null for an empty collection.
    [[nodiscard]] const storage::NativeTree* rows() const { return m_rows; }
    /// Documents before this id. Errors: Corruption, Io.
    [[nodiscard]] Result<std::uint64_t> rank(const model::Uuid& id) const;

private:
    const CollectionFacts* m_facts;
    const storage::NativeTree* m_rows;
    std::vector<IndexView> m_indexes;
};

/// Never blocks writers; the pages it may need are not used again while it lives. Any thread.
class DocumentView {
public:
    DocumentView(std::shared_ptr<const storage::NativeSnapshot> snapshot, std::shared_ptr<const Catalogue> catalogue);

    [[nodiscard]] std::uint64_t sequence() const { return m_snapshot->sequence(); }
    [[nodiscard]] const std::vector<CollectionView>& collections() const { return m_collections; }
    /// By its exact name; null when there is none.
    [[nodiscard]] const CollectionView* collection(std::string_view name) const;
    /// The collection that has this id, or null: ids are unique in a file. Errors: Corruption, Io.
    [[nodiscard]] Result<const CollectionView*> collectionOf(const model::Uuid& id) const;

private:
    std::shared_ptr<const storage::NativeSnapshot> m_snapshot;
    std::shared_ptr<const Catalogue> m_catalogue;
    std::vector<CollectionView> m_collections;
};

} // namespace blazedb::documents
