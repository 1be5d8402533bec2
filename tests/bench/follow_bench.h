// What following a living database costs: another process writes at a steady rate, this one watches.
#pragma once

#include <string>

namespace blazedb::bench {

enum class Watching {
    Visible, ///< A window of 200 rows is asked for again with each batch of changes.
    Hidden,  ///< Changes are taken and nothing is read.
};

struct FollowFigures {
    double coreShare = 0;  ///< Processor time of this process for each second.
    double delayMsP99 = 0; ///< Visible: from the end of a write to the rows that show it.
};

/// How much longer a write of the app takes while somebody follows than while nobody does, in percent.
struct WriterSlowdown {
    double updatePercent = 0; ///< Updates in place.
    double insertPercent = 0; ///< Inserts, each with a whole catalogue of 10,000 records.
};

/// The same writer, followed with a visible window and not, in turns of three seconds. Of each turn the median time of a write;
/// of each pair of turns their ratio; of these the median. About 80 seconds.
WriterSlowdown measureWriterSlowdown(const std::string& folder);

/// 20 seconds of 500 updates in place and 3 inserts a second in 10,000 records, by a process of its own. `folder` exists.
FollowFigures measureFollowing(const std::string& folder, Watching watching);

} // namespace blazedb::bench
