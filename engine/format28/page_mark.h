// What tells two contents of one page apart without reading it whole: every sealing draws a new nonce.
// Source: file-format specification 3.2, 3.5.
#pragma once

#include <cstdint>

#include "engine/base/bytes.h"

namespace blazedb::format28 {

/// The first bytes of a main page's nonce, or one of the few others below. Equal marks: the same content, except where somebody
/// overwrote the inside of a page without writing a new page.
using PageMark = std::uint64_t;

inline constexpr PageMark kNoPage = 0;       ///< At or past the end of the file, or cut short.
inline constexpr PageMark kZeroPage = 1;     ///< Deleted, or never written.
inline constexpr PageMark kOverflowPage = 2; ///< One page of a chain; which content is not told apart.
inline constexpr PageMark kOtherPage = 3;    ///< Anything else.
inline constexpr PageMark kMarksBelowMain = 16;

inline constexpr std::size_t kMarkedBytes = 21; ///< So much of a page is looked at: up to the end of a main page's nonce.

[[nodiscard]] inline bool isMainMark(PageMark mark)
{
    return mark >= kMarksBelowMain;
}

/// `beginning`: the first kMarkedBytes of a page, or fewer at the end of a file.
PageMark pageMark(ByteView beginning);

} // namespace blazedb::format28
