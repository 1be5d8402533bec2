// How long a user waits: each figure beside its bar, on families of our own writer with random ids, page cache warm.
// Fails when a bar is missed. The peer of a wrong password is one key derivation on this machine, in this run.
#include <algorithm>
#include <filesystem>
#include <random>
#include <thread>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <stdlib.h>

#include "engine/api/records.h"
#include "engine/api/upkeep.h"
#include "engine/base/random.h"
#include "engine/codec/typed_json.h"
#include "engine/crypto/key_derivation.h"
#include "engine/format28/family_writer.h"
#include "engine/local/opener.h"
#include "tests/bench/bench_tools.h"
#include "tests/bench/follow_bench.h"
#include "tests/bench/search_bench.h"

using namespace blazedb;
using namespace blazedb::bench;

namespace {

double derivation()
{
    const Bytes salt(16, std::byte{7});
    return seconds([&] { static_cast<void>(crypto::pbkdf2Sha256(asBytes(std::string_view(kPassword)), salt, 600'000)); });
}

/// The peer of a full check: reading the page file through and decrypting as many bytes with OpenSSL, in large pieces.
double catPlusAes(const std::string& path)
{
    constexpr std::size_t kPieceBytes = 256 * 1024;
    const auto file = need(localFileSystem().openForReading(path));
    Bytes piece(kPieceBytes);
    Bytes plain(kPieceBytes + 16);
    const Bytes key(32, std::byte{7});
    EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
    const double taken = seconds([&] {
        EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nullptr, reinterpret_cast<const unsigned char*>(key.data()), reinterpret_cast<const unsigned char*>(key.data()));
        std::uint64_t offset = 0;
        for (;;) {
            const std::size_t got = need(file->readAt(offset, piece));
            int written = 0;
            EVP_DecryptUpdate(context, reinterpret_cast<unsigned char*>(plain.data()), &written, reinterpret_cast<const unsigned char*>(piece.data()), static_cast<int>(got));
            offset += got;
            if (got < piece.size()) break;
        }
    });
    EVP_CIPHER_CTX_free(context);
    return taken;
}

/// Records of 60 kB: main pages with chains of overflow pages.
std::string writeLongRecords(const std::string& folder, int count)
{
    const std::string path = fmt::format("{}/bench-long.blazedb", folder);
    auto writer = need(format28::FamilyWriter::create(localFileSystem(), systemClock(), systemRandom(), {path, SecureBytes::fromText(kPassword), {}}));
    std::mt19937_64 random(29);
    for (int i = 0; i < count; ++i) {
        model::Record record;
        for (auto& byte : record.id.bytes) byte = static_cast<std::uint8_t>(random());
        record.fields = {{"text", model::Value(std::string(60'000, static_cast<char>('a' + i % 26)))}};
        if (const auto added = writer->add(record); !added) std::exit(1);
    }
    if (const auto finished = writer->finish(); !finished) std::exit(1);
    return path;
}

/// Both in turns, and the best of each: what else the machine does then falls on both or on none.
void reportFullCheck(const char* what, const std::string& path)
{
    constexpr int kRounds = 9;
    const auto source = openFamily(path);
    double peer = 1e9;
    double check = 1e9;
    for (int round = 0; round < kRounds; ++round) {
        peer = std::min(peer, catPlusAes(path));
        check = std::min(check, seconds([&] {
            if (!need(source->upkeep()->verify({}, api::VerifyDepth::Full)).isSound()) std::exit(1);
        }));
    }
    fmt::print("{}: {:.3f} s, cat plus AES of the file {:.3f} s\n", what, check, peer);
    report(what, check / peer, 2.0, "x");
}

void measureFullChecks(const std::string& large, const std::string& folder)
{
    reportFullCheck("full check of 100,000 records, in cat plus AES", large);
    reportFullCheck("full check of 60 kB records, in cat plus AES", writeLongRecords(folder, 4000));
}

std::uint64_t readAll(api::DataSource& source)
{
    std::string text;
    std::uint64_t records = 0;
    for (std::uint64_t first = 0;; first += 256) {
        const api::RecordWindow window = need(source.records().query({}, {}, {first, 256, api::kWholeValues}));
        text.clear();
        for (const api::RecordRow& row : window.rows) codec::appendTypedJson(text, row.record);
        records += window.rows.size();
        if (window.rows.size() < 256) return records;
    }
}

void measureWriter(const std::string& folder)
{
    const bench::WriterSlowdown slowdown = bench::measureWriterSlowdown(folder);
    report("the same: an update by the app takes longer by", slowdown.updatePercent, 2, "%");
    report("the same: an insert by the app takes longer by", slowdown.insertPercent, 2, "%");
}

void measureFollowing(const std::string& folder)
{
    const bench::FollowFigures shown = bench::measureFollowing(folder, bench::Watching::Visible);
    report("following 500 updates + 3 inserts/s, window visible: CPU", shown.coreShare * 100, 25, "%");
    report("the same: a visible change is shown, p99", shown.delayMsP99, 1'000, "ms");
    const bench::FollowFigures hidden = bench::measureFollowing(folder, bench::Watching::Hidden);
    report("the same, window hidden: CPU", hidden.coreShare * 100, 10, "%");
    measureWriter(folder);
}

void reportSearch(const std::string& folder)
{
    const bench::SearchFigures figures = bench::measureSearch(folder);
    fmt::print("searching a home folder of 100,000 files takes {:.2f} s\n", figures.wholeSeconds);
    report("search of 100,000 files: the first database", figures.firstMs, 100, "ms");
    if (figures.cancelMsMax) report("cancel of that search", *figures.cancelMsMax, 100, "ms");
    else reportMissing("cancel of that search", "it had ended before each cancel");
}

} // namespace

int main(int argc, char** argv)
{
    std::string pattern = (std::filesystem::temp_directory_path() / "blazedb-bench-XXXXXX").string();
    const char* folder = ::mkdtemp(pattern.data());
    if (!folder) return 1;
    const std::string_view only = argc > 1 ? argv[1] : "";
    if (only == "follow" || only == "writer" || only == "check") { // that alone
        if (only == "follow") measureFollowing(folder);
        else if (only == "writer") measureWriter(folder);
        else measureFullChecks(writeFamily(folder, 100'000), folder);
        std::filesystem::remove_all(folder);
        return exitCode();
    }
    if (argc > 1 && std::string_view(argv[1]) == "search") { // that alone
        reportSearch(folder);
        std::filesystem::remove_all(folder);
        return exitCode();
    }
    const std::string small = writeFamily(folder, 10'000);
    std::string large;
    const double written = seconds([&] { large = writeFamily(folder, 100'000); });
    fmt::print("writing 100,000 records takes {:.2f} s\n", written);

    const double key = median(derivation);
    fmt::print("one key derivation takes {:.3f} s\n", key);
    local::Opener opener;
    report("a wrong password, in derivations", median([&] {
               return seconds([&] { static_cast<void>(opener.open({}, {small, SecureBytes::fromText("Not-The-Password-1"), local::OpenMode::Observe})); });
           }) / key, 1.4, "x");

    const auto opening = [&](const std::string& path) {
        return std::max(0.0, median([&] {
            return seconds([&] {
                const auto source = openFamily(path);
                static_cast<void>(need(source->records().query({}, {}, {})));
            });
        }) - key);
    };
    report("opening beyond the key to the first rows, 10,000 records", opening(small) * 1e3, 60, "ms");
    report("opening beyond the key to the first rows, 100,000 records", opening(large) * 1e3, 300, "ms");

    report("export of 10,000 records beyond the key", median([&] {
               const auto source = openFamily(small);
               return seconds([&] { static_cast<void>(readAll(*source)); });
           }) * 1e3, 150, "ms");

    const auto source = openFamily(large);
    int turn = 0;
    report("filter without index over 100,000 records", median([&] {
               model::Query query;
               query.filter = model::comparison(model::ExpressionKind::Greater, "number", model::Value(std::int64_t{500'000 + turn++}));
               return seconds([&] { static_cast<void>(need(source->records().count({}, query))); });
           }), 0.4, "s");
    report("the same sorted by one field", median([&] {
               model::Query query;
               query.filter = model::comparison(model::ExpressionKind::Greater, "number", model::Value(std::int64_t{500'000 + turn++}));
               query.order = {{"title", false}};
               return seconds([&] { static_cast<void>(need(source->records().query({}, query, {}))); });
           }), 0.8, "s");
    report("cancel of a sorted query", median([&] {
               model::Query query;
               query.order = {{"title", turn++ % 2 == 0}, {"number", false}};
               query.filter = model::comparison(model::ExpressionKind::Greater, "number", model::Value(std::int64_t{turn}));
               std::stop_source stop;
               api::CallContext context;
               context.stop = stop.get_token();
               std::jthread worker([&] { static_cast<void>(source->records().query(context, query, {})); });
               std::this_thread::sleep_for(std::chrono::milliseconds(60));
               return seconds([&] {
                   stop.request_stop();
                   worker.join();
               });
           }) * 1e3, 100, "ms");
    measureFullChecks(large, folder);
    std::stop_source stopCheck;
    api::CallContext stoppable;
    stoppable.stop = stopCheck.get_token();
    report("cancel of a full check", [&] {
        std::jthread worker([&] { static_cast<void>(source->upkeep()->verify(stoppable, api::VerifyDepth::Full)); });
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        return seconds([&] {
            stopCheck.request_stop();
            worker.join();
        });
    }() * 1e3, 100, "ms");
    const double before = residentMegabytes();
    static_cast<void>(readAll(*source));
    report("memory that reading 100,000 records adds", residentMegabytes() - before, 48, "MB");
    measureFollowing(folder);
    reportSearch(folder);
    std::filesystem::remove_all(folder);
    return exitCode();
}
