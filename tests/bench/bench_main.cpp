// How long a user waits: each figure beside its bar, on families of our own writer with random ids, page cache warm.
// Fails when a bar is missed. The peer of a wrong password is one key derivation on this machine, in this run.
#include <algorithm>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <stdlib.h>

#include "engine/api/records.h"
#include "engine/codec/typed_json.h"
#include "engine/crypto/key_derivation.h"
#include "engine/local/opener.h"
#include "tests/bench/bench_tools.h"

using namespace blazedb;
using namespace blazedb::bench;

namespace {

double derivation()
{
    const Bytes salt(16, std::byte{7});
    return seconds([&] { static_cast<void>(crypto::pbkdf2Sha256(asBytes(std::string_view(kPassword)), salt, 600'000)); });
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

} // namespace

int main()
{
    std::string pattern = (std::filesystem::temp_directory_path() / "blazedb-bench-XXXXXX").string();
    const char* folder = ::mkdtemp(pattern.data());
    if (!folder) return 1;
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
    const double before = residentMegabytes();
    static_cast<void>(readAll(*source));
    report("memory that reading 100,000 records adds", residentMegabytes() - before, 48, "MB");
    std::filesystem::remove_all(folder);
    return exitCode();
}
