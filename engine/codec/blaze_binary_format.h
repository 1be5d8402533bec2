// The bytes of BlazeBinary: tags, limits and the numbered field names. Source: file-format specification 4.1 to 4.6.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace blazedb::codec::binary {

inline constexpr std::string_view kMagic = "BLAZE";
inline constexpr std::uint8_t kVersionPlain = 0x01;
inline constexpr std::uint8_t kVersionWithCrc = 0x02;
inline constexpr std::uint8_t kVersionFieldTable = 0x03;
inline constexpr std::uint8_t kVersionInMemory = 0xB1; ///< Of ours, never in a file: vectors hold whole doubles.
inline constexpr std::size_t kHeaderBytes = 8;
inline constexpr std::size_t kCrcBytes = 4;
inline constexpr std::size_t kCountMax = 65'535; ///< Fields, array elements, dictionary entries: a u16.

inline constexpr std::uint8_t kNamedField = 0xFF; ///< A u16 length and the name follow.

enum Tag : std::uint8_t {
    kText = 0x01,
    kInteger = 0x02,
    kDouble = 0x03,
    kBool = 0x04,
    kUuid = 0x05,
    kDate = 0x06,
    kData = 0x07,
    kArray = 0x08,
    kDictionary = 0x09,
    kVector = 0x0A,
    kNull = 0x0B,
    kEmptyText = 0x11,
    kSmallInteger = 0x12,
    kEmptyArray = 0x18,
    kEmptyDictionary = 0x19,
    kShortText = 0x20, ///< To 2F: the low four bits are the length.
    kShortTextLast = 0x2F,
};

/// A byte order mark at the front is not part of a text: the library that writes these files drops it when it reads (4.5).
std::string_view withoutByteOrderMark(std::string_view text);

/// Name of a numbered field (1 to 58), empty for an unassigned number.
std::string_view commonFieldName(std::uint8_t number);
/// Number of a name that has one.
std::optional<std::uint8_t> commonFieldNumber(std::string_view name);

} // namespace blazedb::codec::binary
