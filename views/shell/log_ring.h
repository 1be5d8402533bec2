// The last log lines, for the Log panel: written by any thread, read by the window when it looks.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "engine/base/guarded.h"
#include "engine/base/logger.h"

namespace blazedb::views {

/// Any thread. Bounded: the oldest line goes when a new one finds no room, and is counted.
class LogRing {
public:
    static constexpr std::size_t kLinesMax = 10'000;

    struct Batch {
        std::vector<LogLine> lines; ///< In order.
        std::uint64_t next = 0;     ///< For the next call of since().
        std::uint64_t dropped = 0;  ///< Lines after `position` that are already gone.
    };

    void append(const LogLine& line);
    /// The lines from `position` on; 0 is the first line ever.
    [[nodiscard]] Batch since(std::uint64_t position);

private:
    struct Lines {
        std::deque<LogLine> kept;
        std::uint64_t end = 0; ///< Position after the newest line.
    };
    Guarded<Lines> m_lines;
};

} // namespace blazedb::views
