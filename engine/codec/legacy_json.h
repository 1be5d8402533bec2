// Records of very old files: one JSON object in place of BlazeBinary. Source: file-format specification 4.9 and 5.6.
#pragma once

#include <vector>

#include "engine/base/result.h"
#include "engine/model/record.h"

namespace blazedb::codec {

/// True for bytes that are JSON and not BlazeBinary: an object or an array begins.
bool looksLikeJsonRecord(ByteView bytes);

/// The fields of `{…}` or `{"storage":{…}}`. The text has no kinds of its own: numbers without a fraction are integers, texts that
/// spell a UUID are UUIDs, dates are numbers, bytes are base64 text, vectors are arrays. Of canonically equivalent names the last
/// counts. Errors: Corruption.
Result<std::vector<model::Field>> decodeJsonRecord(ByteView bytes);

} // namespace blazedb::codec
