#include "tests/bench/follow_bench.h"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "engine/api/changes.h"
#include "engine/api/records.h"
#include "engine/local/opener.h"
#include "tests/bench/steady_writer.h"
#include "tests/support/swift_family_writer.h"

namespace blazedb::bench {

namespace {

using namespace std::chrono_literals;
using tests::SwiftFamilyWriter;

constexpr auto kWarmUp = 3s;
constexpr auto kMeasured = 20s;
constexpr std::size_t kRowsShown = 200;

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
    Window(api::DataSource& source, const SteadyBoard& board)
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
            const std::int64_t now = steadyNowNs();
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
    const SteadyBoard& m_board;
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

double medianOf(std::vector<double> values)
{
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// The median time of a write, each kind by itself.
struct WriteTimes {
    double update = 0;
    double insert = 0;
};

/// Of what is written during the next `duration`.
WriteTimes timesOver(const SteadyBoard& board, std::chrono::milliseconds duration)
{
    const std::size_t first = board.newest + 1;
    std::this_thread::sleep_for(duration);
    std::vector<double> updates;
    std::vector<double> inserts;
    for (std::size_t revision = first; revision <= board.newest; ++revision)
        (isSteadyInsert(revision) ? inserts : updates).push_back(static_cast<double>(board.tookNs[revision]));
    return {medianOf(std::move(updates)), medianOf(std::move(inserts))};
}

} // namespace

WriterSlowdown measureWriterSlowdown(const std::string& folder)
{
    constexpr int kPairs = 12;
    constexpr auto kTurn = 3s;
    constexpr auto kSettled = 250ms; ///< After a turn began: the first look of a follower is over.
    const std::string path = folder + "/slowdown.blazedb";
    const SteadyWriter writer(path);
    local::Opener opener;
    const auto source = required(opener.open({}, {path, SecureBytes::fromText(SwiftFamilyWriter::kPassword), local::OpenMode::Observe}));
    const auto alone = [&] {
        std::this_thread::sleep_for(kSettled);
        return timesOver(writer.board(), kTurn);
    };
    const auto followed = [&] {
        Window window(*source, writer.board());
        const auto subscription = required(source->changes()->watch({}, [&](const api::ChangeBatch&) { window.refresh(); }));
        std::this_thread::sleep_for(kSettled);
        return timesOver(writer.board(), kTurn);
    };
    static_cast<void>(followed()); // both are warm
    std::vector<double> updates;
    std::vector<double> inserts;
    for (int pair = 0; pair < kPairs; ++pair) {
        // Which comes first takes turns, so that a drift falls on both.
        const bool isAloneFirst = pair % 2 == 0;
        const WriteTimes first = isAloneFirst ? alone() : followed();
        const WriteTimes second = isAloneFirst ? followed() : alone();
        const WriteTimes& without = isAloneFirst ? first : second;
        const WriteTimes& with = isAloneFirst ? second : first;
        updates.push_back(with.update / without.update);
        inserts.push_back(with.insert / without.insert);
    }
    return {(medianOf(std::move(updates)) - 1) * 100, (medianOf(std::move(inserts)) - 1) * 100};
}

FollowFigures measureFollowing(const std::string& folder, Watching watching)
{
    const std::string path = fmt::format("{}/follow-{}.blazedb", folder, watching == Watching::Visible ? "visible" : "hidden");
    const SteadyWriter writer(path);
    FollowFigures figures;
    {
        local::Opener opener;
        const auto source = required(opener.open({}, {path, SecureBytes::fromText(SwiftFamilyWriter::kPassword), local::OpenMode::Observe}));
        std::optional<Window> window;
        if (watching == Watching::Visible) window.emplace(*source, writer.board());
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
    return figures;
}

} // namespace blazedb::bench
