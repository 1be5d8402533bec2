// What the program tells its caller; scripts rely on these numbers.
#pragma once

namespace blazedb::cli {

enum class ExitCode {
    Done = 0,       ///< All well; remarks do not count.
    Failed = 1,     ///< Could not open the database, or could not do what was asked.
    Incomplete = 2, ///< Done, but something is damaged or was left out.
    Usage = 64,     ///< The command line itself is wrong.
};

} // namespace blazedb::cli
