// Text and numbers as Foundation's JSON writers put them: what catalogues, index keys and dumps of the 2.8 family are made of.
// Source: file-format specification 5.8. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace blazedb::codec {

/// In quotes; the solidus escaped, control characters as \u00xx in lower case, everything else as it is.
void appendFoundationText(std::string& out, std::string_view text);

/// The shortest digits that read back exactly: plain from 0.0001 to 2^53, with an exponent of at least two digits outside, no
/// trailing `.0`, `-0` for minus zero. `number` is finite.
void appendFoundationNumber(std::string& out, double number);

} // namespace blazedb::codec
