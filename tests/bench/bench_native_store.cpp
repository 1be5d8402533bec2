// The native file form by itself: rows of 330 bytes under random 16-byte ids, with a secondary index of 200 values, on a real file.
// Prints a figure a line; `blazedb_store_bench [rows] [folder]`. Beside it, in the same run, what the disk takes for one overwrite and sync.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <thread>

#include "engine/base/exclusive_file.h"
#include "engine/storage/native_store.h"
#include "tests/bench/bench_tools.h"

using namespace blazedb;
using bench::need;
using namespace blazedb::storage;

namespace {

using Clock = std::chrono::steady_clock;

double microseconds(Clock::time_point from)
{
    return std::chrono::duration<double, std::micro>(Clock::now() - from).count();
}

struct Document {
    Bytes id = Bytes(16);
    Bytes indexKey; ///< Value of the indexed field, then the id.
    Bytes bytes;
};

std::vector<Document> makeDocuments(std::size_t count)
{
    std::mt19937_64 random(7);
    std::vector<Document> documents(count);
    for (Document& document : documents) {
        for (std::byte& byte : document.id) byte = static_cast<std::byte>(random());
        const std::string value = "assignee-" + std::to_string(random() % 200);
        const ByteView text = asBytes(value);
        document.indexKey.assign(text.begin(), text.end());
        document.indexKey.push_back(std::byte{0});
        document.indexKey.insert(document.indexKey.end(), document.id.begin(), document.id.end());
        document.bytes.resize(330);
        for (std::byte& byte : document.bytes) byte = static_cast<std::byte>('a' + random() % 26);
    }
    return documents;
}

class Bench {
public:
    Bench(std::string folder, std::size_t rows)
        : m_path(std::move(folder) + "/bench.blaze")
        , m_documents(makeDocuments(rows))
    {
    }

    void create()
    {
        std::filesystem::remove(m_path);
        m_store = need(NativeStore::create(need(openExclusive(m_path, OpenMode::CreateNew)), Password{SecureBytes::fromText("bench")}, Pbkdf2Cost{1}, {}));
        const auto batch = need(m_store->begin());
        m_rows = need(batch->openTree("rows"));
        m_index = need(batch->openTree("index"));
        need(batch->commit(Durability::Synced));
    }
    void close()
    {
        need(m_store->close());
        m_store.reset();
    }
    void put(WriteBatch& batch, const Document& document) const
    {
        need(batch.put(m_rows, document.id, document.bytes));
        need(batch.put(m_index, document.indexKey, {}));
    }

    void insertInBatches(std::size_t batchRows, const char* name)
    {
        create();
        const auto start = Clock::now();
        std::jthread background([this](const std::stop_token& stop) { checkpointWhenDue(stop); });
        for (std::size_t at = 0; at < m_documents.size(); at += batchRows) {
            const auto batch = need(m_store->begin());
            for (std::size_t i = at; i < std::min(at + batchRows, m_documents.size()); ++i) put(*batch, m_documents[i]);
            need(batch->commit(Durability::Synced));
        }
        const double perRow = microseconds(start) / static_cast<double>(m_documents.size());
        background.request_stop();
        background.join();
        const StoreFigures figures = m_store->figures();
        const auto closing = Clock::now();
        close();
        std::printf("%-36s %8.2f us a row; %llu syncs, %llu checkpoints, %.1f MB pages, %.1f MB log; close %.0f ms; %.0f bytes a row\n", name, perRow,
                    static_cast<unsigned long long>(figures.syncs), static_cast<unsigned long long>(figures.checkpoints),
                    static_cast<double>(figures.pagesWritten) * kPageBytes / 1e6, static_cast<double>(figures.logBytesWritten) / 1e6,
                    microseconds(closing) / 1000, static_cast<double>(std::filesystem::file_size(m_path)) / static_cast<double>(m_documents.size()));
    }

    void insertOneByOne(std::size_t count)
    {
        create();
        std::vector<double> times;
        for (std::size_t i = 0; i < std::min(count, m_documents.size()); ++i) {
            const auto start = Clock::now();
            const auto batch = need(m_store->begin());
            put(*batch, m_documents[i]);
            need(batch->commit(Durability::Synced));
            times.push_back(microseconds(start));
        }
        close();
        print("durable insert one by one", times);
    }

    void overwriteAndSync(std::size_t count)
    {
        const std::string path = m_path + ".raw";
        std::filesystem::remove(path);
        const auto file = need(openExclusive(path, OpenMode::CreateNew));
        const Bytes zeros(std::size_t{8} << 20);
        need(file->writeAt(0, zeros));
        need(file->sync());
        std::vector<double> times;
        for (std::size_t i = 0; i < count; ++i) {
            const auto start = Clock::now();
            need(file->writeAt(i % 2048 * 4096, ByteView(zeros).first(4096)));
            need(file->sync());
            times.push_back(microseconds(start));
        }
        std::filesystem::remove(path);
        print("4 KiB overwrite and sync", times);
    }

    void read()
    {
        const auto opening = Clock::now();
        m_store = need(NativeStore::open(need(openExclusive(m_path, OpenMode::Existing)), Password{SecureBytes::fromText("bench")}, Access::ReadWrite, {}));
        std::printf("%-36s %8.2f ms\n", "open", microseconds(opening) / 1000);
        const auto closing = Clock::now();
        close();
        std::printf("%-36s %8.2f ms, %.0f MB\n", "close", microseconds(closing) / 1000, static_cast<double>(std::filesystem::file_size(m_path)) / 1e6);
        m_store = need(NativeStore::open(need(openExclusive(m_path, OpenMode::Existing)), Password{SecureBytes::fromText("bench")}, Access::ReadWrite, {}));
        const auto snapshot = m_store->nativeSnapshot();
        const NativeTree& rows = *snapshot->tree("rows");
        const NativeTree& index = *snapshot->tree("index");
        std::mt19937_64 random(8);
        Bytes copy;
        for (const char* name : {"point read, cold", "point read, cached"}) {
            std::vector<double> times;
            const auto start = Clock::now();
            constexpr int kReads = 200'000;
            for (int i = 0; i < kReads; ++i) {
                const Document& document = m_documents[random() % m_documents.size()];
                const auto found = need(rows.find(document.id));
                copy.assign(found->bytes().begin(), found->bytes().end());
            }
            std::printf("%-36s %8.3f us\n", name, microseconds(start) / kReads);
        }
        for (int round = 0; round < 2; ++round) {
            const auto start = Clock::now();
            std::uint64_t sum = 0;
            TreeCursor cursor = rows.cursor();
            for (bool isOnRow = need(cursor.first()); isOnRow; isOnRow = need(cursor.next())) sum += std::to_integer<std::uint64_t>(cursor.rawValue().bytes[100]);
            std::printf("%-36s %8.3f us a row (%llu)\n", "scan, one byte", microseconds(start) / static_cast<double>(m_documents.size()),
                        static_cast<unsigned long long>(sum));
        }
        {
            const auto start = Clock::now();
            std::size_t fetched = 0;
            for (int value = 0; value < 200; ++value) {
                const std::string prefix = "assignee-" + std::to_string(value) + '\0';
                TreeCursor cursor = index.cursor();
                for (bool isOnRow = need(cursor.seek(asBytes(prefix))); isOnRow && asText(cursor.key()).starts_with(prefix); isOnRow = need(cursor.next())) {
                    const auto found = need(rows.find(cursor.key().last(16)));
                    copy.assign(found->bytes().begin(), found->bytes().end());
                    ++fetched;
                }
            }
            std::printf("%-36s %8.1f us a query, %zu rows in all\n", "indexed query", microseconds(start) / 200, fetched);
        }
        close();
    }

private:
    void checkpointWhenDue(const std::stop_token& stop)
    {
        while (!stop.stop_requested()) {
            if (m_store->wantsCheckpoint()) need(m_store->checkpoint());
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
    static void print(const char* name, std::vector<double>& times)
    {
        std::sort(times.begin(), times.end());
        std::printf("%-36s %8.1f us p50, %.1f us p99\n", name, times[times.size() / 2], times[times.size() * 99 / 100]);
    }

    std::string m_path;
    std::vector<Document> m_documents;
    std::unique_ptr<NativeStore> m_store;
    std::uint32_t m_rows = 0;
    std::uint32_t m_index = 0;
};

} // namespace

int main(int argc, char** argv)
{
    const std::size_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000;
    Bench bench(argc > 2 ? argv[2] : std::filesystem::current_path().string(), rows);
    bench.overwriteAndSync(2000);
    bench.insertOneByOne(3000);
    bench.insertInBatches(1000, "durable batches of 1,000");
    bench.insertInBatches(rows, "one transaction");
    bench.read();
    return 0;
}
