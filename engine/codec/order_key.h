// Order keys: bytes whose order, compared as unsigned bytes, is the total order of values (semantics DM-9).
// Texts are normalised once here instead of at every comparison.
//
//   value  := bracket payload            ascending; every byte inverted for descending
//   bracket:= 01 bool | 02 number, date | 03 text | 04 UUID | 05 bytes | 06 array | 07 vector | 08 dictionary
//             | 09 null inside a container | FF null or missing, never inverted: last in both directions
//   bool   := 00 | 01
//   number := u64 double | u16 rest | 00 number or 01 date
//             (the double at or below the value, its bits made ascending; what an integer has beyond it; NaN
//             is FF…)
//   text   := bytes of the NFC form, 00 written 00 FF, then 00 00       bytes := likewise, as they are
//   array  := value … 00     vector := (01 u64 double) … 00     dictionary := (01 text value) … 00, by key
//
// No key is the beginning of another, so keys of several fields follow each other directly. Integers
// big-endian.
#pragma once

#include <string>

#include "engine/model/value.h"

namespace blazedb::codec {

/// Appends the key of `value`; null is a missing field. Pure; any thread.
void appendOrderKey(std::string& key, const model::Value* value, bool isDescending);

} // namespace blazedb::codec
