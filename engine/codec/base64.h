// Base64 with the standard alphabet and padding, no line breaks (RFC 4648, section 4). Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/bytes.h"

namespace blazedb::codec {

void appendBase64(std::string& out, ByteView bytes);
/// nullopt for anything that is not whole, padded base64.
std::optional<Bytes> decodeBase64(std::string_view text);

} // namespace blazedb::codec
