#include "engine/storage/commit_log.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/base/assert.h"

namespace blazedb::storage {

namespace {

constexpr std::size_t kMaxPartBytes = std::size_t{256} << 10;
/// Less than this at the end of an extent is left unused.
constexpr std::size_t kMinPartBytes = 128;
constexpr std::size_t kExtentPayloadBytes = 8;
/// Larger extents are not written by this form: a damaged number must not make a reader take more memory.
constexpr std::uint32_t kMaxExtentPages = 1024;
/// Numbers of entries that a search for later ones believes.
constexpr std::uint64_t kMaxLsnAhead = std::uint64_t{1} << 24;

/// Whether an extent with `room` bytes left takes the next part of a payload.
bool hasRoom(std::uint64_t room, std::size_t payloadBytes)
{
    return room >= LogEntryHead::kBytes + std::min(payloadBytes, kMinPartBytes) + 8;
}

/// How much of a payload the next entry holds.
std::size_t partBytes(std::uint64_t room, std::size_t payloadBytes)
{
    const std::uint64_t most = std::min<std::uint64_t>(kMaxPartBytes, (room - LogEntryHead::kBytes) & ~std::uint64_t{7});
    return static_cast<std::size_t>(std::min<std::uint64_t>(payloadBytes, most));
}

bool isPlausible(const LogExtent& extent)
{
    return extent.firstPage >= kFirstPage && extent.pages >= 1 && extent.pages <= kMaxExtentPages;
}

} // namespace

LogWriter::LogWriter(File& file, EpochCiphers& ciphers, const ExtentSizes& sizes, Space space)
    : m_file(file)
    , m_ciphers(ciphers)
    , m_sizes(sizes)
    , m_space(std::move(space))
{
}

void LogWriter::start(const LogPosition& position, const EpochSalt& salt)
{
    m_position = position;
    m_salt = salt;
    m_durableLsn = position.lsn - 1;
}

Result<LogPosition> LogWriter::makeFirstExtents(const LogPosition& after)
{
    LogPosition position = after;
    BLAZE_TRY_VALUE(position.current, makeExtent(m_sizes.firstPages));
    auto next = makeExtent(m_sizes.firstPages);
    if (!next) {
        m_space.giveBack(position.current);
        return std::move(next).error();
    }
    position.next = *next;
    position.offset = 0;
    return position;
}

Result<LogExtent> LogWriter::makeExtent(std::uint32_t pages)
{
    BLAZE_TRY_VALUE(const PageNumber first, m_space.take(pages));
    const LogExtent extent{first, pages};
    const auto filled = [&]() -> Result<void> {
        BLAZE_TRY_VALUE(const FileStamp stamp, m_file.stamp());
        if (pageOffset(first) + extent.bytes() <= stamp.sizeBytes) return {};
        // Blocks that were never written would make the first sync after each write dearer, and could fail for lack of space.
        return m_file.writeAt(pageOffset(first), Bytes(static_cast<std::size_t>(extent.bytes())));
    }();
    if (filled) return extent;
    m_space.giveBack(extent);
    return filled.error();
}

std::size_t LogWriter::switchesFor(std::size_t payloadBytes) const
{
    std::size_t switches = 0;
    std::uint64_t extentBytes = m_position.current.bytes();
    std::uint64_t nextBytes = m_position.next.bytes();
    std::uint64_t offset = m_position.offset;
    do {
        if (!hasRoom(extentBytes - offset, payloadBytes)) {
            ++switches;
            extentBytes = std::exchange(nextBytes, std::uint64_t{m_sizes.pages} * kPageBytes);
            offset = LogEntryHead::kBytes + kExtentPayloadBytes;
        }
        const std::size_t part = partBytes(extentBytes - offset, payloadBytes);
        offset += (LogEntryHead::kBytes + part + 7) & ~std::uint64_t{7};
        payloadBytes -= part;
    } while (payloadBytes > 0);
    return switches;
}

Result<void> LogWriter::prepareExtents(std::size_t count)
{
    while (m_prepared.size() < count) {
        auto extent = makeExtent(m_sizes.pages);
        if (!extent) {
            for (const LogExtent& made : m_prepared) m_space.giveBack(made);
            m_prepared.clear();
            return std::move(extent).error().in("make room for the log");
        }
        m_prepared.push_back(*extent);
    }
    return {};
}

Result<void> LogWriter::append(ByteView payload)
{
    if (m_broken) return *m_broken;
    // Parts without an end must not be followed by another commit, so all that can be refused is refused before the first.
    BLAZE_TRY(prepareExtents(switchesFor(payload.size())));
    do {
        if (!hasRoom(m_position.current.bytes() - m_position.offset, payload.size())) BLAZE_TRY(switchExtent());
        const ByteView part = payload.first(partBytes(m_position.current.bytes() - m_position.offset, payload.size()));
        payload = payload.subspan(part.size());
        BLAZE_TRY(writeEntry(payload.empty() ? LogEntryKind::Commit : LogEntryKind::Part, part));
    } while (!payload.empty());
    return {};
}

Result<void> LogWriter::switchExtent()
{
    // The extent after the next is taken first: whoever reads the next one learns from its first entry where to go on,
    // and finds what is there even when the last entry before it is damaged.
    BLAZE_ASSERT(!m_prepared.empty());
    const LogExtent after = m_prepared.front();
    m_prepared.erase(m_prepared.begin());
    m_left.push_back(m_position.current);
    m_position.current = m_position.next;
    m_position.next = after;
    m_position.offset = 0;
    Bytes names(kExtentPayloadBytes);
    storeLe<std::uint32_t>(names.data(), after.firstPage);
    storeLe<std::uint32_t>(names.data() + 4, after.pages);
    return writeEntry(LogEntryKind::Extent, names);
}

Result<void> LogWriter::writeEntry(LogEntryKind kind, ByteView payload)
{
    const std::uint64_t offset = pageOffset(m_position.current.firstPage) + m_position.offset;
    m_buffer.clear();
    LogEntryHead head;
    head.kind = kind;
    head.lsn = m_position.lsn;
    head.durableLsn = m_durableLsn;
    head.previousTag = m_position.previousTag;
    const Tag tag = sealLogEntry(m_ciphers, m_salt, offset, head, payload, m_buffer);
    if (auto written = m_file.writeAt(offset, m_buffer); !written) {
        // Part of the entry may be in the file, sealed under a nonce that must not serve again.
        m_broken = std::move(written).error().in("the log is closed until the file is opened anew");
        return *m_broken;
    }
    m_position.offset += m_buffer.size();
    m_position.previousTag = tag;
    ++m_position.lsn;
    m_bytes += m_buffer.size();
    return {};
}

void LogWriter::markDurable(std::uint64_t lsn)
{
    std::uint64_t known = m_durableLsn.load(std::memory_order_relaxed);
    while (known < lsn && !m_durableLsn.compare_exchange_weak(known, lsn)) {
    }
}

LogReader::LogReader(const File& file, EpochCiphers& ciphers, const LogPosition& from, const EpochSalt& salt)
    : m_file(file)
    , m_ciphers(ciphers)
    , m_salt(salt)
    , m_position(from)
    , m_end(from)
    , m_endBefore(from)
    , m_extents{from.current, from.next}
{
}

Result<void> LogReader::loadExtent(const LogExtent& extent)
{
    if (m_loaded == extent) return {};
    if (!isPlausible(extent)) return Error{ErrorCode::Corruption, "the log names an impossible extent at page " + std::to_string(extent.firstPage)};
    m_bytes.resize(static_cast<std::size_t>(extent.bytes()));
    BLAZE_TRY_VALUE(const std::size_t got, m_file.readAt(pageOffset(extent.firstPage), m_bytes));
    m_bytes.resize(got); // a crash may have come before the file grew
    m_loaded = extent;
    return {};
}

Result<bool> LogReader::tryAt(const LogExtent& extent, ByteView bytes, std::uint64_t offset, LogEntryHead& head, Bytes& payload)
{
    if (offset > bytes.size()) return false;
    const ByteView rest = bytes.subspan(static_cast<std::size_t>(offset));
    const auto found = parseLogEntryHead(rest);
    if (!found || found->lsn != m_position.lsn || found->previousTag != m_position.previousTag) return false;
    if (!openLogEntry(m_ciphers, m_salt, pageOffset(extent.firstPage) + offset, *found, rest, payload)) return false;
    head = *found;
    return true;
}

Result<bool> LogReader::readEntry(LogEntryHead& head, Bytes& payload)
{
    BLAZE_TRY(loadExtent(m_position.current));
    BLAZE_TRY_VALUE(const bool isHere, tryAt(m_position.current, m_bytes, m_position.offset, head, payload));
    if (!isHere) {
        BLAZE_TRY(loadExtent(m_position.next));
        BLAZE_TRY_VALUE(const bool isInNext, tryAt(m_position.next, m_bytes, 0, head, payload));
        if (!isInNext || head.kind != LogEntryKind::Extent || payload.size() != kExtentPayloadBytes) return false;
        m_position.current = m_position.next;
        m_position.next = {loadLe<std::uint32_t>(payload.data()), loadLe<std::uint32_t>(payload.data() + 4)};
        m_position.offset = 0;
        m_extents.push_back(m_position.next);
    } else if (head.kind == LogEntryKind::Extent) {
        return Error{ErrorCode::Corruption, "the log has an entry of the wrong kind, number " + std::to_string(head.lsn)};
    }
    m_durableLsn = std::max(m_durableLsn, head.durableLsn);
    m_position.offset += head.strideBytes();
    m_position.previousTag = head.tag;
    ++m_position.lsn;
    return true;
}

Result<std::optional<Bytes>> LogReader::next()
{
    Bytes commit;
    Bytes payload;
    LogEntryHead head;
    while (true) {
        BLAZE_TRY_VALUE(const bool isEntry, readEntry(head, payload));
        if (!isEntry) {
            BLAZE_TRY(lookForLater());
            return std::optional<Bytes>{};
        }
        if (head.kind == LogEntryKind::Extent) continue;
        commit.insert(commit.end(), payload.begin(), payload.end());
        if (head.kind == LogEntryKind::Part) continue;
        m_endBefore = std::exchange(m_end, m_position);
        return std::optional<Bytes>(std::move(commit));
    }
}

bool LogReader::hasProofAfter(const LogExtent& extent, ByteView bytes, std::uint64_t from)
{
    Bytes payload;
    for (std::uint64_t offset = from; offset + LogEntryHead::kBytes <= bytes.size(); offset += 8) {
        const ByteView rest = bytes.subspan(static_cast<std::size_t>(offset));
        const auto head = parseLogEntryHead(rest);
        if (!head || head->lsn <= m_position.lsn || head->lsn > m_position.lsn + kMaxLsnAhead || head->durableLsn < m_position.lsn) continue;
        if (openLogEntry(m_ciphers, m_salt, pageOffset(extent.firstPage) + offset, *head, rest, payload)) return true;
    }
    return false;
}

Result<void> LogReader::lookForLater()
{
    // What is missing here was torn by a crash, or damaged later. A sound entry that was written when this one was
    // durable already proves the latter.
    BLAZE_TRY(loadExtent(m_position.current));
    bool isProved = hasProofAfter(m_position.current, m_bytes, m_position.offset);
    if (!isProved) {
        BLAZE_TRY(loadExtent(m_position.next));
        isProved = hasProofAfter(m_position.next, m_bytes, 0);
    }
    if (!isProved) return {};
    const std::uint64_t offset = pageOffset(m_position.current.firstPage) + m_position.offset;
    return Error{ErrorCode::Corruption,
                 "log entry " + std::to_string(m_position.lsn) + " at byte " + std::to_string(offset) + " is damaged: later entries are sound"};
}

Result<bool> logGoesOn(const File& file, const LogPosition& position)
{
    std::array<std::byte, LogEntryHead::kBoundBytes> head{};
    const auto isNext = [&](std::uint64_t at) -> Result<bool> {
        BLAZE_TRY_VALUE(const std::size_t got, file.readAt(at, head));
        if (got < head.size() || loadLe<std::uint64_t>(head.data() + 8) != position.lsn) return false;
        return std::equal(position.previousTag.begin(), position.previousTag.end(), head.begin() + 24);
    };
    if (position.current.pages == 0) return false;
    if (position.offset + LogEntryHead::kBytes <= position.current.bytes()) {
        BLAZE_TRY_VALUE(const bool isHere, isNext(pageOffset(position.current.firstPage) + position.offset));
        if (isHere) return true;
    }
    return isNext(pageOffset(position.next.firstPage));
}

} // namespace blazedb::storage
