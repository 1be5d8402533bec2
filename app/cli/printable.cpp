#include "app/cli/printable.h"

#include <fmt/format.h>

namespace blazedb::cli {

std::string printable(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f)
            out += fmt::format("\\x{:02x}", byte);
        else
            out.push_back(c);
    }
    return out;
}

} // namespace blazedb::cli
