#include "tests/bench/bench_tools.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <vector>

#include <unistd.h>

#include "engine/base/random.h"
#include "engine/format28/family_writer.h"
#include "engine/local/opener.h"

namespace blazedb::bench {
namespace {

bool allMet = true;

} // namespace

double seconds(const std::function<void()>& work)
{
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

double median(const std::function<double()>& measure)
{
    std::vector<double> runs;
    for (int i = 0; i < 5; ++i) runs.push_back(measure());
    std::sort(runs.begin(), runs.end());
    return runs[2];
}

void report(const char* what, double value, double bar, const char* unit)
{
    const bool isMet = value <= bar;
    allMet = allMet && isMet;
    fmt::print("{:<58} {:>9.3f} {:<3} bar {:>7.3f}  ratio {:.2f}  {}\n", what, value, unit, bar, value / bar, isMet ? "met" : "MISSED");
    std::fflush(stdout);
}

std::string writeFamily(const std::string& folder, int count)
{
    const std::string path = fmt::format("{}/bench-{}.blazedb", folder, count);
    auto writer = need(format28::FamilyWriter::create(localFileSystem(), systemClock(), systemRandom(),
                                                      {path, SecureBytes::fromText(kPassword), {}}));
    std::mt19937_64 random(28);
    for (int i = 0; i < count; ++i) {
        model::Record record;
        for (auto& byte : record.id.bytes) byte = static_cast<std::uint8_t>(random());
        record.fields = {{"createdAt", model::Value(model::Date{static_cast<double>(i)})},
                         {"number", model::Value(static_cast<std::int64_t>(random() % 1'000'000))},
                         {"status", model::Value(std::string(i % 3 == 0 ? "open" : "closed"))},
                         {"text", model::Value(std::string(180, static_cast<char>('a' + i % 26)))},
                         {"title", model::Value(fmt::format("Title {}", random() % 100'000))}};
        if (const auto added = writer->add(record); !added) std::exit(1);
    }
    if (const auto finished = writer->finish(); !finished) std::exit(1);
    return path;
}

std::unique_ptr<api::DataSource> openFamily(const std::string& path)
{
    local::Opener opener;
    return need(opener.open({}, {path, SecureBytes::fromText(kPassword), local::OpenMode::Observe}));
}

void reportMissing(const char* what, const char* why)
{
    allMet = false;
    fmt::print("{:<58} {:>9} MISSED: {}\n", what, "—", why);
    std::fflush(stdout);
}

int exitCode()
{
    return allMet ? 0 : 1;
}

double residentMegabytes()
{
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    long all = 0;
    long resident = 0;
    if (file && std::fscanf(file, "%ld %ld", &all, &resident) != 2) resident = 0;
    if (file) std::fclose(file);
    return static_cast<double>(resident * ::sysconf(_SC_PAGESIZE)) / 1e6;
}

} // namespace blazedb::bench
