#include "engine/codec/foundation_json.h"

#include <charconv>
#include <cmath>

#include "engine/codec/json_text.h"

namespace blazedb::codec {

namespace {
constexpr double kPlainMin = 0.0001;
constexpr double kPlainMax = 9'007'199'254'740'992.0; // 2^53
} // namespace

void appendFoundationText(std::string& out, std::string_view text)
{
    appendJsonText(out, text, Solidus::Escaped);
}

void appendFoundationNumber(std::string& out, double number)
{
    const double size = std::abs(number);
    const bool isPlain = size == 0 || (size >= kPlainMin && size <= kPlainMax);
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number, isPlain ? std::chars_format::fixed : std::chars_format::scientific).ptr;
    out.append(buffer, end);
}

} // namespace blazedb::codec
