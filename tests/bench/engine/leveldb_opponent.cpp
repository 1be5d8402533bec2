// LevelDB: one database, keys 'd' id for documents and 'i' assignee, NUL, id for the index.
#include <leveldb/cache.h>
#include <leveldb/db.h>
#include <leveldb/filter_policy.h>
#include <leveldb/write_batch.h>

#include "tests/bench/engine/json_document.h"
#include "tests/bench/engine/opponent.h"

namespace blazedb::bench {
namespace {

void check(const leveldb::Status& status)
{
    if (!status.ok()) fail(status.ToString());
}

std::string_view textOf(const leveldb::Slice& slice)
{
    return {slice.data(), slice.size()};
}

void setDocumentKey(std::string& key, std::string_view id)
{
    key.assign(1, 'd').append(id);
}

std::string_view textOf(const Id& id)
{
    return {reinterpret_cast<const char*>(id.data()), id.size()};
}

class LevelReader final : public Reader {
public:
    explicit LevelReader(leveldb::DB& database)
        : m_database(database)
    {
    }
    void beginView() override { m_options.snapshot = m_database.GetSnapshot(); }
    void endView() override { m_database.ReleaseSnapshot(std::exchange(m_options.snapshot, nullptr)); }
    std::int64_t read(const Id& id) override
    {
        copyDocument(textOf(id));
        return m_document.number();
    }
    Answer scan() override
    {
        Answer answer;
        forEach([&] { answer.add(m_document.number()); });
        return answer;
    }
    Answer filter() override
    {
        Answer answer;
        forEach([&] { m_document.addIfFiltered(answer); });
        return answer;
    }
    Answer byAssignee(const std::string& assignee) override
    {
        const bool wasInView = m_options.snapshot != nullptr;
        if (!wasInView) beginView();
        Answer answer;
        const std::string from = 'i' + assignee + '\0';
        const std::unique_ptr<leveldb::Iterator> row(m_database.NewIterator(m_options));
        for (row->Seek(from); row->Valid() && row->key().starts_with(from); row->Next()) {
            copyDocument(textOf(row->key()).substr(from.size()));
            answer.add(m_document.number());
        }
        check(row->status());
        if (!wasInView) endView();
        return answer;
    }

private:
    void copyDocument(std::string_view id)
    {
        setDocumentKey(m_key, id);
        check(m_database.Get(m_options, m_key, &m_value));
        m_document.copy(m_value);
    }
    template <typename Visit>
    void forEach(const Visit& visit)
    {
        const std::unique_ptr<leveldb::Iterator> row(m_database.NewIterator(m_options));
        for (row->Seek("d"); row->Valid() && row->key()[0] == 'd'; row->Next()) {
            m_document.copy(textOf(row->value()));
            visit();
        }
        check(row->status());
    }

    leveldb::DB& m_database;
    leveldb::ReadOptions m_options;
    std::string m_key;
    std::string m_value;
    JsonDocument m_document;
};

class LevelOpponent final : public Opponent {
public:
    [[nodiscard]] std::string version() const override { return std::to_string(leveldb::kMajorVersion) + "." + std::to_string(leveldb::kMinorVersion); }
    [[nodiscard]] std::string settings() const override { return "sync=true, block cache 64 MiB, Bloom filter of 10 bits, Snappy; the rest as it comes"; }

    void create(const std::string& folder) override { open(folder); }
    void open(const std::string& folder) override
    {
        m_cache.reset(leveldb::NewLRUCache(kCacheBytes));
        m_bloom.reset(leveldb::NewBloomFilterPolicy(10));
        leveldb::Options options;
        options.create_if_missing = true;
        options.block_cache = m_cache.get();
        options.filter_policy = m_bloom.get();
        leveldb::DB* database = nullptr;
        check(leveldb::DB::Open(options, folder, &database));
        m_database.reset(database);
    }
    void close() override { m_database.reset(); }
    void stage(std::vector<Document> documents) override { m_documents = std::move(documents); }
    void insert(std::size_t first, std::size_t count) override
    {
        leveldb::WriteBatch batch;
        std::string key;
        for (std::size_t i = first; i < first + count; ++i) {
            const Document& document = m_documents[i];
            setDocumentKey(key, textOf(document.id));
            batch.Put(key, document.json);
            key.assign(1, 'i').append(document.assignee).append(1, '\0').append(textOf(document.id));
            batch.Put(key, {});
        }
        leveldb::WriteOptions options;
        options.sync = true;
        check(m_database->Write(options, &batch));
    }
    std::unique_ptr<Reader> reader() override { return std::make_unique<LevelReader>(*m_database); }

private:
    std::unique_ptr<leveldb::Cache> m_cache;
    std::unique_ptr<const leveldb::FilterPolicy> m_bloom;
    std::unique_ptr<leveldb::DB> m_database; ///< Behind what it borrows.
    std::vector<Document> m_documents;
};

} // namespace

std::vector<std::string> opponentNames()
{
    return {"leveldb"};
}

std::unique_ptr<Opponent> makeOpponent(const std::string& /*name*/)
{
    return std::make_unique<LevelOpponent>();
}

} // namespace blazedb::bench
