// A checkpoint: gives the nodes of one state pages, makes them durable, and names them in the next header. Commits and readers go
// on meanwhile. Source: FORMAT.md, "Checkpoint".
#pragma once

#include <optional>

#include "engine/storage/node_placer.h"

namespace blazedb::storage {

/// Thread-safety: none; the caller holds core.checkpoints from before it is made until it is gone.
class Checkpoint {
public:
    explicit Checkpoint(StoreCore& core);

    /// Where the log goes on after this checkpoint, when not where it stands.
    void moveLog(const LogPosition& position) { m_movedLog = position; }
    void beginEpoch(const EpochSalt& salt) { m_newSalt = salt; }

    /// Of the newest commit. With nothing to write it does nothing, unless `isForced`. Errors: ResourceExhausted and Io; unless the
    /// header itself failed, the store goes on as if it had not been tried.
    Result<void> ofTip(bool isForced);
    /// Of a state that becomes a commit by it: `spilled` are pages already written for it.
    Result<void> asCommit(const SharedRoots& roots, const LogPosition& log, const std::vector<PageNumber>& spilled);

private:
    Result<void> write(const SharedRoots& roots, const LogPosition& log);
    Result<StoreRoots> placeTrees(const StoreRoots& roots);
    Result<RunRef> writeRun(ByteView bytes, std::vector<PageNumber>& taken);
    void settleSpace(PageSpace& space, std::uint64_t sequence) const;
    void finish(const SharedRoots& captured, const StoreRoots& clean, const Header& header);
    void giveUp();

    StoreCore& m_core;
    NodePlacer m_placer;
    std::optional<LogPosition> m_movedLog;
    std::optional<EpochSalt> m_newSalt;
    std::vector<PageNumber> m_spilled;
    std::vector<PageNumber> m_catalogue;      ///< Pages of the new catalogue.
    std::vector<PageNumber> m_oldCatalogue;   ///< Of the one it replaces.
    std::vector<PageNumber> m_freeList;
    std::vector<PageNumber> m_oldFreeList;
    std::uint64_t m_capturedLogBytes = 0;
    std::chrono::steady_clock::time_point m_startedAt;
};

} // namespace blazedb::storage
