// The lossless typed JSON of semantics 1.2 (DM-5 FIX): plain JSON for null, bool, text, integers within 2^53 and
// non-integral doubles; a one-key object with a `$` key for everything else. Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/model/record.h"

namespace blazedb::codec {

/// Appends the typed JSON of `value` to `out`, on one line.
void appendTypedJson(std::string& out, const model::Value& value);
std::string toTypedJson(const model::Value& value);

/// A record as one JSON object: `id` first as {"$uuid": …} from Record::id, then the other fields in stored order.
void appendTypedJson(std::string& out, const model::Record& record);

/// Indented for people, two spaces a level.
std::string toIndentedTypedJson(const model::Value& value);
std::string toIndentedTypedJson(const model::Record& record);

/// Errors: InvalidArgument with what is wrong; keys that are canonically equivalent may not stand in one object.
Result<model::Value> parseTypedJson(std::string_view text);
/// One object; `id` may be {"$uuid":…} or a text that spells a UUID, else InvalidArgument; missing is an error too.
Result<model::Record> parseTypedJsonRecord(std::string_view text);

/// A record that may have no id yet.
struct NewRecord {
    model::Record record;
    bool hasId = false; ///< Without it Record::id is zero, and no field `id` is there.
};
/// As parseTypedJsonRecord, but a missing id is none of its errors.
Result<NewRecord> parseTypedJsonNewRecord(std::string_view text);

/// Seconds since 2001 as RFC 3339 in UTC with as many decimals (0, 3, 6, 9) as reproduce the double, or nullopt if none does
/// or the year is outside 0000 to 9999.
std::optional<std::string> dateToText(double seconds);
/// RFC 3339 with any fraction and offset; nullopt if it is not one.
std::optional<double> dateFromText(std::string_view text);

} // namespace blazedb::codec
