#include "tests/bench/search_bench.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

#include "engine/local/database_search.h"
#include "tests/bench/bench_tools.h"

namespace blazedb::bench {
namespace {

constexpr int kFolders = 1'000;
constexpr int kFilesInEach = 100;
constexpr int kFoldersToADatabase = 50;
constexpr auto kCancelAfter = {0.1, 0.3, 0.5, 0.7}; // parts of a whole search

namespace fs = std::filesystem;

void makeHome(const fs::path& home)
{
    fs::create_directories(home / "model");
    static_cast<void>(writeFamily((home / "model").string(), 10));
    for (int i = 0; i < kFolders; ++i) {
        const fs::path folder = home / fmt::format("area-{}", i / 100) / fmt::format("folder-{}", i);
        fs::create_directories(folder);
        for (int file = 0; file < kFilesInEach; ++file) std::ofstream(folder / fmt::format("file-{}.txt", file)).flush();
        if (i % kFoldersToADatabase != 0) continue;
        for (const auto& part : fs::directory_iterator(home / "model")) fs::copy_file(part.path(), folder / part.path().filename());
    }
    fs::remove_all(home / "model");
}

} // namespace

SearchFigures measureSearch(const std::string& folder)
{
    const fs::path home = fs::path(folder) / "home";
    makeHome(home);
    local::SearchScope scope;
    scope.folders = {home.string()};
    local::DatabaseSearch search;
    SearchFigures figures;
    using Clock = std::chrono::steady_clock;
    const auto milliseconds = [](Clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); };

    std::optional<Clock::time_point> first;
    const auto begin = Clock::now();
    const local::SearchReport report = need(search.run({}, scope, [&](const local::FilePreview&) {
        if (!first) first = Clock::now();
    }));
    figures.wholeSeconds = milliseconds(Clock::now() - begin) / 1e3;
    const std::uint64_t databases = kFolders / kFoldersToADatabase;
    if (report.databasesFound != databases || report.filesSeen < std::uint64_t{kFolders} * kFilesInEach || !first) {
        fmt::print(stderr, "bench: {} databases in {} files were found\n", report.databasesFound, report.filesSeen);
        std::exit(1);
    }
    figures.firstMs = milliseconds(*first - begin);

    for (const double part : kCancelAfter) {
        std::stop_source stop;
        api::CallContext context;
        context.stop = stop.get_token();
        bool isCancelled = false;
        std::jthread worker([&] {
            const auto cut = search.run(context, scope, [](const local::FilePreview&) {});
            isCancelled = !cut && cut.error().code == ErrorCode::Cancelled;
        });
        std::this_thread::sleep_for(std::chrono::duration<double>(figures.wholeSeconds * part));
        const auto asked = Clock::now();
        stop.request_stop();
        worker.join();
        if (!isCancelled) continue; // it had ended before it was asked
        figures.cancelMsMax = std::max(figures.cancelMsMax.value_or(0), milliseconds(Clock::now() - asked));
    }
    fs::remove_all(home);
    return figures;
}

} // namespace blazedb::bench
