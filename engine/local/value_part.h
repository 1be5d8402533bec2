// A part of one value: bytes of a text or of data as they are, of any other kind its typed JSON.
#pragma once

#include "engine/api/records.h"

namespace blazedb::local {

/// Pure; any thread.
api::ValuePart cutPart(const model::Value& value, api::ByteRange range);

/// The part of `whole` that `range` names; its end is moved back to the beginning of a UTF-8 sequence unless
/// nothing would be left. Pure; any thread.
ByteView cutText(ByteView whole, api::ByteRange range);

} // namespace blazedb::local
