#include "tests/bench/follow_bench.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/api/changes.h"
#include "engine/api/records.h"
#include "engine/local/opener.h"
#include "tests/support/swift_family_writer.h"

namespace blazedb::bench {

namespace {

using namespace std::chrono_literals;
using tests::SwiftFamilyWriter;

constexpr int kRecords = 10'000;
constexpr int kUpdatesPerSecond = 500;
constexpr int kInsertsPerSecond = 3;
constexpr auto kWarmUp = 3s;
constexpr auto kMeasured = 20s;
constexpr std::size_t kRowsShown = 200;

/// What writer and watcher share: when each revision was written, as nanoseconds of the steady clock, which is the machine's.
struct Board {
    static constexpr std::size_t kRevisions = 20'000;
    std::atomic<bool> isReady;
    std::atomic<bool> isOver;
    std::atomic<std::int64_t> writtenAt[kRevisions];
};

std::int64_t nowNs()
{
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

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
void writeSteadily(const std::string& path, Board& board)
{
    SwiftFamilyWriter writer(localFileSystem(), path);
    SwiftFamilyWriter::Records records;
    for (int i = 0; i < kRecords; ++i) records[idOf(static_cast<std::uint64_t>(i))] = fieldsOf(0);
    writer.insertMany(records);
    board.isReady = true;
    std::mt19937_64 random(28);
    std::uint64_t nextId = kRecords;
    std::size_t revision = 1;
    const auto begin = std::chrono::steady_clock::now();
    while (!board.isOver && revision + 1 < Board::kRevisions) {
        const bool isInsert = revision % (kUpdatesPerSecond / kInsertsPerSecond) == 0;
        if (isInsert) writer.insert(idOf(nextId++), fieldsOf(revision));
        else writer.update(idOf(random() % kRecords), fieldsOf(revision));
        board.writtenAt[revision] = nowNs();
        ++revision;
        std::this_thread::sleep_until(begin + revision * 1'000'000us / (kUpdatesPerSecond + kInsertsPerSecond));
    }
}

double processorSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template <typename T>
T required(Result<T> result)
{
    if (result) return std::move(*result);
    fmt::print(stderr, "bench: {}\n", result.error().message);
    std::exit(1);
}

/// The view: shows 200 rows, asks for them again when it is told of changes, and notes how old each new revision is.
class Window {
public:
    Window(api::DataSource& source, const Board& board)
        : m_source(source)
        , m_board(board)
    {
        static_cast<void>(required(m_source.records().count({}, {}))); // as the grid does behind its first window
        m_worker = std::jthread([this](const std::stop_token& stop) { run(stop); });
    }
    void refresh()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isStale = true;
        }
        m_told.notify_all();
    }
    std::vector<double> takeDelays()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_delays, {});
    }

private:
    void run(const std::stop_token& stop)
    {
        for (;;) {
            {
                std::unique_lock lock(m_mutex);
                if (!m_told.wait(lock, stop, [this] { return m_isStale; })) return;
                m_isStale = false;
            }
            api::Window window;
            window.first = 4'000;
            window.count = kRowsShown;
            const api::RecordWindow rows = required(m_source.records().query({}, {}, window));
            const std::int64_t now = nowNs();
            const std::lock_guard lock(m_mutex);
            for (const api::RecordRow& row : rows.rows) {
                const auto revision = *row.record.find("revision")->value.as<std::int64_t>();
                const auto [known, isNew] = m_revisions.try_emplace(row.record.id, revision);
                if (isNew || known->second == revision) continue;
                known->second = revision;
                const std::int64_t written = m_board.writtenAt[revision];
                m_delays.push_back(written == 0 ? 0 : static_cast<double>(now - written) / 1e6); // 0: shown before the writer could say so
            }
        }
    }

    api::DataSource& m_source;
    const Board& m_board;
    std::mutex m_mutex;
    std::condition_variable_any m_told;
    bool m_isStale = true;
    std::map<model::Uuid, std::int64_t> m_revisions;
    std::vector<double> m_delays;
    std::jthread m_worker;
};

double percentile99(std::vector<double> delays)
{
    if (delays.empty()) return 1e9;
    std::sort(delays.begin(), delays.end());
    return delays[delays.size() * 99 / 100];
}

} // namespace

FollowFigures measureFollowing(const std::string& folder, Watching watching)
{
    const std::string path = fmt::format("{}/follow-{}.blazedb", folder, watching == Watching::Visible ? "visible" : "hidden");
    void* memory = ::mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) std::exit(1);
    auto* board = new (memory) Board{};
    std::fflush(stdout);
    const pid_t child = ::fork();
    if (child < 0) std::exit(1);
    if (child == 0) {
        writeSteadily(path, *board);
        ::_exit(0);
    }
    while (!board->isReady) std::this_thread::sleep_for(10ms);

    FollowFigures figures;
    {
        local::Opener opener;
        const auto source = required(opener.open({}, {path, SecureBytes::fromText(SwiftFamilyWriter::kPassword), local::OpenMode::Observe}));
        std::optional<Window> window;
        if (watching == Watching::Visible) window.emplace(*source, *board);
        const auto subscription = required(source->changes()->watch({}, [&](const api::ChangeBatch&) {
            if (window) window->refresh();
        }));
        std::this_thread::sleep_for(kWarmUp);
        if (window) static_cast<void>(window->takeDelays());
        const double before = processorSeconds();
        std::this_thread::sleep_for(kMeasured);
        figures.coreShare = (processorSeconds() - before) / std::chrono::duration<double>(kMeasured).count();
        if (window) figures.delayMsP99 = percentile99(window->takeDelays());
    }
    board->isOver = true;
    ::waitpid(child, nullptr, 0);
    ::munmap(memory, sizeof(Board));
    return figures;
}

} // namespace blazedb::bench
