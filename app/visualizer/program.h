// The program from its arguments to its exit code.
#pragma once

namespace blazedb::app {

/// Exit codes: 0 after a normal end, 1 when a script step failed or a picture could not be saved, 64 for wrong usage.
int runProgram(int argc, char** argv);

} // namespace blazedb::app
