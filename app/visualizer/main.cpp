// blazedb-visualizer: a window onto BlazeDB databases.
#include "app/visualizer/program.h"

int main(int argc, char** argv)
{
    return blazedb::app::runProgram(argc, argv);
}
