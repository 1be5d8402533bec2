// The door to randomness.
#pragma once

#include <span>

#include "engine/base/result.h"

namespace blazedb {

/// Any thread.
class Random {
public:
    virtual ~Random() = default;
    /// Fills `into` with unpredictable bytes, good enough for keys and nonces. Errors: Io.
    virtual Result<void> fill(std::span<std::byte> into) = 0;
};

/// The kernel's generator. The object lives as long as the program.
Random& systemRandom();

} // namespace blazedb
