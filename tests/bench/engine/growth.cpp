#include <algorithm>
#include <filesystem>
#include <random>

#include "tests/bench/engine/process_figures.h"
#include "tests/bench/engine/works.h"

namespace blazedb::bench {
namespace {

constexpr std::uint64_t kSmallDocuments = 100'000;
constexpr std::uint64_t kHotDocuments = 2'000;
constexpr int kHotPasses = 50;

struct InsertCost {
    Cost cost;
    std::uint64_t documents = 0;
};

class Growth {
public:
    Growth(Opponent& opponent, const WorkOptions& options, IdOrder order, Figures& figures)
        : m_opponent(opponent)
        , m_folder(makeFolder(options.folder + "/growth"))
        , m_documents(options.documents)
        , m_order(order)
        , m_figures(figures)
        , m_prefix(order == IdOrder::Random ? "growth.random." : "growth.ascending.")
    {
    }

    void run()
    {
        const std::uint64_t residentBefore = residentBytes();
        resetPeak();
        const std::uint64_t bytesBefore = bytesWrittenSoFar();
        const std::uint64_t syncsBefore = syncsSoFar();
        m_opponent.create(m_folder);
        report("usPerDocumentAt100k", insertUpTo(std::min(kSmallDocuments, m_documents)));
        reopen("At100k");

        InsertCost all = insertUpTo(m_documents - m_documents / 10);
        const InsertCost last = insertUpTo(m_documents);
        all.cost += last.cost;
        all.documents += last.documents;
        report("usPerDocumentLastTenth", last);
        report("usPerDocumentMean", all);
        figure("syncsPerCommit") = static_cast<double>(syncsSoFar() - syncsBefore) / (static_cast<double>(m_documents) / Works::kBatchDocuments);
        reopen("AtEnd");
        figure("peakMiB") = static_cast<double>(peakResidentBytes() - std::min(residentBefore, peakResidentBytes())) / (1 << 20);
        m_opponent.close();
        figure("bytesWrittenPerByte") = static_cast<double>(bytesWrittenSoFar() - bytesBefore) / static_cast<double>(m_jsonBytes);
        figure("bytesPerDocument") = static_cast<double>(bytesOnDisk(m_folder)) / static_cast<double>(m_documents);
        std::filesystem::remove_all(m_folder);
    }

private:
    double& figure(const std::string& name) { return m_figures[m_prefix + name]; }

    void report(const std::string& name, const InsertCost& inserted)
    {
        const auto count = static_cast<double>(std::max<std::uint64_t>(inserted.documents, 1));
        figure(name) = inserted.cost.wallUs / count;
        figure(name + "Cpu") = inserted.cost.cpuUs / count;
    }

    InsertCost insertUpTo(std::uint64_t count)
    {
        InsertCost inserted;
        while (m_stored < count) {
            const std::uint64_t batch = std::min(Works::kBatchDocuments, count - m_stored);
            std::vector<Document> documents = makeDocuments(m_stored, batch, m_order);
            for (const Document& document : documents) m_jsonBytes += document.json.size();
            m_opponent.stage(std::move(documents));
            const Stopwatch watch;
            m_opponent.insert(0, batch);
            inserted.cost += watch.taken();
            inserted.documents += batch;
            m_stored += batch;
        }
        return inserted;
    }

    void reopen(const std::string& when)
    {
        waitUntilIdle();
        const auto closing = Clock::now();
        m_opponent.close();
        figure("closeMs" + when) = microsecondsSince(closing) / 1000;
        const auto opening = Clock::now();
        m_opponent.open(m_folder);
        figure("openMs" + when) = microsecondsSince(opening) / 1000;
        figure("cachedReadUs" + when) = readHot();
    }

    /// Documents from everywhere, but so few that whatever they need fits the cache.
    double readHot()
    {
        std::vector<Id> hot;
        for (std::uint64_t i = 0; i < kHotDocuments; ++i) hot.push_back(makeId(i * m_stored / kHotDocuments, m_order));
        std::shuffle(hot.begin(), hot.end(), std::mt19937_64(5));
        const std::unique_ptr<Reader> reader = m_opponent.reader();
        const auto pass = [&] {
            for (const Id& id : hot) static_cast<void>(reader->read(id));
        };
        pass();
        waitUntilIdle();
        std::vector<double> times;
        for (int i = 0; i < kHotPasses; ++i) {
            const auto start = Clock::now();
            pass();
            times.push_back(microsecondsSince(start) / static_cast<double>(kHotDocuments));
        }
        return quantile(times, 0.5);
    }

    Opponent& m_opponent;
    std::string m_folder;
    std::uint64_t m_documents;
    IdOrder m_order;
    Figures& m_figures;
    std::string m_prefix;
    std::uint64_t m_stored = 0;
    std::uint64_t m_jsonBytes = 0;
};

void measureTransactionMemory(Opponent& opponent, const WorkOptions& options, Figures& figures)
{
    const std::string folder = makeFolder(options.folder + "/growth");
    const std::uint64_t count = std::max<std::uint64_t>(options.documents / 10, 1);
    opponent.stage(makeDocuments(0, count, IdOrder::Random));
    opponent.create(folder);
    const std::uint64_t residentBefore = residentBytes();
    resetPeak();
    const auto start = Clock::now();
    opponent.insert(0, count);
    figures["growth.transaction.usPerDocument"] = microsecondsSince(start) / static_cast<double>(count);
    figures["growth.transaction.peakMiB"] = static_cast<double>(peakResidentBytes() - std::min(residentBefore, peakResidentBytes())) / (1 << 20);
    opponent.close();
    std::filesystem::remove_all(folder);
}

} // namespace

void measureGrowth(Opponent& opponent, const WorkOptions& options, Figures& figures)
{
    Growth(opponent, options, IdOrder::Ascending, figures).run();
    Growth(opponent, options, IdOrder::Random, figures).run();
    measureTransactionMemory(opponent, options, figures);
}

} // namespace blazedb::bench
