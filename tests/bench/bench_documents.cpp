// Documents in a native file, by themselves: 100,000 of about 393 bytes of JSON under random ids, with an index of 200 values, on a real file.
// Prints a figure a line, cpu time in the calling thread; `blazedb_documents_bench [documents] [folder]`. The bars against peers are taken by `packaging/bench engine`.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <random>

#include "engine/base/exclusive_file.h"
#include "engine/codec/row_field_source.h"
#include "engine/codec/typed_json.h"
#include "engine/documents/document_store.h"
#include "engine/model/predicate.h"
#include "tests/bench/bench_tools.h"

using namespace blazedb;
using bench::need;
using model::Value;

namespace {

/// Cpu time of this thread: what others do on the machine counts little, and waiting for the disk not at all.
struct Clock {
    using time_point = double;
    static time_point now()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
    }
};
constexpr const char* kCollection = "tickets";

double microseconds(Clock::time_point from)
{
    return Clock::now() - from;
}

std::vector<model::Record> makeRecords(std::size_t count)
{
    static const char* const kWords[] = {"window", "crash", "after", "opening", "large", "file", "button", "shows", "wrong", "colour", "export", "fails",
                                         "when", "disk", "is", "full", "the", "user", "cannot", "see", "list", "of", "open", "tabs", "again", "slow"};
    std::mt19937_64 random(7);
    const auto word = [&] { return std::string(kWords[random() % std::size(kWords)]); };
    std::vector<model::Record> records(count);
    for (model::Record& record : records) {
        for (std::uint8_t& byte : record.id.bytes) byte = static_cast<std::uint8_t>(random());
        std::string text = word();
        while (text.size() < 150) text += " " + word();
        const auto field = [&](const char* name, Value value) { record.fields.push_back({name, std::move(value), 0}); };
        field("id", Value(record.id));
        field("title", Value(word() + " " + word() + " " + word()));
        field("status", Value(std::string(random() % 3 == 0 ? "open" : random() % 2 == 0 ? "closed" : "waiting")));
        field("priority", Value(static_cast<std::int64_t>(random() % 5)));
        field("assignee", Value("assignee-" + std::to_string(random() % 200)));
        field("createdAt", Value("2025-0" + std::to_string(1 + random() % 9) + "-11T10:20:30Z"));
        field("estimate", Value(static_cast<double>(random() % 1000) / 8));
        field("isDone", Value(random() % 2 == 0));
        field("votes", Value(static_cast<std::int64_t>(random() % 100'000)));
        field("text", Value(std::move(text)));
    }
    return records;
}

class Bench {
public:
    Bench(const std::string& folder, std::size_t count)
        : m_path(folder + "/documents.blaze")
        , m_records(makeRecords(count))
    {
        std::size_t bytes = 0;
        for (const model::Record& record : m_records) {
            model::Dictionary asValue;
            for (const model::Field& field : record.fields) asValue.push_back({field.name, field.value});
            bytes += codec::toTypedJson(Value(std::move(asValue))).size();
        }
        std::printf("%-36s %8.0f bytes of JSON a document\n", "documents", static_cast<double>(bytes) / static_cast<double>(m_records.size()));
    }

    void open(bool isNew)
    {
        if (isNew) std::filesystem::remove(m_path);
        auto file = need(openExclusive(m_path, isNew ? OpenMode::CreateNew : OpenMode::Existing));
        const storage::Credential password = storage::Password{SecureBytes::fromText("bench")};
        m_store = need(isNew ? storage::NativeStore::create(std::move(file), password, storage::Pbkdf2Cost{1}, {})
                             : storage::NativeStore::open(std::move(file), password, storage::Access::ReadWrite, {}));
        m_transactions = std::make_unique<txn::Transactions>(*m_store, systemClock(), txn::TransactionLimits{.keepsChanges = false});
        m_documents = need(documents::DocumentStore::open(*m_store, *m_transactions));
    }
    void close()
    {
        m_documents.reset();
        m_transactions.reset();
        need(m_store->close());
        m_store.reset();
    }

    void insert(std::size_t batch, txn::Isolation isolation, const char* name)
    {
        open(true);
        need(m_documents->createIndex(kCollection, "assignee"));
        const auto start = Clock::now();
        for (std::size_t at = 0; at < m_records.size(); at += batch) {
            const auto transaction = need(m_documents->begin(isolation));
            for (std::size_t i = at; i < std::min(at + batch, m_records.size()); ++i) need(transaction->insert(kCollection, m_records[i]));
            need(transaction->commit());
            if (m_store->wantsCheckpoint()) need(m_store->checkpoint());
        }
        const double perRow = microseconds(start) / static_cast<double>(m_records.size());
        close();
        std::printf("%-36s %8.2f us a document; %.0f bytes on disk each\n", name, perRow,
                    static_cast<double>(std::filesystem::file_size(m_path)) / static_cast<double>(m_records.size()));
    }

    void read()
    {
        open(false);
        const auto view = need(m_documents->view());
        const documents::CollectionView& tickets = *view->collection(kCollection);
        const codec::FieldNumber votes = *tickets.names().find("votes");
        const codec::FieldNumber priority = *tickets.names().find("priority");
        std::mt19937_64 random(8);
        for (const char* name : {"point read, cold", "point read, cached"}) {
            const auto start = Clock::now();
            constexpr int kReads = 200'000;
            std::int64_t sum = 0;
            for (int i = 0; i < kReads; ++i) {
                auto found = need(tickets.find(m_records[random() % m_records.size()].id));
                sum += need(found->value(votes))->integer();
            }
            std::printf("%-36s %8.3f us (%lld)\n", name, microseconds(start) / kReads, static_cast<long long>(sum));
        }
        {
            const auto start = Clock::now();
            constexpr int kReads = 100'000;
            std::int64_t sum = 0;
            for (int i = 0; i < kReads; ++i) {
                const auto newest = need(m_documents->view());
                auto found = need(newest->collection(kCollection)->find(m_records[random() % m_records.size()].id));
                sum += need(found->value(votes))->integer();
            }
            std::printf("%-36s %8.3f us (%lld)\n", "point read, a view for each", microseconds(start) / kReads, static_cast<long long>(sum));
        }
        for (int round = 0; round < 2; ++round) {
            const auto start = Clock::now();
            std::int64_t sum = 0;
            documents::DocumentCursor cursor = tickets.cursor();
            for (bool isOn = need(cursor.first()); isOn; isOn = need(cursor.next())) {
                const codec::RowView row = need(cursor.row());
                if (const auto index = row.find(priority)) sum += need(row.value(*index)).integer();
            }
            print("scan of one field", start, sum);
        }
        {
            const auto start = Clock::now();
            std::int64_t sum = 0;
            const auto predicate = need(model::Predicate::compile(model::allOf(
                {model::comparison(model::ExpressionKind::Equal, "status", Value(std::string("open"))),
                 model::comparison(model::ExpressionKind::GreaterOrEqual, "priority", Value(std::int64_t{3}))})));
            codec::RowFieldSource source(tickets.names());
            documents::DocumentCursor cursor = tickets.cursor();
            for (bool isOn = need(cursor.first()); isOn; isOn = need(cursor.next())) {
                source.move(cursor.id(), need(cursor.row()));
                if (predicate.matches(source)) ++sum;
            }
            print("filter on two fields", start, sum);
        }
        {
            const auto start = Clock::now();
            std::size_t fetched = 0;
            std::int64_t sum = 0;
            const documents::IndexView& index = *tickets.readyIndex("assignee");
            for (int value = 0; value < 200; ++value) {
                const auto ranges = index::rangesOf(model::comparison(model::ExpressionKind::Equal, "assignee", Value("assignee-" + std::to_string(value))));
                for (const index::KeyRange& range : *ranges) {
                    documents::IndexCursor ids = index.cursor(range);
                    while (const auto id = need(ids.next())) {
                        auto found = need(tickets.find(*id));
                        sum += need(found->value(votes))->integer();
                        ++fetched;
                    }
                }
            }
            std::printf("%-36s %8.1f us a query, %zu documents in all (%lld)\n", "indexed query, one field", microseconds(start) / 200, fetched,
                        static_cast<long long>(sum));
        }
        {
            const auto start = Clock::now();
            std::size_t fields = 0;
            documents::DocumentCursor cursor = tickets.cursor();
            for (bool isOn = need(cursor.first()); isOn; isOn = need(cursor.next())) fields += need(codec::decodeRow(cursor.id(), cursor.bytes(), tickets.names())).size();
            print("scan of whole records", start, static_cast<std::int64_t>(fields));
        }
        close();
    }

private:
    void print(const char* name, Clock::time_point start, std::int64_t sum) const
    {
        std::printf("%-36s %8.3f us a document (%lld)\n", name, microseconds(start) / static_cast<double>(m_records.size()), static_cast<long long>(sum));
    }

    std::string m_path;
    std::vector<model::Record> m_records;
    std::unique_ptr<storage::NativeStore> m_store;
    std::unique_ptr<txn::Transactions> m_transactions;
    std::unique_ptr<documents::DocumentStore> m_documents;
};

} // namespace

int main(int argc, char** argv)
{
    const std::size_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000;
    Bench bench(argc > 2 ? argv[2] : std::filesystem::current_path().string(), count);
    bench.insert(1'000, txn::Isolation::Snapshot, "durable batches of 1,000");
    bench.insert(count, txn::Isolation::Bulk, "one transaction");
    bench.read();
    return 0;
}
