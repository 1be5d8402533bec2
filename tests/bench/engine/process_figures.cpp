#include "tests/bench/engine/process_figures.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include <sys/resource.h>
#include <sys/stat.h>

#include "tests/bench/engine/opponent.h"

namespace blazedb::bench {
namespace {

/// The number behind a name in a file of lines `name: number …`.
std::uint64_t lineOf(const char* path, const std::string& name)
{
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string key;
        std::uint64_t number = 0;
        if (words >> key >> number && key == name) return number;
    }
    fail(std::string(path) + " has no " + name);
}

} // namespace

std::uint64_t bytesWrittenSoFar()
{
    return lineOf("/proc/self/io", "write_bytes:");
}

double cpuSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::uint64_t residentBytes()
{
    return lineOf("/proc/self/status", "VmRSS:") * 1024;
}

std::uint64_t peakResidentBytes()
{
    return lineOf("/proc/self/status", "VmHWM:") * 1024;
}

void resetPeak()
{
    std::ofstream("/proc/self/clear_refs") << "5"; // proc(5): resets VmHWM
}

void waitUntilIdle()
{
    constexpr auto kLook = std::chrono::milliseconds(200);
    for (int i = 0; i < 100; ++i) {
        const double before = cpuSeconds();
        std::this_thread::sleep_for(kLook);
        if (cpuSeconds() - before < 0.005) return;
    }
}

std::uint64_t bytesOnDisk(const std::string& folder)
{
    std::uint64_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        struct stat facts {};
        if (entry.is_regular_file() && ::stat(entry.path().c_str(), &facts) == 0) bytes += static_cast<std::uint64_t>(facts.st_blocks) * 512;
    }
    return bytes;
}

} // namespace blazedb::bench
