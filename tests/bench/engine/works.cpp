#include "tests/bench/engine/works.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <random>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

#include "tests/bench/engine/process_figures.h"

namespace blazedb::bench {
namespace {

constexpr std::size_t kOverwriteBytes = 4096;
constexpr std::uint64_t kWriterDocuments = 200'000;

/// What the disk takes for the least that a durable commit can be: one page of a file that exists, and its sync.
class Overwriter {
public:
    explicit Overwriter(const std::string& path)
        : m_file(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0600))
        , m_page(kOverwriteBytes, 'x')
    {
        for (off_t i = 0; i < kPages; ++i) write(i);
        if (m_file < 0 || ::fsync(m_file) != 0) fail("cannot write " + path);
    }
    ~Overwriter() { ::close(m_file); }
    Overwriter(const Overwriter&) = delete;
    Overwriter& operator=(const Overwriter&) = delete;

    double once()
    {
        const auto start = Clock::now();
        write(m_next++ % kPages);
        if (::fdatasync(m_file) != 0) fail("cannot sync");
        return microsecondsSince(start);
    }

private:
    static constexpr off_t kPages = 2048;
    void write(off_t page) const
    {
        constexpr auto kBytes = static_cast<off_t>(kOverwriteBytes);
        if (::pwrite(m_file, m_page.data(), m_page.size(), page * kBytes) != kBytes) fail("cannot write");
    }

    int m_file;
    std::vector<char> m_page;
    off_t m_next = 0;
};

/// Readers at work until stopped; each has its own connection and has read everything once before it counts.
class ReaderTeam {
public:
    template <typename Work>
    ReaderTeam(int readers, const Work& work)
        : m_counts(static_cast<std::size_t>(readers))
    {
        for (Count& count : m_counts) m_threads.emplace_back([this, &count, work](const std::stop_token& stop) { work(stop, count.reads, m_ready); });
        while (m_ready < readers) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    [[nodiscard]] std::uint64_t reads() const
    {
        std::uint64_t reads = 0;
        for (const Count& count : m_counts) reads += count.reads.load(std::memory_order_relaxed);
        return reads;
    }

private:
    struct alignas(64) Count {
        std::atomic<std::uint64_t> reads{0};
    };
    std::vector<Count> m_counts;
    std::atomic<int> m_ready{0};
    std::vector<std::jthread> m_threads; ///< Last, so that they end first.
};

} // namespace

double microsecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

Cost& Cost::operator+=(const Cost& other)
{
    wallUs += other.wallUs;
    cpuUs += other.cpuUs;
    return *this;
}

Stopwatch::Stopwatch()
    : m_start(Clock::now())
    , m_cpuSeconds(cpuSeconds())
{
}

Cost Stopwatch::taken() const
{
    return {microsecondsSince(m_start), (cpuSeconds() - m_cpuSeconds) * 1e6};
}

double quantile(std::vector<double>& values, double part)
{
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(part * static_cast<double>(values.size())))];
}

std::vector<Document> makeDocuments(std::uint64_t first, std::uint64_t count, IdOrder order)
{
    std::vector<Document> documents;
    documents.reserve(count);
    for (std::uint64_t i = first; i < first + count; ++i) documents.push_back(makeDocument(i, order));
    return documents;
}

std::string makeFolder(const std::string& path)
{
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
    return path;
}

Works::Works(Opponent& opponent, const WorkOptions& options, Figures& figures)
    : m_opponent(opponent)
    , m_options(options)
    , m_figures(figures)
{
}

std::vector<Document> Works::newDocuments(std::uint64_t count)
{
    m_nextDocument += count;
    return makeDocuments(m_nextDocument - count, count, IdOrder::Random);
}

void Works::load()
{
    const std::string folder = makeFolder(m_options.folder + "/database");
    std::vector<Document> documents = newDocuments(m_options.documents);
    std::uint64_t jsonBytes = 0;
    for (const Document& document : documents) {
        m_expected.add(document);
        m_known.push_back({document.id, document.number});
        jsonBytes += document.json.size();
    }
    std::shuffle(m_known.begin(), m_known.end(), std::mt19937_64(5));
    m_opponent.create(folder);
    m_opponent.stage(std::move(documents));

    const std::uint64_t syncsBefore = syncsSoFar();
    const std::uint64_t bytesBefore = bytesWrittenSoFar();
    const Stopwatch watch;
    for (std::uint64_t at = 0; at < m_options.documents; at += kBatchDocuments) m_opponent.insert(at, std::min(kBatchDocuments, m_options.documents - at));
    const Cost taken = watch.taken();
    const auto commits = static_cast<double>((m_options.documents + kBatchDocuments - 1) / kBatchDocuments);
    const auto count = static_cast<double>(m_options.documents);
    m_figures["batches.usPerDocument"] = taken.wallUs / count;
    m_figures["batches.usPerDocumentCpu"] = taken.cpuUs / count;
    m_figures["batches.syncsPerCommit"] = static_cast<double>(syncsSoFar() - syncsBefore) / commits;

    const auto closing = Clock::now();
    m_opponent.close();
    m_figures["batches.closeMs"] = microsecondsSince(closing) / 1000;
    m_figures["batches.bytesWrittenPerByte"] = static_cast<double>(bytesWrittenSoFar() - bytesBefore) / static_cast<double>(jsonBytes);
    m_figures["size.bytesPerDocument"] = static_cast<double>(bytesOnDisk(folder)) / count;
    // RocksDB and LevelDB leave what they wrote last in their logs, and sort and compress it at the next opening.
    m_opponent.open(folder);
    waitUntilIdle();
    m_opponent.close();
    m_figures["size.settledBytesPerDocument"] = static_cast<double>(bytesOnDisk(folder)) / count;
    m_figures["size.jsonBytesPerDocument"] = static_cast<double>(jsonBytes) / count;
    const auto opening = Clock::now();
    m_opponent.open(folder);
    m_figures["open.ms"] = microsecondsSince(opening) / 1000;
}

void Works::warmUp()
{
    const std::unique_ptr<Reader> reader = m_opponent.reader();
    checkAnswer(reader->scan(), m_expected.all, "scan");
    waitUntilIdle();
}

void Works::checkAnswer(const Answer& found, const Answer& expected, const char* work) const
{
    if (found == expected) return;
    fail(std::string(work) + " found " + std::to_string(found.documents) + " documents, sum " + std::to_string(found.numbers) + ", instead of " +
         std::to_string(expected.documents) + ", sum " + std::to_string(expected.numbers));
}

void Works::report(const std::string& name, int passes, std::uint64_t count, const std::function<Cost()>& pass)
{
    pass();
    std::vector<double> wall;
    std::vector<double> cpu;
    for (int i = 0; i < passes; ++i) {
        const Cost cost = pass();
        wall.push_back(cost.wallUs / static_cast<double>(count));
        cpu.push_back(cost.cpuUs / static_cast<double>(count));
    }
    m_figures[name] = quantile(wall, 0.5);
    m_figures[name + "Cpu"] = quantile(cpu, 0.5);
}

Cost Works::readAll(Reader& reader)
{
    Answer answer;
    const Stopwatch watch;
    for (const Known& known : m_known) answer.add(reader.read(known.id));
    const Cost taken = watch.taken();
    checkAnswer(answer, m_expected.all, "point read");
    return taken;
}

void Works::point()
{
    warmUp();
    const std::unique_ptr<Reader> reader = m_opponent.reader();
    report("point.us", 3, m_known.size(), [&] { return readAll(*reader); });

    std::vector<double> times;
    for (const Known& known : m_known) {
        const auto start = Clock::now();
        if (reader->read(known.id) != known.number) fail("a point read found another document");
        times.push_back(microsecondsSince(start));
    }
    m_figures["point.usP50"] = quantile(times, 0.5);
    m_figures["point.usP99"] = quantile(times, 0.99);

    reader->beginView();
    report("point.usInOneView", 3, m_known.size(), [&] { return readAll(*reader); });
    reader->endView();
}

void Works::scan()
{
    warmUp();
    const std::unique_ptr<Reader> reader = m_opponent.reader();
    report("scan.usPerDocument", 5, m_options.documents, [&] {
        const Stopwatch watch;
        const Answer answer = reader->scan();
        const Cost taken = watch.taken();
        checkAnswer(answer, m_expected.all, "scan");
        return taken;
    });
}

void Works::indexed()
{
    warmUp();
    const std::unique_ptr<Reader> reader = m_opponent.reader();
    std::vector<Answer> answers(kAssignees);
    report("indexed.usPerQuery", 3, kAssignees, [&] {
        const Stopwatch watch;
        for (std::uint64_t assignee = 0; assignee < kAssignees; ++assignee) answers[assignee] = reader->byAssignee(assigneeName(assignee));
        const Cost taken = watch.taken();
        for (std::uint64_t assignee = 0; assignee < kAssignees; ++assignee) checkAnswer(answers[assignee], m_expected.byAssignee[assignee], "indexed query");
        return taken;
    });
}

void Works::filter()
{
    warmUp();
    const std::unique_ptr<Reader> reader = m_opponent.reader();
    report("filter.usPerDocument", 5, m_options.documents, [&] {
        const Stopwatch watch;
        const Answer answer = reader->filter();
        const Cost taken = watch.taken();
        checkAnswer(answer, m_expected.filtered, "filter");
        return taken;
    });
}

void Works::readers()
{
    m_opponent.stage(newDocuments(kWriterDocuments));
    warmUp();
    std::atomic<std::size_t> nextStart{0};
    ReaderTeam team(kReaders, [&](const std::stop_token& stop, std::atomic<std::uint64_t>& reads, std::atomic<int>& ready) {
        const std::unique_ptr<Reader> reader = m_opponent.reader();
        checkAnswer(reader->scan(), m_expected.all, "scan");
        ++ready;
        for (std::size_t at = nextStart++ * m_known.size() / kReaders; !stop.stop_requested(); ++at) {
            const Known& known = m_known[at % m_known.size()];
            if (reader->read(known.id) != known.number) fail("a point read found another document");
            reads.fetch_add(1, std::memory_order_relaxed);
        }
    });
    const auto phase = [&](const auto& work) {
        const std::uint64_t before = team.reads();
        const auto start = Clock::now();
        work(start + m_options.readersFor);
        return static_cast<double>(team.reads() - before) / microsecondsSince(start) * 1e6;
    };

    const double alone = phase([](Clock::time_point until) { std::this_thread::sleep_until(until); });
    std::uint64_t written = 0;
    const auto writing = Clock::now();
    const double beside = phase([&](Clock::time_point until) {
        for (; Clock::now() < until && written < kWriterDocuments; written += kBatchDocuments) m_opponent.insert(written, kBatchDocuments);
    });
    m_figures["readers.alonePerSecond"] = alone;
    m_figures["readers.besidePerSecond"] = beside;
    m_figures["readers.besideShare"] = beside / alone;
    m_figures["readers.writtenPerSecond"] = static_cast<double>(written) / microsecondsSince(writing) * 1e6;
}

void Works::single()
{
    constexpr std::size_t kTurns = 10;
    constexpr std::size_t kTurnCommits = 300;
    m_opponent.stage(newDocuments(kTurns * kTurnCommits));
    waitUntilIdle();
    Overwriter disk(m_options.folder + "/overwritten");
    std::vector<double> commits;
    std::vector<double> overwrites;
    std::uint64_t syncs = 0;
    for (std::size_t turn = 0; turn < kTurns; ++turn) {
        for (std::size_t i = 0; i < kTurnCommits; ++i) overwrites.push_back(disk.once());
        const std::uint64_t syncsBefore = syncsSoFar();
        for (std::size_t i = 0; i < kTurnCommits; ++i) {
            const auto start = Clock::now();
            m_opponent.insert(turn * kTurnCommits + i, 1);
            commits.push_back(microsecondsSince(start));
        }
        syncs += syncsSoFar() - syncsBefore;
    }
    m_figures["single.usP50"] = quantile(commits, 0.5);
    m_figures["single.usP99"] = quantile(commits, 0.99);
    m_figures["single.syncsPerCommit"] = static_cast<double>(syncs) / static_cast<double>(commits.size());
    m_figures["single.overwriteUsP50"] = quantile(overwrites, 0.5);
    m_figures["single.overwriteUsP99"] = quantile(overwrites, 0.99);
}

void Works::finish()
{
    m_opponent.close();
    std::filesystem::remove_all(m_options.folder + "/database");
}

void measureTransaction(Opponent& opponent, const WorkOptions& options, Figures& figures)
{
    const std::string folder = makeFolder(options.folder + "/transaction");
    opponent.create(folder);
    opponent.stage(makeDocuments(0, options.documents, IdOrder::Random));
    const std::uint64_t syncsBefore = syncsSoFar();
    const Stopwatch watch;
    opponent.insert(0, options.documents);
    const Cost taken = watch.taken();
    figures["transaction.usPerDocument"] = taken.wallUs / static_cast<double>(options.documents);
    figures["transaction.usPerDocumentCpu"] = taken.cpuUs / static_cast<double>(options.documents);
    figures["transaction.syncs"] = static_cast<double>(syncsSoFar() - syncsBefore);
    opponent.close();
    std::filesystem::remove_all(folder);
}

} // namespace blazedb::bench
