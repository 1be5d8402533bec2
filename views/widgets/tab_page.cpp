#include "views/widgets/tab_page.h" // Its meta-object is compiled here.
