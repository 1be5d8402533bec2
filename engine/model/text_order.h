// Text as the product compares it: canonically equivalent texts are equal, order is by the Unicode scalars of the
// NFC forms (semantics DM-6, DM-7). Not locale-aware. Any thread.
#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace blazedb::model {

bool canonicallyEqual(std::string_view left, std::string_view right);
std::strong_ordering compareText(std::string_view left, std::string_view right);

/// The NFC form; ASCII and already normal texts come back unchanged. Invalid UTF-8 comes back as it is.
std::string toNfc(std::string_view text);

/// Equal for texts that differ only in case or in canonical equivalence (Unicode full case folding of the NFC form, then NFC).
std::string foldCase(std::string_view text);

bool isValidUtf8(std::string_view text);

} // namespace blazedb::model
