// The row format of the native form in numbers: how a record is laid out in bytes. Integers are little-endian.
// Source: ROW_FORMAT.md in this folder.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/model/value.h"

namespace blazedb::codec {

/// Stands for a field's name in the rows of one collection: 0, 1, 2 and so on, never used for another name.
using FieldNumber = std::uint32_t;

/// A row, whole: what the store below can hold.
inline constexpr std::uint64_t kMaxRowBytes = std::uint64_t{1} << 30;
inline constexpr std::size_t kMaxRowFields = 65'535;
inline constexpr std::size_t kMaxFieldNameBytes = 65'535;
/// Deeper nesting is refused, so that no input exhausts the stack.
inline constexpr std::size_t kMaxRowNesting = 1'000;

namespace row {

// First byte of a row: bits 0-1 width of the starts, 2-3 width of the numbers, 4 `id` is the row's key, 5-7 version.
inline constexpr std::uint8_t kVersion = 1;
inline constexpr std::uint8_t kVersionShift = 5;
inline constexpr std::uint8_t kIdIsKeyBit = 0x10;

/// Codes of widths: 0, 1, 2 for 1, 2, 4 bytes.
inline constexpr std::uint8_t kWidthCodes = 3;
inline constexpr std::size_t widthOf(std::uint8_t code)
{
    return std::size_t{1} << code;
}
inline constexpr std::uint8_t widthCodeFor(std::uint64_t largest)
{
    return largest <= UINT8_MAX ? 0 : largest <= UINT16_MAX ? 1 : 2;
}

/// Low four bits of a value's first byte; the high four are the payload's bytes for Integer, Double and Date, and zero for the others.
enum class Tag : std::uint8_t {
    Null = 0,
    False = 1,
    True = 2,
    Integer = 3,    ///< Two's complement in as few bytes as hold it; none for 0.
    Double = 4,     ///< IEEE 754 without its low-order zero bytes.
    Date = 5,       ///< Likewise: seconds since 2001-01-01T00:00:00Z.
    Text = 6,       ///< UTF-8.
    Uuid = 7,       ///< 16 bytes.
    Data = 8,
    Array = 9,      ///< Nested values, one behind the other.
    Vector = 10,    ///< Elements as doubles.
    ShortVector = 11, ///< Elements as floats, which hold them exactly.
    Dictionary = 12,  ///< Nested text without its tag and nested value, by key.
};
inline constexpr std::uint8_t kTagCount = 13;

/// Whether a value inside a container has its payload's length before the payload (a varint).
inline constexpr bool hasLength(Tag tag)
{
    return tag == Tag::Text || tag == Tag::Data || tag >= Tag::Array;
}

} // namespace row

} // namespace blazedb::codec
