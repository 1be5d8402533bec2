// BLAZE_ASSERT: for mistakes of the program, never for input. Stays on in release builds.
#pragma once

namespace blazedb {
[[noreturn]] void assertionFailed(const char* condition, const char* file, int line);
}

#define BLAZE_ASSERT(condition) \
    (static_cast<bool>(condition) ? void() : ::blazedb::assertionFailed(#condition, __FILE__, __LINE__))
