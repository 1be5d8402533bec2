#include "engine/base/freed_memory.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace blazedb {

void returnFreedMemory()
{
#if defined(__GLIBC__)
    ::malloc_trim(0);
#endif
}

} // namespace blazedb
