#include "tests/bench/steady_writer.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <random>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/swift_family_writer.h"

namespace blazedb::bench {

namespace {

using namespace std::chrono_literals;
using tests::SwiftFamilyWriter;

constexpr int kUpdatesPerSecond = 500;
constexpr int kInsertsPerSecond = 3;

model::Uuid idOf(std::uint64_t number)
{
    std::mt19937_64 random(number);
    model::Uuid id;
    for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(random());
    return id;
}

std::vector<model::Field> fieldsOf(std::size_t revision)
{
    return {{"createdAt", model::Value(model::Date{static_cast<double>(revision)})},
            {"revision", model::Value(static_cast<std::int64_t>(revision))},
            {"text", model::Value(std::string(180, static_cast<char>('a' + revision % 26)))},
            {"title", model::Value(fmt::format("Title {}", revision))}};
}

/// The other process.
void writeSteadily(const std::string& path, SteadyBoard& board)
{
    SwiftFamilyWriter writer(localFileSystem(), path);
    SwiftFamilyWriter::Records records;
    for (int i = 0; i < kSteadyRecords; ++i) records[idOf(static_cast<std::uint64_t>(i))] = fieldsOf(0);
    writer.insertMany(records);
    board.isReady = true;
    std::mt19937_64 random(28);
    std::uint64_t nextId = kSteadyRecords;
    std::size_t revision = 1;
    const auto begin = std::chrono::steady_clock::now();
    while (!board.isOver && revision + 1 < SteadyBoard::kRevisions) {
        const std::vector<model::Field> fields = fieldsOf(revision);
        const model::Uuid id = idOf(isSteadyInsert(revision) ? nextId++ : random() % kSteadyRecords);
        const std::int64_t before = steadyNowNs();
        if (isSteadyInsert(revision)) writer.insert(id, fields);
        else writer.update(id, fields);
        board.writtenAt[revision] = steadyNowNs();
        board.tookNs[revision] = board.writtenAt[revision] - before;
        board.newest = revision;
        ++revision;
        std::this_thread::sleep_until(begin + revision * 1'000'000us / (kUpdatesPerSecond + kInsertsPerSecond));
    }
}

} // namespace

bool isSteadyInsert(std::size_t revision)
{
    return revision % (kUpdatesPerSecond / kInsertsPerSecond) == 0;
}

std::int64_t steadyNowNs()
{
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

SteadyWriter::SteadyWriter(const std::string& path)
{
    void* memory = ::mmap(nullptr, sizeof(SteadyBoard), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) std::exit(1);
    m_board = new (memory) SteadyBoard{};
    std::fflush(stdout);
    m_child = ::fork();
    if (m_child < 0) std::exit(1);
    if (m_child == 0) {
        writeSteadily(path, *m_board);
        ::_exit(0);
    }
    while (!m_board->isReady) std::this_thread::sleep_for(10ms);
}

SteadyWriter::~SteadyWriter()
{
    m_board->isOver = true;
    ::waitpid(m_child, nullptr, 0);
    ::munmap(m_board, sizeof(SteadyBoard));
}

double processorSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

} // namespace blazedb::bench
