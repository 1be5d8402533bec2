// LMDB: a database of documents by id, and one of ids by assignee with sorted duplicates of fixed size.
#include <cstring>

#include <lmdb.h>

#include "tests/bench/engine/json_document.h"
#include "tests/bench/engine/opponent.h"

namespace blazedb::bench {
namespace {

constexpr std::size_t kMapBytes = std::size_t{64} << 30;

void check(int code, const char* what)
{
    if (code != MDB_SUCCESS) fail(std::string(what) + ": " + mdb_strerror(code));
}

MDB_val valueOf(const void* bytes, std::size_t size)
{
    return {size, const_cast<void*>(bytes)};
}

std::string_view textOf(const MDB_val& value)
{
    return {static_cast<const char*>(value.mv_data), value.mv_size};
}

struct Databases {
    MDB_env* environment = nullptr;
    MDB_dbi documents = 0;
    MDB_dbi byAssignee = 0;
};

class LmdbReader final : public Reader {
public:
    explicit LmdbReader(const Databases& databases)
        : m_databases(databases)
    {
        check(mdb_txn_begin(m_databases.environment, nullptr, MDB_RDONLY, &m_transaction), "begin");
        check(mdb_cursor_open(m_transaction, m_databases.documents, &m_documents), "cursor");
        check(mdb_cursor_open(m_transaction, m_databases.byAssignee, &m_byAssignee), "cursor");
        mdb_txn_reset(m_transaction);
    }
    ~LmdbReader() override
    {
        mdb_cursor_close(m_documents);
        mdb_cursor_close(m_byAssignee);
        mdb_txn_abort(m_transaction);
    }
    void beginView() override
    {
        check(mdb_txn_renew(m_transaction), "renew");
        check(mdb_cursor_renew(m_transaction, m_documents), "renew");
        check(mdb_cursor_renew(m_transaction, m_byAssignee), "renew");
        m_isInView = true;
    }
    void endView() override
    {
        mdb_txn_reset(m_transaction);
        m_isInView = false;
    }
    std::int64_t read(const Id& id) override
    {
        if (!m_isInView) check(mdb_txn_renew(m_transaction), "renew");
        copyDocument(valueOf(id.data(), id.size()));
        if (!m_isInView) mdb_txn_reset(m_transaction);
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
        const bool wasInView = m_isInView;
        if (!wasInView) beginView();
        Answer answer;
        MDB_val key = valueOf(assignee.data(), assignee.size());
        MDB_val ids{};
        int code = mdb_cursor_get(m_byAssignee, &key, &ids, MDB_SET);
        if (code == MDB_SUCCESS) code = mdb_cursor_get(m_byAssignee, &key, &ids, MDB_GET_MULTIPLE);
        for (; code == MDB_SUCCESS; code = mdb_cursor_get(m_byAssignee, &key, &ids, MDB_NEXT_MULTIPLE)) {
            for (std::size_t at = 0; at < ids.mv_size; at += sizeof(Id)) {
                copyDocument(valueOf(static_cast<const char*>(ids.mv_data) + at, sizeof(Id)));
                answer.add(m_document.number());
            }
        }
        if (code != MDB_NOTFOUND) check(code, "index");
        if (!wasInView) endView();
        return answer;
    }

private:
    void copyDocument(MDB_val id)
    {
        MDB_val value{};
        check(mdb_get(m_transaction, m_databases.documents, &id, &value), "get");
        m_document.copy(textOf(value));
    }
    template <typename Visit>
    void forEach(const Visit& visit)
    {
        const bool wasInView = m_isInView;
        if (!wasInView) beginView();
        MDB_val key{};
        MDB_val value{};
        int code = mdb_cursor_get(m_documents, &key, &value, MDB_FIRST);
        for (; code == MDB_SUCCESS; code = mdb_cursor_get(m_documents, &key, &value, MDB_NEXT)) {
            m_document.copy(textOf(value));
            visit();
        }
        if (code != MDB_NOTFOUND) check(code, "scan");
        if (!wasInView) endView();
    }

    Databases m_databases;
    MDB_txn* m_transaction = nullptr;
    MDB_cursor* m_documents = nullptr;
    MDB_cursor* m_byAssignee = nullptr;
    bool m_isInView = false;
    JsonDocument m_document;
};

class LmdbOpponent final : public Opponent {
public:
    [[nodiscard]] std::string version() const override { return std::to_string(MDB_VERSION_MAJOR) + "." + std::to_string(MDB_VERSION_MINOR) + "." + std::to_string(MDB_VERSION_PATCH); }
    [[nodiscard]] std::string settings() const override
    {
        return "default durability; index as sorted duplicates of fixed size; read transactions renewed, a transaction a thread; its cache is the page "
               "cache of the system";
    }

    void create(const std::string& folder) override { open(folder); }
    void open(const std::string& folder) override
    {
        check(mdb_env_create(&m_databases.environment), "create");
        check(mdb_env_set_mapsize(m_databases.environment, kMapBytes), "map size");
        check(mdb_env_set_maxdbs(m_databases.environment, 2), "databases");
        check(mdb_env_open(m_databases.environment, folder.c_str(), MDB_NOTLS, 0600), "open");
        MDB_txn* transaction = nullptr;
        check(mdb_txn_begin(m_databases.environment, nullptr, 0, &transaction), "begin");
        check(mdb_dbi_open(transaction, "documents", MDB_CREATE, &m_databases.documents), "documents");
        check(mdb_dbi_open(transaction, "by assignee", MDB_CREATE | MDB_DUPSORT | MDB_DUPFIXED, &m_databases.byAssignee), "index");
        check(mdb_txn_commit(transaction), "commit");
    }
    void close() override { mdb_env_close(m_databases.environment); }
    void stage(std::vector<Document> documents) override { m_documents = std::move(documents); }
    void insert(std::size_t first, std::size_t count) override
    {
        MDB_txn* transaction = nullptr;
        check(mdb_txn_begin(m_databases.environment, nullptr, 0, &transaction), "begin");
        MDB_cursor* documents = nullptr;
        MDB_cursor* byAssignee = nullptr;
        check(mdb_cursor_open(transaction, m_databases.documents, &documents), "cursor");
        check(mdb_cursor_open(transaction, m_databases.byAssignee, &byAssignee), "cursor");
        for (std::size_t i = first; i < first + count; ++i) {
            const Document& document = m_documents[i];
            MDB_val id = valueOf(document.id.data(), document.id.size());
            MDB_val json = valueOf(document.json.data(), document.json.size());
            MDB_val assignee = valueOf(document.assignee.data(), document.assignee.size());
            check(mdb_cursor_put(documents, &id, &json, MDB_NOOVERWRITE), "put");
            check(mdb_cursor_put(byAssignee, &assignee, &id, 0), "put");
        }
        mdb_cursor_close(documents);
        mdb_cursor_close(byAssignee);
        check(mdb_txn_commit(transaction), "commit");
    }
    std::unique_ptr<Reader> reader() override { return std::make_unique<LmdbReader>(m_databases); }

private:
    Databases m_databases;
    std::vector<Document> m_documents;
};

} // namespace

std::vector<std::string> opponentNames()
{
    return {"lmdb"};
}

std::unique_ptr<Opponent> makeOpponent(const std::string& /*name*/)
{
    return std::make_unique<LmdbOpponent>();
}

} // namespace blazedb::bench
