#include "engine/format28/page_log.h"

#include <set>
#include <utility>

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

/// Reads legacy entries one after the other, checking each. Thread-safety: none; one owner.
class LegacyEntryReader {
public:
    LegacyEntryReader(const File& file, std::uint64_t from, std::uint64_t sizeBytes)
        : m_file(file)
        , m_at(from)
        , m_sizeBytes(sizeBytes)
    {
    }

    /// The next whole entry; nullopt at the end, or with problem() set. Errors: Io.
    Result<std::optional<PageLogTail::Entry>> next()
    {
        if (m_at >= m_sizeBytes) return std::optional<PageLogTail::Entry>();
        BLAZE_TRY_VALUE(const bool hasHeader, readExactly(m_file, m_at, std::span(m_entry).first(kLegacyHeaderBytes)));
        if (!hasHeader) return stop(kCutShort);
        if (asText(ByteView(m_entry).first(4)) != kLegacyMagic) return stop("no log entry begins here");
        if (loadLe<std::uint32_t>(m_entry.data() + 8) != kPageBytes) return stop("an entry does not hold a whole page");
        if (m_sizeBytes - m_at < m_entry.size()) return stop(kCutShort);
        BLAZE_TRY_VALUE(const bool hasImage, readExactly(m_file, m_at + kLegacyHeaderBytes, std::span(m_entry).subspan(kLegacyHeaderBytes)));
        const ByteView image = ByteView(m_entry).subspan(kLegacyHeaderBytes);
        if (!hasImage) return stop(kCutShort);
        if (crc32(image) != loadLe<std::uint32_t>(m_entry.data() + 12)) return stop("an entry's checksum does not fit");
        const PageLogTail::Entry entry{loadLe<std::uint32_t>(m_entry.data() + 4), {m_at + kLegacyHeaderBytes, pageMark(image)}};
        m_at += m_entry.size();
        return std::optional(entry);
    }

    [[nodiscard]] std::uint64_t position() const { return m_at; }
    [[nodiscard]] const char* problem() const { return m_problem; }

private:
    std::optional<PageLogTail::Entry> stop(const char* why)
    {
        m_problem = why;
        return std::nullopt;
    }

    const File& m_file;
    std::uint64_t m_at;
    const std::uint64_t m_sizeBytes;
    const char* m_problem = nullptr;
    Bytes m_entry = Bytes(kLegacyHeaderBytes + kPageBytes);
};

Result<void> readLegacyEntries(const File& file, PageLog& log)
{
    LegacyEntryReader reader(file, log.readableBytes, log.sizeBytes);
    for (;;) {
        BLAZE_TRY_VALUE(const auto entry, reader.next());
        log.readableBytes = reader.position();
        log.problem = reader.problem();
        if (!entry) return {};
        log.images[entry->page] = entry->image;
        ++log.entries;
    }
}

struct UnifiedEntry {
    std::uint64_t sequence = 0;
    std::array<std::byte, 16> transaction{};
    UnifiedOperation operation{};
    PageNumber page = 0;
    LoggedImage image;
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
    if (payload == kPageBytes)
        entry.image = {log.readableBytes + kUnifiedHeaderBytes, pageMark(ByteView(bytes).subspan(kUnifiedHeaderBytes, kMarkedBytes))};
    else
        entry.image = {LoggedImage::kZeroImage, kZeroPage};
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
            log.images[change.page] =
                change.operation == UnifiedOperation::Delete ? LoggedImage{LoggedImage::kZeroImage, kZeroPage} : change.image;
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

namespace {

/// Of an entry, what no other entry has: its header and the nonce of its image.
constexpr std::size_t kEntryBeginningBytes = kLegacyHeaderBytes + kMarkedBytes;

} // namespace

Result<void> PageLogTail::startBehind(const File& file, const PageLog& log)
{
    m_readBytes = log.readableBytes;
    m_entries = log.entries;
    m_lastBeginning.clear();
    if (m_readBytes < kLegacyHeaderBytes + kPageBytes) return {};
    m_lastBeginning.resize(kEntryBeginningBytes);
    BLAZE_TRY_VALUE(const bool isThere, readExactly(file, m_readBytes - kLegacyHeaderBytes - kPageBytes, m_lastBeginning));
    if (!isThere) m_lastBeginning.clear(); // emptied meanwhile: the next look begins at the start
    return {};
}

Result<bool> PageLogTail::isStillThere(const File& file, std::uint64_t sizeBytes) const
{
    if (m_readBytes == 0) return true;
    if (sizeBytes < m_readBytes || m_lastBeginning.empty()) return false;
    Bytes beginning(kEntryBeginningBytes);
    BLAZE_TRY_VALUE(const bool isThere, readExactly(file, m_readBytes - kLegacyHeaderBytes - kPageBytes, beginning));
    return isThere && beginning == m_lastBeginning;
}

Result<PageLogTail::News> PageLogTail::read(const File& file)
{
    News news;
    BLAZE_TRY_VALUE(const FileStamp stamp, file.stamp());
    BLAZE_TRY_VALUE(const bool isContinued, isStillThere(file, stamp.sizeBytes));
    if (!isContinued) {
        news.hasRestarted = true;
        m_readBytes = 0;
        m_entries = 0;
        m_lastBeginning.clear();
    }
    if (m_readBytes == 0 && stamp.sizeBytes >= kUnifiedMagic.size()) {
        Bytes magic(kUnifiedMagic.size());
        BLAZE_TRY_VALUE(const bool hasMagic, readExactly(file, 0, magic));
        news.isOfOtherForm = hasMagic && asText(magic) == kUnifiedMagic;
        if (news.isOfOtherForm) return news;
    }
    LegacyEntryReader reader(file, m_readBytes, stamp.sizeBytes);
    for (;;) {
        BLAZE_TRY_VALUE(const auto entry, reader.next());
        if (!entry) break;
        news.entries.push_back(*entry);
    }
    news.problem = reader.problem();
    news.isTorn = news.problem == kCutShort;
    if (!news.entries.empty()) {
        m_readBytes = reader.position();
        m_entries += news.entries.size();
        m_lastBeginning.resize(kEntryBeginningBytes);
        BLAZE_TRY_VALUE(const bool isThere, readExactly(file, m_readBytes - kLegacyHeaderBytes - kPageBytes, m_lastBeginning));
        if (!isThere) m_lastBeginning.clear();
    }
    return news;
}

} // namespace blazedb::format28
