// What is measured, the same for every opponent. A work that finds other answers than the generator made ends the program.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <span>
#include <string>

#include "tests/bench/engine/opponent.h"

namespace blazedb::bench {

using Clock = std::chrono::steady_clock;
double microsecondsSince(Clock::time_point start);

/// What something took: time on the wall, and of the processors, all threads of this process together. The second hardly depends on what else the machine does.
struct Cost {
    double wallUs = 0;
    double cpuUs = 0;
    Cost& operator+=(const Cost& other);
};
class Stopwatch {
public:
    Stopwatch();
    [[nodiscard]] Cost taken() const;

private:
    Clock::time_point m_start;
    double m_cpuSeconds;
};

/// Figure by name, `work.figureUnit`: "single.usP50".
using Figures = std::map<std::string, double>;

struct WorkOptions {
    std::string folder; ///< Empty; on the disk that is to be measured.
    std::uint64_t documents = 100'000;
    std::chrono::milliseconds readersFor{2000}; ///< Alone, and as long again beside the writer.
};

/// Works over one database. load() comes first; the others want its documents.
class Works {
public:
    Works(Opponent& opponent, const WorkOptions& options, Figures& figures);

    void load();    ///< Durable batches of 1,000; then closed, measured on disk, opened again.
    void point();   ///< By id, each read in a view of its own; and all in one view.
    void scan();
    void indexed();
    void filter();
    void readers(); ///< Eight readers alone, then beside a writer of batches.
    void single();  ///< Durable commits of one document, in turns with overwrites of 4 KiB and fdatasync.
    void finish();

    static constexpr std::uint64_t kBatchDocuments = 1000;
    static constexpr int kReaders = 8;

private:
    struct Known {
        Id id{};
        std::int64_t number = 0;
    };
    void warmUp();
    Cost readAll(Reader& reader);
    /// The median of `passes` passes after a first one, a document or query: figures `name` and, in processor time, `name` and "Cpu".
    void report(const std::string& name, int passes, std::uint64_t count, const std::function<Cost()>& pass);
    void checkAnswer(const Answer& found, const Answer& expected, const char* work) const;
    std::vector<Document> newDocuments(std::uint64_t count);

    Opponent& m_opponent;
    WorkOptions m_options;
    Figures& m_figures;
    ExpectedAnswers m_expected;
    std::vector<Known> m_known; ///< Of the loaded documents, in random order.
    std::uint64_t m_nextDocument = 0;
};

/// One durable transaction of all documents, in a database of its own.
void measureTransaction(Opponent& opponent, const WorkOptions& options, Figures& figures);

/// Growth: batches of 1,000 up to `documents`, with ascending and with random ids; what a document, an opening and a cached read cost at 100,000 and at the
/// end; memory, bytes written, syncs. And memory in one transaction of a tenth of the documents.
void measureGrowth(Opponent& opponent, const WorkOptions& options, Figures& figures);

// Shared by the works.

/// `part` from 0 to 1; sorts.
double quantile(std::vector<double>& values, double part);
std::vector<Document> makeDocuments(std::uint64_t first, std::uint64_t count, IdOrder order);
std::string makeFolder(const std::string& path); ///< Emptied. Returns it.

} // namespace blazedb::bench
