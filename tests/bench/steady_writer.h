// Another process that changes a family at a steady rate, for figures about following it.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include <sys/types.h>

namespace blazedb::bench {

inline constexpr int kSteadyRecords = 10'000;

/// What writer and watcher share: when each revision was written, as nanoseconds of the steady clock, which is the machine's, and
/// how long that took.
struct SteadyBoard {
    static constexpr std::size_t kRevisions = 60'000;
    std::atomic<bool> isReady;
    std::atomic<bool> isOver;
    std::atomic<std::size_t> newest; ///< The last revision written; 0 before the first.
    std::atomic<std::int64_t> writtenAt[kRevisions];
    std::atomic<std::int64_t> tookNs[kRevisions];
};

/// Which of the writes are inserts; the others are updates in place.
bool isSteadyInsert(std::size_t revision);

std::int64_t steadyNowNs();

/// 500 updates in place and 3 inserts a second in 10,000 records with random ids; the field `revision` says which write it was.
/// Made before the program has threads, as it forks. Ends the process when it goes.
class SteadyWriter {
public:
    /// Returns when the records are there and the changes begin.
    explicit SteadyWriter(const std::string& path);
    ~SteadyWriter();
    SteadyWriter(const SteadyWriter&) = delete;
    SteadyWriter& operator=(const SteadyWriter&) = delete;

    [[nodiscard]] const SteadyBoard& board() const { return *m_board; }

private:
    SteadyBoard* m_board;
    pid_t m_child;
};

/// Of this process, so far.
double processorSeconds();

} // namespace blazedb::bench
