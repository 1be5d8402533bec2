#include "engine/format28/page_log.h"

#include <set>
#include <vector>

#include "engine/base/checksum.h"

namespace blazedb::format28 {

namespace {

constexpr const char* kCutShort = "the last entry is cut short";

constexpr std::string_view kLegacyMagic = "ELAW"; // 57414C45 stored little-endian
constexpr std::string_view kUnifiedMagic = "WALV";
constexpr std::size_t kLegacyHeaderBytes = 16;
constexpr std::size_t kUnifiedHeaderBytes = 37;
constexpr std::size_t kChecksumBytes = 4;
/// Two entries without payload: of a unified log's bad entry with less behind it the format says that it is a torn tail.
constexpr std::uint64_t kTornTailBytes = 2 * (kUnifiedHeaderBytes + kChecksumBytes);

enum class UnifiedOperation : std::uint8_t { Begin = 0, Write = 1, Delete = 2, Commit = 3, Abort = 4, Checkpoint = 5 };

/// Reads exactly `into.size()` bytes; false at the end of the file.
Result<bool> readExactly(const File& file, std::uint64_t offset, std::span<std::byte> into)
{
    BLAZE_TRY_VALUE(const std::size_t got, file.readAt(offset, into));
    return got == into.size();
}

Result<void> readLegacyEntries(const File& file, PageLog& log)
{
    Bytes entry(kLegacyHeaderBytes + kPageBytes);
    while (log.readableBytes < log.sizeBytes) {
        const std::uint64_t left = log.sizeBytes - log.readableBytes;
        BLAZE_TRY_VALUE(const bool hasHeader, readExactly(file, log.readableBytes, std::span(entry).first(kLegacyHeaderBytes)));
        if (!hasHeader) log.problem = kCutShort;
        else if (asText(ByteView(entry).first(4)) != kLegacyMagic) log.problem = "no log entry begins here";
        else if (loadLe<std::uint32_t>(entry.data() + 8) != kPageBytes) log.problem = "an entry does not hold a whole page";
        else if (left < entry.size()) log.problem = kCutShort;
        if (log.problem != nullptr) return {};
        BLAZE_TRY_VALUE(const bool hasImage, readExactly(file, log.readableBytes + kLegacyHeaderBytes, std::span(entry).subspan(kLegacyHeaderBytes)));
        if (!hasImage || crc32(ByteView(entry).subspan(kLegacyHeaderBytes)) != loadLe<std::uint32_t>(entry.data() + 12)) {
            log.problem = hasImage ? "an entry's checksum does not fit" : kCutShort;
            return {};
        }
        log.imageAt[loadLe<std::uint32_t>(entry.data() + 4)] = log.readableBytes + kLegacyHeaderBytes;
        log.readableBytes += entry.size();
        ++log.entries;
    }
    return {};
}

struct UnifiedEntry {
    std::uint64_t sequence = 0;
    std::array<std::byte, 16> transaction{};
    UnifiedOperation operation{};
    PageNumber page = 0;
    std::uint64_t imageAt = 0;
};

/// One entry at `offset`; nullopt with the reason when it is torn or damaged.
Result<std::optional<UnifiedEntry>> readUnifiedEntry(const File& file, PageLog& log, std::uint64_t& entryBytes)
{
    Bytes bytes(kUnifiedHeaderBytes);
    BLAZE_TRY_VALUE(const bool hasHeader, readExactly(file, log.readableBytes, bytes));
    if (!hasHeader) {
        log.problem = kCutShort;
        return std::optional<UnifiedEntry>();
    }
    const std::uint8_t operation = std::to_integer<std::uint8_t>(bytes[28]);
    const std::uint32_t payload = loadLe<std::uint32_t>(bytes.data() + 33);
    const std::uint32_t payloadDue = operation == static_cast<std::uint8_t>(UnifiedOperation::Write) ? std::uint32_t{kPageBytes} : 0;
    if (asText(ByteView(bytes).first(4)) != kUnifiedMagic) log.problem = "no log entry begins here";
    else if (operation > static_cast<std::uint8_t>(UnifiedOperation::Checkpoint)) log.problem = "an entry of an unknown kind";
    else if (payload != payloadDue) log.problem = "an entry does not hold a whole page";
    if (log.problem != nullptr) return std::optional<UnifiedEntry>();
    bytes.resize(kUnifiedHeaderBytes + payload + kChecksumBytes);
    BLAZE_TRY_VALUE(const bool isWhole, readExactly(file, log.readableBytes, bytes));
    const std::size_t checked = bytes.size() - kChecksumBytes;
    if (!isWhole || crc32(ByteView(bytes).first(checked)) != loadLe<std::uint32_t>(bytes.data() + checked)) {
        log.problem = isWhole ? "an entry's checksum does not fit" : kCutShort;
        return std::optional<UnifiedEntry>();
    }
    UnifiedEntry entry;
    std::copy_n(bytes.begin() + 12, entry.transaction.size(), entry.transaction.begin());
    entry.sequence = loadLe<std::uint64_t>(bytes.data() + 4);
    entry.operation = static_cast<UnifiedOperation>(operation);
    entry.page = loadLe<std::uint32_t>(bytes.data() + 29);
    entry.imageAt = payload == kPageBytes ? log.readableBytes + kUnifiedHeaderBytes : PageLog::kZeroImage;
    entryBytes = bytes.size();
    return std::optional<UnifiedEntry>(entry);
}

/// Only what belongs to a committed transaction counts, in the order of the log.
Result<void> readUnifiedEntries(const File& file, PageLog& log)
{
    std::vector<UnifiedEntry> changes;
    std::set<std::array<std::byte, 16>> committed;
    std::uint64_t sequence = 0;
    while (log.readableBytes < log.sizeBytes) {
        std::uint64_t entryBytes = 0;
        BLAZE_TRY_VALUE(const auto entry, readUnifiedEntry(file, log, entryBytes));
        if (!entry) break;
        if (entry->sequence <= sequence && log.entries > 0) {
            log.problem = "the entries are out of order";
            break;
        }
        sequence = entry->sequence;
        if (entry->operation == UnifiedOperation::Commit) committed.insert(entry->transaction);
        if (entry->operation == UnifiedOperation::Write || entry->operation == UnifiedOperation::Delete) changes.push_back(*entry);
        log.readableBytes += entryBytes;
        ++log.entries;
    }
    for (const UnifiedEntry& change : changes)
        if (committed.contains(change.transaction))
            log.imageAt[change.page] = change.operation == UnifiedOperation::Delete ? PageLog::kZeroImage : change.imageAt;
    return {};
}

} // namespace

Result<PageLog> readPageLog(const File& file)
{
    PageLog log;
    BLAZE_TRY_VALUE(const FileStamp stamp, file.stamp());
    log.sizeBytes = stamp.sizeBytes;
    if (log.sizeBytes == 0) return log;
    Bytes magic(4);
    BLAZE_TRY_VALUE(const bool hasMagic, readExactly(file, 0, magic));
    const bool isUnified = hasMagic && asText(magic) == kUnifiedMagic;
    if (isUnified)
        BLAZE_TRY(readUnifiedEntries(file, log));
    else
        BLAZE_TRY(readLegacyEntries(file, log));
    log.isTorn = log.problem == kCutShort || (log.problem != nullptr && isUnified && log.sizeBytes - log.readableBytes < kTornTailBytes);
    return log;
}

} // namespace blazedb::format28
