// Marks that readers of a file leave for its writer, in this process and in others: each says in one number what the reader still needs. A mark ends with
// the file object that holds it, however its process ends.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/result.h"

namespace blazedb {

class File;

/// What some kinds of File can besides. Any thread.
class ReaderMarks {
public:
    /// Greater numbers cannot be marked.
    static constexpr std::uint64_t kMaxMark = (std::uint64_t{1} << 62U) - 1;

    virtual ~ReaderMarks() = default;
    /// Once it is back, whoever asks sees the mark. A file object may hold several. Errors: Unsupported (not on this file system), Io.
    virtual Result<void> holdMark(std::uint64_t mark) = 0;
    virtual void dropMark(std::uint64_t mark) = 0;
    /// Marks less than `below` of other file objects, ascending; at most 64.
    [[nodiscard]] virtual std::vector<std::uint64_t> marksOfOthers(std::uint64_t below) const = 0;
};

/// Null: this file knows no marks.
ReaderMarks* readerMarksOf(File& file);

} // namespace blazedb
