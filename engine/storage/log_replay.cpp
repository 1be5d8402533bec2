#include "engine/storage/log_replay.h"

#include <algorithm>
#include <optional>

namespace blazedb::storage {

namespace {

constexpr std::size_t kReplayPartBytes = std::size_t{1} << 20;

/// The last entry that some entry from here on knows to be durable.
Result<std::uint64_t> provedDurable(const LogReader& from)
{
    LogReader ahead = from;
    while (true) {
        BLAZE_TRY_VALUE(const auto commit, ahead.next());
        if (!commit) return ahead.durableLsn();
    }
}

Result<void> readWhole(const PageFile& pages, const RunRef& run)
{
    Bytes part(static_cast<std::size_t>(std::min<std::uint64_t>(run.bytes, kReplayPartBytes)));
    for (std::uint64_t at = 0; at < run.bytes; at += part.size()) BLAZE_TRY(readRun(pages, run, at, part));
    return {};
}

/// False: some value is not whole.
Result<bool> hasItsValues(const PageFile& pages, ByteView commit)
{
    BLAZE_TRY_VALUE(OperationReader operations, OperationReader::open(commit));
    while (true) {
        BLAZE_TRY_VALUE(const auto operation, operations.next());
        if (!operation) return true;
        const auto* run = std::get_if<PutRunOperation>(&*operation);
        if (run == nullptr || run->wasDurable) continue;
        const auto read = readWhole(pages, run->run);
        if (read) continue;
        if (read.error().code == ErrorCode::Corruption) return false;
        return read.error();
    }
}

} // namespace

Result<void> replayCommits(const PageFile& pages, LogReader& reader, WriteBatch& batch)
{
    std::optional<std::uint64_t> proved;
    while (true) {
        BLAZE_TRY_VALUE(const auto commit, reader.next());
        if (!commit) return {};
        BLAZE_TRY_VALUE(const bool namesFreshValues, hasFreshValues(*commit));
        if (namesFreshValues) {
            if (!proved) {
                BLAZE_TRY_VALUE(proved, provedDurable(reader));
            }
            // A commit that was durable is replayed without reading its values: damage in them is found when they are read.
            if (reader.lastLsn() > *proved) {
                BLAZE_TRY_VALUE(const bool isWhole, hasItsValues(pages, *commit));
                if (!isWhole) {
                    reader.takeBack();
                    return {};
                }
            }
        }
        BLAZE_TRY(batch.replay(*commit));
    }
}

} // namespace blazedb::storage
