// A text as a JSON string: what every writer of JSON here has in common. Internal to codec.
#pragma once

#include <string>
#include <string_view>

namespace blazedb::codec {

/// Whether `/` becomes `\/`: as Foundation writes it, and as nobody else does.
enum class Solidus { Plain, Escaped };

/// In quotes; control characters as `\n` and the like or as \u00xx in lower case, everything else as it is. `text` is UTF-8.
/// Pure; any thread.
void appendJsonText(std::string& out, std::string_view text, Solidus solidus);

} // namespace blazedb::codec
