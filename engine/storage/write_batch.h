// One commit in the making: changes to rows that become durable together, or not at all.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_set>
#include <vector>

#include "engine/storage/checkpoint.h"
#include "engine/storage/log_operations.h"
#include "engine/storage/store_core.h"
#include "engine/storage/tree_writer.h"

namespace blazedb::storage {

/// When a commit is acknowledged.
enum class Durability {
    Synced,  ///< Once it is durable: a power cut loses nothing acknowledged.
    Buffered, ///< At once; durable with the next sync (NativeStore::sync, a synced commit, a checkpoint). A power cut may lose
              ///< the newest commits, whole, from the end; it never leaves half of one.
    Timed     ///< As Buffered, but the commit that finds another one waiting for StoreOptions::timedSync or longer syncs, for all. While commits
              ///< go on, a power cut loses those of that time and of one sync; after the last of them, only NativeStore::syncIfDue bounds it.
};

/// The right to write and the right to make checkpoints, in the order in which they are taken.
struct StoreLocks {
    explicit StoreLocks(StoreCore& core)
        : lane(core.lane)
        , checkpoints(core.checkpoints)
    {
    }
    std::unique_lock<std::mutex> lane;
    std::unique_lock<std::mutex> checkpoints;
};

/// Holds the commit lane from begin() until it is committed, given up or destroyed: others wait meanwhile. Sees its own
/// writes. Thread-safety: none; made, used and ended on one thread. After an error of a write only giveUp() is left.
class WriteBatch final : private ReplacedParts {
public:
    /// Errors: the error that closed the store for writing.
    static Result<std::unique_ptr<WriteBatch>> begin(std::shared_ptr<StoreCore> core);
    ~WriteBatch() override;

    /// The tree's number; made when there is none. Errors: InvalidArgument (a name without or above 255 bytes), ResourceExhausted.
    Result<std::uint32_t> openTree(std::string_view name);
    /// Takes the tree out with all its rows. Errors: NotFound, Corruption, Io.
    Result<void> dropTree(std::uint32_t tree);

    /// Inserts or overwrites; true when the row is new. Errors: InvalidArgument (key above 1 KiB, value above 1 GiB, no such tree),
    /// ResourceExhausted, Corruption, Io.
    Result<bool> put(std::uint32_t tree, ByteView key, ByteView value);
    /// put() of a large value that is not in memory: `read` gives as many bytes at an offset as it is asked for, in ascending order, 1 MiB at most. Errors: as
    /// put, and those of `read`; fewer bytes than were announced are Internal.
    using ReadPart = std::function<Result<std::size_t>(std::uint64_t offset, std::span<std::byte> into)>;
    Result<bool> putInParts(std::uint32_t tree, ByteView key, std::uint64_t valueBytes, const ReadPart& read);
    /// True when there was such a row. Errors: as put.
    Result<bool> erase(std::uint32_t tree, ByteView key);

    /// Gives up to `most` nodes that lie at page `from` or later another place with the next checkpoint; how many. Rows stay as they are.
    Result<std::size_t> moveNodes(PageNumber from, std::size_t most);

    /// The same as a commit of its own that is a checkpoint, for a caller who has the locks already. Everything in memory has its page.
    static Result<std::size_t> moveNodesNow(const std::shared_ptr<StoreCore>& core, StoreLocks& locks, PageNumber from, std::size_t most);

    // Reading, own writes included.
    Result<std::optional<FoundValue>> find(std::uint32_t tree, ByteView key) const;
    [[nodiscard]] Result<Bytes> copyValue(const FoundValue& value) const { return m_core->nodes.copyValue(value); }
    /// Must not be moved after a write.
    [[nodiscard]] TreeCursor cursor(const TreeState& tree) const { return {m_core->nodes, tree}; }
    [[nodiscard]] const StoreRoots& roots() const { return m_roots; }
    /// The commit this batch builds on.
    [[nodiscard]] std::uint64_t baseSequence() const { return m_base->sequence; }

    /// The commit gets a number of its own even when nothing was written.
    void commitEvenIfEmpty() { m_hasChanges = true; }
    /// Ends the batch and gives the commit's sequence; that of the base (durable then, if asked for) when nothing was written. After an error nothing of it is visible,
    /// now or after opening anew - except that after Io in the sync itself, what is in the file shows when it is opened.
    Result<std::uint64_t> commit(Durability durability);
    void giveUp();

    /// For recovery: applies what a commit in the log says, without writing it again.
    Result<void> replay(ByteView commit);
    /// The newest commit that was replayed; 0 for none.
    [[nodiscard]] std::uint64_t replayedSequence() const { return m_replayedSequence; }
    /// For recovery: what was replayed becomes the newest state.
    void adoptReplayed();

private:
    WriteBatch(std::shared_ptr<StoreCore> core, std::unique_lock<std::mutex> lane);
    void nodeReplaced(const NodeRef& node) override;
    Result<void> runReplaced(const RunRef& run) override;

    Result<TreeState*> treeOf(std::uint32_t tree);
    TreeWriter writerOf(TreeState& tree) { return {m_core->nodes, m_core->counters, m_stamp, tree, *this}; }
    Result<RunRef> writeValue(std::uint64_t bytes, const ReadPart& read);
    Result<bool> putRow(TreeState& tree, ByteView key, ByteView value);
    Result<bool> putRun(TreeState& tree, ByteView key, std::uint64_t bytes, const ReadPart& read);
    Result<bool> eraseRow(TreeState& tree, ByteView key);
    /// Passes the outcome on; an error of half a change makes the batch unfit for commit.
    template <typename T>
    Result<T> settle(Result<T> outcome);
    [[nodiscard]] bool hasSpilled() const { return m_checkpoints.owns_lock(); }
    Result<void> afterWrite();
    Result<void> spill();
    Result<void> syncLargeValues();
    Result<SharedRoots> append();
    Result<SharedRoots> commitAsCheckpoint();
    void registerParts(std::uint64_t sequence);
    void end();

    std::shared_ptr<StoreCore> m_core;
    std::unique_lock<std::mutex> m_lane;
    std::unique_lock<std::mutex> m_checkpoints; ///< Held once the batch has spilled.
    SharedRoots m_base;
    StoreRoots m_roots;
    std::uint64_t m_stamp;
    Bytes m_operations;
    std::vector<std::size_t> m_freshRuns; ///< Where in m_operations large values are put.
    bool m_hasChanges = false;
    std::optional<Error> m_failure;
    bool m_isReplay = false;
    std::uint64_t m_replayedSequence = 0;
    std::vector<NodeRef> m_replacedNodes;    ///< Without a page when they were replaced.
    std::vector<PageNumber> m_droppedPages;
    std::vector<PageNumber> m_addedPages;    ///< Of runs.
    std::unordered_set<PageNumber> m_spilledPages;
};

} // namespace blazedb::storage
