#include "engine/local/native_rows.h"

#include <algorithm>

#include "engine/local/index_choice.h"
#include "engine/local/value_part.h"
#include "engine/model/text_order.h"

namespace blazedb::local {

namespace {

class EmptyTree final : public storage::RowTree {
public:
    [[nodiscard]] std::uint64_t rowCount() const override { return 0; }
    Result<std::unique_ptr<storage::RowCursor>> scan(storage::ScanOrder, std::optional<storage::RowKey>, std::stop_token) const override
    {
        class EmptyCursor final : public storage::RowCursor {
            Result<bool> next(storage::RowView&) override { return false; }
        };
        return std::unique_ptr<storage::RowCursor>(std::make_unique<EmptyCursor>());
    }
    [[nodiscard]] Result<storage::Row> read(const storage::RowKey&) const override { return Error{ErrorCode::NotFound, "no such row"}; }
};

/// One state of the documents. Lives as long as somebody reads it.
class NativeRowSnapshot final : public storage::RowSnapshot {
public:
    explicit NativeRowSnapshot(std::shared_ptr<const documents::DocumentView> view)
        : m_view(std::move(view))
    {
        for (const documents::CollectionView& collection : m_view->collections()) m_forms.push_back(codec::makeNativeForm(collection.names()));
    }

    [[nodiscard]] std::uint64_t sequence() const override { return m_view->sequence(); }
    [[nodiscard]] const storage::RowTree* tree(std::string_view name) const override
    {
        return name == storage::kRecordTree ? rowsOf(m_view->collection(model::kDefaultCollection)) : nullptr;
    }

    [[nodiscard]] const documents::DocumentView& documents() const { return *m_view; }
    /// Null collection: no rows.
    [[nodiscard]] const storage::RowTree* rowsOf(const documents::CollectionView* collection) const
    {
        return collection != nullptr && collection->rows() != nullptr ? static_cast<const storage::RowTree*>(collection->rows()) : &m_nothing;
    }
    [[nodiscard]] query::RowReading readingOf(const documents::CollectionView* collection, bool isOneCollection) const
    {
        if (collection == nullptr) return {};
        return {m_forms[static_cast<std::size_t>(collection - m_view->collections().data())].get(), isOneCollection};
    }

private:
    std::shared_ptr<const documents::DocumentView> m_view;
    std::vector<std::unique_ptr<codec::RowForm>> m_forms; ///< Of each collection.
    EmptyTree m_nothing;
};

const NativeRowSnapshot& nativeOf(const SnapshotView& view)
{
    return static_cast<const NativeRowSnapshot&>(*view.snapshot);
}

/// The rows of some ids, as a tree.
class ChosenRows final : public storage::RowTree {
public:
    ChosenRows(const storage::RowTree& rows, std::vector<storage::RowKey> keys)
        : m_rows(rows)
        , m_keys(std::move(keys))
    {
        std::sort(m_keys.begin(), m_keys.end());
    }
    [[nodiscard]] std::uint64_t rowCount() const override { return m_keys.size(); }
    Result<std::unique_ptr<storage::RowCursor>> scan(storage::ScanOrder, std::optional<storage::RowKey> from, std::stop_token stop) const override
    {
        const auto first = from ? std::lower_bound(m_keys.begin(), m_keys.end(), *from) : m_keys.begin();
        return std::unique_ptr<storage::RowCursor>(std::make_unique<Cursor>(*this, static_cast<std::size_t>(first - m_keys.begin()), std::move(stop)));
    }
    [[nodiscard]] Result<storage::Row> read(const storage::RowKey& key) const override { return m_rows.read(key); }

private:
    class Cursor final : public storage::RowCursor {
    public:
        Cursor(const ChosenRows& chosen, std::size_t at, std::stop_token stop)
            : m_chosen(chosen)
            , m_at(at)
            , m_stop(std::move(stop))
        {}
        Result<bool> next(storage::RowView& row) override
        {
            if (m_stop.stop_requested()) return Error{ErrorCode::Cancelled, "the scan was stopped"};
            if (m_at == m_chosen.m_keys.size()) return false;
            row = {};
            row.key = m_chosen.m_keys[m_at++];
            auto found = m_chosen.m_rows.read(row.key);
            if (!found && found.error().code != ErrorCode::NotFound) return std::move(found).error();
            if (found) {
                m_row = *std::move(found);
                row.bytes = m_row.bytes;
                return true;
            }
            m_problem = Error{ErrorCode::Corruption, "an index names it, but there is no such record"};
            row.problem = &m_problem;
            return true;
        }

    private:
        const ChosenRows& m_chosen;
        std::size_t m_at;
        std::stop_token m_stop;
        storage::Row m_row;
        Error m_problem;
    };

    const storage::RowTree& m_rows;
    std::vector<storage::RowKey> m_keys;
};

Result<std::vector<storage::RowKey>> keysOf(const IndexChoice& choice)
{
    std::vector<storage::RowKey> keys;
    keys.reserve(choice.keys);
    for (const index::KeyRange& range : choice.ranges) {
        documents::IndexCursor cursor = choice.index->cursor(range);
        while (true) {
            BLAZE_TRY_VALUE(const auto id, cursor.next());
            if (!id) break;
            keys.push_back(id->bytes);
        }
    }
    return keys;
}

/// The field of that name, by any spelling.
std::optional<codec::FieldNumber> fieldIn(const codec::RowView& row, const codec::FieldNames& names, std::string_view name)
{
    for (const codec::FieldNumber number : names.equivalents(name))
        if (row.find(number)) return number;
    return std::nullopt;
}

/// The tag of a text or of bytes is followed by its content.
constexpr std::uint64_t kTagBytes = 1;
/// What a UTF-8 sequence can have behind its first byte.
constexpr std::uint64_t kContinuationsMax = 3;

} // namespace

Result<std::shared_ptr<const storage::RowSnapshot>> NativeRows::snapshot()
{
    BLAZE_TRY_VALUE(auto view, m_newest());
    return std::shared_ptr<const storage::RowSnapshot>(std::make_shared<NativeRowSnapshot>(std::move(view)));
}

void NativeRecordTrees::describe(SnapshotView& view) const
{
    const NativeRowSnapshot& native = nativeOf(view);
    view.reading = native.readingOf(native.documents().collection(model::kDefaultCollection), false);
}

Result<void> NativeRecordTrees::narrow(SnapshotView& view, const model::Query& query) const
{
    const NativeRowSnapshot& native = nativeOf(view);
    const documents::CollectionView* collection = native.documents().collection(query.collection);
    const bool isOneCollection = collection != nullptr && query.collection != model::kDefaultCollection;
    if (collection == nullptr) collection = native.documents().collection(model::kDefaultCollection);
    view.records = native.rowsOf(collection);
    view.reading = native.readingOf(collection, isOneCollection);
    if (collection == nullptr || query.filter.isAll()) return {};
    BLAZE_TRY_VALUE(const auto choice, chooseIndex(*collection, query.filter));
    if (!choice) return {};
    BLAZE_TRY_VALUE(auto keys, keysOf(*choice));
    view.index = "on " + choice->index->field() + ", " + std::to_string(choice->keys) + " of " + std::to_string(collection->count()) + " records";
    view.own = std::make_shared<ChosenRows>(*view.records, std::move(keys));
    view.records = view.own.get();
    return {};
}

Result<void> NativeRecordTrees::find(SnapshotView& view, const model::Uuid& id) const
{
    const NativeRowSnapshot& native = nativeOf(view);
    BLAZE_TRY_VALUE(const documents::CollectionView* const collection, native.documents().collectionOf(id));
    if (collection == nullptr) return {}; // not found among any rows
    view.records = native.rowsOf(collection);
    view.reading = native.readingOf(collection, collection->name() != model::kDefaultCollection);
    return {};
}

std::vector<std::string> NativeRecordTrees::collections(const SnapshotView& view) const
{
    std::vector<std::string> names;
    for (const documents::CollectionView& collection : nativeOf(view).documents().collections())
        if (collection.name() != model::kDefaultCollection) names.push_back(collection.name());
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::optional<api::ValuePart>> NativeRecordTrees::readPart(const SnapshotView& view, const api::ValueRef& value, api::ByteRange range) const
{
    const auto none = std::optional<api::ValuePart>();
    BLAZE_TRY_VALUE(const documents::CollectionView* const collection, nativeOf(view).documents().collectionOf(value.id));
    if (collection == nullptr) return none;
    BLAZE_TRY_VALUE(const auto document, collection->find(value.id));
    const auto number = fieldIn(document->row(), collection->names(), value.field);
    if (!number) return none;
    BLAZE_TRY_VALUE(const auto span, document->row().span(*document->row().find(*number)));
    Bytes tag(kTagBytes);
    BLAZE_TRY(document->readPart(span.begin, tag));
    const codec::row::Tag kind{static_cast<std::uint8_t>(tag[0])};
    if (kind != codec::row::Tag::Text && kind != codec::row::Tag::Data) return none;

    api::ValuePart part;
    part.kind = kind == codec::row::Tag::Text ? model::ValueKind::Text : model::ValueKind::Data;
    part.wholeBytes = span.size() - kTagBytes;
    const std::uint64_t offset = std::min(range.offset, part.wholeBytes);
    const std::uint64_t count = std::min(range.count, part.wholeBytes - offset);
    // Some more, to see whether the part ends between two scalars.
    part.bytes.resize(static_cast<std::size_t>(std::min(count + kContinuationsMax, part.wholeBytes - offset)));
    BLAZE_TRY_VALUE(const std::size_t there, document->readPart(span.begin + kTagBytes + offset, part.bytes));
    if (there != part.bytes.size()) return Error{ErrorCode::Corruption, "record " + value.id.toString() + " is cut off"};
    const std::size_t kept = kind == codec::row::Tag::Text ? cutText(part.bytes, {0, count}).size() : static_cast<std::size_t>(count);
    part.bytes.resize(kept);
    return std::optional(std::move(part));
}

} // namespace blazedb::local
