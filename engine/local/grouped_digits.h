// Numbers inside English messages.
#pragma once

#include <cstdint>
#include <string>

namespace blazedb::local {

/// 600000 as "600,000".
inline std::string grouped(std::uint64_t number)
{
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3;)
        digits.insert(at -= 3, ",");
    return digits;
}

} // namespace blazedb::local
