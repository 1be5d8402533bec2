#include "app/visualizer/desktop_watch.h" // Its meta-object is compiled here.
