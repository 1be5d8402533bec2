// SQLite, and with BLAZEDB_BENCH_SQLCIPHER its encrypted form: a table of documents, by rowid with an index on the id or clustered by it.
#include <cstring>

#include <sqlite3.h>

#include "tests/bench/engine/json_document.h"
#include "tests/bench/engine/opponent.h"

namespace blazedb::bench {
namespace {

#ifdef BLAZEDB_BENCH_SQLCIPHER
constexpr const char* kFamily = "sqlcipher";
#else
constexpr const char* kFamily = "sqlite";
#endif

class Connection {
public:
    explicit Connection(const std::string& path)
    {
        // No mutex of its own: each thread has its own connection.
        constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        if (sqlite3_open_v2(path.c_str(), &m_handle, kFlags, nullptr) != SQLITE_OK) fail(sqlite3_errmsg(m_handle));
#ifdef BLAZEDB_BENCH_SQLCIPHER
        // A raw key: deriving one from a password is not what is measured. SQLCipher 3 has pages of 1 KiB unless told.
        run("PRAGMA key = \"x'2DD29CA851E7B56E4697B0E1F08507293D761A05CE4D1B628663F411A8086D99'\"");
        run("PRAGMA cipher_page_size = 4096");
#endif
        run("PRAGMA journal_mode = WAL");
        run("PRAGMA synchronous = FULL");
        run("PRAGMA cache_size = -65536");
        run("PRAGMA temp_store = MEMORY");
        sqlite3_busy_timeout(m_handle, 10'000);
    }
    ~Connection() { sqlite3_close(m_handle); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void run(const char* sql)
    {
        char* why = nullptr;
        if (sqlite3_exec(m_handle, sql, nullptr, nullptr, &why) != SQLITE_OK) fail(std::string(sql) + ": " + (why ? why : "?"));
    }
    [[nodiscard]] sqlite3* handle() const { return m_handle; }

private:
    sqlite3* m_handle = nullptr;
};

class Statement {
public:
    Statement(const Connection& connection, const char* sql)
        : m_connection(connection.handle())
    {
        if (sqlite3_prepare_v2(m_connection, sql, -1, &m_handle, nullptr) != SQLITE_OK) fail(sqlite3_errmsg(m_connection));
    }
    ~Statement() { sqlite3_finalize(m_handle); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& bind(int place, const Id& id)
    {
        sqlite3_bind_blob(m_handle, place, id.data(), static_cast<int>(id.size()), SQLITE_STATIC);
        return *this;
    }
    Statement& bind(int place, const std::string& text)
    {
        sqlite3_bind_text(m_handle, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
        return *this;
    }
    Statement& bindBlob(int place, const std::string& bytes)
    {
        sqlite3_bind_blob(m_handle, place, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
        return *this;
    }
    bool step()
    {
        const int code = sqlite3_step(m_handle);
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) fail(sqlite3_errmsg(m_connection));
        sqlite3_reset(m_handle);
        return false;
    }
    void reset() { sqlite3_reset(m_handle); }
    [[nodiscard]] std::string_view blob() const
    {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(m_handle, 0));
        return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_handle, 0))};
    }

private:
    sqlite3* m_connection;
    sqlite3_stmt* m_handle = nullptr;
};

class SqliteReader final : public Reader {
public:
    explicit SqliteReader(const std::string& path)
        : m_connection(path)
    {
    }
    void beginView() override { m_begin.step(); }
    void endView() override { m_commit.step(); }
    std::int64_t read(const Id& id) override
    {
        if (!m_byId.bind(1, id).step()) fail("a document is missing");
        m_document.copy(m_byId.blob());
        m_byId.reset();
        return m_document.number();
    }
    Answer scan() override { return addAll(m_all); }
    Answer byAssignee(const std::string& assignee) override { return addAll(m_byAssignee.bind(1, assignee)); }
    Answer filter() override
    {
        Answer answer;
        while (m_all.step()) {
            m_document.copy(m_all.blob());
            m_document.addIfFiltered(answer);
        }
        return answer;
    }

private:
    Answer addAll(Statement& statement)
    {
        Answer answer;
        while (statement.step()) {
            m_document.copy(statement.blob());
            answer.add(m_document.number());
        }
        return answer;
    }

    Connection m_connection;
    Statement m_begin{m_connection, "BEGIN"};
    Statement m_commit{m_connection, "COMMIT"};
    Statement m_byId{m_connection, "SELECT document FROM documents WHERE id = ?1"};
    Statement m_all{m_connection, "SELECT document FROM documents"};
    Statement m_byAssignee{m_connection, "SELECT document FROM documents WHERE assignee = ?1"};
    JsonDocument m_document;
};

class SqliteOpponent final : public Opponent {
public:
    explicit SqliteOpponent(bool isClustered)
        : m_isClustered(isClustered)
    {
        // Its statistics of memory cost a lock at every allocation.
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    }
    [[nodiscard]] std::string version() const override
    {
#ifdef BLAZEDB_BENCH_SQLCIPHER
        Connection connection(":memory:");
        Statement statement(connection, "PRAGMA cipher_version");
        if (!statement.step()) fail("this library does not encrypt");
        const std::string version = std::string(statement.blob()) + " (SQLite " + sqlite3_libversion() + ")";
        statement.reset();
        return version;
#else
        return sqlite3_libversion();
#endif
    }
    [[nodiscard]] std::string settings() const override
    {
        return std::string(m_isClustered ? "WITHOUT ROWID, primary key id" : "rowid table, unique index on id") +
               ", index on a column assignee; WAL, synchronous=FULL, cache_size=64 MiB a connection, no mutexes, a connection a thread, prepared statements"
#ifdef BLAZEDB_BENCH_SQLCIPHER
               ", raw key, cipher_page_size=4096"
#endif
            ;
    }

    void create(const std::string& folder) override
    {
        open(folder);
        m_connection->run(m_isClustered
                              ? "CREATE TABLE documents (id BLOB PRIMARY KEY NOT NULL, assignee TEXT NOT NULL, document BLOB NOT NULL) WITHOUT ROWID"
                              : "CREATE TABLE documents (id BLOB PRIMARY KEY NOT NULL, assignee TEXT NOT NULL, document BLOB NOT NULL)");
        m_connection->run("CREATE INDEX documents_by_assignee ON documents (assignee)");
        prepare();
    }
    void open(const std::string& folder) override
    {
        m_path = folder + "/bench.sqlite";
        m_connection = std::make_unique<Connection>(m_path);
        Statement tables(*m_connection, "SELECT name FROM sqlite_master");
        if (tables.step()) {
            tables.reset();
            prepare();
        }
    }
    void close() override
    {
        m_insert.reset();
        m_begin.reset();
        m_commit.reset();
        m_connection.reset();
    }
    void stage(std::vector<Document> documents) override { m_documents = std::move(documents); }
    void insert(std::size_t first, std::size_t count) override
    {
        if (count > 1) m_begin->step();
        for (std::size_t i = first; i < first + count; ++i)
            m_insert->bind(1, m_documents[i].id).bind(2, m_documents[i].assignee).bindBlob(3, m_documents[i].json).step();
        if (count > 1) m_commit->step();
    }
    std::unique_ptr<Reader> reader() override { return std::make_unique<SqliteReader>(m_path); }

private:
    void prepare()
    {
        m_insert = std::make_unique<Statement>(*m_connection, "INSERT INTO documents (id, assignee, document) VALUES (?1, ?2, ?3)");
        m_begin = std::make_unique<Statement>(*m_connection, "BEGIN IMMEDIATE");
        m_commit = std::make_unique<Statement>(*m_connection, "COMMIT");
    }

    bool m_isClustered;
    std::string m_path;
    std::unique_ptr<Connection> m_connection;
    std::unique_ptr<Statement> m_insert;
    std::unique_ptr<Statement> m_begin;
    std::unique_ptr<Statement> m_commit;
    std::vector<Document> m_documents;
};

} // namespace

std::vector<std::string> opponentNames()
{
    return {std::string(kFamily) + "-rowid", std::string(kFamily) + "-clustered"};
}

std::unique_ptr<Opponent> makeOpponent(const std::string& name)
{
    return std::make_unique<SqliteOpponent>(name.ends_with("-clustered"));
}

} // namespace blazedb::bench
