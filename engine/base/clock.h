// The door to time: what the product reads a clock for passes here, so that tests can set it.
#pragma once

#include <chrono>

namespace blazedb {

/// Any thread.
class Clock {
public:
    virtual ~Clock() = default;
    /// Wall clock, for stamps shown or stored.
    [[nodiscard]] virtual std::chrono::system_clock::time_point now() const = 0;
    /// For durations and deadlines: never goes back.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steadyNow() const = 0;
};

/// The machine's clocks. The object lives as long as the program.
Clock& systemClock();

} // namespace blazedb
