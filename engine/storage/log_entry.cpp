#include "engine/storage/log_entry.h"

#include <algorithm>

namespace blazedb::storage {

namespace {

std::array<std::byte, LogEntryHead::kBoundBytes + 8> boundLogBytes(const LogEntryHead& head, std::uint64_t fileOffset)
{
    std::array<std::byte, LogEntryHead::kBoundBytes + 8> bound{};
    storeLe<std::uint32_t>(bound.data(), head.payloadBytes);
    bound[4] = static_cast<std::byte>(head.kind);
    storeLe<std::uint64_t>(bound.data() + 8, head.lsn);
    storeLe<std::uint64_t>(bound.data() + 16, head.durableLsn);
    std::copy(head.previousTag.begin(), head.previousTag.end(), bound.begin() + 24);
    storeLe<std::uint64_t>(bound.data() + LogEntryHead::kBoundBytes, fileOffset);
    return bound;
}

} // namespace

Tag sealLogEntry(EpochCiphers& ciphers, const EpochSalt& salt, std::uint64_t fileOffset, LogEntryHead head, ByteView payload, Bytes& into)
{
    head.payloadBytes = static_cast<std::uint32_t>(payload.size());
    const auto bound = boundLogBytes(head, fileOffset);
    const std::size_t at = into.size();
    into.resize(at + head.strideBytes());
    std::byte* entry = into.data() + at;
    ciphers.lease(EpochUse::Log, salt)->seal(nonceOf(head.lsn), bound, payload, {entry + LogEntryHead::kBytes, payload.size()}, head.tag);
    std::copy_n(bound.begin(), LogEntryHead::kBoundBytes, entry);
    std::copy(head.tag.begin(), head.tag.end(), entry + LogEntryHead::kBoundBytes);
    return head.tag;
}

std::optional<LogEntryHead> parseLogEntryHead(ByteView bytes)
{
    if (bytes.size() < LogEntryHead::kBytes) return std::nullopt;
    LogEntryHead head;
    head.payloadBytes = loadLe<std::uint32_t>(bytes.data());
    const auto kind = std::to_integer<std::uint8_t>(bytes[4]);
    if (kind < 1 || kind > 3 || bytes[5] != std::byte{0} || bytes[6] != std::byte{0} || bytes[7] != std::byte{0}) return std::nullopt;
    head.kind = static_cast<LogEntryKind>(kind);
    head.lsn = loadLe<std::uint64_t>(bytes.data() + 8);
    head.durableLsn = loadLe<std::uint64_t>(bytes.data() + 16);
    std::copy_n(bytes.begin() + 24, kTagBytes, head.previousTag.begin());
    std::copy_n(bytes.begin() + LogEntryHead::kBoundBytes, kTagBytes, head.tag.begin());
    if (head.lsn == 0 || head.durableLsn >= head.lsn || head.strideBytes() > bytes.size()) return std::nullopt;
    return head;
}

bool openLogEntry(EpochCiphers& ciphers, const EpochSalt& salt, std::uint64_t fileOffset, const LogEntryHead& head, ByteView bytes, Bytes& payload)
{
    payload.resize(head.payloadBytes);
    return ciphers.lease(EpochUse::Log, salt)
        ->open(nonceOf(head.lsn), boundLogBytes(head, fileOffset), bytes.subspan(LogEntryHead::kBytes, head.payloadBytes), head.tag, payload);
}

} // namespace blazedb::storage
