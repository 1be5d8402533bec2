// RocksDB: a column family of documents by id, and one of assignee and id without values.
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/version.h>

#include "tests/bench/engine/json_document.h"
#include "tests/bench/engine/opponent.h"

namespace blazedb::bench {
namespace {

void check(const rocksdb::Status& status)
{
    if (!status.ok()) fail(status.ToString());
}

rocksdb::Slice sliceOf(const Id& id)
{
    return {reinterpret_cast<const char*>(id.data()), id.size()};
}

std::string_view textOf(const rocksdb::Slice& slice)
{
    return {slice.data(), slice.size()};
}

struct Families {
    rocksdb::DB* database = nullptr;
    rocksdb::ColumnFamilyHandle* documents = nullptr;
    rocksdb::ColumnFamilyHandle* byAssignee = nullptr;
};

class RocksReader final : public Reader {
public:
    explicit RocksReader(const Families& families)
        : m_families(families)
    {
    }
    void beginView() override { m_options.snapshot = m_families.database->GetSnapshot(); }
    void endView() override { m_families.database->ReleaseSnapshot(std::exchange(m_options.snapshot, nullptr)); }
    std::int64_t read(const Id& id) override
    {
        m_value.Reset();
        check(m_families.database->Get(m_options, m_families.documents, sliceOf(id), &m_value));
        m_document.copy(textOf(m_value));
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
        // An iterator has a view of its own; the documents are then read from the same one.
        const bool wasInView = m_options.snapshot != nullptr;
        if (!wasInView) beginView();
        m_keys.clear();
        const std::string from = assignee + '\0';
        const std::string to = assignee + '\1';
        const rocksdb::Slice end(to);
        rocksdb::ReadOptions options = m_options;
        options.iterate_upper_bound = &end;
        const std::unique_ptr<rocksdb::Iterator> row(m_families.database->NewIterator(options, m_families.byAssignee));
        for (row->Seek(from); row->Valid(); row->Next()) m_keys.emplace_back(row->key().data() + from.size(), sizeof(Id));
        check(row->status());

        Answer answer;
        const std::vector<rocksdb::Slice> keys(m_keys.begin(), m_keys.end());
        std::vector<rocksdb::PinnableSlice> values(keys.size());
        std::vector<rocksdb::Status> states(keys.size());
        m_families.database->MultiGet(m_options, m_families.documents, keys.size(), keys.data(), values.data(), states.data());
        for (std::size_t i = 0; i < keys.size(); ++i) {
            check(states[i]);
            m_document.copy(textOf(values[i]));
            answer.add(m_document.number());
        }
        if (!wasInView) endView();
        return answer;
    }

private:
    template <typename Visit>
    void forEach(const Visit& visit)
    {
        rocksdb::ReadOptions options = m_options;
        options.readahead_size = std::size_t{2} << 20;
        const std::unique_ptr<rocksdb::Iterator> row(m_families.database->NewIterator(options, m_families.documents));
        for (row->SeekToFirst(); row->Valid(); row->Next()) {
            m_document.copy(textOf(row->value()));
            visit();
        }
        check(row->status());
    }

    Families m_families;
    rocksdb::ReadOptions m_options;
    rocksdb::PinnableSlice m_value;
    std::vector<std::string> m_keys;
    JsonDocument m_document;
};

class RocksOpponent final : public Opponent {
public:
    [[nodiscard]] std::string version() const override
    {
        return std::to_string(ROCKSDB_MAJOR) + "." + std::to_string(ROCKSDB_MINOR) + "." + std::to_string(ROCKSDB_PATCH);
    }
    [[nodiscard]] std::string settings() const override
    {
        return "sync=true, two column families, block cache 64 MiB, Bloom filter of 10 bits, Snappy, MultiGet for the indexed query; the rest as it comes";
    }

    void create(const std::string& folder) override { open(folder); }
    void open(const std::string& folder) override
    {
        rocksdb::BlockBasedTableOptions table;
        table.block_cache = rocksdb::NewLRUCache(kCacheBytes);
        table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
        rocksdb::ColumnFamilyOptions family;
        family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
        family.compression = rocksdb::kSnappyCompression;
        rocksdb::DBOptions options;
        options.create_if_missing = true;
        options.create_missing_column_families = true;
        std::vector<rocksdb::ColumnFamilyHandle*> handles;
        check(rocksdb::DB::Open(options, folder, {{rocksdb::kDefaultColumnFamilyName, family}, {"by assignee", family}}, &handles, &m_families.database));
        m_families.documents = handles[0];
        m_families.byAssignee = handles[1];
    }
    void close() override
    {
        check(m_families.database->DestroyColumnFamilyHandle(m_families.documents));
        check(m_families.database->DestroyColumnFamilyHandle(m_families.byAssignee));
        check(m_families.database->Close());
        delete m_families.database;
        m_families = {};
    }
    void stage(std::vector<Document> documents) override { m_documents = std::move(documents); }
    void insert(std::size_t first, std::size_t count) override
    {
        rocksdb::WriteBatch batch;
        std::string key;
        for (std::size_t i = first; i < first + count; ++i) {
            const Document& document = m_documents[i];
            const rocksdb::Slice id = sliceOf(document.id);
            check(batch.Put(m_families.documents, id, document.json));
            key.assign(document.assignee).append(1, '\0').append(id.data(), id.size());
            check(batch.Put(m_families.byAssignee, key, {}));
        }
        rocksdb::WriteOptions options;
        options.sync = true;
        check(m_families.database->Write(options, &batch));
    }
    std::unique_ptr<Reader> reader() override { return std::make_unique<RocksReader>(m_families); }

private:
    Families m_families;
    std::vector<Document> m_documents;
};

} // namespace

std::vector<std::string> opponentNames()
{
    return {"rocksdb"};
}

std::unique_ptr<Opponent> makeOpponent(const std::string& /*name*/)
{
    return std::make_unique<RocksOpponent>();
}

} // namespace blazedb::bench
