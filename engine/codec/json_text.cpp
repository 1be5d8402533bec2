#include "engine/codec/json_text.h"

namespace blazedb::codec {

void appendJsonText(std::string& out, std::string_view text, Solidus solidus)
{
    static constexpr char kHexDigits[] = "0123456789abcdef";
    out += '"';
    for (const char character : text) {
        switch (character) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        case '/': out += solidus == Solidus::Escaped ? "\\/" : "/"; break;
        default:
            if (static_cast<unsigned char>(character) < 0x20) {
                out += "\\u00";
                out += kHexDigits[static_cast<unsigned char>(character) >> 4U];
                out += kHexDigits[static_cast<unsigned char>(character) & 0x0FU];
            } else {
                out += character;
            }
        }
    }
    out += '"';
}

} // namespace blazedb::codec
