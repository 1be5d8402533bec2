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

/// 20 seconds of 500 updates in place and 3 inserts a second in 10,000 records, by a process of its own. `folder` exists.
FollowFigures measureFollowing(const std::string& folder, Watching watching);

} // namespace blazedb::bench
