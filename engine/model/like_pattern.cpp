#include "engine/model/like_pattern.h"

#include <re2/re2.h>

namespace blazedb::model {

std::string likeToRe2(std::string_view pattern)
{
    std::string translated = "(?s)\\A";
    std::string literal;
    const auto flush = [&] {
        translated += re2::RE2::QuoteMeta(literal);
        literal.clear();
    };
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char character = pattern[i];
        if (character == '%' || character == '_') {
            flush();
            translated += character == '%' ? ".*" : ".";
        } else if (character == '\\' && i + 1 < pattern.size()) {
            literal += pattern[++i];
        } else {
            literal += character;
        }
    }
    flush();
    return translated + "\\z";
}

} // namespace blazedb::model
