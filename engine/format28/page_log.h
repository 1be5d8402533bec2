// The log as a layer over the page file: which page images it holds, replayed in memory only.
// Source: file-format specification 6.2 to 6.5.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/base/file_system.h"
#include "engine/format28/page_format.h"
#include "engine/format28/page_mark.h"

namespace blazedb::format28 {

/// One page image in a log.
struct LoggedImage {
    static constexpr std::uint64_t kZeroImage = UINT64_MAX; ///< A unified log's "delete": the page is zero.

    std::uint64_t offset = 0; ///< In the log file, or kZeroImage.
    /// Of the image: tells whether it is still there, for a log that was emptied and begun anew has others at the same places.
    PageMark mark = kZeroPage;
};

/// What a log holds: for each page its newest image. Images stay in the file.
struct PageLog {
    std::unordered_map<PageNumber, LoggedImage> images;
    std::uint64_t entries = 0;
    std::uint64_t sizeBytes = 0;
    std::uint64_t readableBytes = 0; ///< Less than sizeBytes: a torn tail or damage begins here.
    const char* problem = nullptr;   ///< Why reading stopped before the end; null when it did not.
    bool isTorn = false; ///< The last entry is cut short, as after a crash: normal. Other problems are damage.
};

/// Reads both log forms, told apart by their first bytes; checks every checksum once. Errors: Io.
Result<PageLog> readPageLog(const File& file);

/// Follows a legacy log that grows: hands out each whole entry once, and notices when the log was emptied and begun anew.
/// Thread-safety: none; one owner.
class PageLogTail {
public:
    struct Entry {
        PageNumber page = 0;
        LoggedImage image;
    };
    struct News {
        std::vector<Entry> entries;  ///< In the order of the log.
        bool hasRestarted = false;   ///< What was read before is gone; entries may have been missed. `entries` are the new log's.
        bool isOfOtherForm = false;  ///< Not a legacy log: read it whole instead.
        const char* problem = nullptr; ///< Why reading stopped before the end; null when it did not.
        bool isTorn = false;           ///< The last entry is not whole (yet).
    };

    /// Goes on behind what `log` has read of `file`.
    Result<void> startBehind(const File& file, const PageLog& log);
    /// Reads what was appended since. Errors: Io.
    Result<News> read(const File& file);

    [[nodiscard]] std::uint64_t entries() const { return m_entries; }
    [[nodiscard]] std::uint64_t readBytes() const { return m_readBytes; }

private:
    [[nodiscard]] Result<bool> isStillThere(const File& file, std::uint64_t sizeBytes) const;

    std::uint64_t m_readBytes = 0;
    std::uint64_t m_entries = 0;
    Bytes m_lastBeginning; ///< Header and nonce of the last entry read; empty when none was.
};

} // namespace blazedb::format28
