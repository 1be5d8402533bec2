// What the parts of one open native file share: its state, and the few operations on it that several parts need.
// Lock order: lane, checkpoints, state; whoever holds `syncs` takes none but `state`.
#pragma once

#include <chrono>
#include <condition_variable>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/storage/commit_log.h"
#include "engine/storage/header.h"
#include "engine/storage/tree.h"

namespace blazedb::storage {

struct StoreOptions {
    std::size_t cacheBytes = NodeCache::kDefaultBytes;
    /// Changed nodes in memory above which wantsCheckpoint() says so, and above which a commit makes one itself.
    std::size_t softDirtyBytes = std::size_t{40} << 20;
    std::size_t hardDirtyBytes = std::size_t{56} << 20;
    /// The same for the log: it bounds what an opening after a crash has to read.
    std::size_t softLogBytes = std::size_t{64} << 20;
    std::size_t hardLogBytes = std::size_t{128} << 20;
    /// A batch whose log entry would be larger writes its nodes to free pages instead, and commits as a checkpoint.
    std::size_t maxBatchLogBytes = std::size_t{16} << 20;
    LogWriter::ExtentSizes logExtents;
    /// How long a commit of Durability::Timed may wait for its sync.
    std::chrono::milliseconds timedSync{100};
    /// How long close() may go on moving nodes so that the file can be cut. It looks at the time between steps of 256 to 1,024 nodes.
    std::chrono::milliseconds closeShrinkTime{400};
    /// How long pages wait for one state that observers of other processes read. Then they are used again, and those observers have to start anew.
    std::chrono::milliseconds observerPatience{10'000};
};

/// All trees at one commit. Never changes once shared.
struct StoreRoots {
    std::uint64_t sequence = 0;
    std::uint32_t nextTreeId = 1;
    std::vector<TreeState> trees; ///< By id.

    [[nodiscard]] const TreeState* find(std::string_view name) const;
};
using SharedRoots = std::shared_ptr<const StoreRoots>;

struct StoreFigures {
    std::uint64_t commits = 0;
    std::uint64_t syncs = 0;
    std::uint64_t checkpoints = 0;
    std::uint64_t pagesWritten = 0;
    std::uint64_t logBytesWritten = 0;
    std::uint64_t nodesInMemory = 0;
    std::uint64_t dirtyNodes = 0;
    std::uint64_t cacheHits = 0;
    std::uint64_t cacheMisses = 0;
    std::uint64_t busyPages = 0;
    std::uint64_t pagesWaitingForSnapshots = 0;
    std::uint64_t liveSnapshots = 0;
    std::uint64_t observedStates = 0; ///< States that observers read, as far as pages wait for them.
    std::uint64_t oldestSnapshot = 0; ///< Its sequence; of the newest state when there is none.
};

/// A page, and the commit that took it in or out.
struct DatedPage {
    std::uint64_t sequence = 0;
    PageNumber page = 0;
};

/// Owned by NativeStore; borrowed by its batches, snapshots and checkpoints, which it outlives.
struct StoreCore {
    StoreCore(std::unique_ptr<File> opened, SecureBytes dataKey, KeyArea area, Random& randomSource, Clock& wallClock, const StoreOptions& chosen);

    // Set once at opening.
    std::unique_ptr<File> file;
    Random& random;
    Clock& clock;
    StoreOptions options;
    EpochCiphers ciphers;
    HeaderKeys headerKeys;
    PageFile pages;
    NodeCounters counters;
    NodeCache cache;
    TreeNodes nodes;
    std::unique_ptr<WriteEpoch> epoch; ///< Null: opened for reading only.

    /// One batch at a time, from its first write to its place in the log.
    std::mutex lane;
    // Guarded by `lane`.
    std::unique_ptr<LogWriter> log;
    std::uint64_t nextStamp = 1;

    /// One checkpoint at a time.
    std::mutex checkpoints;
    KeyArea keyArea; ///< Guarded by `checkpoints`.

    static constexpr std::uint64_t kNoState = std::numeric_limits<std::uint64_t>::max();

    /// Held as short as a copy takes; no I/O meanwhile.
    struct State {
        SharedRoots published; ///< What readers see.
        SharedRoots tip;       ///< What the next batch builds on; later than `published` while it waits for its sync.
        LogPosition tipLog;
        std::uint64_t tipLogBytes = 0; ///< Of log entries since the last checkpoint.
        Header header;
        PageSpace space;
        std::vector<DatedPage> added;   ///< Pages of runs, by the commit that wrote them, until a checkpoint has them.
        std::vector<DatedPage> dropped; ///< Pages no longer reachable since that commit, until a checkpoint goes without them.
        std::vector<DatedPage> waiting; ///< No header needs these any more, but a snapshot may.
        std::vector<std::pair<std::uint64_t, LogExtent>> leftExtents;
        std::map<std::uint64_t, std::size_t> snapshots; ///< Live ones, by sequence.
        std::map<std::uint64_t, std::chrono::steady_clock::time_point> observed; ///< States that observers read, and since when pages wait for them.
        std::uint64_t observedFrom = kNoState; ///< The oldest that pages still wait for.
        bool isCheckpointing = false;
        std::vector<std::pair<std::uint64_t, NodeRef>> replacedMeanwhile; ///< Nodes the running checkpoint may be giving a page.
        std::optional<std::chrono::steady_clock::time_point> unsyncedSince; ///< When the oldest commit that waits for its sync was made.
        std::optional<Error> failed; ///< Set by a failed log write, sync or header write: nothing is acknowledged any more.
        StoreFigures figures;
    };
    std::mutex stateMutex;
    State state;

    // One sync for all commits that wait together.
    std::mutex syncs;
    std::condition_variable syncEnded;
    bool isSyncing = false;
    std::uint64_t durableSequence = 0;

    Result<PageNumber> allocatePage();
    Result<PageNumber> allocatePages(std::uint32_t count);
    void releasePages(const std::vector<PageNumber>& released);
    void releaseExtent(const LogExtent& extent);
    /// Pages of large values that commits in the log name and that no sync has covered yet; about so many. An opening after a crash may have to read them.
    std::atomic<std::uint64_t> unsyncedValuePages{0};

    /// Waits until the commit is durable, syncing for all that wait if nobody else does, and publishes it.
    Result<void> makeDurable(std::uint64_t sequence);
    /// Notes a commit that was acknowledged without a sync. The caller holds stateMutex.
    void noteUnsynced();
    /// Commits up to `sequence`, and perhaps later ones, are durable; the sync began at `syncStart`. The caller holds stateMutex.
    void noteSynced(std::uint64_t sequence, std::chrono::steady_clock::time_point syncStart);
    /// Whether a commit has waited for its sync for options.timedSync. Takes stateMutex.
    bool isSyncDue();
    /// Shows a commit to readers. The caller holds stateMutex.
    void publish(const SharedRoots& roots);
    /// Asks the file which states older than that of the newest header are observed. After a header is durable and before pages that only older ones need
    /// are given to reclaim(): an observer announces a state, then looks whether its header is still the newest. Takes stateMutex.
    void lookForObservers(std::uint64_t newestHeader);
    /// Frees what no snapshot and no observer can reach. The caller holds stateMutex.
    void reclaim();
    /// Remembers the first failure, and gives it. Takes stateMutex.
    Error fail(Error why);
    Result<void> syncFile();
};

} // namespace blazedb::storage
