#include "engine/base/random.h"

#include <cerrno>
#include <cstring>
#include <string>

#include <sys/random.h>

namespace blazedb {

Random& systemRandom()
{
    class SystemRandom final : public Random {
    public:
        Result<void> fill(std::span<std::byte> into) override
        {
            std::size_t done = 0;
            while (done < into.size()) {
                const ssize_t got = ::getrandom(into.data() + done, into.size() - done, 0);
                if (got < 0 && errno == EINTR) continue;
                if (got < 0) return Error{ErrorCode::Io, std::string("random bytes: ") + std::strerror(errno)};
                done += static_cast<std::size_t>(got);
            }
            return {};
        }
    };
    static SystemRandom random;
    return random;
}

} // namespace blazedb
