// Memory after work that needed much of it for a moment.
#pragma once

namespace blazedb {

/// Gives what was freed back to the system, where the allocator keeps it for later. Some milliseconds; any thread.
void returnFreedMemory();

} // namespace blazedb
