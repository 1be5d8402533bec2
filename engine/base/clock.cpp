#include "engine/base/clock.h"

namespace blazedb {

Clock& systemClock()
{
    class SystemClock final : public Clock {
    public:
        [[nodiscard]] std::chrono::system_clock::time_point now() const override { return std::chrono::system_clock::now(); }
        [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override { return std::chrono::steady_clock::now(); }
    };
    static SystemClock clock;
    return clock;
}

} // namespace blazedb
