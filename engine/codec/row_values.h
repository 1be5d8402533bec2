// Values of rows, to bytes and back. Internal to codec.
#pragma once

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/codec/row_format.h"
#include "engine/model/value.h"

namespace blazedb::codec::row {

/// Appends the value, its tag first; inside a container also the length of a payload whose tag does not say it.
/// Errors: InvalidArgument (nesting, text that is not UTF-8, two keys of one dictionary that are equivalent, over kMaxRowBytes).
Result<void> appendValue(Bytes& into, const model::Value& value, bool isNested, std::size_t depth = 0);

/// Decodes a payload, strictly: what appendValue would not have written is Corruption. Reuses the memory of `into`.
Result<void> decodePayload(Tag tag, ByteView payload, model::Value& into, std::size_t depth = 0);

std::int64_t loadInteger(ByteView payload);
double loadReal(ByteView payload);

} // namespace blazedb::codec::row
