#include "engine/codec/foundation_json.h"

#include <charconv>
#include <cmath>

namespace blazedb::codec {

namespace {
constexpr double kPlainMin = 0.0001;
constexpr double kPlainMax = 9'007'199'254'740'992.0; // 2^53
} // namespace

void appendFoundationText(std::string& out, std::string_view text)
{
    static constexpr char kHexDigits[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '/': out += "\\/"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                out += "\\u00";
                out += kHexDigits[static_cast<unsigned char>(c) >> 4U];
                out += kHexDigits[static_cast<unsigned char>(c) & 0x0FU];
            } else {
                out += c;
            }
        }
    }
    out += '"';
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
