// Ours: a collection in one encrypted file, with an index on assignee.
#include <optional>
#include <thread>
#include <type_traits>

#include "engine/base/exclusive_file.h"
#include "engine/codec/row_field_source.h"
#include "engine/documents/document_store.h"
#include "engine/model/predicate.h"
#include "tests/bench/engine/opponent.h"

namespace blazedb::bench {
namespace {

constexpr const char* kCollection = "documents";

template <typename T>
T must(Result<T> result)
{
    if (!result) fail(result.error().message);
    return *std::move(result);
}

void must(Result<void> result)
{
    if (!result) fail(result.error().message);
}

model::Uuid uuidOf(const Id& id)
{
    model::Uuid uuid;
    for (std::size_t i = 0; i < id.size(); ++i) uuid.bytes[i] = std::to_integer<std::uint8_t>(id[i]);
    return uuid;
}

model::Record recordOf(Document&& document)
{
    using model::Value;
    model::Record record;
    record.id = uuidOf(document.id);
    const auto add = [&record](const char* name, Value value) { record.fields.push_back({name, std::move(value), 0}); };
    model::Array tags;
    for (std::string& tag : document.tags) tags.emplace_back(std::move(tag));
    add("assignee", Value(std::move(document.assignee)));
    add("createdAt", Value(document.createdAt));
    add("description", Value(std::move(document.description)));
    add("estimate", Value(document.estimate));
    add("id", Value(record.id));
    add("isUrgent", Value(document.isUrgent));
    add("number", Value(document.number));
    add("priority", Value(document.priority));
    add("project", Value(std::move(document.project)));
    add("status", Value(std::move(document.status)));
    add("tags", Value(std::move(tags)));
    add("title", Value(std::move(document.title)));
    return record;
}

model::Expression filterExpression()
{
    return model::allOf({model::comparison(model::ExpressionKind::Equal, "status", model::Value(std::string(kFilterStatus))),
                         model::comparison(model::ExpressionKind::GreaterOrEqual, "priority", model::Value(kFilterPriorityMin))});
}

class BlazeReader final : public Reader {
public:
    explicit BlazeReader(documents::DocumentStore& store)
        : m_store(store)
        , m_filter(must(model::Predicate::compile(filterExpression())))
    {
    }
    void beginView() override { m_view = must(m_store.view()); }
    void endView() override { m_view.reset(); }
    std::int64_t read(const Id& id) override
    {
        return inView([&](const documents::CollectionView& collection) { return read(collection, numberField(collection), uuidOf(id)); });
    }
    Answer scan() override
    {
        return inView([&](const documents::CollectionView& collection) {
            const codec::FieldNumber field = numberField(collection);
            Answer answer;
            forEach(collection, [&](const codec::RowView& row, const documents::DocumentCursor& cursor) {
                copy(cursor.bytes());
                answer.add(number(row, field));
            });
            return answer;
        });
    }
    Answer filter() override
    {
        return inView([&](const documents::CollectionView& collection) {
            const codec::FieldNumber field = numberField(collection);
            codec::RowFieldSource source(collection.names());
            Answer answer;
            forEach(collection, [&](const codec::RowView& row, const documents::DocumentCursor& cursor) {
                source.move(cursor.id(), row);
                if (!m_filter.matches(source)) return;
                copy(cursor.bytes());
                answer.add(number(row, field));
            });
            return answer;
        });
    }
    Answer byAssignee(const std::string& assignee) override
    {
        return inView([&](const documents::CollectionView& collection) {
            const codec::FieldNumber field = numberField(collection);
            const auto ranges = index::rangesOf(model::comparison(model::ExpressionKind::Equal, "assignee", model::Value(assignee)));
            if (!ranges) fail("the index cannot answer an equality");
            Answer answer;
            for (const index::KeyRange& range : *ranges) {
                documents::IndexCursor ids = collection.readyIndex("assignee")->cursor(range);
                while (const auto id = must(ids.next())) answer.add(read(collection, field, *id));
            }
            return answer;
        });
    }

private:
    template <typename Work>
    std::invoke_result_t<Work, const documents::CollectionView&> inView(const Work& work)
    {
        const bool wasInView = m_view != nullptr;
        if (!wasInView) beginView();
        const auto answer = work(*m_view->collection(kCollection));
        if (!wasInView) endView();
        return answer;
    }
    template <typename Visit>
    static void forEach(const documents::CollectionView& collection, const Visit& visit)
    {
        documents::DocumentCursor cursor = collection.cursor();
        for (bool isOnDocument = must(cursor.first()); isOnDocument; isOnDocument = must(cursor.next())) visit(must(cursor.row()), cursor);
    }
    /// Names keep their numbers as long as the file is open.
    codec::FieldNumber numberField(const documents::CollectionView& collection)
    {
        if (!m_numberField) m_numberField = collection.names().find("number");
        return m_numberField.value();
    }
    static std::int64_t number(const codec::RowView& row, codec::FieldNumber field)
    {
        const auto place = row.find(field);
        if (!place) fail("a document came back without its number");
        return must(row.value(*place)).integer();
    }
    std::int64_t read(const documents::CollectionView& collection, codec::FieldNumber field, const model::Uuid& id)
    {
        const auto found = must(collection.find(id));
        if (!found) fail("a document is missing");
        copy(found->bytes());
        return number(found->row(), field);
    }
    void copy(ByteView row) { m_copy.assign(row.begin(), row.end()); }

    documents::DocumentStore& m_store;
    model::Predicate m_filter;
    std::shared_ptr<const documents::DocumentView> m_view;
    std::optional<codec::FieldNumber> m_numberField;
    Bytes m_copy;
};

class BlazeOpponent final : public Opponent {
public:
    [[nodiscard]] std::string version() const override { return "this build"; }
    [[nodiscard]] std::string settings() const override
    {
        return "AES-256-GCM, durability Synced, cache 64 MiB, checkpoints by a thread of its own, one password slot (PBKDF2, 1 round: its cost is not measured)";
    }

    void create(const std::string& folder) override
    {
        start(must(storage::NativeStore::create(must(openExclusive(pathIn(folder), OpenMode::CreateNew)), password(), storage::Pbkdf2Cost{1}, {})));
        must(m_documents->createIndex(kCollection, "assignee"));
    }
    void open(const std::string& folder) override
    {
        start(must(storage::NativeStore::open(must(openExclusive(pathIn(folder), OpenMode::Existing)), password(), storage::Access::ReadWrite, {})));
    }
    void close() override
    {
        m_maintenance = {};
        m_documents.reset();
        m_transactions.reset();
        must(m_store->close());
        m_store.reset();
    }
    void stage(std::vector<Document> documents) override
    {
        m_records.clear();
        m_records.reserve(documents.size());
        for (Document& document : documents) m_records.push_back(recordOf(std::move(document)));
    }
    void insert(std::size_t first, std::size_t count) override
    {
        // Everything at once is what Bulk is for; batches are ordinary transactions.
        const bool isBulk = count > 10'000;
        const auto transaction = must(m_documents->begin(isBulk ? txn::Isolation::Bulk : txn::Isolation::Snapshot));
        for (std::size_t i = first; i < first + count; ++i) must(transaction->insert(kCollection, m_records[i]));
        must(transaction->commit());
    }
    std::unique_ptr<Reader> reader() override { return std::make_unique<BlazeReader>(*m_documents); }

private:
    static std::string pathIn(const std::string& folder) { return folder + "/bench.blaze"; }
    static storage::Credential password() { return storage::Password{SecureBytes::fromText("bench")}; }

    void start(std::unique_ptr<storage::NativeStore> store)
    {
        m_store = std::move(store);
        m_transactions = std::make_unique<txn::Transactions>(*m_store, systemClock());
        m_documents = must(documents::DocumentStore::open(*m_store, *m_transactions));
        m_maintenance = std::jthread([this](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                if (m_store->wantsCheckpoint()) must(m_store->checkpoint());
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        });
    }

    std::unique_ptr<storage::NativeStore> m_store;
    std::unique_ptr<txn::Transactions> m_transactions;
    std::unique_ptr<documents::DocumentStore> m_documents;
    std::vector<model::Record> m_records;
    std::jthread m_maintenance; ///< Last: it ends first.
};

} // namespace

std::vector<std::string> opponentNames()
{
    return {"blaze"};
}

std::unique_ptr<Opponent> makeOpponent(const std::string& /*name*/)
{
    return std::make_unique<BlazeOpponent>();
}

} // namespace blazedb::bench
